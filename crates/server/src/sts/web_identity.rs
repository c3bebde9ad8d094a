//! `AssumeRoleWithWebIdentity`: keys of a role for a token of the identity provider. Nobody signs: the token is the proof.

use inspector_api::error::Failure;
use inspector_api::policy::{Asker, Context, Trust, Trusted};
use serde_json::json;

use super::assume_role::{Wanted, session_policies};
use super::credentials::{Credentials, mint};
use super::{Form, duration, required};
use crate::Service;
use crate::identity::Session;
use crate::oidc::{Claims, OidcError, Provider};
use crate::world::now;

/// The longest session of a role that says nothing else, in seconds.
const USUAL: i64 = 3600;

pub(crate) async fn run(service: &Service, context: &Context, body: &[u8]) -> Result<Vec<u8>, Failure> {
    let form = &Form::read(body)?;
    let wanted = Wanted::read(form)?;
    let provider = service.oidc().ok_or_else(|| {
        Failure::protocol("InvalidIdentityToken", 400, "No OpenIDConnect provider found in your account")
    })?;
    let claims = provider.verify(required(form, "WebIdentityToken")?, None).await.map_err(|error| refused(&error))?;
    let policies = session_policies(form)?;
    let made =
        assume(service, provider, &wanted, &claims, (context, policies), |most| duration(form, USUAL, 900, most))
            .await?;
    let answer = json!({
        "Credentials": made.told(),
        "AssumedRoleUser": wanted.told(),
        "SubjectFromWebIdentityToken": claims.text("sub").unwrap_or_default(),
        "Audience": provider.settings.client_id,
        "Provider": provider_arn(provider, &wanted),
    });
    Ok(answer.to_string().into_bytes())
}

/// Gives the keys of a role to whom a token is about, if the role's document names the provider and its conditions hold.
pub(crate) async fn assume(
    service: &Service,
    provider: &Provider,
    wanted: &Wanted,
    claims: &Claims,
    (context, policies): (&Context, Vec<String>),
    seconds: impl FnOnce(i64) -> Result<i64, Failure>,
) -> Result<Credentials, Failure> {
    let mut context = context.clone();
    context.insert("aws:currenttime".to_owned(), vec![now().to_string()]);
    context.insert("sts:rolesessionname".to_owned(), vec![wanted.session_name.clone()]);
    for (name, texts) in claims.texts() {
        context.insert(format!("{}:{name}", provider.name()).to_lowercase(), texts);
    }
    let role = wanted.find(service).await?;
    let trust = role.as_ref().and_then(|role| Trust::parse(role.trust.as_deref()?).ok());
    let arn = provider_arn(provider, wanted);
    let trusted = trust
        .map_or(Trusted::No, |trust| trust.lets_in(Asker::Federated(&arn), "sts:AssumeRoleWithWebIdentity", &context));
    let (Some(role), Trusted::Directly) = (role, trusted) else {
        let message = "Not authorized to perform sts:AssumeRoleWithWebIdentity";
        return Err(Failure::protocol("AccessDeniedException", 400, message));
    };
    let seconds = seconds(role.max_session.unwrap_or(USUAL))?;
    let session = Session { policies, tags: Vec::new(), mfa_at: claims.mfa_at() };
    mint(service, &wanted.account, &wanted.principal(), &session, seconds).await
}

/// How a role's document names the provider.
fn provider_arn(provider: &Provider, wanted: &Wanted) -> String {
    format!("arn:aws:iam::{}:oidc-provider/{}", wanted.account, provider.name())
}

fn refused(error: &OidcError) -> Failure {
    let name = match error {
        OidcError::Provider(_) => "IDPCommunicationError",
        OidcError::Token("its time is over") => "ExpiredTokenException",
        OidcError::Token(_) => "InvalidIdentityToken",
    };
    Failure::protocol(name, 400, error.to_string())
}
