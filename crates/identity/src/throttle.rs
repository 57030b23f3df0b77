//! Slows down who guesses passwords, by account and by address, without ever locking anybody out for good.
//!
//! An attempt is counted before the password is looked at, so that guessing in parallel wins nothing.

use crate::{Identity, secret};
use base::{Error, Result, Timestamp, fold};
use db::{Batch, Expect, Statement, sql};
use std::net::IpAddr;

/// Attempts that cost nothing: people mistype.
const FREE: i64 = 5;
/// An address may hide a whole office.
const FREE_FOR_ADDRESS: i64 = 50;
const LONGEST_DELAY_MS: i64 = 15 * 60 * 1_000;
/// After a day without an attempt the count begins anew.
const FORGET_MS: i64 = 24 * 60 * 60 * 1_000;
const TRIES: usize = 5;

/// What is being tried, and from where.
pub(crate) struct Attempt {
    account: String,
    address: Option<String>,
}

impl Attempt {
    pub(crate) fn new(account: &str, address: Option<IpAddr>) -> Attempt {
        // Hashed, so that mistyped passwords in the wrong box are not kept.
        let account = format!("account:{}", short(&fold::key(account)));
        Attempt { account, address: address.map(|address| format!("address:{}", short(&network(address)))) }
    }
}

/// Whoever has one IPv6 address has all of its /64.
fn network(address: IpAddr) -> String {
    match address {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}")
        }
    }
}

fn short(text: &str) -> String {
    base::hex(&secret::fingerprint(text)[..12])
}

/// How long the next attempt must wait after so many failures.
fn delay_ms(failures: i64, free: i64) -> i64 {
    match u32::try_from(failures - free) {
        Ok(over @ 1..) => {
            1_000_i64.checked_shl(over.min(20) - 1).map_or(LONGEST_DELAY_MS, |ms| ms.min(LONGEST_DELAY_MS))
        }
        _ => 0,
    }
}

/// Counts the attempt, or refuses it.
///
/// # Errors
/// `Busy` while the account or the address has to wait.
pub(crate) async fn begin(identity: &Identity, attempt: &Attempt) -> Result<()> {
    for _ in 0..TRIES {
        let now = identity.db.clock().now();
        let mut batch = Batch::new();
        count(identity, &mut batch, &attempt.account, FREE, now).await?;
        if let Some(address) = &attempt.address {
            count(identity, &mut batch, address, FREE_FOR_ADDRESS, now).await?;
        }
        let old = [identity.db.tenant().into(), (now.0 - FORGET_MS).into()];
        batch.run(Statement::new(sql!("DELETE FROM login_attempt WHERE tenant_id = ?1 AND last_at < ?2"), old));
        match identity.db.submit(&identity.system(), batch).await {
            // Somebody else tries the same at this moment.
            Err(Error::Stale) => {}
            other => return other.map(drop),
        }
    }
    Err(Error::Busy { seconds: 1 })
}

async fn count(identity: &Identity, batch: &mut Batch, subject: &str, free: i64, now: Timestamp) -> Result<()> {
    let caller = identity.system();
    let text = sql!("SELECT failures, blocked_until FROM login_attempt WHERE tenant_id = ?1 AND subject = ?2");
    let key = || [caller.tenant.into(), subject.into()];
    let rows = identity.db.reader(&caller).once(Statement::new(text, key())).await?;
    let Some(row) = rows.first() else {
        let text = sql!(
            "INSERT INTO login_attempt (tenant_id, subject, failures, blocked_until, last_at)
             VALUES (?1, ?2, 1, 0, ?3) ON CONFLICT DO NOTHING"
        );
        let args = [caller.tenant.into(), subject.into(), now.into()];
        batch.expect(Statement::new(text, args), Expect::Fresh);
        return Ok(());
    };
    let (failures, blocked_until) = (row.int(0)?, row.int(1)?);
    if now.0 < blocked_until {
        let seconds = (blocked_until - now.0 + 999) / 1_000;
        return Err(Error::Busy { seconds: u32::try_from(seconds).unwrap_or(u32::MAX) });
    }
    let text = sql!(
        "UPDATE login_attempt SET failures = failures + 1, blocked_until = ?3, last_at = ?4
         WHERE tenant_id = ?1 AND subject = ?2 AND failures = ?5"
    );
    let until = now.0 + delay_ms(failures + 1, free);
    let args = [caller.tenant.into(), subject.into(), until.into(), now.into(), failures.into()];
    batch.expect(Statement::new(text, args), Expect::Fresh);
    Ok(())
}

/// The attempt was rightful: the account starts anew, and the address is not charged for it.
pub(crate) fn forgive(identity: &Identity, batch: &mut Batch, attempt: &Attempt) {
    let tenant = identity.db.tenant();
    let text = sql!("DELETE FROM login_attempt WHERE tenant_id = ?1 AND subject = ?2");
    batch.run(Statement::new(text, [tenant.into(), attempt.account.as_str().into()]));
    if let Some(address) = &attempt.address {
        let text = sql!(
            "UPDATE login_attempt SET failures = failures - 1, blocked_until = 0
             WHERE tenant_id = ?1 AND subject = ?2 AND failures > 0"
        );
        batch.run(Statement::new(text, [tenant.into(), address.as_str().into()]));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_delay_doubles_and_stays_bearable() {
        let delays: Vec<i64> = (4..10).map(|failures| delay_ms(failures, FREE)).collect();
        assert_eq!(delays, [0, 0, 1_000, 2_000, 4_000, 8_000]);
        assert_eq!(delay_ms(1_000, FREE), LONGEST_DELAY_MS);
    }

    #[test]
    fn all_addresses_of_one_network_count_as_one() {
        let of = |text: &str| Attempt::new("ewa@example.com", Some(text.parse().unwrap())).address;
        assert_eq!(of("2001:db8:1:2:3::4"), of("2001:db8:1:2:ffff::1"));
        assert_ne!(of("2001:db8:1:2::4"), of("2001:db8:1:3::4"));
        assert_ne!(of("192.0.2.1"), of("192.0.2.2"));
    }
}
