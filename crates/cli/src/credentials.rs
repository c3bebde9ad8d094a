//! Access keys from where every AWS tool looks for them: the environment, then the shared credentials file.
//!
//! Forms: AWS, "Configuration and credential file settings"; only static keys are read.

use std::path::PathBuf;

use anyhow::{Context, Result};
use inspector_api::Sensitive;
use inspector_api::sign::Credentials;

use crate::failure::Helpful;

/// The keys that the environment names; `profile` picks a section of the file.
pub(crate) fn find(profile: Option<&str>) -> Result<Credentials> {
    let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    if profile.is_none()
        && let (Some(id), Some(secret)) = (variable("AWS_ACCESS_KEY_ID"), variable("AWS_SECRET_ACCESS_KEY"))
    {
        return Ok(credentials(id, &secret, variable("AWS_SESSION_TOKEN").as_deref()));
    }
    let home = || variable("HOME").map(|home| PathBuf::from(home).join(".aws/credentials"));
    let path = variable("AWS_SHARED_CREDENTIALS_FILE").map(PathBuf::from).or_else(home);
    let help = "export AWS_SHARED_CREDENTIALS_FILE=inspector-data/credentials";
    let path = path.context(Helpful::new("no access key: neither the environment nor a file names one", help))?;
    let text = std::fs::read_to_string(&path)
        .with_context(|| Helpful::new(format!("no access key: cannot read `{}`", path.display()), help))?;
    let profile =
        profile.map(str::to_owned).or_else(|| variable("AWS_PROFILE")).unwrap_or_else(|| "default".to_owned());
    from_file(&text, &profile)
        .with_context(|| Helpful::new(format!("no access key for profile `{profile}` in `{}`", path.display()), help))
}

fn credentials(access_key_id: String, secret: &str, token: Option<&str>) -> Credentials {
    let (secret_access_key, session_token) = (Sensitive::new(secret), token.map(Sensitive::new));
    Credentials { access_key_id, secret_access_key, session_token }
}

/// The keys of one section.
fn from_file(text: &str, profile: &str) -> Option<Credentials> {
    let heading = |line: &str| Some(line.strip_prefix('[')?.strip_suffix(']')?.trim().to_owned());
    let lines = text.lines().map(str::trim).filter(|line| !line.starts_with(['#', ';']));
    let section: Vec<(&str, &str)> = lines
        .skip_while(|line| heading(line).is_none_or(|name| name != profile))
        .skip(1)
        .take_while(|line| heading(line).is_none())
        .filter_map(|line| line.split_once('='))
        .map(|(key, value)| (key.trim(), value.trim()))
        .collect();
    let value = |name: &str| section.iter().find(|(key, _)| *key == name).map(|(_, value)| *value);
    Some(credentials(
        value("aws_access_key_id")?.to_owned(),
        value("aws_secret_access_key")?,
        value("aws_session_token"),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "# written by hand\n[default]\naws_access_key_id = AKIDDEFAULT\naws_secret_access_key=a=b+c/\n\n\
                        [ audit ]\n; temporary\naws_access_key_id=ASIDAUDIT\naws_secret_access_key = s\n\
                        aws_session_token = t\n[empty]\nregion = us-east-1\n";

    #[test]
    fn a_profile_is_read_from_its_own_section() {
        assert_eq!(from_file(FILE, "default"), Some(credentials("AKIDDEFAULT".to_owned(), "a=b+c/", None)));
        assert_eq!(from_file(FILE, "audit"), Some(credentials("ASIDAUDIT".to_owned(), "s", Some("t"))));
    }

    #[test]
    fn a_profile_without_keys_has_no_credentials() {
        assert_eq!(from_file(FILE, "empty"), None);
        assert_eq!(from_file(FILE, "nobody"), None);
        assert_eq!(from_file("", "default"), None);
    }
}
