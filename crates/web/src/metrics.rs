//! What the server counts about itself, in the text form that Prometheus reads.

use crate::route::Class;
use prometheus_client::{
    encoding::{EncodeLabelSet, text::encode},
    metrics::{counter::Counter, family::Family, gauge::Gauge, histogram::Histogram},
    registry::Registry,
};
use std::{
    sync::{Arc, Mutex, OnceLock, PoisonError},
    time::Duration,
};

/// Bounds in seconds: from a point read to the longest patience.
const BUCKETS: [f64; 12] = [0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0, 30.0];

/// The registry and the server's own counters. Clones share them.
#[derive(Clone)]
pub struct Metrics {
    registry: Arc<Mutex<Registry>>,
    latency: Family<RouteLabels, Histogram, fn() -> Histogram>,
    rejected: Family<ClassLabels, Counter>,
    pub(crate) in_flight: Gauge,
    pub(crate) panics: Counter,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct RouteLabels {
    method: &'static str,
    route: &'static str,
    status: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct ClassLabels {
    class: String,
}

impl Default for Metrics {
    fn default() -> Metrics {
        Metrics::new()
    }
}

impl Metrics {
    pub fn new() -> Metrics {
        let mut registry = Registry::with_prefix("rapport");
        let latency = Family::new_with_constructor((|| Histogram::new(BUCKETS)) as fn() -> Histogram);
        let (rejected, in_flight, panics) = (Family::default(), Gauge::default(), Counter::default());
        registry.register("http_request_seconds", "Time to answer, by route and class of status", latency.clone());
        registry.register("http_rejected", "Requests turned away because their class was full", rejected.clone());
        registry.register("http_in_flight", "Requests at work", in_flight.clone());
        registry.register("http_panics", "Handlers that panicked", panics.clone());
        Metrics { registry: Arc::new(Mutex::new(registry)), latency, rejected, in_flight, panics }
    }

    /// Adds another part's counters.
    pub fn add(&self, register: impl FnOnce(&mut Registry)) {
        register(&mut self.registry.lock().unwrap_or_else(PoisonError::into_inner));
    }

    /// All of it as text.
    pub fn text(&self) -> String {
        let mut text = String::new();
        let registry = self.registry.lock().unwrap_or_else(PoisonError::into_inner);
        // Writing to a String cannot fail.
        let _ = encode(&mut text, &registry);
        text
    }

    pub(crate) fn reject(&self, class: Class) {
        let class = format!("{class:?}").to_lowercase();
        self.rejected.get_or_create(&ClassLabels { class }).inc();
    }
}

/// The histograms of one route, one for each class of status, looked up once.
pub(crate) struct RouteMetrics {
    method: &'static str,
    route: &'static str,
    by_status: [OnceLock<Histogram>; 5],
}

impl RouteMetrics {
    pub(crate) fn new(method: &'static str, route: &'static str) -> RouteMetrics {
        RouteMetrics { method, route, by_status: Default::default() }
    }

    pub(crate) fn observe(&self, metrics: &Metrics, status: u16, took: Duration) {
        let (place, status) = match status {
            ..200 => (0, "1xx"),
            200..300 => (1, "2xx"),
            300..400 => (2, "3xx"),
            400..500 => (3, "4xx"),
            500.. => (4, "5xx"),
        };
        let labels = || RouteLabels { method: self.method, route: self.route, status };
        let histogram =
            self.by_status.get(place).map(|cell| cell.get_or_init(|| metrics.latency.get_or_create_owned(&labels())));
        if let Some(histogram) = histogram {
            histogram.observe(took.as_secs_f64());
        }
    }
}
