//! The PostgreSQL server of the tests: made from the installed binaries, shared by all test processes of a user,
//! and gone when the last of them has ended.
//!
//! Each process holds a shared lock on a file; a waiting `flock` stops the server once it gets the exclusive one.

#![expect(clippy::disallowed_methods, reason = "the test server is a program to start")]

use crate::migrate;
use base::Timestamp;
use std::{
    fs::File,
    future::Future,
    os::unix::{fs::chown, net::UnixStream},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::OnceLock,
};
use tokio_postgres::Client;

const SUPERUSER: &str = "super";
/// Owns databases and makes roles, but is as bound as the login of a real installation.
const LOGIN: &str = "rapport_login";

/// Stops the server when nobody uses it any more, unless somebody comes within two seconds.
const WATCH: &str = r#"using=$1; shift
while :; do
    flock --nonblock --conflict-exit-code 99 --exclusive "$using" "$@"
    [ $? = 99 ] || exit
    flock --exclusive "$using" true
    sleep 2
done"#;

/// The running server.
pub(super) struct Cluster {
    bin: PathBuf,
    dir: PathBuf,
    /// The user that the server runs as, where we are root: it refuses to.
    server_user: Option<ServerUser>,
    /// Locked as long as this process lives.
    _using: File,
    template: String,
}

struct ServerUser {
    uid: u32,
    gid: u32,
}

/// One server a process: making it again for every test would cost a second each.
static CLUSTER: OnceLock<Cluster> = OnceLock::new();

impl Cluster {
    /// Starts it where it does not run yet. Blocks.
    pub(super) fn shared() -> &'static Cluster {
        CLUSTER.get_or_init(Cluster::start)
    }

    fn start() -> Cluster {
        let dir = std::env::temp_dir().join(format!("rapport-postgres-{}", id("-u", None)));
        std::fs::create_dir_all(&dir).expect("a folder for the test server");
        let (setup, using) = (open(&dir.join("setup")), open(&dir.join("using")));
        setup.lock().expect("only one process sets the server up");
        using.lock_shared().expect("the server is in use");
        let server_user = (id("-u", None) == 0).then(server_user);
        let template = format!("template_{}", migrate::fingerprint(crate::Dialect::Postgres));
        let cluster = Cluster { bin: newest_binaries(), dir, server_user, _using: using, template };
        if UnixStream::connect(cluster.socket().join(".s.PGSQL.5432")).is_err() {
            cluster.boot();
            block_on(cluster.drop_leftovers());
        }
        block_on(cluster.make_template());
        drop(setup);
        cluster
    }

    fn data(&self) -> PathBuf {
        self.dir.join("data")
    }

    fn socket(&self) -> PathBuf {
        self.dir.join("socket")
    }

    /// A new database for one test; the address of its owner.
    pub(super) async fn create(&self, name: &str) -> String {
        let text = format!("CREATE DATABASE {name} TEMPLATE {} OWNER {LOGIN}", self.template);
        self.connect(SUPERUSER, "postgres").await.batch_execute(&text).await.expect("a database for this test");
        self.url(LOGIN, name)
    }

    pub(super) fn drop_database(&'static self, name: String) {
        block_on(async move { self.drop_now(&name).await });
    }

    async fn drop_now(&self, name: &str) {
        let text = format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)");
        self.connect(SUPERUSER, "postgres").await.batch_execute(&text).await.expect("the database can be dropped");
    }

    fn url(&self, user: &str, database: &str) -> String {
        let host = self.socket().display().to_string().replace('%', "%25").replace('/', "%2F");
        format!("postgresql://{user}@{host}/{database}")
    }

    async fn connect(&self, user: &str, database: &str) -> Client {
        let config = self.url(user, database).parse().expect("an address");
        crate::driver::postgres::session::connect(&config).await.expect("the test server answers")
    }

    /// Makes the data folder where there is none (or a broken one), and starts the server with its watcher.
    fn boot(&self) {
        if !self.data().join("complete").exists() {
            self.initialise();
        }
        if !self.run_server() {
            self.initialise();
            assert!(self.run_server(), "PostgreSQL does not start: see {}", self.dir.join("log").display());
        }
        let stop = self.as_server("pg_ctl", &["-D", &text(&self.data()), "-m", "fast", "stop"]);
        let mut watch = Command::new("setsid");
        watch.args(["--fork", "sh", "-c", WATCH, "sh"]).arg(self.dir.join("using")).arg(stop.get_program());
        quiet(watch.args(stop.get_args()), "setsid");
    }

    fn initialise(&self) {
        for folder in [self.data(), self.socket()] {
            // What is not there need not be removed; whatever else is wrong shows in the next line.
            let _ = std::fs::remove_dir_all(&folder);
            std::fs::create_dir_all(&folder).expect("a folder for the test server");
            if let Some(user) = &self.server_user {
                chown(&folder, Some(user.uid), Some(user.gid)).expect("a folder of the server's user");
            }
        }
        // Polish order by default: whatever relies on it instead of asking for bytes shows in the tests.
        let data = text(&self.data());
        let args = ["-D", &data, "-U", SUPERUSER, "-A", "trust", "-E", "UTF8", "--no-sync", "--locale=C.UTF-8"];
        let mut command = self.as_server("initdb", &args);
        assert!(quiet(command.args(["--locale-provider=icu", "--icu-locale=pl"]), "initdb"), "initdb fails");
        let mut complete = self.as_server_program("touch");
        assert!(quiet(complete.arg(self.data().join("complete")), "touch"), "the data folder is not writable");
    }

    fn run_server(&self) -> bool {
        let settings = format!(
            "-c listen_addresses= -c unix_socket_directories={} -c fsync=off -c synchronous_commit=off \
             -c full_page_writes=off -c max_connections=400 -c shared_buffers=128MB",
            text(&self.socket())
        );
        let log = self.data().join("log");
        let args = ["-D", &text(&self.data()), "-o", &settings, "-l", &text(&log), "-w", "start"];
        quiet(&mut self.as_server("pg_ctl", &args), "pg_ctl")
    }

    fn as_server(&self, program: &str, args: &[&str]) -> Command {
        let mut command = self.as_server_program(&text(&self.bin.join(program)));
        command.args(args);
        command
    }

    fn as_server_program(&self, program: &str) -> Command {
        let Some(ServerUser { uid, gid }) = &self.server_user else { return Command::new(program) };
        let mut command = Command::new("setpriv");
        command.args([format!("--reuid={uid}"), format!("--regid={gid}"), "--clear-groups".to_owned()]).arg(program);
        command
    }

    /// Databases of tests that were killed.
    async fn drop_leftovers(&self) {
        let client = self.connect(SUPERUSER, "postgres").await;
        let names = "SELECT datname FROM pg_database WHERE datname LIKE 't\\_%' OR datname LIKE 'making\\_%'";
        for row in client.query(names, &[]).await.expect("the databases") {
            self.drop_now(row.get(0)).await;
        }
    }

    /// A migrated database to clone: a tenth of a second a test instead of a whole one.
    async fn make_template(&self) {
        let client = self.connect(SUPERUSER, "postgres").await;
        let known = "SELECT FROM pg_database WHERE datname = $1";
        if !client.query(known, &[&self.template]).await.expect("the databases").is_empty() {
            return;
        }
        let making = self.template.replace("template", "making");
        self.drop_now(&making).await;
        let role = format!(
            "DO $$ BEGIN CREATE ROLE {LOGIN} LOGIN CREATEROLE NOSUPERUSER; EXCEPTION WHEN duplicate_object THEN NULL; END $$"
        );
        client.batch_execute(&role).await.expect("a login");
        client.batch_execute(&format!("CREATE DATABASE {making} OWNER {LOGIN}")).await.expect("a database");
        migrate::trust(&self.connect(SUPERUSER, &making).await).await.expect("a superuser may trust functions");
        let mut login = self.connect(LOGIN, &making).await;
        migrate::postgres(&mut login, Timestamp(0)).await.expect("the migrations run");
        drop(login);
        self.rename(&client, &making).await;
    }

    /// The server notices a moment later that a connection has gone, and refuses until then.
    async fn rename(&self, client: &Client, making: &str) {
        let others = format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{making}'");
        let rename = format!("ALTER DATABASE {making} RENAME TO {}", self.template);
        client.batch_execute(&others).await.expect("a superuser may end connections");
        client.batch_execute(&rename).await.expect("the template gets its name");
    }
}

fn newest_binaries() -> PathBuf {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let number = |path: &PathBuf| path.file_name().and_then(|name| name.to_str()?.parse::<u32>().ok());
    let newest = versions.map(|entry| entry.path()).filter(|path| path.join("bin/initdb").exists()).max_by_key(number);
    newest.expect("no PostgreSQL under /usr/lib/postgresql: run bin/setup, it installs one").join("bin")
}

/// `postgres` where the package has made it, otherwise `nobody`.
fn server_user() -> ServerUser {
    let name = if exists("postgres") { "postgres" } else { "nobody" };
    ServerUser { uid: id("-u", Some(name)), gid: id("-g", Some(name)) }
}

fn exists(user: &str) -> bool {
    quiet(Command::new("id").arg(user), "id")
}

fn id(what: &str, user: Option<&str>) -> u32 {
    let output = Command::new("id").arg(what).args(user).output().expect("the program id");
    String::from_utf8_lossy(&output.stdout).trim().parse().expect("id answers a number")
}

fn open(path: &Path) -> File {
    File::options().create(true).truncate(false).write(true).open(path).expect("a file to lock")
}

fn text(path: &Path) -> String {
    path.to_str().expect("the folder for temporary files has a plain name").to_owned()
}

/// Runs it without a word. What keeps running behind it must not hold our output open.
fn quiet(command: &mut Command, name: &str) -> bool {
    let command = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().unwrap_or_else(|error| panic!("{name}: {error}")).success()
}

/// Waits for a future on a thread of its own, since tests are already inside a runtime.
fn block_on(future: impl Future<Output = ()> + Send) {
    let run = || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(future);
    };
    std::thread::scope(|scope| scope.spawn(run).join()).expect("the test server was asked in vain");
}
