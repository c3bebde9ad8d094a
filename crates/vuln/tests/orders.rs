//! Our orders of Debian's and RPM's versions against their own programs. `OPENINSPECTOR_PAIRS` says how many pairs are
//! compared; `make test-slow` asks for more than a million.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop where it fails")]
#![expect(clippy::disallowed_methods, clippy::print_stderr, reason = "it runs the programs that it compares with")]

use std::cmp::Ordering;
use std::io::Write;
use std::process::{Command, Stdio};

use inspector_vuln::version::{DPKG, Order, RPM};

/// A small generator of numbers, so that every run compares the same pairs.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % bound
    }

    fn text(&mut self, alphabet: &[u8], most: usize) -> String {
        (0..self.below(most) + 1).map(|_| char::from(alphabet[self.below(alphabet.len())])).collect()
    }

    fn version(&mut self) -> String {
        let epoch = if self.below(5) == 0 { format!("{}:", self.below(3)) } else { String::new() };
        let upstream = format!("{}{}", self.below(12), self.text(b"0019.a~Z+-.", 7));
        let revision = if self.below(2) == 0 { format!("-{}", self.text(b"0129.a~+", 5)) } else { String::new() };
        format!("{epoch}{}{revision}", upstream.trim_end_matches('-'))
    }

    /// `[epoch:]version-release` of an rpm; carets and tildes are frequent.
    fn rpm(&mut self) -> String {
        let epoch = if self.below(5) == 0 { format!("{}:", self.below(3)) } else { String::new() };
        let version = format!("{}{}", self.below(12), self.text(b"0019.a~^Z_+", 7));
        format!("{epoch}{version}-{}{}", self.below(9), self.text(b"0129.a~^el", 6))
    }

    /// Two versions, often alike up to one character.
    fn pair(&mut self, version: fn(&mut Self) -> String) -> (String, String) {
        let one = version(self);
        if self.below(3) == 0 {
            return (one, version(self));
        }
        let at = 1 + self.below(one.len());
        let mut other = one.clone();
        other.insert(at.min(one.len()), char::from(b"01a~+."[self.below(6)]));
        (one, other)
    }
}

/// Pairs of which both are versions.
fn pairs(order: &Order, version: fn(&mut Numbers) -> String, count: usize) -> Vec<(String, String)> {
    let mut numbers = Numbers(20_260_101);
    let readable = |(a, b): &(String, String)| order.key(a).is_ok() && order.key(b).is_ok();
    std::iter::repeat_with(|| numbers.pair(version)).filter(readable).take(count).collect()
}

/// How many pairs a fast oracle is asked about.
fn many() -> usize {
    std::env::var("OPENINSPECTOR_PAIRS").ok().and_then(|count| count.parse().ok()).unwrap_or(20_000)
}

/// What `program` answers for each pair, in one process: a line with -1, 0 or 1; `None` where it cannot be asked.
fn oracle(program: &str, arguments: &[&str], pairs: &[(String, String)]) -> Option<Vec<Ordering>> {
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let mut input = child.stdin.take()?;
    let text: String = pairs.iter().map(|(a, b)| format!("{a} {b}\n")).collect();
    let writer = std::thread::spawn(move || input.write_all(text.as_bytes()).is_ok());
    let output = child.wait_with_output().ok()?;
    let answers: Option<Vec<_>> =
        String::from_utf8(output.stdout).ok()?.lines().map(|line| Some(line.parse::<i32>().ok()?.cmp(&0))).collect();
    (writer.join().ok()? && output.status.success()).then_some(answers?)
}

fn compare(name: &str, order: &Order, answers: Option<Vec<Ordering>>, pairs: &[(String, String)]) {
    let Some(answers) = answers else {
        eprintln!("skipped: {name} is not here");
        return;
    };
    assert_eq!(answers.len(), pairs.len());
    for ((a, b), wanted) in pairs.iter().zip(answers) {
        assert_eq!(order.key(a).unwrap().cmp(&order.key(b).unwrap()), wanted, "{name}: `{a}` and `{b}`");
        assert_eq!((order.compare)(a, b).unwrap(), wanted, "{name}, reference: `{a}` and `{b}`");
    }
}

#[test]
fn many_pairs_compare_as_in_libdpkg_perl() {
    let pairs = pairs(&DPKG, Numbers::version, many().min(200_000));
    let script = r#"my ($a, $b) = split; print version_compare($a, $b), "\n";"#;
    compare("libdpkg-perl", &DPKG, oracle("perl", &["-MDpkg::Version", "-ne", script], &pairs), &pairs);
}

#[test]
fn many_pairs_compare_as_in_apt() {
    let pairs = pairs(&DPKG, Numbers::version, many());
    let script = "
import sys, apt_pkg
apt_pkg.init_system()
for line in sys.stdin:
    print(apt_pkg.version_compare(*line.split()))";
    compare("python3-apt", &DPKG, oracle("/usr/bin/python3", &["-c", script], &pairs), &pairs);
}

#[test]
fn many_pairs_compare_as_in_librpm() {
    let pairs = pairs(&RPM, Numbers::rpm, many());
    let script = "
import sys, rpm
def parts(text):
    epoch, colon, rest = text.partition(':')
    if not colon: epoch, rest = '0', text
    version, _, release = rest.rpartition('-')
    return epoch, version, release
for line in sys.stdin:
    a, b = line.split()
    print(rpm.labelCompare(parts(a), parts(b)))";
    compare("python3-rpm", &RPM, oracle("/usr/bin/python3", &["-c", script], &pairs), &pairs);
}

#[test]
fn two_hundred_pairs_compare_as_in_dpkg_itself() {
    let pairs = pairs(&DPKG, Numbers::version, 200);
    let script = "command -v dpkg >/dev/null || exit 1
        while read -r a b; do
            if dpkg --compare-versions \"$a\" lt \"$b\"; then echo -1
            elif dpkg --compare-versions \"$a\" eq \"$b\"; then echo 0
            else echo 1; fi
        done";
    compare("dpkg", &DPKG, oracle("sh", &["-c", script], &pairs), &pairs);
}
