//! The web console's files under `/console`. They use the public API only, so nothing here needs a signature.

use axum::Router;
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;

use super::answer;

/// Nothing from elsewhere, no frames around it, no guessing of types. Its widgets set style attributes.
const POLICY: &str = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; \
                      frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/// Files whose names change with their content.
const ASSETS: &str = "assets/";

pub(super) fn routes() -> Router {
    Router::new()
        .route("/console", get(|| async { Redirect::permanent("/console/") }))
        .route("/console/", get(|| async { file("index.html") }))
        .route("/console/{*path}", get(|Path(path): Path<String>| async move { file(&path) }))
}

fn file(path: &str) -> Response {
    let Some((found, kind)) = embedded::find(path) else {
        return answer::missing();
    };
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CACHE_CONTROL, if path.starts_with(ASSETS) { "public, max-age=31536000" } else { "no-cache" }),
    ];
    (headers, found).into_response()
}

#[cfg(feature = "console")]
mod embedded {
    use std::borrow::Cow;

    #[derive(rust_embed::RustEmbed)]
    #[folder = "../../console/dist"]
    struct Files;

    /// The file and its type; the page itself for every path of a view inside it.
    pub(super) fn find(path: &str) -> Option<(Cow<'static, [u8]>, &'static str)> {
        let path = if path.starts_with(super::ASSETS) || Files::get(path).is_some() { path } else { "index.html" };
        Files::get(path).map(|file| (file.data, kind(path)))
    }

    fn kind(path: &str) -> &'static str {
        match path.rsplit('.').next() {
            Some("html") => "text/html; charset=utf-8",
            Some("js") => "text/javascript; charset=utf-8",
            Some("css") => "text/css; charset=utf-8",
            Some("md") => "text/plain; charset=utf-8",
            Some("svg") => "image/svg+xml",
            Some("png") => "image/png",
            Some("ico") => "image/x-icon",
            Some("woff2") => "font/woff2",
            Some("json") => "application/json",
            _ => "application/octet-stream",
        }
    }
}

#[cfg(not(feature = "console"))]
mod embedded {
    /// What to do when the program was built without the console.
    const PAGE: &str = "The console is not part of this build.\n\nhelp: make run\n";

    pub(super) fn find(_path: &str) -> Option<(&'static str, &'static str)> {
        Some((PAGE, "text/plain; charset=utf-8"))
    }
}
