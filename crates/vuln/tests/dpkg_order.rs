//! Our order of Debian versions against Debian's own programs.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop where it fails")]
#![expect(clippy::disallowed_methods, clippy::print_stderr, reason = "it runs the programs that it compares with")]

use std::cmp::Ordering;
use std::io::Write;
use std::process::{Command, Stdio};

use inspector_vuln::version::DPKG;

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

    /// Two versions, often alike up to one character.
    fn pair(&mut self) -> (String, String) {
        let one = self.version();
        if self.below(3) == 0 {
            return (one, self.version());
        }
        let at = 1 + self.below(one.len());
        let mut other = one.clone();
        other.insert(at.min(one.len()), char::from(b"01a~+."[self.below(6)]));
        (one, other)
    }
}

/// Pairs of which both are versions.
fn pairs(count: usize) -> Vec<(String, String)> {
    let mut numbers = Numbers(20_260_101);
    let readable = |(a, b): &(String, String)| DPKG.key(a).is_ok() && DPKG.key(b).is_ok();
    std::iter::repeat_with(|| numbers.pair()).filter(readable).take(count).collect()
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

fn compare(name: &str, answers: Option<Vec<Ordering>>, pairs: &[(String, String)]) {
    let Some(answers) = answers else {
        eprintln!("skipped: {name} is not here");
        return;
    };
    assert_eq!(answers.len(), pairs.len());
    for ((a, b), wanted) in pairs.iter().zip(answers) {
        assert_eq!(DPKG.key(a).unwrap().cmp(&DPKG.key(b).unwrap()), wanted, "{name}: `{a}` and `{b}`");
        assert_eq!((DPKG.compare)(a, b).unwrap(), wanted, "{name}, reference: `{a}` and `{b}`");
    }
}

#[test]
fn twenty_thousand_pairs_compare_as_in_libdpkg_perl() {
    let pairs = pairs(20_000);
    let script = r#"my ($a, $b) = split; print version_compare($a, $b), "\n";"#;
    compare("libdpkg-perl", oracle("perl", &["-MDpkg::Version", "-ne", script], &pairs), &pairs);
}

#[test]
fn two_hundred_pairs_compare_as_in_dpkg_itself() {
    let pairs = pairs(200);
    let script = "command -v dpkg >/dev/null || exit 1
        while read -r a b; do
            if dpkg --compare-versions \"$a\" lt \"$b\"; then echo -1
            elif dpkg --compare-versions \"$a\" eq \"$b\"; then echo 0
            else echo 1; fi
        done";
    compare("dpkg", oracle("sh", &["-c", script], &pairs), &pairs);
}
