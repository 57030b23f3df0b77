//! The program as its users start it: every command before the first start and beside a running server, what it
//! prints where, and how it ends.

mod bulk;
pub mod program;
mod serving;

use program::{Place, Program};
use serde_json::Value;

/// What a new installation can do without a browser, step by step; `beside` a running server or before the first one.
fn every_command_does_its_work(program: &Program) {
    let added = program.run(&["user", "add", "--email", "ada@example.com", "--name", "Ada", "--role", "administrator"]);
    assert_eq!((added.status, added.stdout.trim()), (0, "added ada@example.com"), "{}", added.stderr);
    let sam = [("RAPPORT_EMAIL", "sam@example.com"), ("RAPPORT_NAME", "Sam"), ("RAPPORT_ROLE", "reader")];
    assert_eq!(program.run_with(&["user", "add"], &sam).status, 0, "every flag is a variable too");

    let token = program.run(&["token", "add", "--user", "ada@example.com", "--name", "laptop"]);
    assert_eq!(token.status, 0, "{}", token.stderr);
    assert!(token.stdout.starts_with("rpt_") && token.stdout.lines().count() == 1, "{:?}", token.stdout);
    assert_eq!(token.stderr, "", "the token stands alone");
    let scoped = [("RAPPORT_SCOPE", "contacts:read"), ("RAPPORT_FORMAT", "json")];
    let scoped = program.run_with(&["token", "add", "--user", "ada@example.com", "--name", "narrow"], &scoped);
    assert!(scoped.json()["token"].as_str().unwrap().starts_with("rpt_"), "{}", scoped.stdout);

    files_go_in_and_out(program);
    let configuration = program.run(&["configuration", "export"]);
    assert!(configuration.status == 0 && configuration.stdout.contains("[settings]\n"), "{}", configuration.stderr);
    let file = program.path("configuration.toml");
    assert_eq!(program.run(&["configuration", "export", &file]).stdout, "");
    assert_eq!(std::fs::read_to_string(file).unwrap(), configuration.stdout);
    assert_eq!(program.run(&["configuration", "export", "-"]).stdout, configuration.stdout);
    let document = program.run(&["openapi"]);
    assert_eq!(document.status, 0, "{}", document.stderr);
    assert_eq!(document.json()["openapi"], "3.1.0");
    refusals_say_why(program);
}

fn files_go_in_and_out(program: &Program) {
    let json = [("RAPPORT_FORMAT", "json")];
    let people = program.file("people.csv", "last_name,email,city\nŻak,zak@example.com,Łódź\nBad,no address,\n");
    let tried =
        program.run_with(&["import", "contacts", &people], &[("RAPPORT_DRY_RUN", "true"), ("RAPPORT_FORMAT", "json")]);
    assert_eq!((tried.status, &tried.json()["created"], &tried.json()["dry_run"]), (1, &1.into(), &true.into()));
    let tried = program.run(&["import", "contacts", &people, "--dry-run"]);
    assert_eq!(tried.stdout.trim(), "would create 1, update 0, skip 0, refuse 1", "{}", tried.stderr);
    let errors = program.path("errors.csv");
    let done = program.run(&["import", "contacts", &people, "--match", "email", "--errors", &errors]);
    assert_eq!((done.status, done.stdout.trim()), (1, "created 1, updated 0, skipped 0, failed 1"), "{}", done.stderr);
    assert!(done.stderr.contains("1 rows failed"), "{}", done.stderr);
    let errors = std::fs::read_to_string(errors).unwrap();
    assert!(errors.contains("Bad,no address,,3,email,"), "{errors}");
    let map = program.file("map.toml", "[fields]\nlast_name = \"last_name\"\nemail = \"email\"\n");
    let again = [("RAPPORT_MATCH", "email"), ("RAPPORT_MAP", map.as_str()), ("RAPPORT_ERRORS", "/dev/null")];
    let again = program.run_with(&["import", "contacts", &people], &again);
    assert_eq!(again.stdout.trim(), "created 0, updated 0, skipped 1, failed 1", "{}", again.stderr);

    let undone = program.run_with(&["import", "contacts", &program.file("more.csv", "last_name\nWięcej\n")], &json);
    let undone = program.run(&["undo", undone.json()["action"].as_str().unwrap()]);
    assert!(undone.status == 0 && undone.stdout.starts_with("undone 1, left 0, action "), "{}", undone.stderr);
    let again = undone.stdout.trim().rsplit(' ').next().unwrap().to_owned();
    assert_eq!(program.run(&["undo", &again]).status, 0);
    let gone = program.run_with(&["undo", &again], &[("RAPPORT_CONFLICTS", "keep")]);
    assert_eq!((gone.status, gone.stderr.lines().count()), (1, 1), "{}", gone.stderr);
    assert_eq!(program.run(&["undo", "0000000000000"]).stderr.trim(), "rapport: Not found");

    let csv = program.run(&["export", "contacts", "--fields", "last_name,city", "--filter", "city = 'lodz'"]);
    assert_eq!(
        (csv.status, csv.stdout.trim_start_matches('\u{feff}')),
        (0, "last_name,city\r\nŻak,Łódź\r\n"),
        "{}",
        csv.stderr
    );
    let asked = [("RAPPORT_FILTER", "city = 'lodz'"), ("RAPPORT_FIELDS", "last_name"), ("RAPPORT_FORMAT", "ndjson")];
    let lines = program.run_with(&["export", "contacts"], &asked);
    assert_eq!((lines.status, lines.json()), (0, serde_json::json!({"last_name": "Żak"})), "{}", lines.stderr);
}

fn refusals_say_why(program: &Program) {
    let refused = program.run(&["--as", "sam@example.com", "export", "contacts"]);
    assert_eq!((refused.status, refused.stdout.as_str()), (1, ""), "a reader takes nothing away: {}", refused.stderr);
    let people = program.file("more.csv", "last_name\nX\n");
    let refused = program.run_with(&["import", "contacts", &people], &[("RAPPORT_AS", "sam@example.com")]);
    assert_eq!((refused.status, refused.stdout.trim()), (1, "created 0, updated 0, skipped 0, failed 1"));
    for (arguments, said) in [
        (&["export", "contacts", "--filter", "city = "][..], "character"),
        (&["export", "nothings"][..], "rapport: "),
        (&["import", "contacts", "/nowhere/at/all.csv"][..], "/nowhere/at/all.csv"),
        (&["--as", "nobody@example.com", "export", "contacts"][..], "rapport: "),
        (&["user", "add", "--email", "ada@example.com", "--name", "Ada", "--role", "reader"][..], "e-mail"),
        (&["user", "add", "--email", "x@example.com", "--name", "X", "--role", "emperor"][..], "role"),
    ] {
        let ended = program.run(arguments);
        assert_eq!((ended.status, ended.stdout.as_str()), (1, ""), "{arguments:?}: {}", ended.stderr);
        assert!(
            ended.stderr.starts_with("rapport: ") && ended.stderr.contains(said),
            "{arguments:?}: {}",
            ended.stderr
        );
    }
    for arguments in [
        &["export"][..],
        &["dance"],
        &["import", "contacts"],
        &["serve", "--listen"],
        &["export", "contacts", "--format", "json"],
    ] {
        assert_eq!(program.run(arguments).status, 2, "{arguments:?}");
    }
}

#[test]
fn every_command_works_before_the_first_start() {
    for place in Place::each() {
        let program = Program::on(place);
        every_command_does_its_work(&program);
    }
}

#[test]
fn every_command_works_beside_a_running_server() {
    for place in Place::each() {
        let program = Program::on(place);
        let server = program.serve(&[]);
        every_command_does_its_work(&program);
        assert_eq!(server.end().status, 0);
    }
}

#[test]
fn a_company_is_made_and_the_schema_brought_up_to_date() {
    let program = Program::on(Place::folder());
    assert_eq!(program.run(&["migrate"]).stdout.trim(), "the schema is up to date");
    let made =
        program.run_with(&["demo"], &[("RAPPORT_CONTACTS", "50"), ("RAPPORT_SEED", "3"), ("RAPPORT_FORMAT", "json")]);
    assert_eq!(made.json()["contacts"], 50, "{}", made.stderr);
    let exported = program.run(&["export", "contacts", "--format", "ndjson", "--fields", "id"]);
    assert_eq!(exported.stdout.lines().count(), 50);
}

#[test]
fn help_is_everywhere_and_what_is_not_there_yet_is_not_named() {
    let program = Program::on(Place::folder());
    for command in [&["--help"][..], &["serve", "--help"], &["import", "--help"], &["token", "add", "--help"]] {
        let help = program.run(command);
        assert_eq!(help.status, 0);
        assert!(help.stdout.contains("Usage: rapport"), "{}", help.stdout);
    }
    for later in ["doctor", "backup", "restore", "analyze"] {
        assert_eq!(program.run(&[later]).status, 2, "{later}");
    }
    assert!(Value::is_null(&program.run(&["--version"]).json()), "a version is no document");
}
