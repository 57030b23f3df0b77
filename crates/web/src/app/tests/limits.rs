use super::*;

#[tokio::test]
async fn a_full_class_answers_soon_that_it_is_full_and_leaves_the_others_alone() {
    let gates = Gates::new();
    let app = app(&gates);
    let held = async { fetch(&app, "/api/v1/bulk", &[]).await };
    let meanwhile = async {
        gates.entered(1).await;
        let refused = fetch(&app, "/api/v1/bulk", &[]).await;
        assert_eq!(refused.problem(), (429, "busy".to_owned()));
        assert!(refused.headers.contains_key("retry-after"));
        assert_eq!(fetch(&app, "/api/v1/things", &[]).await.status, 200);
        gates.go_on.notify_one();
    };
    assert_eq!(tokio::join!(held, meanwhile).0.text, "done");
    assert!(fetch(&app, "/metrics", &[]).await.text.contains(r#"rapport_http_rejected_total{class="bulk"} 1"#));
}

#[tokio::test]
async fn people_are_told_at_once_when_the_server_is_full_and_operators_still_see_it() {
    let gates = Gates::new();
    let app = app(&gates);
    let slow = || fetch(&app, "/api/v1/slow", &[]);
    let meanwhile = async {
        gates.entered(2).await;
        assert_eq!(slow().await.problem(), (503, "unavailable".to_owned()));
        assert_eq!(fetch(&app, "/livez", &[]).await.status, 200);
        gates.go_on.notify_waiters();
    };
    let (one, two, ()) = tokio::join!(slow(), slow(), meanwhile);
    assert_eq!((one.status, two.status), (200, 200));
}

#[tokio::test]
async fn a_stream_keeps_its_place_until_it_ends_and_ends_with_the_server() {
    let app = app(&Gates::new());
    let open =
        async || app.router().oneshot(Request::get("/api/v1/stream").body(Body::empty()).unwrap()).await.unwrap();
    let first = open().await;
    assert_eq!(first.headers()["content-type"], "text/event-stream");
    assert_eq!(open().await.status(), StatusCode::TOO_MANY_REQUESTS);
    drop(first);
    let second = open().await;
    assert_eq!(second.status(), StatusCode::OK);
    app.stop();
    let text = second.into_body().collect().await.unwrap().to_bytes();
    assert!(text.is_empty() || text.starts_with(b"event: hello"), "it ended");
}

#[tokio::test]
async fn what_takes_too_long_is_given_up() {
    let limits = Limits { interactive_for: Duration::from_millis(1), ..Limits::default() };
    let app = app_within(&Gates::new(), limits);
    for _ in 0..3 {
        let reply = fetch(&app, "/api/v1/slow", &[]).await;
        assert_eq!(reply.problem(), (503, "unavailable".to_owned()), "and its place is free again");
    }
}
