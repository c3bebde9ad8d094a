//! Streams: where one package name stands for several lines of versions in one release, such as the modules of
//! Enterprise Linux 8 or the kernels of Amazon Linux 2. A version says nothing about the fix of another stream, so
//! advisories of a stream go under a name of their own, `package@stream`.

use inspector_model::host::Package;

use crate::release::Release;

/// The name under which advisories about `package` in `stream` are kept. No package has an `@` in its name.
pub(crate) fn name(package: &str, stream: &str) -> String {
    format!("{package}@{stream}")
}

/// The stream of a statement whose feed hides it.
pub(crate) const UNKNOWN: &str = "?";

/// Whether an rpm version belongs to a module: its release says `.module`.
pub(crate) fn is_modular(version: &str) -> bool {
    version.contains(".module")
}

/// The line of an Amazon Linux 2 extra that a version belongs to: `5.15` of a kernel, else the major version.
pub(crate) fn extra(package: &str, version: &str) -> Option<String> {
    let version = version.split_once(':').map_or(version, |(_, version)| version);
    let mut parts = version.split(['.', '-']);
    let major = parts.next().filter(|part| !part.is_empty())?;
    let parallel = ["kernel", "perf", "bpftool", "python-perf"].iter().any(|it| package.starts_with(it));
    Some(if parallel { format!("{major}.{}", parts.next()?) } else { major.to_owned() })
}

/// The further name under which advisories of `release` may speak of an installed package.
pub(crate) fn of_installed(release: &Release, package: &Package) -> Option<String> {
    let stream = if release.key == "amazon:2" { extra(&package.name, &package.version) } else { None }?;
    Some(name(&package.name, &stream))
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
    fn a_module_is_known_by_its_release() {
        assert!(is_modular("1:10.24.0-1.module_el8.3.0+2047+b07ac28e"));
        assert!(is_modular("1.4-2.module+el8.5.0+1+a"));
        assert!(!is_modular("1.0.6-2.el8_4"));
    }
}
