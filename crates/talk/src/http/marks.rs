//! Reactions and pins of a comment.

use crate::{
    Talk,
    comments::{self, Mark},
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use base::Caller;
use records::http::{by, parse_id};
use web::{Answer, Needs, Route, Routes, Signed};

pub(super) fn routes() -> Routes<Talk> {
    let named = |route: Route<Talk>, summary| route.needs(Needs::SignedIn).summary(summary).tag("comments").status(204);
    Routes::new()
        .add(named(Route::put("/comments/{id}/reactions/{emoji}", react), "React to a comment"))
        .add(named(Route::delete("/comments/{id}/reactions/{emoji}", unreact), "Take a reaction back"))
        .add(named(Route::put("/comments/{id}/pin", pin), "Pin a comment"))
        .add(named(Route::delete("/comments/{id}/pin", unpin), "Unpin a comment"))
}

async fn mark(talk: &Talk, caller: &Caller, id: &str, mark: &Mark, set: bool) -> Answer<Response> {
    let action = comments::mark(talk, caller, parse_id(id, "comment")?, (mark, set), None).await?;
    Ok((StatusCode::NO_CONTENT, action.map(by), ()).into_response())
}

async fn react(
    State(talk): State<Talk>,
    Signed(caller): Signed,
    Path((id, emoji)): Path<(String, String)>,
) -> Answer<Response> {
    mark(&talk, &caller, &id, &Mark::reaction(&emoji)?, true).await
}

async fn unreact(
    State(talk): State<Talk>,
    Signed(caller): Signed,
    Path((id, emoji)): Path<(String, String)>,
) -> Answer<Response> {
    mark(&talk, &caller, &id, &Mark::reaction(&emoji)?, false).await
}

async fn pin(State(talk): State<Talk>, Signed(caller): Signed, Path(id): Path<String>) -> Answer<Response> {
    mark(&talk, &caller, &id, &Mark::Pin, true).await
}

async fn unpin(State(talk): State<Talk>, Signed(caller): Signed, Path(id): Path<String>) -> Answer<Response> {
    mark(&talk, &caller, &id, &Mark::Pin, false).await
}
