//! Elastic addresses (`DescribeAddresses`).

use serde::Deserialize;

use super::part::{Elastic, Part};
use super::raw::{Text, address, filled};

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Raw<'a> {
    #[serde(borrow)]
    network_interface_id: Option<Text<'a>>,
    private_ip_address: Option<Text<'a>>,
    public_ip: Option<Text<'a>>,
}

pub(super) fn add(raw: Raw<'_>, part: &mut Part) {
    let interface = filled(raw.network_interface_id.as_ref());
    let private = filled(raw.private_ip_address.as_ref());
    let (Some(interface), Some(private), Some(public)) = (interface, private, filled(raw.public_ip.as_ref())) else {
        return; // not associated with an interface
    };
    match (address(private), address(public)) {
        (Ok(private), Ok(public)) => part.elastic.push(Elastic { interface: interface.to_owned(), private, public }),
        (Err(why), _) | (_, Err(why)) => part.unreadable(interface, why),
    }
}
