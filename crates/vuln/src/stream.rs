//! Streams: where one package name stands for several lines of versions in one release, such as the modules of
//! Enterprise Linux 8 or the kernels of Amazon Linux 2. A version says nothing about the fix of another stream, so
//! advisories of a stream go under a name of their own, `package@stream`.

use std::borrow::Cow;

use inspector_model::host::Package;

use crate::advisory::State;
use crate::release::{Naming, Release};

/// The name under which advisories about `package` in `stream` are kept. No package has an `@` in its name.
pub(crate) fn name(package: &str, stream: &str) -> String {
    format!("{package}@{stream}")
}

/// Package and stream of a name under which advisories are kept.
pub fn parts(name: &str) -> (&str, Option<&str>) {
    name.split_once('@').map_or((name, None), |(package, stream)| (package, Some(stream)))
}

/// The stream of a statement whose feed hides it.
pub(crate) const UNKNOWN: &str = "?";

/// The name under which a statement of an errata document is kept: by the module that it names, or by the flavour of what
/// it is fixed in.
pub(crate) fn of_statement(release: &Release, package: &str, module: Option<&str>, state: &State) -> String {
    let fixed = match state {
        State::Fixed(version) | State::LastAffected(version) => version.as_str(),
        State::NotAffected | State::Undetermined | State::Open => "",
    };
    match module.or_else(|| flavour(release, fixed)) {
        Some(stream) => name(package, stream),
        None => package.to_owned(),
    }
}

/// Oracle builds some packages once more, for FIPS or for patching while they run; a fix of one says nothing about the
/// others.
fn flavour(release: &Release, version: &str) -> Option<&'static str> {
    let flavours = [("_fips", "fips"), (".ksplice", "ksplice")];
    let of = flavours.into_iter().find(|(mark, _)| version.contains(mark));
    of.filter(|_| release.is_oracle()).map(|(_, flavour)| flavour)
}

/// Whether an rpm version belongs to a module: its release says `.module`.
pub(crate) fn is_modular(version: &str) -> bool {
    version.contains(".module")
}

/// The line of an Amazon Linux 2 extra that a version belongs to: `5.15` of a kernel, else the major version.
pub(crate) fn extra(package: &str, version: &str) -> Option<String> {
    let version = version.split_once(':').map_or(version, |(_, version)| version);
    let mut parts = version.split(['.', '-']);
    let major = parts.next().filter(|part| !part.is_empty())?;
    Some(if is_parallel(package) { format!("{major}.{}", parts.next()?) } else { major.to_owned() })
}

/// Whether the package is of a kernel, whose lines are maintained side by side, each with advisories of its own.
fn is_parallel(package: &str) -> bool {
    ["kernel", "perf", "bpftool", "python-perf"].iter().any(|it| package.starts_with(it))
}

/// The name under which all advisories of extras about `package` are kept once more, whatever their line; `None` where
/// lines say nothing about each other. Which extra a host uses is not known, and an extra moves on to the next major
/// version, so that a fix of another line may be the only word about the installed one.
pub(crate) fn any_extra(package: &str) -> Option<String> {
    (!is_parallel(package)).then(|| name(package, "*"))
}

/// Whether a fixed version is of the same line as an installed package.
pub(crate) fn same_extra(installed: &Package, fixed: &str) -> bool {
    extra(&installed.name, &installed.version) == extra(&installed.name, fixed)
}

/// Up to two names.
pub(crate) type Names<'a> = [Option<Cow<'a, str>>; 2];

/// The names under which advisories of `release` may speak of an installed package that they call `package`; `Err`
/// with the reason where nobody knows its stream.
pub(crate) fn names<'a>(release: &Release, package: Cow<'a, str>, installed: &Package) -> Result<Names<'a>, String> {
    if let Some(label) = &installed.module {
        let stream = module_stream(label).ok_or_else(|| format!("its module label `{label}` names no stream"))?;
        // An advisory that hides its stream may mean this one.
        return Ok([stream.as_str(), UNKNOWN].map(|stream| Some(Cow::Owned(name(&package, stream)))));
    }
    if release.naming == Naming::Binary && is_modular(&installed.version) {
        return Err("it belongs to a module, and nothing says which stream is installed".to_owned());
    }
    if let Some(flavour) = flavour(release, &installed.version) {
        return Ok([Some(Cow::Owned(name(&package, flavour))), None]);
    }
    let stream = if release.has_extras() { extra(&installed.name, &installed.version) } else { None };
    let in_stream = stream.map(|stream| Cow::Owned(name(&package, &stream)));
    Ok([Some(package), in_stream])
}

/// `nodejs:18` of the label `nodejs:18:8060020220101:abc`.
fn module_stream(label: &str) -> Option<String> {
    let mut parts = label.split(':');
    let (module, stream) = (parts.next()?, parts.next()?);
    (!module.is_empty() && !stream.is_empty()).then(|| format!("{module}:{stream}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kernels_have_a_stream_per_minor_version_and_others_per_major_version() {
        for (package, version, wanted) in [
            ("kernel", "5.15.43-20.123.amzn2", Some("5.15")),
            ("kernel-headers", "0:4.14.355-271.567.amzn2", Some("4.14")),
            ("php-cli", "1:8.2.9-1.amzn2", Some("8")),
            ("docker", "", None),
            ("kernel", "5", None),
        ] {
            assert_eq!(extra(package, version).as_deref(), wanted, "{package} {version}");
        }
    }

    #[test]
    fn a_flavour_of_oracle_keeps_to_itself() {
        let (oracle, rhel) = (Release::by_key("oracle:8").unwrap(), Release::by_key("rhel:8").unwrap());
        for (release, version, wanted) in [
            (oracle, "10:1.1.1k-7.el8_6_fips", Some("fips")),
            (oracle, "2:1.1.1g-15.ksplice1.el8_3", Some("ksplice")),
            (oracle, "1:1.1.1k-7.el8_6", None),
            (rhel, "10:1.1.1k-7.el8_6_fips", None),
        ] {
            assert_eq!(flavour(release, version), wanted, "{version}");
        }
    }

    #[test]
    fn a_label_leads_to_module_and_stream_or_to_none() {
        for (label, wanted) in [
            ("nodejs:18:8060020220101:abc", Some("nodejs:18")),
            ("container-tools:rhel8", Some("container-tools:rhel8")),
            ("nodejs", None),
            ("nodejs::8060020220101:abc", None),
            (":18:8060020220101:abc", None),
        ] {
            assert_eq!(module_stream(label).as_deref(), wanted, "{label}");
        }
    }

    #[test]
    fn a_module_is_known_by_its_release() {
        assert!(is_modular("1:10.24.0-1.module_el8.3.0+2047+b07ac28e"));
        assert!(is_modular("1.4-2.module+el8.5.0+1+a"));
        assert!(!is_modular("1.0.6-2.el8_4"));
    }
}
