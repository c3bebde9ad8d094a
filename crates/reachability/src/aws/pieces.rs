//! Reads the pieces of streamed documents on all cores.

use std::sync::Mutex;

use super::part::Part;
use super::stream::{Cutter, Piece, Uncut};
use super::{Document, MAX_DOCUMENT_BYTES, ReadError, Source, document};

/// Where a piece stands: its document, by path, and its place in it.
type At = (usize, usize);

/// What was read of each piece.
type Read = Vec<(At, Result<Part, ReadError>)>;

/// The parts of `sources`, in their order, read in pieces of `size` bytes.
pub(super) fn read(sources: Vec<Source<'_>>, size: usize) -> Result<Vec<Part>, ReadError> {
    let queue = Mutex::new(Queue { sources: sources.into_iter().enumerate(), current: None, size });
    let work = || std::iter::from_fn(|| turn(&queue)).collect::<Read>();
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    let mut parts: Read = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        let join = |worker: std::thread::ScopedJoinHandle<'_, Read>| {
            worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        };
        workers.into_iter().flat_map(join).collect()
    });
    parts.sort_by_key(|(at, _)| *at);
    parts.into_iter().map(|(_, part)| part).collect()
}

/// Takes a piece, which only one worker does at a time, and reads it.
fn turn(queue: &Mutex<Queue<'_>>) -> Option<(At, Result<Part, ReadError>)> {
    let (at, path, cut) = queue.lock().unwrap_or_else(std::sync::PoisonError::into_inner).next()?;
    let part = cut.and_then(|piece| {
        let document = Document { path: &path, bytes: &piece.bytes };
        document::read_piece(&document, piece.first_record)
    });
    Some((at, part))
}

struct Queue<'a> {
    sources: std::iter::Enumerate<std::vec::IntoIter<Source<'a>>>,
    current: Option<Current<'a>>,
    size: usize,
}

struct Current<'a> {
    at: At,
    path: String,
    cutter: Cutter<'a>,
}

impl Queue<'_> {
    fn next(&mut self) -> Option<(At, String, Result<Piece, ReadError>)> {
        loop {
            if self.current.is_none() {
                let (at, Source { path, content }) = self.sources.next()?;
                let cutter = Cutter::new(content, self.size, MAX_DOCUMENT_BYTES);
                self.current = Some(Current { at: (at, 0), path, cutter });
            }
            let current = self.current.as_mut()?;
            let (at, path) = (current.at, current.path.clone());
            current.at.1 += 1;
            match current.cutter.next() {
                Ok(Some(piece)) => return Some((at, path, Ok(piece))),
                Ok(None) => self.current = None,
                Err(uncut) => {
                    self.current = None;
                    return Some((at, path.clone(), Err(refused(path, uncut))));
                }
            }
        }
    }
}

fn refused(path: String, uncut: Uncut) -> ReadError {
    match uncut {
        Uncut::Unreadable(why) => ReadError::Unreadable { path, why: why.to_string() },
        Uncut::TooLarge => ReadError::TooLarge { path },
        Uncut::NotJson(what, byte) => ReadError::NotJson { path, why: format!("{what} at byte {byte}") },
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::aws::{Snapshot, merge};

    const TEXT: &str = r#"{"NextToken": "a\\\"]}", "Vpcs": [ {"VpcId": "vpc-1", "CidrBlock": "10.0.0.0/16"},
        {"VpcId": "vpc-2", "CidrBlock": "10.1.0.0/16"} ], "Subnets": [], "Reservations": null,
        "SecurityGroups":[{"GroupId": "sg-1", "Description": "{[\"", "IpPermissions": [{"IpProtocol": "-1",
        "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]},{"GroupId": "sg-2"},{"GroupId":"sg-3"}],
        "Firewall": {"FirewallArn": "arn:fw", "FirewallPolicyArn": "arn:policy"}, "Rank": 12.5e3,
        "FirewallStatus": {"SyncStates": {"a": {"Attachment": {"SubnetId": "s", "EndpointId": "vpce-f"}}}},
        "VpcPeeringConnections": [{"VpcPeeringConnectionId": "pcx-1"}], "Unknown": [1, [2, "]"], true]}
        "#;

    fn whole(text: &[u8]) -> Result<Snapshot, ReadError> {
        document::read(&Document { path: "a.json", bytes: text }).map(|part| merge::merge(vec![part]))
    }

    fn in_pieces(text: &[u8], size: usize) -> Result<Snapshot, ReadError> {
        let source = Source { path: "a.json".to_owned(), content: Box::new(text) };
        read(vec![source], size).map(merge::merge)
    }

    /// A mark that JSON is made of, put in the place of some bytes.
    fn any_damage() -> impl Strategy<Value = (usize, usize, &'static str)> {
        let mark =
            prop::sample::select(vec!["", ",", ",,", "]", "[", "}", "{", "\"", "\\", ":", " ", "1", "null", "\u{7}"]);
        (0..TEXT.len(), 0_usize..3, mark)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4000))]

        #[test]
        fn pieces_say_what_the_document_says(
            damage in prop::collection::vec(any_damage(), 0..3),
            end in prop_oneof![3 => Just(usize::MAX), 1 => 0..TEXT.len()],
            size in 1_usize..300,
        ) {
            let mut text = TEXT.as_bytes().to_vec();
            text.truncate(end);
            for (at, gone, mark) in damage {
                let at = at.min(text.len());
                text.splice(at..(at + gone).min(text.len()), mark.bytes());
            }
            match (whole(&text), in_pieces(&text, size)) {
                (Ok(whole), Ok(pieces)) => prop_assert_eq!(whole, pieces),
                (Err(_), Err(_)) => {}
                (whole, pieces) => prop_assert!(false, "{whole:?} {pieces:?}"),
            }
        }
    }

    #[test]
    fn a_broken_record_is_named_by_its_number_in_the_document() {
        let text = TEXT.replace(r#""GroupId":"sg-3""#, r#""GroupId":3"#);
        let told = in_pieces(text.as_bytes(), 20).unwrap_err().to_string();
        assert!(told.starts_with("cannot read `SecurityGroups[2]` in `a.json`: invalid type"), "{told}");
        assert!(!told.contains("line"), "{told}");
        let cut = in_pieces(&TEXT.as_bytes()[..200], 20).unwrap_err().to_string();
        assert_eq!(cut, "cannot read `a.json`: not JSON: the document ends early at byte 186");
    }

    #[test]
    fn a_place_that_fails_and_a_document_without_end_are_errors() {
        struct Broken;
        impl std::io::Read for Broken {
            fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
                Err(std::io::Error::other("gone"))
            }
        }
        let source = |content| vec![Source { path: "a.json".to_owned(), content }];
        assert_eq!(read(source(Box::new(Broken)), 9).unwrap_err().to_string(), "cannot read `a.json`: gone");
        let mut cutter = Cutter::new(Box::new(std::io::repeat(b'[')), 9, 1000);
        assert!(matches!(cutter.next(), Err(Uncut::TooLarge)));
    }
}
