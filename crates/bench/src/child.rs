//! A server in a process of its own: started, watched, and ended by its number.

use crate::{Outcome, client::Client};
use std::{
    fs::File,
    net::SocketAddr,
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

/// A running process. It ends with this value.
pub struct Server {
    child: Child,
    pub address: SocketAddr,
    /// From its start to its first answer.
    pub ready_after: Duration,
}

const PATIENCE: Duration = Duration::from_secs(60);

impl Server {
    /// Starts a program that says `listening on http://…` on its standard error.
    pub async fn start(program: &Path, arguments: &[String], log: &Path) -> Outcome<Server> {
        if let Some(folder) = log.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let start = Instant::now();
        let child = command(program)
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(File::create(log)?)
            .spawn();
        let child = child.map_err(|error| format!("{}: {error}", program.display()))?;
        let mut server = Server { child, address: SocketAddr::from(([127, 0, 0, 1], 0)), ready_after: Duration::ZERO };
        server.address = server.listening(log).await?;
        server.ready_after = start.elapsed();
        Ok(server)
    }

    async fn listening(&mut self, log: &Path) -> Outcome<SocketAddr> {
        let until = Instant::now() + PATIENCE;
        while Instant::now() < until {
            let said = std::fs::read_to_string(log)?;
            if let Some((_, rest)) = said.split_once("listening on http://")
                && let Some((address, _)) = rest.split_once('\n')
            {
                let address = address.trim().parse()?;
                let mut client = Client::connect(address).await?;
                client.ask(b"GET /readyz HTTP/1.1\r\nhost: localhost\r\n\r\n").await?;
                return Ok(address);
            }
            if self.child.try_wait()?.is_some() {
                return Err(format!("the server ended: {}", said.trim()).into());
            }
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        Err("the server did not say that it listens".into())
    }

    /// How long its threads have worked so far.
    pub fn worked(&self) -> Outcome<Duration> {
        let mut nanos = 0;
        for thread in std::fs::read_dir(format!("/proc/{}/task", self.child.id()))? {
            let said = std::fs::read_to_string(thread?.path().join("schedstat"))?;
            nanos += said.split(' ').next().and_then(|number| number.parse::<u64>().ok()).unwrap_or(0);
        }
        Ok(Duration::from_nanos(nanos))
    }

    /// Memory in kB: proportional, resident, the most resident so far.
    pub fn memory(&self) -> Outcome<Memory> {
        memory(self.child.id())
    }

    /// Asks it to end, and waits.
    pub fn stop(mut self) -> Outcome {
        terminate(self.child.id())?;
        self.child.wait()?;
        Ok(())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Gone already, where it was stopped.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[expect(clippy::disallowed_methods, reason = "the benchmark drives the product from outside")]
pub fn command(program: &Path) -> Command {
    Command::new(program)
}

fn terminate(process: u32) -> Outcome {
    let status = command(Path::new("kill")).args(["-TERM", &process.to_string()]).status()?;
    if status.success() { Ok(()) } else { Err(format!("process {process} could not be told to end").into()) }
}

/// Memory of a process, in kB.
#[derive(Debug, Clone, Copy, Default)]
pub struct Memory {
    pub proportional: u64,
    pub resident: u64,
    pub most_resident: u64,
}

pub fn memory(process: u32) -> Outcome<Memory> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status"))?;
    let shared = std::fs::read_to_string(format!("/proc/{process}/smaps_rollup"))?;
    Ok(Memory {
        proportional: kilobytes(&shared, "Pss:"),
        resident: kilobytes(&status, "VmRSS:"),
        most_resident: kilobytes(&status, "VmHWM:"),
    })
}

fn kilobytes(text: &str, name: &str) -> u64 {
    let line = text.lines().find_map(|line| line.strip_prefix(name));
    line.and_then(|rest| rest.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}
