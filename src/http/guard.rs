//! Keeps web pages of other hosts away from the rehearsal port: a request must name a loopback host, and
//! its origin, if it has one, must be the same.

use axum::extract::Request;
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// Lets only loopback requests through.
pub async fn loopback_only(request: Request, next: Next) -> Response {
    if is_ours(request.headers()) {
        next.run(request).await
    } else {
        (StatusCode::FORBIDDEN, "only from this machine\n").into_response()
    }
}

fn is_ours(headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).and_then(|value: &header::HeaderValue| value.to_str().ok());
    let Some(host) = text(header::HOST) else { return false };
    let same_origin = match headers.get(header::ORIGIN) {
        None => true,
        Some(_) => text(header::ORIGIN).is_some_and(|origin| origin == format!("http://{host}")),
    };
    is_loopback(host) && same_origin
}

fn is_loopback(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.chars().all(|digit| digit.is_ascii_digit()) => name,
        _ => host,
    };
    let name = name.trim_start_matches('[').trim_end_matches(']');
    name == "localhost" || name.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ours(host: &str, origin: Option<&str>) -> bool {
        let mut headers = HeaderMap::new();
        headers.insert(header::HOST, host.parse().unwrap());
        if let Some(origin) = origin {
            headers.insert(header::ORIGIN, origin.parse().unwrap());
        }
        is_ours(&headers)
    }

    #[test]
    fn only_loopback_hosts_and_their_own_pages_are_let_in() {
        assert!(ours("127.0.0.1:8081", None));
        assert!(ours("localhost:8081", Some("http://localhost:8081")));
        assert!(ours("[::1]:8081", None));
        assert!(!ours("example.org", None));
        assert!(!ours("127.0.0.1:8081", Some("http://example.org")));
        assert!(!ours("127.0.0.1.example.org:8081", None));
    }
}
