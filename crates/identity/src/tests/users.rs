use super::kit::{As, House, PASSWORD};
use serde_json::{Value, json};

#[tokio::test]
async fn deactivating_a_user_ends_sessions_and_tokens_at_the_next_request() {
    for house in House::each().await {
        house.add_user("boss@example.com", "administrator").await;
        let id = house.add_user("ewa@example.com", "seller").await;
        let cookie = house.sign_in("ewa@example.com", PASSWORD).await.cookie();
        let token = house.add_token("ewa@example.com", None).await;
        assert!(house.knows(As::Cookie(&cookie)).await && house.knows(As::Token(&token)).await);
        let path = format!("/users/{id}");
        let reply = house.call(As::Local, "PATCH", &path, Some(json!({ "active": false }))).await;
        assert_eq!((reply.status, &reply.body["active"]), (200, &json!(false)));
        assert!(!house.knows(As::Cookie(&cookie)).await);
        assert!(!house.knows(As::Token(&token)).await);
        assert_eq!(house.sign_in("ewa@example.com", PASSWORD).await.status, 401);

        house.call(As::Local, "PATCH", &path, Some(json!({ "active": true }))).await;
        assert!(!house.knows(As::Cookie(&cookie)).await, "old sessions stay dead");
        assert!(house.knows(As::Token(&token)).await);
    }
}

#[tokio::test]
async fn a_change_of_role_counts_from_the_next_request() {
    for house in House::each().await {
        let id = house.add_user("ewa@example.com", "reader").await;
        let token = house.add_token("ewa@example.com", None).await;
        let rights = async || {
            let who = house.call(As::Token(&token), "GET", "/session", None).await;
            who.body["objects"]["contacts"]["update"].as_str().map(str::to_owned)
        };
        assert_eq!(rights().await.as_deref(), Some("none"));
        let role = json!({ "name": "helper", "objects": { "contacts": { "read": "own", "update": "own" } } });
        let made = house.call(As::Local, "POST", "/roles", Some(role)).await;
        assert_eq!(made.status, 201, "{}", made.body);
        let both = json!({ "roles": ["reader", "helper"] });
        house.call(As::Local, "PATCH", &format!("/users/{id}"), Some(both)).await;
        assert_eq!(rights().await.as_deref(), Some("own"));
        let role = format!("/roles/{}", made.body["id"].as_str().unwrap());
        let wider = json!({ "objects": { "contacts": { "read": "all", "update": "all" } } });
        assert_eq!(house.call(As::Local, "PATCH", &role, Some(wider)).await.status, 200);
        assert_eq!(rights().await.as_deref(), Some("all"));
        assert_eq!(house.call(As::Local, "DELETE", &role, None).await.problem(), (409, "identity-role-in-use"));
    }
}

#[tokio::test]
async fn only_administrators_manage_users_and_a_refused_request_writes_nothing() {
    for house in House::each().await {
        let id = house.add_user("ewa@example.com", "manager").await;
        house.add_user("boss@example.com", "administrator").await;
        let cookie = house.sign_in("ewa@example.com", PASSWORD).await.cookie();
        let before = (house.written().await, house.call(As::Local, "GET", "/users", None).await.body);
        let role = json!({ "name": "x", "everything": true });
        let attempts = [
            ("POST", "/users".to_owned(), json!({ "email": "a@example.com", "name": "A", "roles": ["administrator"] })),
            ("PATCH", format!("/users/{id}"), json!({ "roles": ["administrator"] })),
            ("PATCH", format!("/users/{id}"), json!({ "email": "boss2@example.com" })),
            ("DELETE", format!("/users/{id}"), Value::Null),
            ("POST", "/roles".to_owned(), role),
            ("GET", "/roles".to_owned(), Value::Null),
            ("POST", "/teams".to_owned(), json!({ "name": "Own" })),
        ];
        for (method, path, body) in attempts {
            let body = Some(body).filter(|body| !body.is_null());
            let reply = house.call(As::Cookie(&cookie), method, &path, body.clone()).await;
            assert_eq!(reply.problem(), (403, "administrators-only"), "{method} {path}");
            assert_eq!(house.call(As::Nobody, method, &path, body).await.status, 401, "{method} {path}");
        }
        let after = (house.written().await, house.call(As::Local, "GET", "/users", None).await.body);
        assert_eq!(before, after);
    }
}

#[tokio::test]
async fn people_change_their_own_name_and_with_the_old_password_the_password() {
    for house in House::each().await {
        let id = house.add_user("ewa@example.com", "seller").await;
        let here = house.sign_in("ewa@example.com", PASSWORD).await.cookie();
        let elsewhere = house.sign_in("ewa@example.com", PASSWORD).await.cookie();
        let path = format!("/users/{id}");
        let name =
            house.call(As::Cookie(&here), "PATCH", &path, Some(json!({ "name": "Ewa Łoś", "language": "pl" }))).await;
        assert_eq!((name.status, &name.body["name"]), (200, &json!("Ewa Łoś")));
        let new = "another horse battery";
        let wrong = json!({ "password": new, "current_password": "guess" });
        let wrong = house.call(As::Cookie(&here), "PATCH", &path, Some(wrong)).await;
        assert_eq!(wrong.wrong(), (422, "current_password", "identity-password-wrong"));
        assert_eq!(wrong.body["title"], "Żądanie zawiera nieprawidłowe dane", "in her language from now on");
        let right = json!({ "password": new, "current_password": PASSWORD });
        assert_eq!(house.call(As::Cookie(&here), "PATCH", &path, Some(right)).await.status, 200);
        assert!(house.knows(As::Cookie(&here)).await);
        assert!(!house.knows(As::Cookie(&elsewhere)).await);
        assert_eq!(house.sign_in("ewa@example.com", PASSWORD).await.status, 401);
        assert_eq!(house.sign_in("ewa@example.com", new).await.status, 200);
    }
}

#[tokio::test]
async fn there_is_always_an_administrator() {
    for house in House::each().await {
        let reader = house.add_user("a@example.com", "reader").await;
        let gone = house.call(As::Local, "DELETE", &format!("/users/{reader}"), None).await;
        assert_eq!(gone.status, 204, "before there is one, nobody is held back");
        let only = format!("/users/{}", house.add_user("boss@example.com", "administrator").await);
        for body in [json!({ "active": false }), json!({ "roles": ["reader"] })] {
            let reply = house.call(As::Local, "PATCH", &only, Some(body)).await;
            assert_eq!(reply.problem(), (409, "identity-last-administrator"));
        }
        assert_eq!(house.call(As::Local, "DELETE", &only, None).await.status, 409);
        house.add_user("second@example.com", "administrator").await;
        assert_eq!(house.call(As::Local, "DELETE", &only, None).await.status, 204);
        let fixed = house.call(As::Local, "GET", "/roles", None).await.body["items"][0]["id"].clone();
        let fixed = format!("/roles/{}", fixed.as_str().unwrap());
        assert_eq!(house.call(As::Local, "PATCH", &fixed, Some(json!({ "everything": false }))).await.status, 409);
    }
}

#[tokio::test]
async fn a_deleted_user_gives_the_address_back() {
    for house in House::each().await {
        house.add_user("boss@example.com", "administrator").await;
        let id = house.add_user("ewa@example.com", "seller").await;
        let taken = json!({ "email": "Ewa@Example.com", "name": "Other" });
        let taken = house.call(As::Local, "POST", "/users", Some(taken)).await;
        assert_eq!(taken.problem(), (409, "identity-email-taken"));
        house.call(As::Local, "DELETE", &format!("/users/{id}"), None).await;
        assert_eq!(house.call(As::Local, "GET", &format!("/users/{id}"), None).await.status, 404);
        house.add_user("ewa@example.com", "seller").await;
        let list = house.call(As::Local, "GET", "/users?search=ewa", None).await;
        assert_eq!(list.body["items"].as_array().unwrap().len(), 1);
    }
}

#[tokio::test]
async fn lists_come_in_pages() {
    for house in House::each().await {
        for number in 0..5 {
            house.add_user(&format!("user{number}@example.com"), "reader").await;
        }
        let mut seen = Vec::new();
        let mut path = "/users?limit=2".to_owned();
        loop {
            let page = house.call(As::Local, "GET", &path, None).await.body;
            let emails =
                page["items"].as_array().unwrap().iter().map(|user| user["email"].as_str().unwrap().to_owned());
            seen.extend(emails);
            match page["next"].as_str() {
                Some(next) => path = format!("/users?limit=2&cursor={next}"),
                None => break,
            }
        }
        assert_eq!(seen, (0..5).map(|number| format!("user{number}@example.com")).collect::<Vec<_>>());
        for (query, field) in
            [("limit=201", "limit"), ("limit=x", "limit"), ("cursor=x", "cursor"), ("colour=red", "colour")]
        {
            let reply = house.call(As::Local, "GET", &format!("/users?{query}"), None).await;
            assert_eq!((reply.status, reply.body["errors"][0]["field"].as_str()), (422, Some(field)), "{query}");
        }
    }
}

#[tokio::test]
async fn teams_form_trees_without_circles() {
    for house in House::each().await {
        let team = async |name: &str, parent: Option<&str>| {
            let body = json!({ "name": name, "parent": parent });
            let reply = house.call(As::Local, "POST", "/teams", Some(body)).await;
            assert_eq!(reply.status, 201, "{}", reply.body);
            reply.body["id"].as_str().unwrap().to_owned()
        };
        let north = team("North", None).await;
        let coast = team("Coast", Some("North")).await;
        let harbour = team("Harbour", Some(&coast)).await;
        let circle =
            house.call(As::Local, "PATCH", &format!("/teams/{north}"), Some(json!({ "parent": harbour }))).await;
        assert_eq!(circle.wrong(), (422, "parent", "identity-team-circle"));
        let body =
            json!({ "email": "ewa@example.com", "name": "Ewa", "roles": ["seller"], "teams": ["north", harbour] });
        let ewa = house.call(As::Local, "POST", "/users", Some(body)).await;
        assert_eq!(ewa.body["teams"], json!([north, harbour]));
        let id = ewa.body["id"].as_str().unwrap().parse().unwrap();
        let plan = house.identity.caller_of(id).await.unwrap().plan;
        assert_eq!(plan.teams.len(), 2);
        assert_eq!(plan.team_tree.len(), 3);
        let used = house.call(As::Local, "DELETE", &format!("/teams/{harbour}"), None).await;
        assert_eq!(used.problem(), (409, "identity-team-in-use"));
        let free = house.call(As::Local, "PATCH", &format!("/teams/{coast}"), Some(json!({ "parent": null }))).await;
        assert_eq!((free.status, &free.body["parent"]), (200, &Value::Null));
        let taken = house.call(As::Local, "POST", "/teams", Some(json!({ "name": "NORTH" }))).await;
        assert_eq!(taken.problem(), (409, "identity-team-name-taken"));
    }
}

#[tokio::test]
async fn the_command_line_can_act_as_somebody() {
    for house in House::each().await {
        house.add_user("ewa@example.com", "seller").await;
        let who = house.call(As::LocalUser("ewa@example.com"), "GET", "/session", None).await;
        assert_eq!(who.body["user"]["email"], "ewa@example.com");
        assert_eq!(house.call(As::LocalUser("ewa@example.com"), "GET", "/admin-probe", None).await.status, 403);
        let nobody = house.call(As::LocalUser("jan@example.com"), "GET", "/session", None).await;
        assert_eq!(nobody.wrong(), (422, "as", "identity-user-unknown"));
    }
}

#[tokio::test]
async fn a_change_from_an_old_version_is_stale() {
    for house in House::each().await {
        let path = format!("/users/{}", house.add_user("ewa@example.com", "seller").await);
        let change = async |version: &str| {
            let body = Some(json!({ "name": "New" }));
            house.call_with(As::Local, ("PATCH", &path), body, &[("if-match", version)]).await
        };
        assert_eq!(change("\"1\"").await.status, 200);
        assert_eq!(change("\"1\"").await.problem(), (412, "stale"));
        assert_eq!(change("\"2\"").await.body["version"], 3);
    }
}

#[tokio::test]
async fn what_a_role_says_is_checked() {
    for house in House::each().await {
        let cases = [
            (json!({ "name": "x", "objects": { "contacts": { "read": "some" } } }), "objects.contacts.read"),
            (json!({ "name": "x", "objects": { "contacts": { "fly": "all" } } }), "objects.contacts.fly"),
            (json!({ "name": "x", "fields": { "contacts": { "email": "secret" } } }), "fields.contacts.email"),
            (json!({ "name": "X Y" }), "name"),
            (json!({ "name": "x", "objects": { "no such": {} } }), "objects"),
            (json!({ "objects": {} }), "name"),
        ];
        for (body, field) in cases {
            let reply = house.call(As::Local, "POST", "/roles", Some(body.clone())).await;
            assert_eq!((reply.status, reply.wrong().1), (422, field), "{body}");
        }
        let explained = house.add_user("ewa@example.com", "analyst").await;
        let why = house.identity.explain(explained.parse().unwrap(), "contacts").await.unwrap();
        assert_eq!(why["roles"][0]["role"], "analyst");
        assert_eq!((&why["rights"]["read"], &why["fields"]["email"]), (&json!("all"), &json!("masked")));
    }
}
