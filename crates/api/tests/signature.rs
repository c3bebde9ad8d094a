//! Signatures against requests that boto3, AWS CLI, the JavaScript SDK and AWS's published suite signed
//! (`signature/capture.py` and `signature/capture.mjs` made them).
#![expect(clippy::unwrap_used, reason = "a helper of a test may fail the test")]

use inspector_api::canonical::Parts;
use inspector_api::sign::{Credentials, sign};
use inspector_api::signature::{Key, SignatureError, Verified, verify};
use inspector_api::{Sensitive, codec};
use inspector_model::Timestamp;
use proptest::prelude::*;
use sha2::{Digest, Sha256};

/// An edit of a captured request.
type Change = Box<dyn Fn(&mut Case)>;

const ID: &str = "AKIDEXAMPLE";
const SECRET: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

#[derive(Debug, Clone, serde::Deserialize)]
struct Case {
    name: String,
    method: String,
    path: String,
    query: String,
    headers: Vec<(String, String)>,
    body: String,
    service: String,
    region: String,
    now: Timestamp,
    token: Option<String>,
}

impl Case {
    fn all() -> Vec<Self> {
        let mut cases: Vec<Self> = serde_json::from_str(include_str!("signature/requests.json")).unwrap();
        cases.extend(serde_json::from_str::<Vec<Self>>(include_str!("signature/requests-js.json")).unwrap());
        cases
    }

    fn presigned() -> Vec<Self> {
        let mut cases: Vec<Self> = serde_json::from_str(include_str!("signature/requests-presigned.json")).unwrap();
        let js = include_str!("signature/requests-presigned-js.json");
        cases.extend(serde_json::from_str::<Vec<Self>>(js).unwrap());
        cases
    }

    fn first() -> Self {
        Self::all().remove(0)
    }

    fn parts(&self) -> Parts<'_> {
        Parts { method: &self.method, path: &self.path, query: &self.query, headers: &self.headers }
    }

    fn key(&self) -> Key {
        let token_hash = self.token.as_ref().map(|token| hex::encode(Sha256::digest(token)));
        let expires_at = token_hash.as_ref().map(|_| self.now.plus_seconds(60));
        Key { secret: Sensitive::new(SECRET), token_hash, expires_at }
    }

    fn verify_at(&self, now: Timestamp) -> Result<Verified, SignatureError> {
        verify(&self.parts(), self.body.as_bytes(), &self.service, now, |id| (id == ID).then(|| self.key()))
    }

    fn verify(&self) -> Result<Verified, SignatureError> {
        self.verify_at(self.now)
    }

    fn header(&mut self, name: &str) -> &mut String {
        &mut self.headers.iter_mut().find(|(other, _)| other == name).unwrap().1
    }

    fn refusal(&self) -> (&'static str, u16, String) {
        let failure = self.verify().unwrap_err().failure();
        (failure.name, failure.status, failure.message().to_owned())
    }
}

#[test]
fn what_aws_clients_sign_is_accepted() {
    for case in Case::all() {
        let verified = case.verify().unwrap_or_else(|error| panic!("{}: {error}", case.name));
        assert_eq!((verified.access_key_id.as_str(), verified.region.as_str()), (ID, case.region.as_str()));
    }
}

#[test]
fn our_client_signs_as_the_sdks_do() {
    for mut case in Case::all() {
        let theirs = case.header("authorization").clone();
        let signed = theirs.split("SignedHeaders=").nth(1).unwrap().split(',').next().unwrap().to_owned();
        let ours = |name: &str| {
            signed.split(';').any(|other| other == name) && name != "x-amz-date" && name != "x-amz-security-token"
        };
        let headers: Vec<_> = case.headers.iter().filter(|(name, _)| ours(name)).cloned().collect();
        let credentials = Credentials {
            access_key_id: ID.to_owned(),
            secret_access_key: Sensitive::new(SECRET),
            session_token: case.token.as_ref().map(Sensitive::new),
        };
        let parts = Parts { headers: &headers, ..case.parts() };
        let added = sign(&parts, case.body.as_bytes(), &credentials, &case.region, &case.service, case.now);
        let (_, authorization) = added.iter().find(|(name, _)| name == "authorization").unwrap();
        assert_eq!(*authorization, theirs, "{}", case.name);
    }
}

#[test]
fn a_change_of_anything_signed_is_refused() {
    let changes: [(&str, Change); 7] = [
        ("method", Box::new(|case| case.method = "PUT".to_owned())),
        ("path", Box::new(|case| case.path.push('x'))),
        ("query", Box::new(|case| case.query = "a=b".to_owned())),
        ("body", Box::new(|case| case.body.push(' '))),
        ("host", Box::new(|case| case.header("host").push('1'))),
        ("target", Box::new(|case| *case.header("x-amz-target") = "InspectorService.DeleteAssessmentRun".to_owned())),
        ("content type", Box::new(|case| *case.header("content-type") = codec::CONTENT_TYPE.replace('1', "2"))),
    ];
    for (what, change) in changes {
        let mut case = Case::first();
        change(&mut case);
        let (name, status, message) = case.refusal();
        assert_eq!((name, status), ("InvalidSignatureException", 403), "{what}");
        assert!(message.starts_with("The request signature we calculated does not match"), "{what}: {message}");
    }
}

#[test]
fn an_unsigned_header_of_amazon_is_refused() {
    let mut case = Case::first();
    case.headers.push(("x-amz-security-token".to_owned(), "forged".to_owned()));
    assert_eq!(case.refusal().0, "InvalidSignatureException");
}

#[test]
fn refusals_have_the_names_and_words_of_aws() {
    let edit = |from: &'static str, to: &'static str| {
        move |case: &mut Case| {
            let header = case.header("authorization");
            assert!(header.contains(from), "{from}");
            *header = header.replace(from, to);
        }
    };
    let cases: Vec<(Change, &str, u16, &str)> = vec![
        (
            Box::new(|case| case.headers.retain(|(name, _)| name != "authorization")),
            "MissingAuthenticationTokenException",
            403,
            "Request is missing Authentication Token",
        ),
        (
            Box::new(|case| *case.header("authorization") = "Bearer abc".to_owned()),
            "IncompleteSignatureException",
            400,
            "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' parameter. \
             Authorization header requires 'SignedHeaders' parameter.",
        ),
        (
            Box::new(|case| case.headers.retain(|(name, _)| name != "x-amz-date")),
            "IncompleteSignatureException",
            400,
            "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.",
        ),
        (
            Box::new(edit("Credential=", "Credential ")),
            "IncompleteSignatureException",
            400,
            "'Credential AKIDEXAMPLE/20260520/us-west-2/inspector/aws4_request' not a valid key=value pair (missing \
             equal-sign) in Authorization header.",
        ),
        (
            Box::new(edit("HMAC-SHA256", "HMAC-MD5")),
            "IncompleteSignatureException",
            400,
            "Unsupported AWS 'algorithm': 'AWS4-HMAC-MD5'.",
        ),
        (
            Box::new(edit("AKIDEXAMPLE/20260520", "20260520")),
            "IncompleteSignatureException",
            400,
            "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got \
             '20260520/us-west-2/inspector/aws4_request'",
        ),
        (
            Box::new(|case| *case.header("x-amz-date") = "20260520".to_owned()),
            "IncompleteSignatureException",
            400,
            "Date must be in ISO-8601 'basic format'. Got '20260520'.",
        ),
        (
            Box::new(edit("AKIDEXAMPLE", "AKIDSTRANGER")),
            "UnrecognizedClientException",
            403,
            "The security token included in the request is invalid.",
        ),
        (
            Box::new(edit("/inspector/", "/ec2/")),
            "InvalidSignatureException",
            403,
            "Credential should be scoped to correct service: 'inspector'.",
        ),
        (
            Box::new(edit("us-west-2", "US WEST")),
            "InvalidSignatureException",
            403,
            "Credential should be scoped to a valid region, not 'US WEST'.",
        ),
        (
            Box::new(edit("aws4_request", "aws5_request")),
            "InvalidSignatureException",
            403,
            "Credential should be scoped with a valid terminator: 'aws4_request', not 'aws5_request'.",
        ),
        (
            Box::new(edit("20260520", "20260519")),
            "InvalidSignatureException",
            403,
            "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20260519' != \
             '20260520', from '20260520T080000Z'.",
        ),
        (
            Box::new(edit("content-type;host;", "content-type;")),
            "InvalidSignatureException",
            403,
            "'Host' must be a 'SignedHeader' in the AWS Authorization.",
        ),
        (
            Box::new(edit("x-amz-date;x-amz-target", "x-amz-date")),
            "InvalidSignatureException",
            403,
            "'x-amz-target' must be a 'SignedHeader' in the AWS Authorization.",
        ),
    ];
    for (change, name, status, message) in cases {
        let mut case = Case::first();
        change(&mut case);
        assert_eq!(case.refusal(), (name, status, message.to_owned()));
    }
}

#[test]
fn a_signature_holds_for_fifteen_minutes_either_way() {
    let case = Case::first();
    for seconds in [-900, 0, 900] {
        assert!(case.verify_at(case.now.plus_seconds(seconds)).is_ok(), "{seconds}");
    }
    assert_eq!(
        case.verify_at(case.now.plus_seconds(901)).unwrap_err().to_string(),
        "Signature expired: 20260520T080000Z is now earlier than 20260520T080001Z (20260520T081501Z - 15 min.)"
    );
    assert_eq!(
        case.verify_at(case.now.plus_seconds(-901)).unwrap_err().to_string(),
        "Signature not yet current: 20260520T080000Z is still later than 20260520T075959Z (20260520T074459Z + 15 min.)"
    );
}

#[test]
fn a_temporary_key_needs_its_token_and_its_time() {
    let case = Case::all().into_iter().find(|case| case.token.is_some()).unwrap();
    assert_eq!(case.verify_at(case.now.plus_seconds(60)), Err(SignatureError::ExpiredToken));
    for token in [None, Some("another token".to_owned())] {
        let stored = Case { token, ..case.clone() };
        assert_eq!(stored.verify(), Err(SignatureError::UnknownKey));
    }
    let mut without = Case::first();
    without.token = Some("the token that the request lacks".to_owned());
    assert_eq!(without.verify(), Err(SignatureError::UnknownKey));
}

proptest! {
    #[test]
    fn what_our_client_signs_verifies_and_nothing_else_does(
        body in prop::collection::vec(any::<u8>(), 0..200),
        secret in "[ -~]{1,64}",
        seconds in 0_i64..4_000_000_000,
        flip in 0_usize..64,
    ) {
        let now = Timestamp::from_millis(seconds * 1000);
        let credentials = Credentials {
            access_key_id: ID.to_owned(),
            secret_access_key: Sensitive::new(&secret),
            session_token: None,
        };
        let mut headers = vec![("host".to_owned(), "127.0.0.1:8008".to_owned())];
        let parts = Parts { method: "POST", path: "/", query: "", headers: &headers };
        let added = sign(&parts, &body, &credentials, "eu-north-1", "inspector", now);
        headers.extend(added);
        let key = || Some(Key { secret: Sensitive::new(&secret), token_hash: None, expires_at: None });
        let parts = Parts { method: "POST", path: "/", query: "", headers: &headers };
        let verified = verify(&parts, &body, "inspector", now, |_| key()).unwrap();

        let mut forged: Vec<char> = verified.signature.chars().collect();
        forged[flip] = if forged[flip] == '0' { '1' } else { '0' };
        let forged: String = forged.into_iter().collect();
        for (_, value) in &mut headers {
            *value = value.replace(&verified.signature, &forged);
        }
        let parts = Parts { method: "POST", path: "/", query: "", headers: &headers };
        prop_assert!(verify(&parts, &body, "inspector", now, |_| key()).is_err());
    }

    #[test]
    fn no_authorization_header_makes_the_reader_panic(header in "\\PC{0,200}", date in "\\PC{0,20}") {
        let headers = vec![("authorization".to_owned(), format!("AWS4-HMAC-SHA256 {header}")), ("x-amz-date".to_owned(), date)];
        let parts = Parts { method: "POST", path: "/", query: "", headers: &headers };
        prop_assert!(verify(&parts, b"", "inspector", Timestamp::from_millis(0), |_| None).is_err());
    }
}

#[test]
fn presigned_requests_of_aws_clients_are_accepted_until_they_expire() {
    for case in Case::presigned() {
        let verified = case.verify().unwrap_or_else(|error| panic!("{}: {error}", case.name));
        assert_eq!((verified.access_key_id.as_str(), verified.region.as_str()), (ID, case.region.as_str()));
        let life = if case.query.contains("Expires=604800") { 604_800 } else { 3600 };
        assert_eq!(verified.valid_until, case.now.plus_seconds(life), "{}", case.name);
        let lasting = |now| {
            let key = Key { expires_at: None, ..case.key() };
            verify(&case.parts(), case.body.as_bytes(), &case.service, now, |_| Some(key))
        };
        assert!(lasting(case.now.plus_seconds(life)).is_ok(), "{}", case.name);
        let late = lasting(case.now.plus_seconds(life + 1)).unwrap_err().to_string();
        assert!(late.starts_with("Signature expired"), "{late}");
        let early = lasting(case.now.plus_seconds(-901)).unwrap_err().to_string();
        assert!(early.starts_with("Signature not yet current"), "{early}");
    }
}

#[test]
fn a_presigned_request_is_refused_when_anything_of_it_is_changed_or_missing() {
    let [incomplete, invalid] = [("IncompleteSignatureException", 400), ("InvalidSignatureException", 403)];
    let query = |from: &'static str, to: &'static str| -> Change {
        Box::new(move |case| {
            assert!(case.query.contains(from), "{from}");
            case.query = case.query.replacen(from, to, 1);
        })
    };
    let changes: [((&str, u16), Change); 13] = [
        (invalid, query("X-Amz-Expires=3600", "X-Amz-Expires=3601")),
        (invalid, query("us-west-2", "us-east-1")),
        (invalid, query("X-Amz-Signature=1", "X-Amz-Signature=2")),
        (invalid, query("X-Amz-Signature=1", "X-Amz-Signature=x")),
        (invalid, query("X-Amz-Algorithm", "a=1&X-Amz-Algorithm")),
        (invalid, query("host%3Bx-amz-target", "host")),
        (invalid, Box::new(|case| case.body.push('x'))),
        (invalid, Box::new(|case| *case.header("x-amz-target") = "InspectorService.DeleteAssessmentRun".to_owned())),
        (incomplete, query("X-Amz-Expires=3600", "X-Amz-Expires=604801")),
        (incomplete, query("X-Amz-Expires=3600&", "")),
        (incomplete, query("X-Amz-Algorithm=AWS4", "X-Amz-Algorithm=AWS5")),
        (incomplete, query("X-Amz-Date=", "X-Amz-Date=20260520T080000Z&X-Amz-Date=")),
        (incomplete, query("%2F", "%2")),
    ];
    for (index, (wanted, change)) in changes.iter().enumerate() {
        let mut case = Case::presigned().remove(0);
        change(&mut case);
        let (name, status, message) = case.refusal();
        assert_eq!((name, status), *wanted, "change {index}: {message}");
    }
}
