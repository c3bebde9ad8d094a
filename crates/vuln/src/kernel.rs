//! Kernels: several stay installed side by side, and only the running one and the newest one matter.

use std::borrow::Cow;

use inspector_model::host::{Inventory, Package};

use crate::matcher::compared;
use crate::release::{Naming, Release};

/// A newer kernel is installed than the one that runs. Positions rise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// Packages of the running kernel; after a reboot they do not matter any more.
    pub running: Vec<usize>,
    /// The newest kernels, one of which runs after a reboot.
    pub newest: Vec<usize>,
}

/// The installed kernels of a host, as far as it is known which of them runs.
pub(crate) struct Kernels<'a> {
    release: &'a Release,
    inventory: &'a Inventory,
    /// The version of every installed kernel.
    versions: Vec<&'a str>,
    running: &'a str,
    newest: &'a str,
}

impl<'a> Kernels<'a> {
    /// `None` where it is unknown which kernel runs, or no installed package is the running kernel.
    pub(crate) fn of(release: &'a Release, inventory: &'a Inventory, running: Option<&str>) -> Option<Self> {
        let running = running?;
        let images: Vec<_> = inventory
            .packages
            .iter()
            .filter_map(|package| {
                let runs = image_release(release, package)? == running;
                let version = compared(release, package).1;
                Some((release.order.key(version).ok()?, version, runs))
            })
            .collect();
        let newest = images.iter().max().map(|(_, version, _)| *version)?;
        let running = images.iter().find(|(_, _, runs)| *runs).map(|(_, version, _)| *version)?;
        let versions = images.into_iter().map(|(_, version, _)| version).collect();
        Some(Self { release, inventory, versions, running, newest })
    }

    /// Positions, rising, of kernel packages that belong neither to the running kernel nor to the newest installed one.
    pub(crate) fn set_aside(&self) -> Vec<usize> {
        let old = |version| version != self.running && version != self.newest && self.versions.contains(&version);
        self.positions(|package| self.belongs(package, old))
    }

    /// The running and the newest kernel, where they are two.
    pub(crate) fn waiting(&self) -> Option<Waiting> {
        (self.running != self.newest).then(|| Waiting {
            running: self.positions(|package| self.belongs(package, |version| version == self.running)),
            newest: self.positions(|package| {
                let is_image = image_release(self.release, package).is_some();
                is_image && self.belongs(package, |version| version == self.newest)
            }),
        })
    }

    fn belongs(&self, package: &'a Package, wanted: impl Fn(&'a str) -> bool) -> bool {
        let (name, version) = compared(self.release, package);
        is_kernel(self.release, &name) && wanted(version)
    }

    fn positions(&self, wanted: impl Fn(&'a Package) -> bool) -> Vec<usize> {
        let packages = self.inventory.packages.iter().enumerate();
        packages.filter(|(_, package)| wanted(package)).map(|(at, _)| at).collect()
    }
}

/// Whether advisories that name `name` speak of a kernel.
fn is_kernel(release: &Release, name: &str) -> bool {
    let family = match release.naming {
        Naming::Source => "linux",
        Naming::Binary => "kernel",
    };
    name.strip_prefix(family).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}

/// What `uname -r` prints while the kernel of this package runs; `None` for a package that holds no kernel.
fn image_release(release: &Release, package: &Package) -> Option<String> {
    match release.naming {
        Naming::Source => {
            let image = package.name.strip_prefix("linux-image-")?;
            let image = image.strip_prefix("unsigned-").unwrap_or(image);
            image.starts_with(|first: char| first.is_ascii_digit()).then(|| image.to_owned())
        }
        Naming::Binary => {
            let version = package.version.split_once(':').map_or(package.version.as_str(), |(_, version)| version);
            let image = matches!(package.name.as_str(), "kernel" | "kernel-core");
            image.then(|| format!("{version}.{}", package.architecture))
        }
    }
}

/// The source package that advisories name for a signed kernel: Debian signs per architecture, Ubuntu per flavour.
pub(crate) fn unsigned<'a>(release: &Release, source: &'a str) -> Cow<'a, str> {
    match source.strip_prefix("linux-signed-") {
        Some(flavour) if !release.is_debian() => Cow::Owned(format!("linux-{flavour}")),
        Some(_) | None => Cow::Borrowed("linux"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn package(name: &str, source: &str, version: &str) -> Package {
        Package {
            name: name.to_owned(),
            version: version.to_owned(),
            architecture: "x86_64".to_owned(),
            source: source.to_owned(),
            source_version: version.to_owned(),
            maintainer: None,
            module: None,
            at: None,
        }
    }

    fn names_set_aside(release: &str, packages: Vec<Package>, running: Option<&str>) -> Vec<String> {
        let inventory = Inventory { packages, problems: Vec::new() };
        Kernels::of(Release::by_key(release).unwrap(), &inventory, running)
            .map_or_else(Vec::new, |kernels| kernels.set_aside())
            .into_iter()
            .map(|at| inventory.packages[at].name.clone())
            .collect()
    }

    fn debian() -> Vec<Package> {
        vec![
            package("linux-headers-6.1.0-10-amd64", "linux", "6.1.38-1"),
            package("linux-image-6.1.0-10-amd64", "linux-signed-amd64", "6.1.38-1"),
            package("linux-image-6.1.0-18-amd64", "linux-signed-amd64", "6.1.76-1"),
            package("linux-image-6.1.0-21-amd64", "linux-signed-amd64", "6.1.90-1"),
            package("linux-image-amd64", "linux-signed-amd64", "6.1.90-1"),
            package("linux-libc-dev", "linux", "6.1.90-1"),
        ]
    }

    #[test]
    fn old_kernels_that_do_not_run_are_set_aside_with_their_headers() {
        assert_eq!(
            names_set_aside("debian:12", debian(), Some("6.1.0-18-amd64")),
            ["linux-headers-6.1.0-10-amd64", "linux-image-6.1.0-10-amd64"]
        );
    }

    #[test]
    fn a_running_old_kernel_is_judged_beside_the_newest() {
        assert_eq!(names_set_aside("debian:12", debian(), Some("6.1.0-10-amd64")), ["linux-image-6.1.0-18-amd64"]);
    }

    #[test]
    fn a_newer_kernel_waits_for_a_reboot_unless_the_newest_runs() {
        let inventory = Inventory { packages: debian(), problems: Vec::new() };
        for (running, wanted) in [
            ("6.1.0-10-amd64", Some(Waiting { running: vec![0, 1], newest: vec![3] })),
            ("6.1.0-21-amd64", None),
            ("5.15.0-azure", None),
        ] {
            let kernels = Kernels::of(Release::by_key("debian:12").unwrap(), &inventory, Some(running));
            assert_eq!(kernels.and_then(|kernels| kernels.waiting()), wanted, "{running}");
        }
    }

    #[test]
    fn nothing_is_set_aside_while_the_running_kernel_is_unknown_or_foreign() {
        for running in [None, Some("5.15.0-azure")] {
            assert!(names_set_aside("debian:12", debian(), running).is_empty(), "{running:?}");
        }
    }

    #[test]
    fn rpm_kernels_share_a_name_and_differ_in_version() {
        let kernels =
            ["5.14.0-70.el9", "5.14.0-162.el9", "5.14.0-427.el9"].map(|it| package("kernel-core", "kernel", it));
        let aside = names_set_aside("rhel:9", kernels.to_vec(), Some("5.14.0-427.el9.x86_64"));
        assert_eq!(aside, ["kernel-core", "kernel-core"]);
    }

    #[test]
    fn a_signed_kernel_is_judged_as_its_source() {
        for (release, source, wanted) in [
            ("debian:12", "linux-signed-amd64", "linux"),
            ("ubuntu:22.04", "linux-signed", "linux"),
            ("ubuntu:22.04", "linux-signed-aws", "linux-aws"),
        ] {
            assert_eq!(unsigned(Release::by_key(release).unwrap(), source), wanted);
        }
    }
}
