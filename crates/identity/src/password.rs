//! Passwords: which ones are good enough, and how they are kept (Argon2id, 19 MiB, two passes).

use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use base::{Error, Message, Result, message};
use std::sync::Arc;
use tokio::sync::Semaphore;

/// Without a second factor a password must be long; nothing else is asked of its make-up.
const SHORTEST_CHARS: usize = 15;
pub(crate) const LONGEST_BYTES: usize = 1024;
/// Each hash takes 19 MiB and a core for some 20 ms; more at once would starve everything else.
const AT_ONCE: usize = 2;
/// What a password is compared with where there is no account, so that both answers take the same time.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5IGlzIGhlcmU$4qKl3cS2TTW5z2k0b3hHn4kKc9gVd2mYwq5m4vB9rZ0";
/// Long passwords that are guessed first, in lower case, one a line.
const COMMON: &str = include_str!("common-passwords.txt");

/// Hashes and compares, never more than two at once and never on the async workers.
pub(crate) struct Passwords {
    places: Arc<Semaphore>,
}

impl Passwords {
    pub(crate) fn new() -> Passwords {
        Passwords { places: Arc::new(Semaphore::new(AT_ONCE)) }
    }

    /// The text to store for a password.
    pub(crate) async fn hash(&self, password: String) -> Result<String> {
        self.compute(move || {
            let hash: PasswordHash = Argon2::default().hash_password(password.as_bytes()).map_err(Error::internal)?;
            Ok(hash.to_string())
        })
        .await
    }

    /// Whether the password is the stored one; takes as long where nothing is stored.
    pub(crate) async fn matches(&self, password: String, stored: Option<String>) -> Result<bool> {
        self.compute(move || {
            let against = stored.as_deref().unwrap_or(NOBODY);
            let hash = PasswordHash::new(against).map_err(Error::internal)?;
            let same = Argon2::default().verify_password(password.as_bytes(), &hash).is_ok();
            Ok(same && stored.is_some())
        })
        .await
    }

    async fn compute<T: Send + 'static>(&self, work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
        let place = Arc::clone(&self.places).acquire_owned().await.map_err(Error::internal)?;
        let done = tokio::task::spawn_blocking(move || {
            // Held by the work itself: it goes on when the client hangs up.
            let _place = place;
            work()
        });
        done.await.map_err(Error::internal)?
    }
}

/// Why a password is not good enough; `words` are what an attacker would try first for this person.
pub(crate) fn weakness(password: &str, words: &[&str]) -> Option<Message> {
    if password.chars().count() < SHORTEST_CHARS {
        return Some(message!("identity-password-short", least = SHORTEST_CHARS));
    }
    if password.len() > LONGEST_BYTES {
        return Some(message!("identity-password-long", most = LONGEST_BYTES));
    }
    let lower = password.to_lowercase();
    let mut rest = lower.clone();
    for word in words.iter().map(|word| word.to_lowercase()).filter(|word| word.len() > 3) {
        rest = rest.replace(&word, "");
    }
    let distinct: std::collections::HashSet<char> = rest.chars().collect();
    let guessed = COMMON.lines().any(|common| common == lower);
    (guessed || distinct.len() < 5).then(|| message!("identity-password-guessed"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_length_and_being_hard_to_guess_count() {
        let weakness = |password: &str| weakness(password, &["ewa.kowalska", "Ewa", "Kowalska"]).map(|m| m.code);
        assert_eq!(weakness("correct horse battery"), None);
        assert_eq!(weakness("zażółć gęślą jaźń"), None);
        assert_eq!(weakness("Tr0ub4dor&3"), Some("identity-password-short"));
        assert_eq!(weakness(&"x1y2z3".repeat(200)), Some("identity-password-long"));
        assert_eq!(weakness("Password123456789"), Some("identity-password-guessed"));
        assert_eq!(weakness("aaaaaaaaaaaaaaaaaaaa"), Some("identity-password-guessed"));
        assert_eq!(weakness("ewa.kowalskaKowalska1"), Some("identity-password-guessed"));
    }

    #[tokio::test]
    async fn a_stored_password_tells_itself_from_others_and_nobody_has_one() {
        let passwords = Passwords::new();
        let stored = passwords.hash("correct horse battery".to_owned()).await.unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        let matches = async |password: &str, stored| passwords.matches(password.to_owned(), stored).await.unwrap();
        assert!(matches("correct horse battery", Some(stored.clone())).await);
        assert!(!matches("correct horse batterx", Some(stored)).await);
        assert!(!matches("correct horse battery", None).await);
    }
}
