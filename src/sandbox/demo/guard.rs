//! Who may talk to the page's server: browsers on this machine, and no other site's page in them.

use axum::extract::Request;
use axum::http::header::{HOST, ORIGIN};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// Refuses whoever asks under another machine's name, or from another site's page.
pub(super) async fn guard(request: Request, next: Next) -> Response {
    if is_local(request.headers()) {
        next.run(request).await
    } else {
        (StatusCode::FORBIDDEN, "the demo is for this machine only").into_response()
    }
}

fn is_local(headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    let Some(host) = text(HOST).filter(|host| is_loopback(host)) else { return false };
    text(ORIGIN).is_none_or(|origin| origin == format!("http://{host}"))
}

fn is_loopback(host: &str) -> bool {
    let has_port = |rest: &str| {
        rest.is_empty() || rest.strip_prefix(':').is_some_and(|port| port.parse::<u16>().is_ok())
    };
    ["localhost", "127.0.0.1", "[::1]"]
        .iter()
        .any(|name| host.strip_prefix(name).is_some_and(has_port))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(host: &'static str, origin: Option<&'static str>) -> bool {
        let mut headers = HeaderMap::new();
        headers.insert(HOST, host.parse().unwrap());
        if let Some(origin) = origin {
            headers.insert(ORIGIN, origin.parse().unwrap());
        }
        is_local(&headers)
    }

    #[test]
    fn this_machine_is_let_in_by_each_of_its_names() {
        assert!(asked("127.0.0.1:8080", None));
        assert!(asked("localhost:8080", Some("http://localhost:8080")));
        assert!(asked("[::1]:8080", None));
        assert!(asked("localhost", None));
    }

    #[test]
    fn other_names_and_other_sites_are_not() {
        assert!(!asked("evil.example", None));
        assert!(!asked("localhost.evil.example", None));
        assert!(!asked("127.0.0.1.evil.example:8080", None));
        assert!(!asked("127.0.0.1:8080", Some("http://evil.example")));
        assert!(!asked("127.0.0.1:8080", Some("http://127.0.0.1:9999")));
        assert!(!asked("127.0.0.1:8080", Some("null")));
        assert!(!is_local(&HeaderMap::new()));
    }
}
