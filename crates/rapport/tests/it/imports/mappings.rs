//! Maps that are kept under a name: made, used, changed by whoever made them.

use super::upload::{counts, import, send};
use serde_json::json;
use testing::on_both;

on_both!(a_saved_map_serves_files_that_come_again, |app| {
    let operator = app.operator();
    let map = "[fields]\nlast_name = \"Who\"\n";
    let saved = json!({"object": "contacts", "name": "Fair Łódź", "map": map});
    let made = operator.post("/import-mappings", &saved).await.expect(201);
    let asked = json!({"map_name": "fair lodz"});
    let done = import(&app, &operator, "contacts", b"Who\nAda\n", &asked).await;
    assert_eq!((counts(&done), &done["options"]["map"]), ([1, 0, 0, 0], &json!(map)), "{done}");
    assert_eq!(operator.post("/import-mappings", &saved).await.status, 409);
    let path = format!("/import-mappings/{}", made["id"].as_str().unwrap());
    let changed = operator.patch(&path, &json!({"map": "[fields]\nfirst_name = \"Who\"\n"})).await.expect(200);
    assert_eq!((&changed["name"], changed["map"] == made["map"]), (&made["name"], false));
    assert_eq!(operator.get("/import-mappings?object=contacts").await.column("name"), ["Fair Łódź"]);
    assert_eq!(operator.get("/import-mappings?object=companies").await.column("name").len(), 0);

    let sam = app.user("Sam", "manager").await;
    assert_eq!(sam.get(&path).await.status, 200);
    assert_eq!(sam.patch(&path, &json!({"name": "Mine"})).await.status, 403);
    assert_eq!(sam.delete(&path).await.status, 403);
    let blind = app.user_with("blind", json!({"name": "blind", "objects": {}})).await;
    assert_eq!(blind.get(&path).await.status, 404);
    assert_eq!(blind.get("/import-mappings").await.column("name").len(), 0);
    for (input, field) in [
        (json!({"object": "contacts", "name": "x", "map": "nonsense"}), "map"),
        (json!({"object": "nothings", "name": "x", "map": map}), "object"),
        (json!({"object": "contacts", "name": " ", "map": map}), "name"),
        (json!({"object": "contacts", "map": map}), "name"),
    ] {
        let reply = operator.post("/import-mappings", &input).await;
        assert_eq!((reply.status, reply.first_error().0.as_str()), (422, field), "{input}");
    }
    for asked in [json!({"map_name": "nobody"}), json!({"map_name": "fair lodz", "map": map})] {
        let reply = send(&operator, "contacts", b"Who\nAda\n", &asked).await;
        assert_eq!((reply.status, reply.first_error().0.as_str()), (422, "map_name"), "{asked}");
    }
    assert_eq!(operator.delete(&path).await.status, 204);
    assert_eq!(operator.get(&path).await.status, 404);
});
