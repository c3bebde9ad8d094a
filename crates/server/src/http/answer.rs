//! Answers in JSON and XML, each with the id of its request.

use axum::body::Body;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use inspector_api::codec::CONTENT_TYPE;
use inspector_api::error::Failure;
use inspector_api::query;
use serde_json::Value;

use super::protocol::Forms;
use super::replay::Answered;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-amzn-requestid");
const ERROR_TYPE: HeaderName = HeaderName::from_static("x-amzn-errortype");

/// A new request id.
pub(super) fn request_id() -> String {
    uuid::Uuid::new_v4().to_string()
}

/// What an operation answered, or had answered when the same request came first: then it may be a refusal.
pub(super) fn answered(request_id: &str, answered: Answered) -> Response {
    let mut headers = headers(request_id, CONTENT_TYPE);
    let status = StatusCode::from_u16(answered.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    if !status.is_success() {
        let body: Value = serde_json::from_slice(&answered.body).unwrap_or_default();
        let name = body.get("__type").and_then(Value::as_str).and_then(|name| HeaderValue::from_str(name).ok());
        headers.extend(name.map(|name| (ERROR_TYPE, name)));
    }
    (status, headers, Body::from(answered.body)).into_response()
}

/// A refusal: the name both in the body and in the header, because SDKs differ in where they look.
pub(super) fn failure(request_id: &str, failure: &Failure) -> Response {
    let mut headers = headers(request_id, CONTENT_TYPE);
    headers.insert(ERROR_TYPE, HeaderValue::from_static(failure.name));
    let status = StatusCode::from_u16(failure.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, headers, Body::from(failure.to_bytes())).into_response()
}

/// What a query operation answered, or had answered when the same request came first.
pub(super) fn query_answered(request_id: &str, forms: Forms, operation: &str, answered: &Answered) -> Response {
    let body: Value = serde_json::from_slice(&answered.body).unwrap_or_default();
    if answered.status == 200 {
        return xml(request_id, 200, query::answer(operation, forms.namespace(), &body, request_id));
    }
    let text = |name: &str| body.get(name).and_then(Value::as_str).unwrap_or_default();
    query_refused(request_id, forms, answered.status, text("__type"), text("message"))
}

/// A refusal of a query operation.
pub(super) fn query_refused(request_id: &str, forms: Forms, status: u16, name: &str, message: &str) -> Response {
    let code = query::error_code(name);
    // A denial is 403 in this protocol, 400 in the JSON one.
    let status = if code == "AccessDenied" { 403 } else { status };
    xml(request_id, status, query::refusal(status, code, message, forms.namespace(), request_id))
}

/// An answer in XML.
fn xml(request_id: &str, status: u16, text: String) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, headers(request_id, query::ANSWER_TYPE), text).into_response()
}

fn headers(request_id: &str, content_type: &'static str) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.extend(HeaderValue::from_str(request_id).map(|id| (REQUEST_ID, id)));
    headers
}

/// `GET /healthz`: the process serves requests.
pub(super) async fn healthy() -> Response {
    let json = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-store")];
    (json, r#"{"status":"ok"}"#).into_response()
}

/// No route has this path.
pub(super) async fn not_found() -> Response {
    missing()
}

/// Nothing has this path.
pub(super) fn missing() -> Response {
    let message = "nothing is here; the API is `POST /`, the console `/console`";
    failure(&request_id(), &Failure::protocol("NotFoundException", 404, message))
}

/// The path exists, but not for this method.
pub(super) async fn method_not_allowed() -> Response {
    let message = "this path does not take this method; the API is `POST /`, the console `/console`";
    failure(&request_id(), &Failure::protocol("MethodNotAllowedException", 405, message))
}
