//! Packets between interfaces of one VPC.

use inspector_model::network::Edge;

use super::entry::Entry;
use super::inside;
use super::way::Notes;
use crate::address::Address;
use crate::index::Index;
use crate::question::Question;

/// The way from the senders that `question` names to `subnet` of their own VPC.
pub(super) fn entry<'n, A: Address>(
    index: &Index<'n>,
    vpc: &'n str,
    subnet: &'n str,
    question: &Question,
) -> Entry<'n, A> {
    let mut notes = Notes::default();
    let mut origins = inside::origins(index, vpc, "local", Some(vpc), question, &mut notes);
    for (origin, from) in &mut origins {
        if *from == subnet {
            // Inside a subnet neither the network ACL nor the routes are passed.
            origin.same_subnet = true;
            if let Some(far) = &mut origin.far {
                (far.acl, far.route) = (None, None);
                far.unknown.clear();
            }
        }
    }
    let near = !origins.is_empty() && origins.iter().all(|(origin, _)| origin.same_subnet);
    Entry {
        edge: Edge::IntraVPC,
        via: Some(if near { subnet } else { vpc }),
        back: Some("local"),
        also_back: Vec::new(),
        origins: origins.into_iter().map(|(origin, _)| origin).collect(),
        narrowed: true,
        notes,
    }
}
