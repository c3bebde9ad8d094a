use std::net::{SocketAddr, TcpListener, TcpStream};

use inspector_model::host::Transport;

use super::*;

fn connection(local: &str, remote: &str, inode: u64) -> Connection {
    Connection { transport: Transport::Tcp, local: local.parse().unwrap(), remote: remote.parse().unwrap(), inode }
}

fn telnet(pid: u32) -> Process {
    Process { pid, name: "telnet".to_owned(), path: "/usr/bin/telnet".to_owned() }
}

/// One look at `connections`, whose sockets telnet holds.
fn look(tracker: &mut Tracker, connections: &[Connection]) {
    tracker.begin_look();
    let fresh: Vec<_> = connections.iter().copied().filter(|connection| tracker.sees(connection)).collect();
    tracker.end_look();
    let programs = fresh.iter().filter(|it| it.inode != 0).map(|it| (it.inode, telnet(7))).collect();
    tracker.outgoing(&fresh, &programs);
}

/// Port, process and count of what went out; port and count of what came in.
type Told = (Vec<(u16, Option<u32>, u64)>, Vec<(u16, u64)>);

fn told(tracker: &Tracker) -> Told {
    let (outgoing, incoming) = tracker.told();
    let outgoing = outgoing.into_iter().map(|it| (it.port, it.pid, it.count)).collect();
    (outgoing, incoming.into_iter().map(|it| (it.port, it.count)).collect())
}

#[test]
fn a_connection_counts_once_however_often_it_is_seen() {
    let mut tracker = Tracker::default();
    tracker.listening(&BTreeSet::from([22]));
    let there = connection("192.0.2.1:40000", "198.51.100.1:23", 9);
    let here = connection("192.0.2.1:22", "198.51.100.1:50000", 10);
    for _ in 0..3 {
        look(&mut tracker, &[there, here]);
    }
    // In TIME_WAIT it has no owner any more, and it still is the same one.
    look(&mut tracker, &[Connection { inode: 0, ..there }]);
    assert_eq!(told(&tracker), (vec![(23, Some(7), 1)], vec![(22, 1)]));
    look(&mut tracker, &[connection("192.0.2.1:40001", "198.51.100.2:23", 11)]);
    assert_eq!(told(&tracker), (vec![(23, Some(7), 2)], vec![(22, 1)]));
}

#[test]
fn what_was_first_seen_when_it_was_over_is_kept_without_an_owner() {
    let mut tracker = Tracker::default();
    look(&mut tracker, &[connection("192.0.2.1:40000", "198.51.100.1:23", 0)]);
    assert_eq!(told(&tracker).0, [(23, None, 1)]);
}

#[test]
fn connections_to_the_host_itself_to_its_link_and_to_other_ports_are_left_out() {
    let mut tracker = Tracker::default();
    look(
        &mut tracker,
        &[
            connection("127.0.0.1:40000", "127.0.0.1:23", 1),
            connection("192.0.2.1:40000", "192.0.2.1:23", 2),
            connection("192.0.2.1:40001", "169.254.169.254:80", 3),
            connection("[2001:db8::1]:40001", "[fd00:ec2::254]:80", 4),
            connection("[::ffff:127.0.0.1]:40002", "[::ffff:127.0.0.1]:80", 5),
            connection("192.0.2.1:40003", "198.51.100.1:8080", 6),
        ],
    );
    assert_eq!(told(&tracker), (vec![], vec![]));
}

#[test]
fn the_observers_own_connections_are_left_out() {
    let mut tracker = Tracker::default();
    let own = connection("192.0.2.1:40000", "198.51.100.1:80", 1);
    tracker.outgoing(&[own], &[(1, telnet(std::process::id()))].into());
    assert_eq!(told(&tracker).0, []);
}

#[test]
fn a_listener_that_has_gone_keeps_its_port_and_one_that_came_later_was_not_there_at_the_start() {
    let mut tracker = Tracker::default();
    tracker.listening(&BTreeSet::from([22]));
    tracker.listening(&BTreeSet::from([2049]));
    // A client that uses a port of the system itself, as NFS does.
    look(&mut tracker, &[connection("192.0.2.1:22", "198.51.100.1:900", 1)]);
    assert_eq!(told(&tracker), (vec![], vec![(22, 1)]));
    assert_eq!(tracker.listening_from_the_start(), [22]);
}

#[test]
fn memory_is_bounded_and_what_had_no_room_is_counted() {
    let mut tracker = Tracker::default();
    let program = |number: u64| Process { pid: 7, name: String::new(), path: format!("/opt/{number}") };
    let fresh: Vec<_> = (1..=5000).map(|inode| connection("192.0.2.1:40000", "198.51.100.1:23", inode)).collect();
    let programs = (1..=5000).map(|inode| (inode, program(inode))).collect();
    tracker.outgoing(&fresh, &programs);
    assert_eq!((tracker.told().0.len(), tracker.lost()), (inspector_model::behavior::ENTRY_LIMIT, 904));
}

#[test]
fn counts_agree_with_a_plain_count_of_everything_that_was_seen() {
    use proptest::prelude::*;
    let any = (0_u16..3, 0_u16..4, 0_u16..4);
    let looks = prop::collection::vec(prop::collection::btree_set(any, 0..12), 0..8);
    proptest!(|(looks in looks)| {
        let made = |(host, local, remote): &(u16, u16, u16)| {
            let local: SocketAddr = format!("192.0.2.1:{}", 20 + local).parse().unwrap();
            connection(&local.to_string(), &format!("198.51.100.{host}:{}", 78 + remote), 0)
        };
        let mut tracker = Tracker::default();
        let listening = BTreeSet::from([21, 22]);
        tracker.listening(&listening);
        // Obvious: a connection begins in every look that has it where the one before had not.
        let (mut out, mut into) = (std::collections::BTreeMap::new(), std::collections::BTreeMap::new());
        let mut before = BTreeSet::new();
        for now in &looks {
            look(&mut tracker, &now.iter().map(made).collect::<Vec<_>>());
            for begun in now.difference(&before) {
                let it = made(begun);
                if listening.contains(&it.local.port()) {
                    *into.entry(it.local.port()).or_insert(0) += 1;
                } else {
                    *out.entry(it.remote.port()).or_insert(0) += 1;
                }
            }
            before.clone_from(now);
        }
        let (outgoing, incoming) = told(&tracker);
        prop_assert_eq!(outgoing.into_iter().map(|(port, _, count)| (port, count)).collect::<Vec<_>>(), out.into_iter().collect::<Vec<_>>());
        prop_assert_eq!(incoming, into.into_iter().collect::<Vec<_>>());
    });
}

#[test]
fn a_real_connection_to_a_listener_is_seen() {
    let root = Root::live().unwrap();
    let listener = TcpListener::bind("0.0.0.0:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let mut observer = Observer::begin(&root, Timestamp::from_millis(0));
    let stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    observer.look(&root);
    drop(stream);
    let seen = observer.observation();
    assert!(seen.listening.contains(&port) && seen.gaps.is_empty() && seen.lost == 0, "{seen:?}");
    assert_eq!(seen.incoming.iter().find(|it| it.port == port).map(|it| it.count), Some(1));
}

#[test]
fn a_look_that_fails_is_a_gap() {
    let folder = tempfile::TempDir::new().unwrap();
    let observer = Observer::begin(&Root::directory(folder.path()).unwrap(), Timestamp::from_millis(0));
    assert_eq!(observer.observation().gaps, ["`/proc/net` is not there"]);
}
