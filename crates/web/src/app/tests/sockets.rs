use super::*;
use crate::{Listener, serve};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream, UnixListener, UnixStream},
    sync::oneshot,
};

const ASK: &[u8] = b"GET /api/v1/slow HTTP/1.1\r\nhost: test\r\n\r\n";

#[tokio::test]
async fn a_stop_cuts_no_request() {
    let gates = Gates::new();
    let app = app(&gates);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel::<()>();
    let server = serve(Listener::Tcp(listener), app, async { drop(stopped.await) });
    let talk = async {
        let mut client = TcpStream::connect(address).await.unwrap();
        client.write_all(ASK).await.unwrap();
        gates.entered(1).await;
        stop.send(()).unwrap();
        // Nobody new is let in, which also shows that the stop has begun.
        while TcpStream::connect(address).await.is_ok() {}
        gates.go_on.notify_one();
        let mut text = String::new();
        client.read_to_string(&mut text).await.unwrap();
        text
    };
    let (text, ()) = tokio::join!(talk, server);
    assert!(text.starts_with("HTTP/1.1 200"), "{text}");
    assert!(text.ends_with("done"), "{text}");
}

#[tokio::test]
async fn the_local_socket_says_that_it_is_local_and_no_header_can() {
    let door: Door = Arc::new(|shown| {
        Box::pin(async move {
            let everything = shown.trusted_local && shown.as_email.as_deref() == Some("ewa@example.com");
            let plan = Arc::new(AccessPlan { everything, ..AccessPlan::default() });
            Ok(Caller {
                tenant: TenantId(1),
                principal: Principal::User(base::Id(1)),
                plan,
                language: Language::English,
            })
        })
    });
    let parts = Parts {
        routes: Routes::new().add(Route::get("/settings", async || "settings")),
        door,
        ready: Arc::new(|| Box::pin(async { Ok(()) })),
        document: Arc::new(|_| Box::pin(async { Ok(Value::Null) })),
        site: None,
        limits: Limits::default(),
        metrics: Metrics::new(),
        behind_proxy: false,
    };
    let app = App::new(parts);
    let path = std::env::temp_dir().join(format!("rapport-web-{:016x}.socket", getrandom::u64().unwrap()));
    let local = UnixListener::bind(&path).unwrap();
    let distant = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = distant.local_addr().unwrap();
    let (stop, _) = watch::channel(false);
    let until = || crate::held::wait(stop.subscribe());
    let ask = b"GET /api/v1/settings HTTP/1.1\r\nhost: x\r\nx-rapport-as: ewa@example.com\r\nconnection: close\r\n\r\n";
    let talk = async {
        let mut answers = [String::new(), String::new()];
        let mut near = UnixStream::connect(&path).await.unwrap();
        near.write_all(ask).await.unwrap();
        near.read_to_string(&mut answers[0]).await.unwrap();
        let mut far = TcpStream::connect(address).await.unwrap();
        far.write_all(ask).await.unwrap();
        far.read_to_string(&mut answers[1]).await.unwrap();
        stop.send_replace(true);
        answers
    };
    let unix = serve(Listener::Unix(local), app.clone(), until());
    let tcp = serve(Listener::Tcp(distant), app.clone(), until());
    let ([near, far], (), ()) = tokio::join!(talk, unix, tcp);
    std::fs::remove_file(&path).unwrap();
    assert!(near.starts_with("HTTP/1.1 200"), "{near}");
    assert!(far.starts_with("HTTP/1.1 403"), "{far}");
}
