//! What sending a file gives, what is refused, and how it comes back.

use super::{form, png, send, swept::on_disk};
use axum::http::Method;
use serde_json::json;
use testing::on_both;

on_both!(a_file_comes_back_as_it_was_sent, |app| {
    let ada = app.user("Ada", "administrator").await;
    let text = "Umowa najmu lokalu\n".repeat(10_000);
    let sent = form(&ada, "/files", "umowa „Łódź”.txt", "text/plain", text.as_bytes()).await.expect(201);
    assert_eq!((&sent["name"], &sent["type"]), (&json!("umowa „Łódź”.txt"), &json!("text/plain")));
    assert_eq!((&sent["size"], &sent["width"]), (&json!(text.len()), &json!(null)));
    let path = format!("/files/{}", sent["id"].as_str().unwrap());
    let whole = ada.get(&path).await;
    assert_eq!((whole.status, whole.text()), (200, text.clone()));
    assert_eq!(whole.headers["content-length"].to_str().unwrap(), text.len().to_string());
    let name = whole.headers["content-disposition"].to_str().unwrap();
    assert!(
        name.starts_with("inline; filename=\"umowa _") && name.contains("UTF-8''umowa%20%E2%80%9E%C5%81"),
        "{name}"
    );
    let tag = whole.headers["etag"].to_str().unwrap().to_owned();
    let known = ada.header("if-none-match", tag.clone()).get(&path).await;
    assert_eq!((known.status, known.body.len()), (304, 0));
    let part = ada.header("range", "bytes=6-10").get(&path).await;
    assert_eq!((part.status, part.text().as_str()), (206, "najmu"));
    assert_eq!(part.headers["content-range"].to_str().unwrap(), format!("bytes 6-10/{}", text.len()));
    assert_eq!(ada.header("range", "bytes=-7").get(&path).await.text(), "lokalu\n");
    assert_eq!(ada.header("range", "bytes=6-10").header("if-range", "\"other\"").get(&path).await.status, 200);
    ada.header("range", "bytes=999999-").get(&path).await.refused(416, "upload-range");
    let bare = ada.send_bytes(Method::POST, "/files?name=a.csv", Some("text/csv"), b"a;b\n".to_vec()).await.expect(201);
    assert_eq!((&bare["name"], &bare["type"], &bare["size"]), (&json!("a.csv"), &json!("text/csv"), &json!(4)));
});

on_both!(a_file_is_what_it_holds_and_never_runs, |app| {
    let ada = app.user("Ada", "administrator").await;
    let picture = form(&ada, "/files", "logo.pdf", "application/pdf", &png()).await.expect(201);
    assert_eq!((&picture["type"], &picture["width"], &picture["height"]), (&json!("image/png"), &json!(3), &json!(2)));
    for (content, kind) in [
        (&b"<html><script>alert(1)</script>"[..], "text/html"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "image/svg+xml"),
        (b"MZ\x90\0\x03\0\0\0\x04", "application/vnd.microsoft.portable-executable"),
        (b"\0\x01\x02", "application/octet-stream"),
    ] {
        let sent = form(&ada, "/files", "cute.png", "image/png", content).await.expect(201);
        assert_eq!(sent["type"], kind);
        let got = ada.get(&format!("/files/{}", sent["id"].as_str().unwrap())).await;
        assert!(got.headers["content-disposition"].to_str().unwrap().starts_with("attachment;"), "{kind}");
        assert_eq!(got.headers["x-content-type-options"], "nosniff");
        assert!(got.headers["content-security-policy"].to_str().unwrap().contains("sandbox"), "{kind}");
    }
});

on_both!(a_page_full_of_pictures_is_fetched_at_once, |app| {
    let ada = app.user("Ada", "administrator").await;
    let path = format!("/files/{}", send(&ada, "photo.png", &png()).await["id"].as_str().unwrap());
    let mut open = Vec::new();
    for _ in 0..40 {
        open.push(ada.follow(&path).await);
    }
    assert_eq!(open.len(), 40, "none waits for another, however slow they are");
});

on_both!(what_is_too_much_is_refused_and_leaves_nothing, |app| {
    let operator = app.operator();
    let ada = app.user("Ada", "administrator").await;
    operator
        .patch("/settings", &json!({"file_limit_mb": 0}))
        .await
        .refused_field("file_limit_mb", "settings-megabytes");
    let set = operator.patch("/settings", &json!({"file_limit_mb": 2, "file_quota_mb": 3})).await.expect(200);
    assert_eq!((&set["file_limit_mb"], &set["file_quota_mb"]), (&json!(2), &json!(3)));
    let before = app.digest().await;
    let big = vec![b'a'; (2 << 20) + 1];
    form(&ada, "/files", "big.txt", "text/plain", &big).await.refused(413, "upload-too-large");
    form(&ada, "/files", "none.txt", "text/plain", b"").await.refused_field("file", "upload-empty");
    let cut_off = b"--sep\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\nhalf".to_vec();
    let cut_off = ada.send_bytes(Method::POST, "/files", Some("multipart/form-data; boundary=sep"), cut_off).await;
    cut_off.refused(400, "body-cut-off");
    let other = b"--sep\r\nContent-Disposition: form-data; name=\"photo\"\r\n\r\nx\r\n--sep--\r\n".to_vec();
    let other = ada.send_bytes(Method::POST, "/files", Some("multipart/form-data; boundary=sep"), other).await;
    other.refused_field("file", "import-file-missing");
    assert_eq!(app.anonymous().send_bytes(Method::POST, "/files", None, b"x".to_vec()).await.status, 401);
    assert_eq!(app.digest().await.differences(&before), Vec::<String>::new());
    assert_eq!(on_disk(&app).len(), 0);
    // Two at once, of which only one fits.
    let (one, two) = (vec![b'1'; (2 << 20) - 1], vec![b'2'; (2 << 20) - 1]);
    let (first, second) = tokio::join!(
        form(&ada, "/files", "1.txt", "text/plain", &one),
        form(&ada, "/files", "2.txt", "text/plain", &two)
    );
    let mut told = [first.status, second.status];
    told.sort_unstable();
    assert_eq!(told, [201, 409], "{} {}", first.text(), second.text());
    send(&ada, "small.txt", b"still fits").await;
    operator.patch("/settings", &json!({"file_quota_mb": null})).await.expect(200);
    form(&ada, "/files", "3.txt", "text/plain", &two).await.expect(201);
});
