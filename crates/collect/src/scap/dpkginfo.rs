//! `linux:dpkginfo`: packages whose status is `install ok installed`, from `/var/lib/dpkg/status` itself.

use std::collections::BTreeMap;
use std::rc::Rc;

use inspector_scap::oval::flag::Flag;
use inspector_scap::oval::gather::Task;
use inspector_scap::oval::item::Item;
use inspector_scap::oval::truth::Truth;

use super::{Host, Source};
use crate::root::{DATABASE, ReadError};

pub(super) const SOURCE: Source = Source { kind: "dpkginfo", collect };

const STATUS: &str = "/var/lib/dpkg/status";

/// What dpkg knows.
pub(super) type Packages = Result<BTreeMap<String, Vec<Package>>, ReadError>;

/// One installed package.
#[derive(Debug, Clone, Default)]
pub(super) struct Package {
    name: String,
    /// The architecture.
    pub(super) architecture: String,
    version: String,
}

fn collect(host: &mut Host<'_>, tasks: &mut [&mut Task<'_>]) {
    let packages = packages(host);
    for task in tasks {
        match packages.as_ref() {
            Ok(packages) => find(packages, task),
            Err(ReadError::Absent) => task.lower(Flag::NotApplicable, format!("`{STATUS}` is not there")),
            Err(error) => task.lower(Flag::Error, format!("`{STATUS}`: {error}")),
        }
    }
}

/// The installed packages by name, read once.
pub(super) fn packages(host: &mut Host<'_>) -> Rc<Packages> {
    let root = host.root;
    let packages = host.packages.get_or_insert_with(|| {
        Rc::new(root.read(STATUS, DATABASE).map(|bytes| parse(&String::from_utf8_lossy(&bytes))))
    });
    Rc::clone(packages)
}

fn find(packages: &BTreeMap<String, Vec<Package>>, task: &mut Task<'_>) {
    let literals = task.query.entity("name").and_then(|name| name.literals());
    let wanted: Vec<&Package> = match literals {
        Some(names) => names.into_iter().filter_map(|name| packages.get(name)).flatten().collect(),
        None => {
            let fits = |name: &str| task.query.takes("name", name) == Truth::True;
            packages.iter().filter(|(name, _)| fits(name)).flat_map(|(_, packages)| packages).collect()
        }
    };
    let items: Vec<Item> = wanted.into_iter().map(item).collect();
    items.into_iter().for_each(|item| task.push(item));
}

fn item(package: &Package) -> Item {
    let (epoch, rest) = package.version.split_once(':').unwrap_or(("0", &package.version));
    let (version, release) = rest.rsplit_once('-').unwrap_or((rest, ""));
    let evr = if release.is_empty() { format!("{epoch}:{version}") } else { format!("{epoch}:{version}-{release}") };
    Item::new("dpkginfo")
        .with("name", package.name.as_str())
        .with("arch", package.architecture.as_str())
        .with("epoch", epoch)
        .with("release", release)
        .with("version", version)
        .with("evr", evr)
}

fn parse(text: &str) -> BTreeMap<String, Vec<Package>> {
    let mut packages: BTreeMap<String, Vec<Package>> = BTreeMap::new();
    for stanza in text.split("\n\n") {
        let field = |name: &str| {
            let lines = stanza.lines().filter_map(|line| line.split_once(':'));
            let found = lines.into_iter().find(|(key, _)| key.eq_ignore_ascii_case(name));
            found.map(|(_, value)| value.trim().to_owned()).unwrap_or_default()
        };
        if field("Status") == "install ok installed" {
            let package =
                Package { name: field("Package"), architecture: field("Architecture"), version: field("Version") };
            packages.entry(package.name.clone()).or_default().push(package);
        }
    }
    packages
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_installed_packages_count_and_an_epoch_is_split_off() {
        let status = "Package: a\nStatus: install ok installed\nArchitecture: amd64\nVersion: 1:2.0-3+b1\n\n\
                      Package: b\nStatus: deinstall ok config-files\nArchitecture: amd64\nVersion: 1\n\n\
                      Package: c\nStatus: install ok installed\nArchitecture: all\nVersion: 7\n";
        let packages = parse(status);
        assert_eq!(packages.keys().collect::<Vec<_>>(), ["a", "c"]);
        let values = |item: Item| item.entities.into_iter().map(|entity| entity.value.to_string()).collect::<Vec<_>>();
        assert_eq!(values(item(&packages["a"][0])), ["a", "amd64", "1", "3+b1", "2.0", "1:2.0-3+b1"]);
        assert_eq!(values(item(&packages["c"][0])), ["c", "all", "0", "", "7", "0:7"]);
    }
}
