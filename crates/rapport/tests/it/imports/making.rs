//! Companies that rows name and that are not there: made on the way, once, counted, and taken back with the import.

use super::upload::{counts, error_lines, import, send};
use serde_json::{Value, json};
use testing::{Client, on_both};

const MAP: &str = "[fields]\nlast_name = \"Nazwisko\"\nemail = \"E-mail\"\ncompany.tax_id = { column = \"NIP\", create = true }\n\
    company.name = \"Firma\"\ncompany.city = \"Miasto\"\n";

async fn companies(client: &Client) -> Vec<Value> {
    let asked = [("fields", "name,tax_id,city"), ("sort", "name")];
    let found = client.ask("/records/companies", &asked).await.expect(200);
    found["items"].as_array().unwrap().clone()
}

on_both!(a_company_that_many_rows_name_is_made_once, |app| {
    let operator = app.operator();
    operator.post("/records/companies", &json!({"name": "Stara Huta", "tax_id": "5260250274"})).await.expect(201);
    let file = "Nazwisko,E-mail,NIP,Firma,Miasto\nNowak,n@example.com,0000158385,Hurtownia Łoś,Łódź\n\
        Kowal,k@example.com,0000158385,Inna nazwa,Kraków\nZając,z@example.com,5260250274,Huta,Bytom\n\
        Wilk,w@example.com,,,\n";
    let before = app.digest().await;
    let tried = import(&app, &operator, "contacts", file.as_bytes(), &json!({"map": MAP, "dry_run": true})).await;
    assert_eq!(app.digest().await.tables["company"], before.tables["company"]);
    let done = import(&app, &operator, "contacts", file.as_bytes(), &json!({"map": MAP})).await;
    assert_eq!((counts(&done), counts(&tried)), ([4, 0, 0, 0], [4, 0, 0, 0]), "{done}");
    assert_eq!(done["made"], json!([{"object": "companies", "created": 1, "names": ["Hurtownia Łoś"]}]));
    assert_eq!(tried["made"], done["made"], "what was said is what happens");
    let all = companies(&operator).await;
    assert_eq!(all.len(), 2, "{all:?}");
    assert_eq!((&all[0]["city"], &all[0]["tax_id"]), (&json!("Łódź"), &json!("0000158385")), "the first row says");
    assert_eq!((&all[1]["name"], &all[1]["city"]), (&json!("Stara Huta"), &Value::Null), "what is there stays");
    let asked = [("filter", "company.name = 'hurtownia los'"), ("sort", "last_name")];
    assert_eq!(operator.ask("/records/contacts", &asked).await.column("last_name"), ["Kowal", "Nowak"]);
    let fields: Vec<&Value> = done["columns"].as_array().unwrap().iter().map(|column| &column["field"]).collect();
    assert_eq!(fields, ["last_name", "email", "company", "company.name", "company.city"]);

    let action = done["action"].as_str().unwrap();
    operator.post(&format!("/actions/{action}/undo"), &json!({})).await.expect(200);
    let left = companies(&operator).await;
    assert_eq!(left.len(), 1, "what an import made goes with it: {left:?}");
});

on_both!(slices_that_name_the_same_company_make_one, |app| {
    let operator = app.operator();
    let rows: String = (0..1_700).map(|n| format!("N{n},Firma {}\n", n % 7)).collect();
    let map = "[fields]\nlast_name = \"a\"\ncompany = { column = \"b\", create = true }\n";
    let file = format!("a,b\n{rows}");
    let tried = import(&app, &operator, "contacts", file.as_bytes(), &json!({"map": map, "dry_run": true})).await;
    assert_eq!(tried["made"][0]["created"], 7, "{tried}");
    let done = import(&app, &operator, "contacts", file.as_bytes(), &json!({"map": map})).await;
    assert_eq!(counts(&done), [1_700, 0, 0, 0], "{done}");
    assert_eq!((&done["made"][0]["created"], companies(&operator).await.len()), (&json!(7), 7));
    let again = import(&app, &operator, "contacts", file.as_bytes(), &json!({"map": map})).await;
    assert_eq!((&again["made"], companies(&operator).await.len()), (&json!([]), 7), "{again}");
});

on_both!(what_is_written_in_several_ways_is_made_once, |app| {
    let operator = app.operator();
    let map = "[fields]\nlast_name = \"a\"\ncompany.phone = { column = \"b\", create = true }\ncompany.name = \"c\"\n";
    let file = "a,b,c\nOne,+48 12 345 67 89,Acme\nTwo,(12) 345-67-89,Acme\nThree,123456789,Acme\n";
    let done = import(&app, &operator, "contacts", file.as_bytes(), &json!({"map": map})).await;
    let made = companies(&operator).await.len();
    assert_eq!((counts(&done)[0], made), (3, 1), "{done}");
    let again = import(&app, &operator, "contacts", file.as_bytes(), &json!({"map": map})).await;
    assert_eq!((counts(&again)[0], companies(&operator).await.len()), (3, 1), "{again}");
});

on_both!(what_only_failing_or_skipped_rows_name_is_not_made, |app| {
    let operator = app.operator();
    operator.post("/records/contacts", &json!({"last_name": "Ada", "email": "ada@example.com"})).await.expect(201);
    let file = "Nazwisko,E-mail,NIP,Firma,Miasto\nBad,not an address,1,One,\nNoname,x@example.com,2,,\n\
        Ada,ada@example.com,3,Three,\n";
    let asked = json!({"map": MAP, "match": "email", "mode": "create_only"});
    let done = import(&app, &operator, "contacts", file.as_bytes(), &asked).await;
    assert_eq!(counts(&done), [0, 0, 1, 2], "{done}");
    assert_eq!((companies(&operator).await, &done["made"]), (vec![], &json!([])));
    let errors = error_lines(&operator, &done).await;
    assert!(errors[2].contains(",3,name,"), "a company needs its name: {errors:?}");
});

on_both!(who_may_not_make_companies_makes_none_by_an_import, |app| {
    let contacts = json!({"create": true, "read": "all", "update": "all"});
    let reading = json!({"name": "no-companies", "objects": {"contacts": contacts, "companies": {"read": "all"}}});
    let blind = json!({"name": "blind", "objects": {"contacts": contacts, "companies": {"read": "all", "create": true}},
        "fields": {"companies": {"tax_id": "masked"}}});
    let narrow = json!({"name": "narrow", "objects": {"contacts": contacts, "companies": {"read": "all", "create": true}},
        "fields": {"companies": {"city": "read"}}});
    let operator = app.operator();
    operator.post("/records/companies", &json!({"name": "Known", "tax_id": "5260250274"})).await.expect(201);
    let file =
        "Nazwisko,E-mail,NIP,Firma,Miasto\nNowak,n@example.com,77,Acme,Łódź\nLis,l@example.com,5260250274,Known,\n";
    for (name, role, made) in [("sam", reading, 1), ("tom", blind, 0), ("una", narrow, 1)] {
        let user = app.user_with(name, role).await;
        let done = import(&app, &user, "contacts", file.as_bytes(), &json!({"map": MAP})).await;
        assert_eq!((counts(&done)[0], &done["made"]), (made, &json!([])), "{name}: {done}");
        assert_eq!(companies(&operator).await.len(), 1, "{name}");
    }
});

on_both!(a_company_and_its_parent_in_one_file_are_one_each, |app| {
    let operator = app.operator();
    let map = "[fields]\nname = \"name\"\ncity = \"city\"\nparent.name = { column = \"parent\", create = true }\n";
    let file = "name,city,parent\nFilia,Łódź,Matka\nMatka,Kraków,\nDruga,Sopot,matka\n";
    let done = import(&app, &operator, "companies", file.as_bytes(), &json!({"map": map, "match": "name"})).await;
    assert_eq!(counts(&done), [2, 1, 0, 0], "{done}");
    let all = companies(&operator).await;
    assert_eq!(all.len(), 3, "{all:?}");
    assert_eq!(operator.ask("/records/companies/count", &[("filter", "parent.city = 'Kraków'")]).await["count"], 2);
});

on_both!(a_record_of_an_own_object_is_made_too, |app| {
    let operator = app.operator();
    operator.post("/objects", &json!({"name": "branches"})).await.expect(201);
    let field = json!({"name": "branch", "type": "relation", "target": "branches", "inverse": "people"});
    operator.post("/objects/contacts/fields", &field).await.expect(201);
    let map = "[fields]\nlast_name = \"a\"\nbranch = { column = \"b\", create = true }\n";
    let done = import(&app, &operator, "contacts", b"a,b\nOne,North\nTwo,north\n", &json!({"map": map})).await;
    assert_eq!(done["made"], json!([{"object": "branches", "created": 1, "names": ["North"]}]), "{done}");
});

on_both!(a_map_that_could_make_nothing_is_refused, |app| {
    let operator = app.operator();
    for line in ["owner.email = { column = \"a\", create = true }", "city = { column = \"a\", create = true }"] {
        let map = format!("[fields]\nlast_name = \"b\"\n{line}\n");
        let refused = send(&operator, "contacts", b"a,b\nx,y\n", &json!({"map": map})).await.expect(422);
        assert_eq!(refused["errors"][0]["code"], "file-map-create", "{refused}");
    }
    // A contact has two names, of which nobody can tell where one ends.
    let map = "[fields]\nnumber = \"a\"\ncontact = { column = \"b\", create = true }\n";
    assert_eq!(send(&operator, "orders", b"a,b\n1,Jan Nowak\n", &json!({"map": map})).await.status, 422);
});
