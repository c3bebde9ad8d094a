//! `inspector serve`: the service.

use std::io::IsTerminal;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context, Result};
use clap::Args;
use inspector_api::Sensitive;
use inspector_model::arn::AccountId;
use inspector_server::http::{Limits, Rate};
use inspector_server::{AgentSettings, Loaders, OidcSettings, Quotas, Ready, ServeOptions, Settings};
use tracing_subscriber::EnvFilter;

use crate::advisories::{self, DataDirectory};
use crate::benchmarks::BenchmarksFolder;
use crate::exit::Exit;
use crate::failure::Helpful;
use crate::verb::feeds;
use crate::{live, output};

/// Run the service: the API, the console and the agents' listener over one data directory
///
/// At the first start an access key is made and written to `credentials` in the data directory. SIGINT and SIGTERM end
/// the service once the requests at work are answered; assessment runs go on at the next start.
#[derive(Args)]
pub(crate) struct Serve {
    #[command(flatten)]
    data: DataDirectory,
    /// Address of the API and the console
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8008", env = "INSPECTOR_LISTEN")]
    listen: SocketAddr,
    /// Let --listen be an address that others reach, although what they send can be read on the way
    #[arg(long)]
    allow_plain_http: bool,
    /// Address of the agents' listener (mutual TLS)
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8009", env = "INSPECTOR_AGENT_LISTEN")]
    agent_listen: SocketAddr,
    /// A name by which agents reach --agent-listen; repeatable
    #[arg(long, value_name = "NAME", default_value = "localhost")]
    agent_name: Vec<String>,
    /// URL by which others reach the API, for the links that it gives; --listen unless given
    #[arg(long, value_name = "URL", env = "INSPECTOR_PUBLIC_URL")]
    public_url: Option<String>,
    /// URL by which agents reach --agent-listen
    #[arg(long, value_name = "URL", env = "INSPECTOR_AGENT_URL")]
    agent_url: Option<String>,
    /// How long an agent's client certificate is valid; it is renewed when two thirds of that are over
    #[arg(long, value_name = "SECONDS", default_value_t = AgentSettings::default().certificate_seconds,
          value_parser = clap::value_parser!(u32).range(3..=31_536_000))]
    agent_certificate_seconds: u32,
    /// How long an agent's check-in is held while there is nothing to do; less than a proxy on the way lets a connection idle
    #[arg(long, value_name = "SECONDS", default_value_t = AgentSettings::default().poll_seconds,
          value_parser = clap::value_parser!(u32).range(1..=i64::from(AgentSettings::POLL_SECONDS)))]
    agent_poll_seconds: u32,
    /// Folder with the agent's packages for new hosts, as `make agent-packages` names them; agent-packages in the data
    /// directory unless given
    #[arg(long, value_name = "DIR", env = "INSPECTOR_AGENT_PACKAGES")]
    agent_packages: Option<PathBuf>,
    /// A quota of each account and Region; repeatable: instances (in running assessments), resource-groups, runs,
    /// targets, templates, topics (of one template)
    #[arg(long = "quota", value_name = "NAME=NUMBER")]
    quotas: Vec<String>,
    /// Requests of the API that are at work at once; more are told to come back
    #[arg(long, value_name = "NUMBER", default_value_t = Limits::default().requests)]
    max_requests: usize,
    /// Requests per second of one access key, in the long run; 0 for no limit
    #[arg(long, value_name = "NUMBER", default_value_t = Rate::default().per_second)]
    rate_limit: u32,
    /// Requests of one access key at once, after a rest
    #[arg(long, value_name = "NUMBER", default_value_t = Rate::default().burst)]
    rate_burst: u32,
    /// Believe the X-Forwarded-For and X-Forwarded-Proto of the proxy in front; without one, callers could forge them
    #[arg(long)]
    trust_forwarded: bool,
    /// File with the key that seals secrets, 64 hexadecimal digits, instead of one in the data directory;
    /// INSPECTOR_SEALING_KEY may hold the digits themselves
    #[arg(long, value_name = "FILE", env = "INSPECTOR_SEALING_KEY_FILE")]
    sealing_key_file: Option<PathBuf>,
    /// Issuer of an identity provider (OpenID Connect) whose people may come in
    #[arg(long, value_name = "URL", requires = "oidc_client_id")]
    oidc_issuer: Option<String>,
    /// Id of this service with the identity provider
    #[arg(long, value_name = "ID", requires = "oidc_issuer")]
    oidc_client_id: Option<String>,
    /// File with the secret of this service with the identity provider, if it wants one
    #[arg(long, value_name = "FILE", requires = "oidc_issuer")]
    oidc_client_secret_file: Option<PathBuf>,
    /// Role for people who sign in to the console at /signin/oidc; its trust policy must name the provider
    #[arg(long, value_name = "ARN", requires = "oidc_issuer")]
    oidc_role: Option<String>,
    /// Refuse to start a run while another one holds one of its instances, as the original did
    #[arg(long)]
    strict_classic: bool,
    /// Publish assessment events to the SNS topics that subscribed to them, with the AWS credentials of the environment
    #[arg(long, env = "INSPECTOR_PUBLISH_EVENTS")]
    publish_events: bool,
    /// Never fetch feeds; they are fetched once a day otherwise
    #[arg(long)]
    no_feed_sync: bool,
    /// Fetch feeds from this mirror instead of their publishers, see `inspector feeds sync --mirror`
    #[arg(long, value_name = "URL", env = "INSPECTOR_FEED_MIRROR")]
    feed_mirror: Option<String>,
    /// Account of the access key that the first start makes
    #[arg(long, value_name = "ID", default_value = "000000000000")]
    account: AccountId,
}

impl Serve {
    fn settings(&self) -> Result<Settings> {
        let mut quotas = Quotas::default();
        for text in &self.quotas {
            quotas.set(text)?;
        }
        let limits = Limits {
            requests: self.max_requests,
            rate: Rate { per_second: self.rate_limit, burst: self.rate_burst },
            forwarded: self.trust_forwarded,
            ..Limits::default()
        };
        let agents = AgentSettings {
            certificate_seconds: self.agent_certificate_seconds,
            poll_seconds: self.agent_poll_seconds,
            packages: self.agent_packages.clone().unwrap_or_else(|| self.data.data_dir.join("agent-packages")),
        };
        Ok(Settings { quotas, limits, strict_classic: self.strict_classic, oidc: self.oidc()?, agents })
    }

    fn sealing_key(&self) -> Result<Option<[u8; 32]>> {
        let (text, place) = match &self.sealing_key_file {
            Some(path) => {
                let text = std::fs::read_to_string(path);
                let place = format!("`{}`", path.display());
                (text.with_context(|| format!("cannot read {place}"))?, place)
            }
            None => match std::env::var("INSPECTOR_SEALING_KEY") {
                Ok(text) => (text, "INSPECTOR_SEALING_KEY".to_owned()),
                Err(_) => return Ok(None),
            },
        };
        let key = hex::decode(text.trim()).ok().and_then(|bytes| bytes.try_into().ok());
        Ok(Some(key.with_context(|| format!("{place} does not hold a key: 64 hexadecimal digits"))?))
    }

    fn oidc(&self) -> Result<Option<OidcSettings>> {
        let (Some(issuer), Some(client_id)) = (self.oidc_issuer.clone(), self.oidc_client_id.clone()) else {
            return Ok(None);
        };
        let read = |path: &PathBuf| {
            let text = std::fs::read_to_string(path).with_context(|| format!("cannot read `{}`", path.display()))?;
            anyhow::Ok(Sensitive::new(text.trim()))
        };
        let client_secret = self.oidc_client_secret_file.as_ref().map(read).transpose()?;
        let settings = OidcSettings { issuer, client_id, client_secret, role: self.oidc_role.clone() };
        settings.check().map_err(|why| anyhow::anyhow!(why))?;
        Ok(Some(settings))
    }

    /// Serves until it is told to stop.
    pub(crate) fn run(self) -> Result<Exit> {
        if !self.listen.ip().is_loopback() && !self.allow_plain_http {
            let what = format!("`{}` can be reached by others and the API is served without TLS", self.listen);
            let help = "put a TLS proxy in front of a loopback address, or say --allow-plain-http";
            anyhow::bail!(Helpful::new(what, help));
        }
        let (settings, sealing_key) = (self.settings()?, self.sealing_key()?);
        log_to_stderr();
        let [data_dir, failures_dir] = [(); 2].map(|()| self.data.data_dir.clone());
        let benchmarks = BenchmarksFolder::of(&self.data.data_dir);
        let (failed, failed_fetches) = tokio::sync::mpsc::unbounded_channel();
        let options = ServeOptions {
            data_dir: self.data.data_dir,
            listen: self.listen,
            agent_listen: self.agent_listen,
            agent_names: self.agent_name,
            public_url: self.public_url,
            agent_url: self.agent_url,
            account: self.account,
            sealing_key,
            settings,
            publish: self.publish_events.then(publishing).transpose()?,
            loaders: Loaders {
                advisories: Arc::new(move || advisories::load(None, &data_dir).map_err(|error| format!("{error:#}"))),
                benchmarks: Arc::new(move || benchmarks.load().map_err(|error| format!("{error:#}"))),
                feed_failures: Arc::new(move || feeds::daily::failures(&failures_dir)),
            },
            failed_fetches,
        };
        if !self.no_feed_sync {
            feeds::daily::start(options.data_dir.clone(), self.feed_mirror, failed)
                .context("cannot start the sync of feeds")?;
        }
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
        let runtime = runtime.context("cannot start the runtime")?;
        let served = runtime.block_on(inspector_server::serve(options, announce));
        // An evaluation that is still at work is taken up again at the next start.
        runtime.shutdown_background();
        match served {
            Ok(()) => Ok(Exit::Clean),
            Err(error) => match error.help() {
                Some(help) => Err(anyhow::anyhow!(Helpful::new(error.to_string(), help))),
                None => Err(error.into()),
            },
        }
    }
}

fn publishing() -> Result<inspector_aws::Settings> {
    Ok(inspector_aws::Settings { certificates: live::certificates()?, ..inspector_aws::Settings::default() })
}

fn announce(ready: &Ready) {
    if let Some(path) = &ready.new_key {
        output::complain(&format!("access key     {} (made now)", path.display()));
    }
    output::complain(&format!("API            http://{}", ready.addresses.api));
    output::complain(&format!("agents         https://{}", ready.addresses.agents));
}

/// `INSPECTOR_LOG` filters, for example `warn` or `inspector_server=debug`.
fn log_to_stderr() {
    let filter = EnvFilter::builder().with_env_var("INSPECTOR_LOG");
    let filter = filter.with_default_directive(tracing::level_filters::LevelFilter::INFO.into()).from_env_lossy();
    let colour = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_ansi(colour).init();
}
