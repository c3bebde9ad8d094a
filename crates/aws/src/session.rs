//! Who asks: the credentials that every AWS tool finds, and the roles that are assumed with them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use aws_config::sts::AssumeRoleProvider;
use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_credential_types::provider::SharedCredentialsProvider;
use inspector_model::arn::AccountId;
use serde_json::{Map, Value};
use tokio::sync::Semaphore;

use crate::client::{Client, Keys, Patience};
use crate::endpoint::Endpoints;
use crate::failure::Failure;
use crate::generated::{calls, sns, sts};
use crate::table::Service;
use crate::transport;

/// The name of our sessions in the CloudTrail of who is read.
const SESSION_NAME: &str = "OpenInspector";

/// What to read, as whom, and how patiently.
#[derive(Debug, Clone)]
pub struct Settings {
    /// A profile of the AWS configuration files; the usual chain of places otherwise.
    pub profile: Option<String>,
    /// Regions to read; that of the profile or the environment where there is none.
    pub regions: Vec<String>,
    /// ARNs of roles to assume, one for each account; the caller's own account where there is none.
    pub roles: Vec<String>,
    /// What the trust of the roles asks for.
    pub external_id: Option<String>,
    /// One endpoint for every service.
    pub endpoint_url: Option<String>,
    /// Certificates to trust instead of the system's, in PEM.
    pub certificates: Option<Vec<u8>>,
    /// Requests that may be under way at once.
    pub parallel: usize,
    /// How patiently.
    pub patience: Patience,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            profile: None,
            regions: Vec::new(),
            roles: Vec::new(),
            external_id: None,
            endpoint_url: None,
            certificates: None,
            parallel: 10,
            patience: Patience::default(),
        }
    }
}

/// Nothing can be read at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SessionError {
    /// Nobody said where.
    #[error("no Region: neither the command line, the environment nor the profile names one")]
    NoRegion,
    /// The certificates that are to be trusted.
    #[error("cannot use the certificates of `AWS_CA_BUNDLE`: {0}")]
    Certificates(String),
    /// There are no credentials, or they are not valid.
    #[error("cannot tell who asks: {0}")]
    NoIdentity(Failure),
    /// Roles that cannot be assumed. No account is read then: the picture would have a hole.
    #[error("cannot read as {}", .0.iter().map(|(role, why)| format!("`{role}`: {why}")).collect::<Vec<_>>().join("; "))]
    Roles(Vec<(String, Failure)>),
    /// Two roles lead to the same account.
    #[error("`{role}` leads to account {account}, which another role leads to already")]
    SameAccount {
        /// The second role.
        role: String,
        /// Where it leads.
        account: AccountId,
    },
}

/// One account in one Region, ready to be asked.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    pub(crate) account: AccountId,
    pub(crate) client: Client,
}

/// Every account in every Region that the settings name. Each role is really assumed here.
pub(crate) async fn places(settings: &Settings) -> Result<Vec<Place>, SessionError> {
    let config = config(settings).await?;
    let mut regions: Vec<String> = settings.regions.clone();
    if regions.is_empty() {
        regions.extend(config.region().map(ToString::to_string));
    }
    let regions: BTreeSet<String> = regions.into_iter().collect();
    let first = regions.first().ok_or(SessionError::NoRegion)?;
    let config = config.to_builder().region(Region::new(first.clone())).build();
    let template = of_caller(settings, &config, first.clone())?;
    let mut accounts = Vec::new();
    if settings.roles.is_empty() {
        let account = account(&template).await.map_err(SessionError::NoIdentity)?;
        accounts.push((account, template));
    } else {
        accounts = assumed(settings, &config, &template).await?;
    }
    let of_regions = |(account, client): (AccountId, Client)| {
        let place = move |region: &String| Place {
            account: account.clone(),
            client: Client { region: region.clone(), ..client.clone() },
        };
        regions.iter().map(place).collect::<Vec<_>>()
    };
    Ok(accounts.into_iter().flat_map(of_regions).collect())
}

/// A client that asks as the caller, in whatever Region is set on it.
pub(crate) async fn caller(settings: &Settings) -> Result<Client, SessionError> {
    of_caller(settings, &config(settings).await?, String::new())
}

fn of_caller(settings: &Settings, config: &SdkConfig, region: String) -> Result<Client, SessionError> {
    let nobody = || SessionError::NoIdentity(Failure::NoCredentials("no place names any".to_owned()));
    Ok(Client {
        http: transport::connector(settings),
        keys: Arc::new(Keys::new(config.credentials_provider().ok_or_else(nobody)?)),
        region,
        endpoints: endpoints(config),
        patience: settings.patience,
        slots: Arc::new(Semaphore::new(settings.parallel.max(1))),
    })
}

async fn assumed(
    settings: &Settings,
    config: &SdkConfig,
    template: &Client,
) -> Result<Vec<(AccountId, Client)>, SessionError> {
    let mut accounts: Vec<(AccountId, Client)> = Vec::new();
    let mut refused = Vec::new();
    for role in &settings.roles {
        let mut provider = AssumeRoleProvider::builder(role).session_name(SESSION_NAME).configure(config);
        if let Some(id) = &settings.external_id {
            provider = provider.external_id(id);
        }
        let keys = Arc::new(Keys::new(SharedCredentialsProvider::new(provider.build().await)));
        let client = Client { keys, ..template.clone() };
        match account(&client).await {
            Ok(account) if accounts.iter().any(|(known, _)| *known == account) => {
                return Err(SessionError::SameAccount { role: role.clone(), account });
            }
            Ok(account) => accounts.push((account, client)),
            Err(failure) => refused.push((role.clone(), failure)),
        }
    }
    if refused.is_empty() { Ok(accounts) } else { Err(SessionError::Roles(refused)) }
}

async fn config(settings: &Settings) -> Result<SdkConfig, SessionError> {
    if let Some(pem) = &settings.certificates {
        transport::check(pem).map_err(SessionError::Certificates)?;
    }
    let mut loader = aws_config::defaults(BehaviorVersion::latest()).http_client(transport::client(settings));
    if let Some(profile) = &settings.profile {
        loader = loader.profile_name(profile);
    }
    if let Some(url) = &settings.endpoint_url {
        loader = loader.endpoint_url(url);
    }
    Ok(loader.load().await)
}

/// What the configuration says about endpoints, for all services and for single ones.
fn endpoints(config: &SdkConfig) -> Endpoints {
    let mut of_service = BTreeMap::new();
    let services = calls::CALLS.iter().map(|call| call.operation.service).chain([&sns::SERVICE, &sts::SERVICE]);
    for service in services {
        if let Some(url) = endpoint_of(config, service) {
            of_service.insert(service.name, url);
        }
    }
    let everywhere = config.endpoint_url().map(str::to_owned);
    Endpoints { everywhere, of_service, fips: config.use_fips() == Some(true) }
}

/// `AWS_ENDPOINT_URL_<SERVICE>`, or the same in the `services` section of the profile.
fn endpoint_of(config: &SdkConfig, service: &Service) -> Option<String> {
    let key = aws_types::service_config::ServiceConfigKey::builder();
    let key = key.service_id(service.id).env("AWS_ENDPOINT_URL").profile("endpoint_url").build().ok()?;
    config.service_config()?.load_config(key)
}

/// The account that the credentials belong to.
async fn account(client: &Client) -> Result<AccountId, Failure> {
    let answer = client.call(&sts::GET_CALLER_IDENTITY, &Map::new()).await?;
    let account = answer.get("Account").and_then(Value::as_str).unwrap_or_default();
    account.parse().map_err(|_| Failure::Malformed {
        action: sts::GET_CALLER_IDENTITY.action(),
        why: format!("`{}` is no account", crate::answer::cut(account)),
    })
}
