use super::kit::{As, House, MINUTE, PASSWORD};
use serde_json::json;

#[tokio::test]
async fn signing_in_gives_a_cookie_that_signing_out_ends() {
    for house in House::each().await {
        house.add_user("ewa@example.com", "seller").await;
        let reply = house.sign_in("EWA@example.com", PASSWORD).await;
        assert_eq!(reply.status, 200, "{}", reply.body);
        let line = reply.headers["set-cookie"].to_str().unwrap();
        assert!(line.contains("; HttpOnly; SameSite=Lax"), "{line}");
        let cookie = reply.cookie();
        assert!(!reply.body.to_string().contains(&cookie), "the secret is in no body");
        assert_eq!(reply.body["objects"]["contacts"]["read"], "team");

        assert!(house.knows(As::Cookie(&cookie)).await);
        assert!(!house.knows(As::Token(&cookie)).await, "a session is no token");
        let out = house.call(As::Cookie(&cookie), "DELETE", "/session", None).await;
        assert_eq!(out.status, 204);
        assert!(!house.knows(As::Cookie(&cookie)).await);
    }
}

#[tokio::test]
async fn a_new_sign_in_ends_the_session_that_the_browser_had() {
    for house in House::each().await {
        house.add_user("ewa@example.com", "seller").await;
        let first = house.sign_in("ewa@example.com", PASSWORD).await.cookie();
        let body = json!({ "email": "ewa@example.com", "password": PASSWORD });
        let second = house.call(As::Cookie(&first), "POST", "/session", Some(body)).await.cookie();
        assert!(!house.knows(As::Cookie(&first)).await);
        assert!(house.knows(As::Cookie(&second)).await);
    }
}

#[tokio::test]
async fn a_session_ends_after_an_idle_hour_and_after_a_day() {
    for house in House::each().await {
        house.add_user("ewa@example.com", "seller").await;
        let idle = house.sign_in("ewa@example.com", PASSWORD).await.cookie();
        let busy = house.sign_in("ewa@example.com", PASSWORD).await.cookie();
        for _ in 0..28 {
            house.wait(50 * MINUTE);
            assert!(house.knows(As::Cookie(&busy)).await);
        }
        assert!(!house.knows(As::Cookie(&idle)).await, "nobody used it for an hour");
        house.wait(50 * MINUTE);
        assert!(!house.knows(As::Cookie(&busy)).await, "a day is over");
    }
}

#[tokio::test]
async fn unknown_users_and_wrong_passwords_look_the_same() {
    for house in House::each().await {
        house.add_user("ewa@example.com", "seller").await;
        let wrong = house.sign_in("ewa@example.com", "another horse battery").await;
        let unknown = house.sign_in("jan@example.com", "another horse battery").await;
        assert_eq!(wrong.problem(), (401, "identity-credentials-wrong"));
        assert_eq!(wrong.body, unknown.body);
        let accent = house.sign_in("éwa@example.com", PASSWORD).await;
        assert_eq!(accent.status, 401, "another address, however alike");
    }
}

#[tokio::test]
async fn guessing_gets_slower_and_a_rightful_owner_gets_in_after_the_delay() {
    for house in House::each().await {
        house.add_user("ewa@example.com", "seller").await;
        for _ in 0..6 {
            assert_eq!(house.sign_in("ewa@example.com", "guess").await.status, 401);
        }
        let blocked = house.sign_in("ewa@example.com", PASSWORD).await;
        assert_eq!(blocked.problem(), (429, "busy"));
        assert_eq!(blocked.headers["retry-after"], "1");
        assert_eq!(house.sign_in("jan@example.com", "guess").await.status, 401, "others are not held up");
        house.wait(1_000);
        assert_eq!(house.sign_in("ewa@example.com", PASSWORD).await.status, 200);
        assert_eq!(house.sign_in("ewa@example.com", "guess").await.status, 401, "the count began anew");
    }
}

#[tokio::test]
async fn a_page_of_another_site_cannot_sign_anybody_in() {
    for house in House::each().await {
        house.add_user("ewa@example.com", "seller").await;
        let body = json!({ "email": "ewa@example.com", "password": PASSWORD });
        let reply =
            house.call_with(As::Nobody, ("POST", "/session"), Some(body), &[("sec-fetch-site", "cross-site")]).await;
        assert_eq!(reply.problem(), (403, "cross-origin"));
    }
}
