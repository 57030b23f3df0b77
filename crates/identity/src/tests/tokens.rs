use super::kit::{As, House, MINUTE, PASSWORD};
use base::Timestamp;
use serde_json::json;

#[tokio::test]
async fn a_token_lets_a_program_in_until_it_is_deleted() {
    for house in House::each().await {
        house.add_user("ewa@example.com", "seller").await;
        let token = house.add_token("ewa@example.com", None).await;
        assert!(token.starts_with("rpt_"));
        assert!(house.knows(As::Token(&token)).await);
        assert!(!house.knows(As::Cookie(&token)).await, "a token is no cookie");
        let mut altered = token.clone();
        altered.pop();
        assert!(!house.knows(As::Token(&altered)).await);

        let list = house.call(As::Token(&token), "GET", "/tokens", None).await;
        assert_eq!(list.body["items"].as_array().unwrap().len(), 1);
        assert!(!list.body.to_string().contains(&token), "a token is shown once");
        let id = list.body["items"][0]["id"].as_str().unwrap().to_owned();
        let gone = house.call(As::Local, "DELETE", &format!("/tokens/{id}"), None).await;
        assert_eq!(gone.status, 204);
        assert!(!house.knows(As::Token(&token)).await, "at the very next request");
    }
}

#[tokio::test]
async fn a_token_ends_at_its_hour() {
    for house in House::each().await {
        house.add_user("ewa@example.com", "seller").await;
        let at = Timestamp(house.clock.now().0 + 10 * MINUTE).rfc3339();
        let body = json!({ "user": "ewa@example.com", "name": "short", "expires_at": at });
        let token = house.call(As::Local, "POST", "/tokens", Some(body.clone())).await.body["token"].clone();
        let token = token.as_str().unwrap();
        assert!(house.knows(As::Token(token)).await);
        house.wait(10 * MINUTE);
        assert!(!house.knows(As::Token(token)).await);
        let past = house.call(As::Local, "POST", "/tokens", Some(body)).await;
        assert_eq!(past.wrong(), (422, "expires_at", "identity-expiry-past"));
    }
}

#[tokio::test]
async fn scopes_narrow_a_token_and_a_narrow_token_cannot_widen_itself() {
    for house in House::each().await {
        house.add_user("ewa@example.com", "administrator").await;
        let whole = house.add_token("ewa@example.com", None).await;
        let narrow = house.add_token("ewa@example.com", Some(&["contacts:read"])).await;
        assert_eq!(house.call(As::Token(&whole), "GET", "/admin-probe", None).await.status, 200);
        assert_eq!(house.call(As::Token(&narrow), "GET", "/admin-probe", None).await.status, 403);
        let who = house.call(As::Token(&narrow), "GET", "/session", None).await;
        assert_eq!(who.body["administrator"], false);
        assert_eq!(who.body["objects"]["contacts"]["read"], "all");
        assert_eq!(who.body["objects"]["contacts"]["update"], "none");

        let before = house.written().await;
        let more = house.call(As::Token(&narrow), "POST", "/tokens", Some(json!({ "name": "more" }))).await;
        assert_eq!(more.problem(), (403, "identity-token-by-token"));
        assert_eq!(house.written().await, before, "nothing was written");
        let wrong = json!({ "user": "ewa@example.com", "name": "x", "scopes": ["contacts:fly"] });
        let wrong = house.call(As::Local, "POST", "/tokens", Some(wrong)).await;
        assert_eq!(wrong.wrong(), (422, "scopes", "identity-scope-invalid"));
    }
}

#[tokio::test]
async fn users_make_tokens_for_themselves_and_see_only_their_own() {
    for house in House::each().await {
        house.add_user("ewa@example.com", "seller").await;
        house.add_user("jan@example.com", "seller").await;
        let others = house.add_token("jan@example.com", None).await;
        let cookie = house.sign_in("ewa@example.com", PASSWORD).await.cookie();
        let ewa = As::Cookie(&cookie);
        let own = house.call(ewa, "POST", "/tokens", Some(json!({ "name": "mine" }))).await;
        assert_eq!(own.status, 201);
        assert!(house.knows(As::Token(own.body["token"].as_str().unwrap())).await);
        let stolen = json!({ "user": "jan@example.com", "name": "not mine" });
        assert_eq!(house.call(ewa, "POST", "/tokens", Some(stolen)).await.status, 403);
        let list = house.call(ewa, "GET", "/tokens", None).await;
        assert_eq!(list.body["items"].as_array().unwrap().len(), 1);
        let id = others.split('_').nth(1).unwrap();
        for method in ["GET", "DELETE"] {
            let reply = house.call(ewa, method, &format!("/tokens/{id}"), None).await;
            assert_eq!(reply.problem(), (404, "not-found"), "{method}");
        }
        assert!(house.knows(As::Token(&others)).await);
    }
}

#[tokio::test]
async fn the_use_of_a_token_is_noted_once_a_minute() {
    for house in House::each().await {
        house.add_user("ewa@example.com", "seller").await;
        let token = house.add_token("ewa@example.com", None).await;
        let used = async || {
            let list = house.call(As::Local, "GET", "/tokens", None).await;
            list.body["items"][0]["last_used_at"].as_str().map(str::to_owned)
        };
        assert_eq!(used().await, None);
        assert!(house.knows(As::Token(&token)).await);
        let first = used().await;
        assert_eq!(first.as_deref(), Some("2026-11-22T10:00:00.000Z"));
        house.wait(MINUTE / 2);
        assert!(house.knows(As::Token(&token)).await);
        assert_eq!(used().await, first);
        house.wait(MINUTE);
        assert!(house.knows(As::Token(&token)).await);
        assert_eq!(used().await.as_deref(), Some("2026-11-22T10:01:30.000Z"));
    }
}
