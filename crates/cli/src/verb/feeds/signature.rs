//! Who has compiled a database: every one is signed with the key of its data directory, and one from elsewhere is taken only
//! with the signature of a key that the operator trusts.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, anyhow, ensure};
use inspector_vuln::database::Signature;
use ring::rand::SystemRandom;
use ring::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};

use crate::advisories::FeedsFolder;
use crate::failure::Helpful;

/// The key of a data directory, PKCS #8.
const KEY: &str = "signing-key";
/// Keys that are trusted, one a line, in hexadecimal.
const TRUSTED: &str = "trusted-keys";

/// The file with the signature of the data directory's own key, which is made when there is none.
pub(super) fn sign(file: Vec<u8>, folder: &FeedsFolder) -> Result<Vec<u8>> {
    let pair = own_key(folder)?;
    let key = public(&pair)?;
    let signature = pair.sign(&Signature::message(&file)?);
    let signature = signature.as_ref().try_into().context("a signature has another length")?;
    Ok(Signature { key, signature }.put(file)?)
}

fn own_key(folder: &FeedsFolder) -> Result<Ed25519KeyPair> {
    let path = folder.path().join(KEY);
    let document = match fs::read(&path) {
        Ok(document) => document,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            let made = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).map_err(|_| anyhow!("no random bytes"))?;
            inspector_store::write_private(&path, made.as_ref())?;
            made.as_ref().to_vec()
        }
        Err(error) => return Err(error).with_context(|| format!("cannot read `{}`", path.display())),
    };
    Ed25519KeyPair::from_pkcs8(&document).map_err(|error| anyhow!("`{}` is no key: {error}", path.display()))
}

fn public(pair: &Ed25519KeyPair) -> Result<[u8; 32]> {
    pair.public_key().as_ref().try_into().context("a key has another length")
}

/// Refuses a file unless the signature is right and the key that has signed it is the directory's own or a trusted one.
pub(super) fn check(file: &[u8], folder: &FeedsFolder) -> Result<()> {
    let signature = Signature::of(file)?.context("it is not signed")?;
    let message = Signature::message(file)?;
    let right = UnparsedPublicKey::new(&ED25519, signature.key).verify(&message, &signature.signature);
    right.map_err(|_| anyhow!("its signature does not fit"))?;
    let key = hex::encode(signature.key);
    let known = own_key(folder).and_then(|pair| public(&pair)).is_ok_and(|own| own == signature.key);
    let help = "ask who has compiled it for the key, then `inspector feeds import --trust KEY <PATH>`";
    ensure!(
        known || trusted(folder)?.contains(&key),
        Helpful::new(format!("it is signed by the unknown key {key}"), help)
    );
    Ok(())
}

/// The keys that are trusted.
fn trusted(folder: &FeedsFolder) -> Result<Vec<String>> {
    match fs::read_to_string(folder.path().join(TRUSTED)) {
        Ok(text) => Ok(text.lines().map(|line| line.trim().to_owned()).collect()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(error).context("cannot read the trusted keys"),
    }
}

/// Trusts a key from now on.
pub(super) fn trust(key: &str, folder: &FeedsFolder) -> Result<()> {
    let bytes = hex::decode(key).ok().filter(|bytes| bytes.len() == 32);
    let key = hex::encode(bytes.with_context(|| format!("`{key}` is no key: 64 hexadecimal digits"))?);
    let mut keys = trusted(folder)?;
    if !keys.contains(&key) {
        keys.push(key);
        crate::output::replace(&folder.path().join(TRUSTED), (keys.join("\n") + "\n").as_bytes())?;
    }
    Ok(())
}

/// The key of a database file, for people; `None` where it is not signed or cannot be read.
pub(super) fn key_of(database: &Path) -> Option<String> {
    let signature = Signature::of(&fs::read(database).ok()?).ok().flatten()?;
    Some(hex::encode(signature.key))
}
