//! Windows: what bulletins say about the product that a host is, and which of it installed updates answer.
//!
//! A vulnerability is open while neither its update nor one that supersedes it, directly or through others, is installed.

use std::collections::{BTreeMap, BTreeSet};

use inspector_model::host::Windows;

use crate::database::{Corrupt, Database, Entry};
use crate::matcher::Verdict;

/// What is said about a host.
#[derive(Debug)]
pub struct MatchedWindows<'a> {
    /// Microsoft's name of the product.
    pub product: String,
    /// Every statement about the product, and about what may be installed on it.
    pub statements: Vec<WindowsStatement<'a>>,
}

/// One statement.
#[derive(Debug, Clone, Copy)]
pub struct WindowsStatement<'a> {
    /// Microsoft's name of what it is about: the product, or a component on it.
    pub product: &'a str,
    /// The entry; its advisory is the update's number.
    pub entry: Entry<'a>,
    /// What it means for the host.
    pub verdict: Verdict,
}

/// Why a Windows host cannot be judged.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum WindowsError {
    /// A build that is not known.
    #[error("no product of Microsoft is known with build {0}")]
    UnknownBuild(u32),
    /// No bulletin speaks of the product.
    #[error("the advisory database holds nothing about `{0}`")]
    NoAdvisories(String),
    /// The database is damaged.
    #[error(transparent)]
    Corrupt(#[from] Corrupt),
}

/// Clients by build: the product, and what stands before the kind of machine.
const CLIENTS: &[(u32, &str)] = &[
    (10_240, "Windows 10"),
    (10_586, "Windows 10 Version 1511"),
    (14_393, "Windows 10 Version 1607"),
    (15_063, "Windows 10 Version 1703"),
    (16_299, "Windows 10 Version 1709"),
    (17_134, "Windows 10 Version 1803"),
    (17_763, "Windows 10 Version 1809"),
    (18_362, "Windows 10 Version 1903"),
    (18_363, "Windows 10 Version 1909"),
    (19_041, "Windows 10 Version 2004"),
    (19_042, "Windows 10 Version 20H2"),
    (19_043, "Windows 10 Version 21H1"),
    (19_044, "Windows 10 Version 21H2"),
    (19_045, "Windows 10 Version 22H2"),
    (22_000, "Windows 11 version 21H2"),
    (22_621, "Windows 11 Version 22H2"),
    (22_631, "Windows 11 Version 23H2"),
    (26_100, "Windows 11 Version 24H2"),
    (26_200, "Windows 11 Version 25H2"),
];

/// Servers by build, and clients of before Windows 10 beside them.
const SERVERS: &[(u32, &str, &str)] = &[
    (6_002, "Windows Server 2008 for {} Systems Service Pack 2", "Windows Vista {}Service Pack 2"),
    (6_003, "Windows Server 2008 for {} Systems Service Pack 2", "Windows Vista {}Service Pack 2"),
    (7_601, "Windows Server 2008 R2 for {} Systems Service Pack 1", "Windows 7 for {} Systems Service Pack 1"),
    (9_200, "Windows Server 2012", "Windows 8 for {} Systems"),
    (9_600, "Windows Server 2012 R2", "Windows 8.1 for {} systems"),
    (14_393, "Windows Server 2016", ""),
    (17_763, "Windows Server 2019", ""),
    (20_348, "Windows Server 2022", ""),
    (25_398, "Windows Server 2022, 23H2 Edition (Server Core installation)", ""),
    (26_100, "Windows Server 2025", ""),
];

/// Microsoft's name of the product that a host is, by its own name of itself, its build and its machine.
pub fn product(own_name: &str, windows: &Windows) -> Option<String> {
    let machine = match windows.machine.as_str() {
        "x86" => "32-bit",
        "ARM64" => "ARM64-based",
        _ => "x64-based",
    };
    let old = || SERVERS.iter().find(|(build, ..)| *build == windows.build);
    if own_name.contains("Server") {
        return old().map(|(_, server, _)| server.replace("{}", machine));
    }
    let client = CLIENTS.iter().find(|(build, _)| *build == windows.build);
    match client {
        Some((_, name)) => Some(format!("{name} for {machine} Systems")),
        None => old().map(|(_, _, client)| client.replace("{}", machine)).filter(|name| !name.is_empty()),
    }
}

/// Matches a host. What is said about a component, such as `Microsoft .NET Framework 4.8 on Windows Server 2022`, is
/// undetermined where no update answers it, because nothing tells whether the component is there.
pub fn match_windows<'a>(
    database: &'a Database,
    own_name: &str,
    windows: &Windows,
) -> Result<MatchedWindows<'a>, WindowsError> {
    let product = product(own_name, windows).ok_or(WindowsError::UnknownBuild(windows.build))?;
    let missing = || WindowsError::NoAdvisories(product.clone());
    let release = database.release("windows")?.ok_or_else(missing)?;
    let answered = answered(database, windows)?;
    let on_it = format!(" on {product}");
    let mut statements = Vec::new();
    for (name, entries) in database.packages(release)? {
        let own = name.eq_ignore_ascii_case(&product);
        if !own && !name.ends_with(&on_it) {
            continue;
        }
        // A product may stand beside an update with a number for one without.
        let mut numbered: BTreeSet<u32> = BTreeSet::new();
        let read = entries.clone().map(|index| database.entry(index)).collect::<Result<Vec<_>, _>>()?;
        numbered.extend(read.iter().filter(|it| !it.advisory.is_empty()).map(|it| it.cve));
        for entry in read {
            let verdict = match entry.advisory {
                "" if numbered.contains(&entry.cve) => continue,
                "" => Verdict::Undetermined,
                update if answered.contains(update) => Verdict::NotAffected,
                _ if own => Verdict::Affected,
                _ => Verdict::Undetermined,
            };
            statements.push(WindowsStatement { product: name, entry, verdict });
        }
    }
    if statements.is_empty() {
        return Err(missing());
    }
    Ok(MatchedWindows { product, statements })
}

/// The installed updates and all that they supersede.
fn answered(database: &Database, windows: &Windows) -> Result<BTreeSet<String>, Corrupt> {
    let mut supersedes: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (newer, older) in database.supersedes()? {
        supersedes.entry(newer).or_default().push(older);
    }
    let mut answered = BTreeSet::new();
    let mut left: Vec<&str> = windows.updates.iter().map(|update| update.kb.as_str()).collect();
    while let Some(update) = left.pop() {
        if answered.insert(update.to_owned()) {
            left.extend(supersedes.get(update).into_iter().flatten());
        }
    }
    Ok(answered)
}

#[cfg(test)]
mod tests {
    use inspector_model::Place;
    use inspector_model::host::Update;

    use super::*;
    use crate::advisory::{Advisory, State};
    use crate::database::{Input, build};
    use crate::feed::Parsed;
    use crate::release::Release;

    fn windows(build: u32, machine: &str, updates: &[&str]) -> Windows {
        let update = |kb: &&str| Update { kb: (*kb).to_owned(), at: Place::whole("systeminfo.txt") };
        Windows {
            version: "10.0".to_owned(),
            build,
            revision: None,
            service_pack: None,
            machine: machine.to_owned(),
            updates: updates.iter().map(update).collect(),
        }
    }

    fn database() -> Database {
        let release = Release::by_key("windows").unwrap();
        let statement = |product: &str, cve: &str, update: &str| Advisory {
            release,
            package: product.to_owned(),
            cve: cve.to_owned(),
            introduced: None,
            state: State::Open,
            word: "important".to_owned(),
            advisory: update.to_owned(),
        };
        let product = "Windows Server 2022";
        let advisories = vec![
            statement(product, "CVE-2021-0001", "KB1000001"),
            statement(product, "CVE-2021-0002", "KB1000002"),
            statement(product, "CVE-2021-0003", "KB1000003"),
            statement(product, "CVE-2021-0003", ""),
            statement(product, "CVE-2021-0004", ""),
            statement("Microsoft .NET Framework 4.8 on Windows Server 2022", "CVE-2021-0005", "KB1000009"),
            statement("Windows Server 2019", "CVE-2021-0006", "KB1000001"),
        ];
        let pair = |newer: &str, older: &str| (newer.to_owned(), older.to_owned());
        let supersedes =
            vec![pair("KB1000002", "KB1000001"), pair("KB1000003", "KB1000002"), pair("KB1000001", "KB1000001")];
        let parsed = Parsed { records: 7, advisories, supersedes, ..Parsed::default() };
        let input = Input { feed: "microsoft", document: "d".to_owned(), sha256: String::new(), dated: None, parsed };
        Database::open(build(vec![input]).unwrap()).unwrap()
    }

    fn verdicts(updates: &[&str]) -> Vec<(String, Verdict)> {
        let database = database();
        let host = windows(20_348, "x64", updates);
        let matched = match_windows(&database, "Microsoft Windows Server 2022 Standard", &host).unwrap();
        let row = |it: &WindowsStatement<'_>| (database.cve_id(it.entry.cve).unwrap().to_owned(), it.verdict);
        let mut rows: Vec<_> = matched.statements.iter().map(row).collect();
        rows.sort();
        rows
    }

    #[test]
    fn an_update_answers_what_it_supersedes_and_nothing_newer() {
        use Verdict::{Affected, NotAffected, Undetermined};
        for (updates, wanted) in [
            (&[] as &[&str], [Affected, Affected, Affected]),
            (&["KB1000002"], [NotAffected, NotAffected, Affected]),
            (&["KB1000003"], [NotAffected, NotAffected, NotAffected]),
            (&["KB1000001"], [NotAffected, Affected, Affected]),
        ] {
            let [one, two, three] = wanted;
            let rows = [one, two, three, Undetermined, Undetermined];
            let ids = (1..=5).map(|nth| format!("CVE-2021-000{nth}"));
            assert_eq!(verdicts(updates), ids.zip(rows).collect::<Vec<_>>(), "{updates:?}");
        }
    }

    #[test]
    fn a_host_is_the_product_of_its_build_and_machine() {
        for (own_name, build, machine, wanted) in [
            ("Microsoft Windows Server 2022 Standard", 20_348, "x64", Some("Windows Server 2022")),
            ("Microsoft Windows 10 Enterprise", 19_045, "x64", Some("Windows 10 Version 22H2 for x64-based Systems")),
            ("Microsoft Windows 11 Pro", 22_631, "ARM64", Some("Windows 11 Version 23H2 for ARM64-based Systems")),
            ("Microsoft Windows Server 2012 R2 Standard", 9_600, "x64", Some("Windows Server 2012 R2")),
            ("Microsoft Windows 8.1 Pro", 9_600, "x86", Some("Windows 8.1 for 32-bit systems")),
            ("Microsoft Windows Server 2016 Datacenter", 14_393, "x64", Some("Windows Server 2016")),
            ("Microsoft Windows 10 Pro", 1, "x64", None),
        ] {
            assert_eq!(product(own_name, &windows(build, machine, &[])).as_deref(), wanted, "{own_name}");
        }
    }

    #[test]
    fn an_unknown_build_and_a_product_without_bulletins_are_errors_and_never_clean() {
        let database = database();
        let ask = |own_name, build| match_windows(&database, own_name, &windows(build, "x64", &[])).unwrap_err();
        assert_eq!(ask("Microsoft Windows 10 Pro", 1), WindowsError::UnknownBuild(1));
        let named = "Windows 10 Version 22H2 for x64-based Systems".to_owned();
        assert_eq!(ask("Microsoft Windows 10 Pro", 19_045), WindowsError::NoAdvisories(named));
    }
}
