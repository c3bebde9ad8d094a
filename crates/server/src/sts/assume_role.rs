//! `AssumeRole`: keys of a role, for whom the role's own document names and, across accounts, their own policies allow.

use inspector_api::caller::Caller;
use inspector_api::error::Failure;
use inspector_api::policy::{Asker, Decision, Denial, Document, Reason, Request, Source, Trust, Trusted, decide};
use inspector_model::Attribute;
use inspector_model::arn::AccountId;
use inspector_store::principal::{self, Principal};
use serde_json::{Value, json};

use super::credentials::{fault, mint, session_of};
use super::{Form, duration, invalid, required};
use crate::Service;
use crate::http::{Question, Rights, authorize};
use crate::identity::{Session, named};

/// A session that a role gave to a role lasts no longer, in seconds.
const CHAINED: i64 = 3600;

/// Whom a role is asked for.
pub(crate) struct Wanted {
    /// The ARN, as it was given.
    pub(super) arn: String,
    pub(super) account: AccountId,
    /// `role/NAME`
    pub(super) name: String,
    pub(super) session_name: String,
}

impl Wanted {
    pub(super) fn read(form: &Form) -> Result<Self, Failure> {
        Self::of(required(form, "RoleArn")?, required(form, "RoleSessionName")?)
    }

    /// The role with this ARN, for a session of this name.
    pub(crate) fn of(arn: &str, session_name: &str) -> Result<Self, Failure> {
        let parts: Vec<&str> = arn.splitn(6, ':').collect();
        let [_, _, "iam", "", account, role] = parts.as_slice() else {
            return Err(invalid(format!("{arn} is invalid")));
        };
        let account = account.parse().map_err(|_| invalid(format!("{arn} is invalid")))?;
        let name = role.strip_prefix("role/").and_then(|path| path.rsplit('/').next()).unwrap_or_default();
        let fits = |b: u8| b.is_ascii_alphanumeric() || b"+=,.@_-".contains(&b);
        if !(2..=64).contains(&session_name.len()) || !session_name.bytes().all(fits) {
            return Err(invalid("`RoleSessionName` has 2 to 64 letters, digits and +=,.@_-"));
        }
        let session_name = session_name.to_owned();
        Ok(Self { arn: arn.to_owned(), account, name: format!("role/{name}"), session_name })
    }

    /// Who acts with the keys.
    pub(super) fn principal(&self) -> String {
        format!("assumed-{}/{}", self.name, self.session_name)
    }

    /// The role, if it is there.
    pub(super) async fn find(&self, service: &Service) -> Result<Option<Principal>, Failure> {
        let read = async {
            let mut conn = service.store().reader().await?;
            principal::find(&mut conn, &self.account, &self.name).await
        };
        read.await.map_err(|error| fault(&error))
    }

    /// As STS answers.
    pub(super) fn told(&self) -> Value {
        let (account, principal) = (&self.account, self.principal());
        let arn = format!("arn:aws:sts::{account}:{principal}");
        let id = principal.trim_start_matches("assumed-role/").replace('/', ":");
        json!({ "Arn": arn, "AssumedRoleId": id })
    }
}

pub(super) async fn run(service: &Service, caller: &Caller, rights: &Rights, form: &Form) -> Result<Value, Failure> {
    let wanted = Wanted::read(form)?;
    if caller.principal == "root" {
        let message = "Roles may not be assumed by root accounts.";
        return Err(Failure::protocol("AccessDeniedException", 400, message));
    }
    let role = wanted.find(service).await?;
    permit((caller, rights), &wanted, form, role.as_ref())?;
    let role = role.ok_or_else(|| denied(caller, &wanted.arn, Reason::Implicit(Source::Identity)))?;
    let chained = caller.principal.starts_with("assumed-role/");
    let most = role.max_session.unwrap_or(CHAINED);
    let seconds = duration(form, 3600, 900, if chained { most.min(CHAINED) } else { most })?;
    let session = Session {
        policies: session_policies(form)?,
        tags: tags(form)?,
        mfa_at: session_of(service, &caller.access_key_id).await?.mfa_at,
    };
    let made = mint(service, &wanted.account, &wanted.principal(), &session, seconds).await?;
    Ok(json!({ "Credentials": made.told(), "AssumedRoleUser": wanted.told() }))
}

/// The caller's own policies and the role's document. In one account a document that names the caller itself is enough;
/// everywhere else both must allow, and either may deny.
fn permit(
    (caller, rights): (&Caller, &Rights),
    wanted: &Wanted,
    form: &Form,
    role: Option<&Principal>,
) -> Result<(), Failure> {
    let action = "sts:AssumeRole";
    let mut context = rights.context.clone();
    let mut put = |name: &str, value: &str| context.insert(name.to_owned(), vec![value.to_owned()]);
    put("sts:rolesessionname", &wanted.session_name);
    if let Some(id) = form.get("ExternalId") {
        put("sts:externalid", id);
    }
    let trust = role.and_then(|role| Trust::parse(role.trust.as_deref()?).ok());
    let (arn, account) = (caller.arn(), caller.scope.account.to_string());
    let own_role = named(&caller.principal).filter(|name| name.starts_with("role/"));
    let own_role = own_role.map(|name| format!("arn:aws:iam::{account}:{name}"));
    let asker = Asker::Aws { arn: &arn, account: &account, role: own_role.as_deref() };
    let trusted = trust.map_or(Trusted::No, |trust| trust.lets_in(asker, action, &context));
    let request = Request { action, resource: &wanted.arn, context: &context };
    let own = decide(&rights.authority, &request);
    let direct = trusted == Trusted::Directly && wanted.account == caller.scope.account;
    let free = direct && own == Decision::Deny(Reason::Implicit(Source::Identity));
    let tags = tags(form)?.into_iter().map(|tag| (tag.key, tag.value)).collect();
    let question = Question { free, tags, ..Question::plain(action.to_owned(), wanted.arn.clone()) };
    authorize(caller, &rights.authority, &context, &question)?;
    match trusted {
        Trusted::Directly | Trusted::ByAccount => Ok(()),
        Trusted::No => Err(denied(caller, &wanted.arn, Reason::Implicit(Source::Identity))),
    }
}

/// AWS says no more than this about a role that is not there or does not let the caller in.
fn denied(caller: &Caller, resource: &str, reason: Reason) -> Failure {
    let denial = Denial { principal: &caller.arn(), action: "sts:AssumeRole", resource, reason }.to_string();
    let told = denial.split(" because").next().unwrap_or_default().trim_end().to_owned();
    Failure::protocol("AccessDeniedException", 400, told)
}

/// A document that limits the session further.
pub(super) fn session_policies(form: &Form) -> Result<Vec<String>, Failure> {
    let Some(text) = form.get("Policy") else { return Ok(Vec::new()) };
    Document::parse(text).map_err(|error| Failure::protocol("MalformedPolicyDocument", 400, error.to_string()))?;
    Ok(vec![text.to_owned()])
}

fn tags(form: &Form) -> Result<Vec<Attribute>, Failure> {
    const MOST: usize = 50;
    let wrong = || invalid("there are too many tags, or one is too long");
    let one = |tag: &Value| {
        let text = |name: &str| tag.get(name).and_then(Value::as_str).unwrap_or_default();
        let (key, value) = (text("Key"), text("Value"));
        let fits = (1..=128).contains(&key.len()) && value.len() <= 256;
        fits.then(|| Attribute { key: key.to_owned(), value: value.to_owned() }).ok_or_else(wrong)
    };
    let tags = form.list("Tags");
    if tags.len() > MOST {
        return Err(wrong());
    }
    tags.iter().map(one).collect()
}
