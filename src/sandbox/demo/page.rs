//! The page's server: its files, compiled in, and the routes by which it hears and asks. Everything
//! comes from here; the browser is told to fetch nothing from elsewhere.

use std::net::SocketAddr;

use axum::Router;
use axum::extract::{Path, Request};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use rust_embed::{EmbeddedFile, RustEmbed};
use tokio::net::TcpListener;

use super::control::{self, Demo};
use super::error::DemoError;
use super::guard::guard;
use super::live::live;
use super::why::why;

const HEADERS: [(HeaderName, &str); 4] = [
    (
        CONTENT_SECURITY_POLICY,
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; \
         img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    ),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (REFERRER_POLICY, "no-referrer"),
    (CACHE_CONTROL, "no-store"),
];

#[derive(RustEmbed)]
#[folder = "src/sandbox/demo/assets"]
struct Assets;

/// Takes the page's address, which must be this machine's own.
pub(super) async fn bind(address: SocketAddr) -> Result<TcpListener, DemoError> {
    if !address.ip().is_loopback() {
        return Err(DemoError::NotLoopback(address));
    }
    TcpListener::bind(address).await.map_err(|cause| DemoError::Listen { address, cause })
}

/// Serves the page.
pub(super) async fn serve(listener: TcpListener, demo: Demo) -> Result<(), DemoError> {
    let closing = demo.closing.clone();
    let server = axum::serve(listener, router(demo));
    Ok(server.with_graceful_shutdown(closing.cancelled_owned()).await?)
}

fn router(demo: Demo) -> Router {
    Router::new()
        .route("/", get(async || asset("index.html")))
        .route("/{file}", get(async |Path(file): Path<String>| asset(&file)))
        .route("/api/live", get(live))
        .route("/api/say", post(control::say))
        .route("/api/edit", post(control::edit))
        .route("/api/press", post(control::press))
        .route("/api/clock", post(control::clock))
        .route("/api/scene", post(control::scene))
        .route("/api/why", get(why))
        .layer(from_fn(guard))
        .layer(from_fn(protect))
        .with_state(demo)
}

fn asset(name: &str) -> Response {
    match Assets::get(name) {
        Some(file) => served(file),
        None => (StatusCode::NOT_FOUND, "there is no such page").into_response(),
    }
}

fn served(file: EmbeddedFile) -> Response {
    let kind = file.metadata.mimetype().to_owned();
    ([(CONTENT_TYPE, kind)], file.data).into_response()
}

async fn protect(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    for (name, value) in HEADERS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn an_address_that_others_reach_is_refused() {
        let refused = bind("0.0.0.0:0".parse().unwrap()).await.unwrap_err();
        assert!(refused.is_refusal() && refused.to_string().contains("0.0.0.0:0"));
        assert!(bind("127.0.0.1:0".parse().unwrap()).await.is_ok());
    }

    #[test]
    fn every_page_file_is_compiled_in_and_names_no_other_host() {
        for name in Assets::iter() {
            let file = Assets::get(&name).unwrap();
            let text = String::from_utf8(file.data.into_owned()).unwrap();
            let foreign = text.replace("http://www.w3.org/", "").contains("://");
            assert!(!foreign, "{name}");
        }
        assert!(Assets::get("index.html").is_some());
    }
}
