use super::kit::{SECOND, START, Shop};
use crate::{
    Schedule, When,
    schedule::{Timetable, tick},
};
use base::Timestamp;
use jiff::{civil, tz::TimeZone};
use std::time::Duration;

fn minutely() -> Timetable {
    let when = When::Every(Duration::from_secs(60));
    Timetable::new(vec![Schedule { name: "tidy", kind: "tidy", when }])
}

#[tokio::test]
async fn each_tick_enqueues_one_job_however_many_look_at_the_clock() {
    for shop in Shop::each().await {
        let second = shop.second().await;
        let (mut one, mut other) = (minutely(), minutely());
        let both = async |one: &mut Timetable, other: &mut Timetable| {
            let (a, b) = tokio::join!(tick(&shop.db, &shop.system, one), tick(&second, &shop.system, other));
            a.and(b).unwrap();
        };
        both(&mut one, &mut other).await;
        assert_eq!(shop.jobs().await.len(), 0, "the first tick is a minute away");
        for ticks in 1..4 {
            shop.wait(60 * SECOND);
            both(&mut one, &mut other).await;
            both(&mut one, &mut other).await;
            assert_eq!(shop.jobs().await.len(), ticks);
            let kind = crate::JobKind::new("tidy", async |_| Ok(crate::Outcome::done()));
            assert_eq!(shop.turn(&[kind]).await, 1);
        }
        shop.wait(10 * 60 * SECOND);
        both(&mut one, &mut other).await;
        assert_eq!(shop.jobs().await.len(), 4, "missed ticks are not made up for");
    }
}

#[test]
fn daily_means_the_clock_on_the_wall_also_on_days_on_which_it_is_changed() {
    let zone = TimeZone::get("Europe/Warsaw").unwrap();
    let next = |at: &str, hour, minute| {
        let when = When::Daily { at: civil::time(hour, minute, 0, 0), zone: zone.clone() };
        when.next_after(Timestamp::parse(at).unwrap()).rfc3339()
    };
    assert_eq!(next("2026-11-22T00:00:00Z", 3, 0), "2026-11-22T02:00:00.000Z");
    assert_eq!(next("2026-11-22T02:00:00Z", 3, 0), "2026-11-23T02:00:00.000Z");
    assert_eq!(next("2026-07-01T12:00:00Z", 3, 0), "2026-07-02T01:00:00.000Z");
    assert_eq!(next("2026-03-29T00:00:00Z", 2, 30), "2026-03-29T01:30:00.000Z", "02:30 does not exist on this day");
    assert_eq!(next("2026-10-24T23:00:00Z", 2, 30), "2026-10-25T00:30:00.000Z", "02:30 comes twice, the first counts");
    assert_eq!(next("2026-10-25T00:30:00Z", 2, 30), "2026-10-26T01:30:00.000Z");
    assert!(When::Every(Duration::from_secs(1)).next_after(START) > START);
}
