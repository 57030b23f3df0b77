use super::*;
use base::Timestamp;

const FIRST: Migration = Migration { file: "0001_first", sqlite: "CREATE TABLE a (x BIGINT);", postgres: "" };
const SECOND: Migration = Migration { file: "0002_second", sqlite: "CREATE TABLE b (x JSONB);", postgres: "" };
const BROKEN: Migration = Migration { file: "0002_broken", sqlite: "CREATE TABLE c (x BIGINT); oops;", postgres: "" };
const FIRST_REWRITTEN: Migration = Migration { file: "0001_first", sqlite: "CREATE TABLE z (x BIGINT);", postgres: "" };

struct File {
    dir: std::path::PathBuf,
    connection: rusqlite::Connection,
}

impl File {
    fn new(name: &str) -> File {
        let dir = std::env::temp_dir().join(format!("rapport-migrate-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&dir).unwrap();
        let connection = rusqlite::Connection::open(dir.join("t.db")).unwrap();
        File { dir, connection }
    }

    fn run(&mut self, all: &'static [Migration]) -> Result<()> {
        let file = self.dir.join("t.db");
        sqlite::run(&mut self.connection, &file, Timestamp(7), all)
    }

    fn tables(&self) -> Vec<String> {
        let mut prepared =
            self.connection.prepare("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY 1").unwrap();
        let rows = prepared.query_map([], |row| row.get(0)).unwrap();
        rows.collect::<Result<_, _>>().unwrap()
    }
}

impl Drop for File {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.dir).unwrap();
    }
}

#[test]
fn every_file_in_the_folder_is_in_the_list() {
    let folder = format!("{}/../../migrations", std::env::var("CARGO_MANIFEST_DIR").unwrap());
    let mut files: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.starts_with(|c: char| c.is_ascii_digit()))
        .map(|name| name.split('.').next().unwrap().to_owned())
        .collect();
    files.sort();
    files.dedup();
    let listed: Vec<&str> = ALL.iter().map(|migration| migration.file).collect();
    assert_eq!(listed, files);
    assert!(ALL.iter().all(|migration| migration.number() > 0), "a migration is named 0001_name");
}

#[test]
fn a_file_without_data_is_made_without_a_copy() {
    let mut file = File::new("empty");
    file.run(&[FIRST, SECOND]).unwrap();
    assert_eq!(file.tables(), ["a", "b", "migration"]);
    assert_eq!(std::fs::read_dir(&file.dir).unwrap().count(), 1);
}

#[test]
fn a_file_with_data_is_copied_before_it_is_changed() {
    let mut file = File::new("copy");
    file.run(&[FIRST]).unwrap();
    file.connection.execute("INSERT INTO a VALUES (42)", []).unwrap();
    file.run(&[FIRST, SECOND]).unwrap();
    let copy = rusqlite::Connection::open(file.dir.join("t.db.before-0002")).unwrap();
    assert_eq!(copy.query_row("SELECT x FROM a", [], |row| row.get::<_, i64>(0)).unwrap(), 42);
    assert!(copy.prepare("SELECT x FROM b").is_err());
    file.run(&[FIRST, SECOND]).unwrap();
}

#[test]
fn a_migration_that_fails_leaves_nothing_and_can_be_tried_again() {
    let mut file = File::new("broken");
    file.run(&[FIRST]).unwrap();
    for _ in 0..2 {
        file.run(&[FIRST, BROKEN]).unwrap_err();
        assert_eq!(file.tables(), ["a", "migration"]);
    }
    file.run(&[FIRST, SECOND]).unwrap();
}

#[test]
fn a_newer_schema_and_a_rewritten_past_are_refused() {
    let mut file = File::new("newer");
    file.run(&[FIRST, SECOND]).unwrap();
    let refused = |outcome: Result<()>| match outcome {
        Err(Error::Conflict(message)) => message.code,
        other => panic!("{other:?}"),
    };
    assert_eq!(refused(file.run(&[FIRST])), "db-schema-newer");
    assert_eq!(refused(file.run(&[FIRST_REWRITTEN, SECOND])), "db-migration-changed");
}

#[test]
fn the_records_of_older_files_are_indexed_anew() {
    let mut file = File::new("reindex");
    let waiting = |file: &File| -> i64 {
        let text = "SELECT count(*) FROM job JOIN search_reindex USING (tenant_id) WHERE kind = 'records.reindex'";
        file.connection.query_row(text, [], |row| row.get(0)).unwrap()
    };
    let older = ALL.iter().position(|migration| migration.name() == "search_scope").unwrap();
    file.run(&ALL[..older]).unwrap();
    file.connection.execute("INSERT INTO tenant (tenant_id, name) VALUES (1, 'old')", []).unwrap();
    file.run(ALL).unwrap();
    assert_eq!(waiting(&file), 1);
    let mut new = File::new("no-reindex");
    new.run(ALL).unwrap();
    assert_eq!(waiting(&new), 0);
}
