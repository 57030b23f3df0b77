//! What a feature says about each of its routes. The router, the OpenAPI document and the list of permissions are
//! all made from these declarations, so none of them can know a route that the others do not.

use axum::{
    handler::Handler,
    routing::{MethodFilter, MethodRouter, on},
};
use serde_json::Value;
use std::{fmt::Write as _, sync::Arc};

/// Where all declared paths begin.
pub const BASE: &str = "/api/v1";

/// The longest body that a route takes unless it says otherwise.
const BODY_BYTES: usize = 1 << 20;

/// What must be true of the caller before the handler runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needs {
    /// Nothing: signing in, and what is there before.
    Public,
    SignedIn,
    /// A signed-in caller; the handler checks this action on the object that the path names.
    Object(&'static str),
    /// A plan that allows everything.
    Administrator,
}

/// Which queue a request waits in when the server is full, and how long it may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Class {
    /// Somebody is waiting for it.
    Interactive,
    /// Imports, exports and other long work.
    Bulk,
    /// A file on its way in or out: many at once, each as slow as its line.
    Transfer,
    /// Stays open.
    Stream,
}

/// The methods that a route may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Method {
    Get,
    Post,
    Put,
    Patch,
    Delete,
}

/// All that is known of a route without its handler.
#[derive(Debug, Clone)]
pub struct Declared {
    pub method: Method,
    /// Below [`BASE`], with `{names}` for what varies.
    pub path: &'static str,
    pub needs: Needs,
    pub class: Class,
    pub summary: &'static str,
    pub tag: &'static str,
    /// The query parameters there are, with their schemas; any other is refused before the handler.
    pub query: Vec<(&'static str, Value)>,
    /// The schema of the JSON body.
    pub body: Option<Value>,
    /// The schema of the answer.
    pub answers: Option<Value>,
    /// The content type of the answer.
    pub content: &'static str,
    pub status: u16,
    /// The longest body in bytes; `None` for a body that the handler reads piece by piece.
    pub body_limit: Option<usize>,
}

/// One way in: a declaration and its handler.
pub struct Route<S = ()> {
    pub(crate) declared: Declared,
    pub(crate) handler: MethodRouter<S>,
}

/// The routes of a feature, or of all of them.
pub struct Routes<S = ()> {
    list: Vec<Route<S>>,
}

/// The declarations without the handlers.
pub type Catalogue = Arc<[Declared]>;

impl Method {
    pub fn as_str(self) -> &'static str {
        match self {
            Method::Get => "GET",
            Method::Post => "POST",
            Method::Put => "PUT",
            Method::Patch => "PATCH",
            Method::Delete => "DELETE",
        }
    }

    fn filter(self) -> MethodFilter {
        match self {
            Method::Get => MethodFilter::GET,
            Method::Post => MethodFilter::POST,
            Method::Put => MethodFilter::PUT,
            Method::Patch => MethodFilter::PATCH,
            Method::Delete => MethodFilter::DELETE,
        }
    }
}

impl<S: Clone + Send + Sync + 'static> Route<S> {
    fn new<H, T>(method: Method, path: &'static str, handler: H) -> Route<S>
    where
        H: Handler<T, S>,
        T: 'static,
    {
        let declared = Declared {
            method,
            path,
            needs: Needs::Administrator,
            class: Class::Interactive,
            summary: "",
            tag: "",
            query: Vec::new(),
            body: None,
            answers: None,
            content: "application/json",
            status: 200,
            body_limit: Some(BODY_BYTES),
        };
        Route { declared, handler: on(method.filter(), handler) }
    }

    /// Reads. Like the four others it is for administrators until [`Route::needs`] says otherwise.
    pub fn get<H: Handler<T, S>, T: 'static>(path: &'static str, handler: H) -> Route<S> {
        Route::new(Method::Get, path, handler)
    }

    pub fn post<H: Handler<T, S>, T: 'static>(path: &'static str, handler: H) -> Route<S> {
        Route::new(Method::Post, path, handler)
    }

    pub fn put<H: Handler<T, S>, T: 'static>(path: &'static str, handler: H) -> Route<S> {
        Route::new(Method::Put, path, handler)
    }

    pub fn patch<H: Handler<T, S>, T: 'static>(path: &'static str, handler: H) -> Route<S> {
        Route::new(Method::Patch, path, handler)
    }

    pub fn delete<H: Handler<T, S>, T: 'static>(path: &'static str, handler: H) -> Route<S> {
        Route::new(Method::Delete, path, handler)
    }

    pub fn needs(mut self, needs: Needs) -> Route<S> {
        self.declared.needs = needs;
        self
    }

    pub fn class(mut self, class: Class) -> Route<S> {
        self.declared.class = class;
        self
    }

    /// A few words: `List records`. They also name the operation in the OpenAPI document.
    pub fn summary(mut self, summary: &'static str) -> Route<S> {
        self.declared.summary = summary;
        self
    }

    /// The heading under which documents show it.
    pub fn tag(mut self, tag: &'static str) -> Route<S> {
        self.declared.tag = tag;
        self
    }

    /// Query parameters that are plain texts.
    pub fn query(mut self, names: &[&'static str]) -> Route<S> {
        self.declared.query.extend(names.iter().map(|name| (*name, serde_json::json!({ "type": "string" }))));
        self
    }

    /// A query parameter with its JSON schema.
    pub fn parameter(mut self, name: &'static str, schema: Value) -> Route<S> {
        self.declared.query.push((name, schema));
        self
    }

    /// The JSON schema of the body.
    pub fn body(mut self, schema: Value) -> Route<S> {
        self.declared.body = Some(schema);
        self
    }

    /// The JSON schema of the answer.
    pub fn answers(mut self, schema: Value) -> Route<S> {
        self.declared.answers = Some(schema);
        self
    }

    /// The content type of the answer, where it is not JSON.
    pub fn content(mut self, content: &'static str) -> Route<S> {
        self.declared.content = content;
        self
    }

    /// The status of success, where it is not 200.
    pub fn status(mut self, status: u16) -> Route<S> {
        self.declared.status = status;
        self
    }

    /// Takes bodies up to this size.
    pub fn body_limit(mut self, bytes: usize) -> Route<S> {
        self.declared.body_limit = Some(bytes);
        self
    }

    /// Takes a body of any size, which the handler reads piece by piece and bounds itself.
    pub fn streams_body(mut self) -> Route<S> {
        self.declared.body_limit = None;
        self
    }
}

impl<S: Clone + Send + Sync + 'static> Default for Routes<S> {
    fn default() -> Routes<S> {
        Routes::new()
    }
}

impl<S: Clone + Send + Sync + 'static> Routes<S> {
    pub fn new() -> Routes<S> {
        Routes { list: Vec::new() }
    }

    #[expect(clippy::should_implement_trait, reason = "a list that grows, not a sum")]
    pub fn add(mut self, route: Route<S>) -> Routes<S> {
        self.list.push(route);
        self
    }

    /// Both lists in one.
    pub fn merge(mut self, other: Routes<S>) -> Routes<S> {
        self.list.extend(other.list);
        self
    }

    /// The same needs for every route of this list.
    pub fn all_need(mut self, needs: Needs) -> Routes<S> {
        for route in &mut self.list {
            route.declared.needs = needs;
        }
        self
    }

    /// Gives the handlers what they share: `Routes::<Arc<Records>>::new()…with_state(records)`.
    pub fn with_state(self, state: S) -> Routes {
        let with =
            |route: Route<S>| Route { declared: route.declared, handler: route.handler.with_state(state.clone()) };
        Routes { list: self.list.into_iter().map(with).collect() }
    }

    /// The declarations, for documents.
    pub fn catalogue(&self) -> Catalogue {
        self.list.iter().map(|route| route.declared.clone()).collect()
    }

    /// Who may call what, one route a line, sorted: `docs/generated/permissions.txt`.
    pub fn permissions(&self) -> String {
        let mut lines: Vec<_> = self.list.iter().map(|route| &route.declared).collect();
        lines.sort_by_key(|declared| (declared.path, declared.method));
        let mut text = String::new();
        for declared in lines {
            let needs = match declared.needs {
                Needs::Public => "public".to_owned(),
                Needs::SignedIn => "signed in".to_owned(),
                Needs::Object(action) => format!("object: {action}"),
                Needs::Administrator => "administrator".to_owned(),
            };
            let (method, class) = (declared.method.as_str(), format!("{:?}", declared.class).to_lowercase());
            // Writing to a String cannot fail.
            let _ = writeln!(text, "{method:6} {BASE}{:40} {needs:16} {class}", declared.path);
        }
        text
    }

    pub(crate) fn into_list(self) -> Vec<Route<S>> {
        self.list
    }
}
