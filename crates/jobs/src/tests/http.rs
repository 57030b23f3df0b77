use super::kit::Shop;
use crate::{Job, JobKind, Outcome};
use axum::{body::Body, http::Request};
use base::{AccessPlan, Caller, Error, Principal};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use std::sync::Arc;
use tower::ServiceExt;
use web::{App, Limits, Metrics, Parts};

async fn call(shop: &Shop, is_administrator: bool, method: &str, path: &str) -> (u16, Value) {
    let tenant = shop.db.tenant();
    let app = App::new(Parts {
        routes: crate::routes(shop.db.clone()),
        door: Arc::new(move |_| {
            Box::pin(async move {
                let plan = Arc::new(AccessPlan { everything: is_administrator, ..AccessPlan::default() });
                Ok(Caller { tenant, principal: Principal::User(base::Id(1)), plan, language: base::Language::English })
            })
        }),
        ready: Arc::new(|| Box::pin(async { Ok(()) })),
        document: Arc::new(|_| Box::pin(async { Ok(Value::Null) })),
        site: None,
        limits: Limits::default(),
        metrics: Metrics::new(),
        behind_proxy: false,
    });
    let request = Request::builder().method(method).uri(format!("/api/v1{path}")).body(Body::empty()).unwrap();
    let response = app.router().oneshot(request).await.unwrap();
    let status = response.status().as_u16();
    let bytes = response.into_body().collect().await.unwrap().to_bytes();
    (status, serde_json::from_slice(&bytes).unwrap_or(Value::Null))
}

#[tokio::test]
async fn administrators_see_jobs_and_try_the_dead_again() {
    for shop in Shop::each().await {
        for number in 0..3 {
            shop.add(Job::new("fail", json!(number)).attempts(1)).await;
        }
        assert_eq!(call(&shop, false, "GET", "/jobs").await.0, 403);
        shop.turn(&[JobKind::new("fail", async |_| Err(Error::internal("on fire")))]).await;
        let (status, page) = call(&shop, true, "GET", "/jobs?state=dead&limit=2").await;
        assert_eq!((status, page["items"][0]["payload"].as_i64()), (200, Some(2)), "newest first");
        let path = format!("/jobs?limit=2&cursor={}", page["next"].as_str().unwrap());
        let (_, rest) = call(&shop, true, "GET", &path).await;
        assert_eq!((rest["items"].as_array().unwrap().len(), &rest["next"]), (1, &Value::Null));
        assert_eq!(call(&shop, true, "GET", "/jobs?state=asleep").await.0, 422);

        let retry = format!("/jobs/{}/retry", page["items"][0]["id"].as_str().unwrap());
        assert_eq!(call(&shop, true, "POST", &retry).await.1["state"], "waiting");
        let (status, twice) = call(&shop, true, "POST", &retry).await;
        assert_eq!((status, twice["code"].as_str()), (409, Some("jobs-not-dead")));
        assert_eq!(shop.turn(&[JobKind::new("fail", async |_| Ok(Outcome::done()))]).await, 1);
        assert_eq!(call(&shop, true, "GET", "/jobs/nonsense").await.0, 404);
    }
}
