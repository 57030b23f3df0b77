//! How the databases go about a list with a search in it.

use super::world::{World, in_each_world, text};
use crate::{
    permissions::{Access, Action},
    search::Query,
    sql::Sql,
};
use db::Dialect;

/// The plan of the first page of contacts with this search, in the order of the last name.
async fn plan(world: &World, typed: &str) -> String {
    let (object, caller) = (world.object("contacts"), world.admin());
    let access = Access::new(&world.schema, &caller);
    let query = Query::parse("search", typed).unwrap().unwrap();
    let mut reader = world.db.reader(&caller);
    let matching = world.search.matching(&mut reader, access, object, &query).await.unwrap();
    let mut sql = Sql::new();
    sql.push("SELECT r.id, r.first_name FROM contact r WHERE ");
    access.push_living(&mut sql, object, Action::Read, "r");
    sql.push(" AND ");
    matching.push_sql(&mut sql, "r");
    sql.push(" ORDER BY ").push_expression(&world.db.dialect().order("r.last_name_key", false)).push(", r.id LIMIT 51");
    world.db.explain(&caller, sql.statement()).await.unwrap()
}

#[tokio::test]
async fn a_list_starts_from_few_hits_and_walks_past_many() {
    in_each_world(async |world| {
        let person = |n: usize| vec![("first_name", text("Maria")), ("last_name", text(&format!("Nowak{n}x")))];
        for from in [0, 3_000, 6_000, 9_000] {
            let people: Vec<_> = (from..from + 3_000).map(person).collect();
            world.put_all("contacts", &people).await;
        }
        if world.db.dialect() == Dialect::Postgres {
            // PostgreSQL gathers statistics by itself before long; with a new index it does at once.
            world.db.ensure_index("contact_by_source", "contact", "tenant_id, source_key, id").await.unwrap();
        }
        let (named, few) = (plan(&world, "nowak77").await, plan(&world, "nowak7").await);
        let many = plan(&world, "mar").await;
        assert_eq!(world.listed(&world.admin(), "mar").await.len(), 12_000);
        match world.db.dialect() {
            Dialect::Sqlite => {
                // There are no statistics here, as in a file that has just been imported into.
                assert!(named.contains("PRIMARY KEY (tenant_id=? AND id=?)"), "{named}");
                assert!(few.contains("PRIMARY KEY (tenant_id=? AND id=?)"), "{few}");
                assert!(many.contains("contact_by_last_name (tenant_id=?)"), "{many}");
                assert!(!many.contains("TEMP B-TREE"), "{many}");
            }
            Dialect::Postgres => {
                assert!(named.contains("contact_pkey"), "{named}");
                assert!(few.contains("search_all") && !few.contains("hashed SubPlan"), "{few}");
                assert!(many.contains("contact_by_last_name") && many.contains("hashed SubPlan"), "{many}");
            }
        }
    })
    .await;
}
