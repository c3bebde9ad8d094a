//! Paths through a network as text, for a terminal.

use inspector_model::proof::{Direction, Hop, Packet};
use inspector_reachability::change::Change;
use inspector_reachability::fact::Fact;

/// One answer: its path and what would close it, or its blockers and what would open it.
pub(crate) fn of_fact(fact: &Fact, protocols: &str, indent: &str, lines: &mut Vec<String>) {
    let ports = if fact.ports.is_empty() { String::new() } else { format!(" {}", fact.ports) };
    let via = fact.via.as_deref().map(|via| format!(" via {}", inert(via))).unwrap_or_default();
    let mut line = |text: String| lines.push(format!("{indent}{text}"));
    line(format!("{}{via}, {protocols}{ports}: {}", fact.edge, fact.outcome.as_str()));
    if !fact.one_way_ports.is_empty() {
        line(format!("  requests arrive and are not answered at {}", fact.one_way_ports));
    }
    if fact.reachable {
        let source = fact.source.as_deref().unwrap_or("-");
        line(format!("  from {}, allowed by {}", inert(source), inert(&fact.allowed_by.join(", "))));
    }
    path(&fact.path).into_iter().for_each(|hop| line(format!("  {hop}")));
    if let Some(witness) = &fact.witness {
        line(format!("  for example {}, answered by {}", packet(&witness.request), packet(&witness.reply)));
    }
    for blocker in &fact.blocked_by {
        line(format!("  {}: {} ({})", inert(&blocker.component), inert(&blocker.detail), blocker.code));
    }
    if let Some(opens) = &fact.opens {
        line(format!("  {} would open it:", counted(opens.edits)));
        let changes = opens.changes.iter().map(ToString::to_string).chain(opens.also.iter().cloned());
        changes.for_each(|change| line(format!("    {}", inert(&change))));
    }
    for changes in &fact.closes {
        line(format!("  {} would close it: {}", counted(changes.len()), inert(&all(changes))));
    }
    fact.unknown.iter().for_each(|unknown| line(format!("  not assessed: {}", inert(&unknown.what))));
    fact.assumptions.iter().for_each(|assumption| line(format!("  assumed: {}", inert(assumption))));
}

/// One line for each hop.
pub(crate) fn path(hops: &[Hop]) -> Vec<String> {
    let arrow = |direction| match direction {
        Direction::Request => "->",
        Direction::Reply => "<-",
    };
    hops.iter().map(|hop| format!("{} {}: {}", arrow(hop.direction), inert(&hop.component), inert(&hop.rule))).collect()
}

/// A packet in one phrase.
pub(crate) fn packet(packet: &Packet) -> String {
    let protocol = inert(&packet.protocol);
    match (packet.source_port, packet.destination_port) {
        (0, 0) => format!("{protocol} {} -> {}", packet.source, packet.destination),
        (from, to) => format!("{protocol} {} port {from} -> {} port {to}", packet.source, packet.destination),
    }
}

fn all(changes: &[Change]) -> String {
    changes.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

fn counted(edits: usize) -> String {
    if edits == 1 { "1 edit".to_owned() } else { format!("{edits} edits") }
}

/// Text of a snapshot or result without control characters, which could move a terminal's cursor or forge lines.
pub(crate) fn inert(text: &str) -> String {
    text.chars().flat_map(|c| if c.is_control() { c.escape_default().collect() } else { vec![c] }).collect()
}
