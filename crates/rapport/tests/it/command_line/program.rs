//! The real program, built by Cargo, on a database of its own.

#![allow(clippy::disallowed_methods, reason = "the program is started as its users start it")]

use db::testing::Scratch;
use rapport::house::House;
use serde_json::Value;
use std::{
    io::{BufRead, BufReader},
    path::PathBuf,
    process::{Child, Command, Stdio},
};

/// Where a program's data lies.
pub struct Place {
    scratch: Scratch,
    runtime: tokio::runtime::Runtime,
}

impl Place {
    /// SQLite in a folder.
    pub fn folder() -> Place {
        let runtime = runtime();
        Place { scratch: runtime.block_on(Scratch::sqlite()), runtime }
    }

    pub fn server() -> Place {
        let runtime = runtime();
        Place { scratch: runtime.block_on(Scratch::postgres()), runtime }
    }

    pub fn each() -> [Place; 2] {
        [Place::folder(), Place::server()]
    }
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Runtime::new().unwrap()
}

/// The program with its data.
pub struct Program {
    place: Place,
    /// For files; on SQLite the data too.
    folder: PathBuf,
}

/// How a command ended.
pub struct Ended {
    pub status: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Ended {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_default()
    }
}

impl Program {
    pub fn on(place: Place) -> Program {
        let folder = std::env::temp_dir().join(format!("rapport_program_{:016x}", getrandom::u64().unwrap()));
        std::fs::create_dir_all(&folder).unwrap();
        Program { place, folder }
    }

    pub fn path(&self, name: &str) -> String {
        self.folder.join(name).to_str().unwrap().to_owned()
    }

    /// Writes a file; its path.
    pub fn file(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        std::fs::write(self.folder.join(name), content).unwrap();
        self.path(name)
    }

    pub fn is_sqlite(&self) -> bool {
        matches!(self.place.scratch.config(), db::Config::Sqlite { .. })
    }

    /// The command with the data's address, ready to be started.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_rapport"));
        command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("RAPPORT_")) {
            command.env_remove(name);
        }
        match self.place.scratch.config() {
            db::Config::Sqlite { dir, tenant } => command.env("RAPPORT_DATA", dir).env("RAPPORT_TENANT", tenant),
            db::Config::Postgres { url, tenant } => {
                command.env("RAPPORT_DATABASE_URL", url).env("RAPPORT_TENANT", tenant).env("RAPPORT_DATA", &self.folder)
            }
        };
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Ended {
        self.run_with(arguments, &[])
    }

    pub fn run_with(&self, arguments: &[&str], variables: &[(&str, &str)]) -> Ended {
        let output = self.command(arguments).envs(variables.iter().copied()).output().unwrap();
        ended(output)
    }

    /// Starts the server on a free port and waits until it says where it listens.
    pub fn serve(&self, arguments: &[&str]) -> Server {
        let mut command = self.command(&["serve", "--listen", "127.0.0.1:0"]);
        let mut child = command.args(arguments).spawn().unwrap();
        let mut said = BufReader::new(child.stderr.take().unwrap()).lines();
        let mut before = Vec::new();
        let address = loop {
            let line = said.next().unwrap_or_else(|| panic!("it did not start: {before:?}")).unwrap();
            match line.strip_prefix("listening on http://") {
                Some(address) => break address.to_owned(),
                None => before.push(line),
            }
        };
        // What it says from now on must be read, or it would wait for us.
        let said = std::thread::spawn(move || said.map_while(Result::ok).collect::<Vec<_>>());
        Server { child: Some(child), address, said }
    }

    /// Opens the data beside the program, or after it.
    pub fn look<T>(&self, at: impl AsyncFnOnce(&House) -> T) -> T {
        self.place.runtime.block_on(async {
            let house = House::open(self.place.scratch.config(), db::Options::default()).await.unwrap();
            let seen = at(&house).await;
            house.db.close().await.unwrap();
            seen
        })
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// A running server.
pub struct Server {
    child: Option<Child>,
    pub address: String,
    said: std::thread::JoinHandle<Vec<String>>,
}

impl Server {
    pub fn id(&self) -> u32 {
        self.child.as_ref().unwrap().id()
    }

    /// Asks it to end, and waits.
    pub fn end(self) -> Ended {
        signal(self.id(), "TERM");
        self.end_of()
    }

    /// Waits for its end.
    pub fn end_of(mut self) -> Ended {
        let status = self.child.take().unwrap().wait().unwrap();
        Ended {
            status: status.code().unwrap_or(-1),
            stdout: String::new(),
            stderr: self.said.join().unwrap().join("\n"),
        }
    }

    /// Ends it without a word.
    pub fn kill(mut self) {
        let mut child = self.child.take().unwrap();
        child.kill().unwrap();
        child.wait().unwrap();
        self.said.join().unwrap();
    }
}

pub fn signal(process: u32, name: &str) {
    assert!(Command::new("kill").args([format!("-{name}"), process.to_string()]).status().unwrap().success());
}

pub fn ended(output: std::process::Output) -> Ended {
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Ended { status: output.status.code().unwrap_or(-1), stdout: text(output.stdout), stderr: text(output.stderr) }
}
