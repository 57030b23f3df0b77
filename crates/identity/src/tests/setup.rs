use super::kit::{As, House, PASSWORD};
use serde_json::json;

#[tokio::test]
async fn whoever_reads_the_console_becomes_the_first_administrator_once() {
    for house in House::each().await {
        let first = house.identity.setup_code().await.unwrap().unwrap();
        let code = house.identity.setup_code().await.unwrap().unwrap();
        let body = |code: &str| json!({ "code": code, "email": "ewa@example.com", "name": "Ewa", "password": PASSWORD, "language": "pl" });
        let wrong = house.call(As::Nobody, "POST", "/setup", Some(body(&first))).await;
        assert_eq!(wrong.problem(), (403, "identity-setup-code-wrong"), "only the latest code counts");

        let made = house.call(As::Nobody, "POST", "/setup", Some(body(&code.to_lowercase()))).await;
        assert_eq!(made.status, 201, "{}", made.body);
        assert_eq!(made.body["user"]["roles"], json!(["administrator"]));
        let cookie = made.cookie();
        let who = house.call(As::Cookie(&cookie), "GET", "/session", None).await;
        assert_eq!((who.status, &who.body["administrator"]), (200, &json!(true)));

        let again = house.call(As::Nobody, "POST", "/setup", Some(body(&code))).await;
        assert_eq!(again.problem(), (409, "identity-set-up-already"));
        assert_eq!(house.identity.setup_code().await.unwrap(), None);
    }
}

#[tokio::test]
async fn a_set_up_with_a_weak_password_keeps_the_code() {
    for house in House::each().await {
        let code = house.identity.setup_code().await.unwrap().unwrap();
        let body =
            |password: &str| json!({ "code": code, "email": "ewa@example.com", "name": "Ewa", "password": password });
        let weak = house.call(As::Nobody, "POST", "/setup", Some(body("short"))).await;
        assert_eq!(weak.wrong(), (422, "password", "identity-password-short"));
        let made = house.call(As::Nobody, "POST", "/setup", Some(body(PASSWORD))).await;
        assert_eq!(made.status, 201);
    }
}

#[tokio::test]
async fn a_user_from_the_command_line_ends_the_set_up() {
    for house in House::each().await {
        let code = house.identity.setup_code().await.unwrap().unwrap();
        house.add_user("ewa@example.com", "administrator").await;
        let body = json!({ "code": code, "email": "jan@example.com", "name": "Jan", "password": PASSWORD });
        let late = house.call(As::Nobody, "POST", "/setup", Some(body)).await;
        assert_eq!(late.status, 409);
    }
}
