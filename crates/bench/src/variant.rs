//! The product on a disk that is slower, or faster, than it is: what durability costs cannot be asked of the real one.

use crate::{Outcome, arguments::Serving};
use db::{Options, Synchronous};
use rapport::house::House;
use std::time::Duration;
use tokio::net::TcpListener;
use web::Listener;

/// Serves until the process is ended.
pub async fn serve(serving: &Serving) -> Outcome {
    let options = Options {
        synchronous: if serving.synchronous_off { Synchronous::Off } else { Synchronous::Full },
        sync_delay: (serving.sync_delay_ms > 0).then(|| Duration::from_millis(serving.sync_delay_ms)),
        ..Options::default()
    };
    let house = House::open(serving.config(), options).await?;
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    eprintln!("listening on http://{}", listener.local_addr()?);
    web::serve(Listener::Tcp(listener), house.app.clone(), std::future::pending()).await;
    Ok(())
}
