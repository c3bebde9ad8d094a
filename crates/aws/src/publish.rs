//! Publishes to topics of Amazon SNS, with the caller's own credentials.

use serde_json::{Map, Value};

use crate::Settings;
use crate::client::Client;
use crate::failure::Failure;
use crate::generated::sns;
use crate::session::{self, SessionError};

/// Publishes. Credentials are looked for when they are first needed.
#[derive(Debug, Clone)]
pub struct Publisher(Client);

impl Publisher {
    /// A publisher; Regions are those of the topics.
    ///
    /// # Errors
    ///
    /// When no place names credentials.
    pub async fn new(settings: &Settings) -> Result<Self, SessionError> {
        Ok(Self(session::caller(settings).await?))
    }

    /// Publishes `message` to the topic of this ARN, in the topic's Region.
    ///
    /// # Errors
    ///
    /// When SNS does not take it.
    pub async fn publish(&self, topic: &str, message: &str) -> Result<(), Failure> {
        // arn:aws:sns:REGION:ACCOUNT:NAME
        let region = topic.split(':').nth(3).unwrap_or_default().to_owned();
        let client = Client { region, ..self.0.clone() };
        let pairs = [("TopicArn", topic), ("Message", message)];
        let input: Map<String, Value> =
            pairs.into_iter().map(|(name, value)| (name.to_owned(), Value::from(value))).collect();
        client.call(&sns::PUBLISH, &input).await.map(drop)
    }
}
