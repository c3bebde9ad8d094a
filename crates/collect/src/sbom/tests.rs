//! Documents of our own writing, in the shapes that Syft and Trivy write.

use super::*;

fn facts(document: &str) -> HostFacts {
    parse(document.as_bytes(), "bom.json", Timestamp::from_millis(0)).unwrap()
}

/// The packages as `name version source source-version`, and the problems.
fn told(facts: &HostFacts) -> (Vec<String>, Vec<String>) {
    let inventory = facts.packages.seen().unwrap();
    let package = |it: &Package| [&*it.name, &*it.version, &*it.source, &*it.source_version].join(" ");
    let problems = inventory.problems.iter().map(|it| it.why.clone());
    (inventory.packages.iter().map(package).collect(), problems.collect())
}

fn cyclonedx(components: &str) -> String {
    format!("{{\"bomFormat\": \"CycloneDX\", \"components\": [{components}]}}")
}

fn component(purl: &str) -> String {
    format!("{{\"type\": \"library\", \"name\": \"x\", \"purl\": \"{purl}\"}}")
}

#[test]
fn packages_of_a_distribution_have_their_source_and_the_rest_is_a_problem() {
    let purls = [
        "pkg:deb/debian/libssl3@3.0.11-1?arch=amd64&upstream=openssl&distro=debian-12",
        "pkg:deb/debian/libfoo@1-1+b1?arch=amd64&upstream=foo%401-1&distro=debian-12",
        "pkg:deb/debian/bash@5.2?arch=amd64&distro=debian-12",
        "pkg:deb/debian/old@1?distro=debian-11",
        "pkg:swift/left-pad@1.0.0",
        "nonsense",
        "pkg:deb/debian/unversioned?distro=debian-12",
    ];
    let facts = facts(&cyclonedx(&purls.map(component).join(",")));
    let os = facts.os.seen().unwrap();
    assert_eq!((os.id.as_str(), os.version_id.as_deref()), ("debian", Some("12")));
    let (packages, problems) = told(&facts);
    assert_eq!(packages, ["bash 5.2 bash 5.2", "libfoo 1-1+b1 foo 1-1", "libssl3 3.0.11-1 openssl 3.0.11-1"]);
    assert_eq!(
        problems,
        [
            "1 components of another distribution, `debian-11`",
            "1 components of type `swift`, for which there are no advisories",
            "1 components with an unreadable package URL",
            "1 components without a version"
        ]
    );
}

#[test]
fn packages_of_languages_have_the_names_of_their_ecosystems() {
    let purls = [
        "pkg:npm/%40Angular/core@17.0.1",
        "pkg:maven/org.Apache/log4j@2.14.1?type=jar",
        "pkg:golang/github.com/Foo/bar@v1.2.3#sub",
        "pkg:pypi/Django@3.0",
        "pkg:cargo/hyper@0.14.1",
        "pkg:gem/rack@2.2.3",
        "pkg:composer/a/b@1.0",
        "pkg:pypi/Django@3.0",
        "pkg:npm/unversioned",
    ];
    let facts = facts(&cyclonedx(&purls.map(component).join(",")));
    let languages = facts.languages.as_ref().unwrap();
    let told: Vec<_> = languages.packages.iter().map(|it| format!("{} {}", it.ecosystem, it.name)).collect();
    assert_eq!(
        told,
        [
            "crates.io hyper",
            "Go github.com/Foo/bar",
            "Maven org.Apache:log4j",
            "npm @Angular/core",
            "Packagist a/b",
            "PyPI Django",
            "RubyGems rack"
        ]
    );
    assert_eq!(languages.packages.iter().filter(|it| it.purl() == "pkg:golang/github.com/Foo/bar@v1.2.3").count(), 1);
    // A bill of an application has no system, and what cannot be judged of it is a problem beside its packages.
    assert!(matches!((&facts.os, &facts.packages), (Fact::Absent { .. }, Fact::Absent { .. })));
    assert_eq!(languages.problems.len(), 1);
}

#[test]
fn a_distribution_is_known_by_its_version_or_its_name_alone() {
    for (purl, version, codename) in [
        ("pkg:deb/debian/a@1?distro=jessie&upstream=a", None, Some("jessie")),
        ("pkg:deb/debian/a@1?distro=debian-bookworm&upstream=a", None, Some("bookworm")),
        ("pkg:apk/alpine/a@1?distro=3.19.1&upstream=a", Some("3.19.1"), None),
        ("pkg:rpm/centos/a@1?distro=centos-7", Some("7"), None),
    ] {
        let facts = facts(&cyclonedx(&component(purl)));
        let os = facts.os.seen().unwrap();
        assert_eq!((os.version_id.as_deref(), os.codename.as_deref()), (version, codename), "{purl}");
        assert_eq!(facts.packages.seen().unwrap().packages.len(), 1, "{purl}");
    }
}

#[test]
fn spdx_tells_system_and_source_as_trivy_writes_them() {
    let facts = facts(
        r#"{"spdxVersion": "SPDX-2.3", "packages": [
        {"name": "debian", "versionInfo": "12.5", "primaryPackagePurpose": "OPERATING-SYSTEM"},
        {"name": "libssl3", "sourceInfo": "built package from: openssl 3.0.11-1", "externalRefs": [
        {"referenceType": "purl", "referenceLocator": "pkg:deb/debian/libssl3@3.0.11-1"}]}]}"#,
    );
    assert_eq!(facts.os.seen().unwrap().version_id.as_deref(), Some("12.5"));
    assert_eq!(told(&facts).0, ["libssl3 3.0.11-1 openssl 3.0.11-1"]);
}

#[test]
fn many_packages_are_read_and_as_many_reasons_are_told_in_few() {
    let mut document = String::from("{\"bomFormat\": \"CycloneDX\", \"components\": [");
    for number in 0..200_000 {
        let kind = if number % 2 == 0 { "deb" } else { &format!("t{number}") };
        document.push_str(&format!("{{\"purl\": \"pkg:{kind}/debian/a{number}@1?distro=debian-12&upstream=a\"}},"));
    }
    document.push_str("{}]}");
    let facts = facts(&document);
    let inventory = facts.packages.seen().unwrap();
    assert_eq!(inventory.packages.len(), 100_000);
    assert!(inventory.problems.len() < 100, "{}", inventory.problems.len());
}

#[test]
fn trivys_properties_and_system_are_read_and_nested_components_too() {
    let document = cyclonedx(
        r#"{"type": "operating-system", "name": "debian", "version": "12.5", "components": [
            {"type": "library", "name": "libssl3", "purl": "pkg:deb/debian/libssl3@3.0.11-1", "properties": [
                {"name": "aquasecurity:trivy:SrcName", "value": "openssl"},
                {"name": "aquasecurity:trivy:SrcEpoch", "value": "1"},
                {"name": "aquasecurity:trivy:SrcVersion", "value": "3.0.11"},
                {"name": "aquasecurity:trivy:SrcRelease", "value": "1"}]}]}"#,
    );
    let facts = facts(&document);
    assert_eq!(facts.os.seen().unwrap().version_id.as_deref(), Some("12.5"));
    assert_eq!(told(&facts).0, ["libssl3 3.0.11-1 openssl 1:3.0.11-1"]);
}

#[test]
fn an_rpm_has_its_epoch_and_module() {
    let purls = [
        "pkg:rpm/redhat/openssl@3.0.1-1.el9?epoch=1&arch=x86_64&upstream=ssl-all-3-1.el9.src.rpm&rpmmod=crypto:3:9:a&distro=rhel-9.2",
    ];
    let facts = facts(&cyclonedx(&purls.map(component).join(",")));
    assert_eq!(told(&facts).0, ["openssl 1:3.0.1-1.el9 ssl-all 3-1.el9"]);
    assert_eq!(facts.packages.seen().unwrap().packages[0].module.as_deref(), Some("crypto:3:9:a"));
}

#[test]
fn spdx_packages_are_known_by_their_package_url() {
    let document = r#"{"spdxVersion": "SPDX-2.3", "packages": [{"name": "a"}, {"name": "libssl3", "externalRefs": [
        {"referenceType": "cpe23Type", "referenceLocator": "cpe:2.3:a:x"},
        {"referenceType": "purl", "referenceLocator": "pkg:deb/ubuntu/libssl3@3.0.2-0ubuntu1?upstream=openssl&distro=ubuntu-22.04"}]}]}"#;
    let facts = facts(document);
    assert_eq!(facts.os.seen().unwrap().id, "ubuntu");
    let (packages, problems) = told(&facts);
    assert_eq!(packages, ["libssl3 3.0.2-0ubuntu1 openssl 3.0.2-0ubuntu1"]);
    assert_eq!(problems, ["1 components without a package URL"]);
}

#[test]
fn a_document_that_names_no_sources_or_no_system_has_nothing_judged() {
    let facts_without_sources = facts(&cyclonedx(&component("pkg:deb/debian/libssl3@3.0.11-1?distro=debian-12")));
    let (packages, problems) = told(&facts_without_sources);
    assert!(packages.is_empty() && problems[0].contains("without their source packages"), "{problems:?}");
    let unnamed = facts(&cyclonedx(&component("pkg:deb/debian/libssl3@3.0.11-1?upstream=openssl")));
    assert!(matches!(unnamed.os, Fact::Unreadable { .. }));
    let empty = facts(&cyclonedx(r#"{"type": "operating-system", "name": "debian", "version": "12"}"#));
    assert!(matches!(empty.packages, Fact::Unreadable { .. }));
    let empty = facts(&cyclonedx(""));
    assert!(matches!(empty.os, Fact::Unreadable { .. }));
}

#[test]
fn what_is_no_bill_of_materials_is_refused() {
    let nested = |depth: usize| format!("{}{}", "{\"components\": [".repeat(depth), "]}".repeat(depth));
    for (document, why) in [
        ("".to_owned(), "EOF"),
        ("{}".to_owned(), "neither"),
        ("{\"spdxVersion\": \"SPDX-3.0\"}".to_owned(), "neither"),
        ("{\"bomFormat\": \"CycloneDX\", \"components\": 1}".to_owned(), "expected a sequence"),
        ("{\"bomFormat\": \"CycloneDX\", \"components\": [{\"purl\": 1}]}".to_owned(), "expected a string"),
        (cyclonedx(&nested(10_000)), "recursion limit"),
        (cyclonedx(&nested(20)), "too deeply"),
    ] {
        let error = parse(document.as_bytes(), "bom.json", Timestamp::from_millis(0)).unwrap_err().to_string();
        assert!(error.contains(why), "{document}: {error}");
    }
}
