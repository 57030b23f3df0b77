//! What a file is recognised by when it comes again.

use sha2::{Digest, Sha256};

/// SHA-256 of bytes that arrive in pieces.
#[derive(Clone, Default)]
pub struct Fingerprint(Sha256);

impl Fingerprint {
    pub fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// In hexadecimal digits.
    pub fn finish(self) -> String {
        base::hex(&self.0.finalize())
    }
}
