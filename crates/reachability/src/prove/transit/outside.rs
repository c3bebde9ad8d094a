//! Networks outside AWS that are attached to transit gateways: VPN connections, Direct Connect gateways, GRE tunnels.

use inspector_model::network::{Edge, TransitAttachment, TransitResource};

use super::super::between::Carried;
use super::super::entry::Origin;
use super::super::way::Notes;
use super::super::{direct_connect, inside};
use super::entry::{Here, Return, shut};
use super::follow::follow;
use crate::address::Address;
use crate::fact::{Blocker, Doubt};
use crate::hubs::{in_use, outside as edge};
use crate::interval::IntervalSet;

impl<'n, A: Address> Here<'_, 'n, A> {
    /// Origins behind every attachment of the kind `kind`, of this gateway or one behind it.
    pub(super) fn outside(&self, kind: Edge, notes: &mut Notes) -> Vec<Origin<'n, A>> {
        let mut origins = Vec::new();
        let mut closed = Vec::new();
        let hubs = self.index.hubs();
        let attached = hubs.joined(self.gateway).iter().flat_map(|gateway| hubs.of_gateway(gateway));
        for from in attached.copied().filter(|from| edge(&from.resource) == Some(kind)) {
            let fates = follow(self.index, from, &IntervalSet::full());
            let mut there = self.there(&fates);
            match self.usable(from, &mut there, notes) {
                Ok(()) if there.sure.is_empty() && there.perhaps.is_empty() => closed.extend(there.closed),
                Ok(()) => {
                    notes.assume(fates.assumptions.iter().cloned());
                    origins.extend(self.returns.iter().filter_map(|back| self.of(kind, &there, back, notes)));
                }
                Err(blocker) => closed.push(blocker),
            }
        }
        if origins.is_empty() {
            closed.sort();
            closed.dedup();
            notes.blockers.extend(closed);
        }
        origins
    }

    /// Whether anything comes in by `from`, and how far.
    fn usable(&self, from: &'n TransitAttachment, there: &mut Carried<A>, notes: &mut Notes) -> Result<(), Blocker> {
        if let Some(state) = from.state.as_deref().filter(|state| !in_use(Some(state))) {
            return Err(Blocker::new("BAD_STATE_ATTACHMENT", &from.id, format!("the attachment is {state}")));
        }
        match &from.resource {
            TransitResource::Vpn(id) => {
                let connection = self.index.hubs().connection(id);
                notes.doubt(self.index, "VPN connection", id);
                match connection {
                    Some(connection) => match connection.state.as_deref() {
                        None | Some("available") => Ok(()),
                        Some(state) => {
                            let detail = format!("the VPN connection is {state}");
                            Err(Blocker::new("TGW_BAD_STATE_VPN", id, detail))
                        }
                    },
                    None => {
                        let what = format!("VPN connection `{id}`");
                        notes.missing(self.index, "VpnConnections", &what, "taken to be available");
                        Ok(())
                    }
                }
            }
            TransitResource::DirectConnect(id) => {
                let carried = direct_connect::to_transit_gateway(self.index, id, &from.gateway, notes)?;
                there.sure = there.sure.intersection(&carried.sure);
                for (_, addresses) in &mut there.perhaps {
                    *addresses = addresses.intersection(&carried.sure);
                }
                there.perhaps.retain(|(_, addresses)| !addresses.is_empty());
                there.closed.extend(carried.closed);
                Ok(())
            }
            TransitResource::Connect(transport) => {
                let carrier = self.index.hubs().attachment(&from.gateway, transport);
                match carrier.filter(|carrier| !in_use(carrier.state.as_deref())) {
                    Some(carrier) => {
                        let detail = "the attachment that carries the tunnel is not available";
                        Err(Blocker::new("BAD_STATE_ATTACHMENT", &carrier.id, detail))
                    }
                    None => Ok(()),
                }
            }
            TransitResource::Vpc(_) | TransitResource::Peering(_) | TransitResource::Other(_) => Ok(()),
        }
    }

    /// Senders whose packets come in as `there` says and whose replies leave by `back`. They may have any address that is not one
    /// of the VPCs'.
    fn of(&self, kind: Edge, there: &Carried<A>, back: &Return<'n, A>, notes: &mut Notes) -> Option<Origin<'n, A>> {
        let whole = inside::whole(self.question, self.gateway);
        let sources = inside::narrowed(IntervalSet::full(), self.question).difference(&self.inside());
        if !whole || sources.is_empty() {
            return None;
        }
        let theirs = |attachment: &TransitAttachment| edge(&attachment.resource) == Some(kind);
        let mut carried = Carried {
            sure: back.fates.out(theirs),
            perhaps: back.fates.doubts(self.index, theirs),
            closed: back.fates.blockers(&sources, theirs),
        };
        for learned in back.fates.learned.iter().filter(|learned| theirs(learned.attachment)) {
            carried.sure = carried.sure.union(&learned.sure);
            let what = format!(
                "whether `{}` announces a longer prefix than the routes do is not known",
                learned.attachment.id
            );
            carried.perhaps.push((Doubt::missing(what), learned.unsure.clone()));
        }
        for (_, addresses) in &mut carried.perhaps {
            *addresses = addresses.difference(&carried.sure);
        }
        carried.perhaps.retain(|(_, addresses)| !addresses.is_empty());
        shut(&mut carried, back.closed.as_ref());
        let between = self.between(there.clone(), carried, back.leave, None, notes);
        Some(Origin { between: Some(between), ..Origin::anywhere(sources) })
    }

    /// The addresses of every VPC that is attached somewhere, as far as they are known.
    fn inside(&self) -> IntervalSet<A> {
        let attached = self.index.network.transit_attachments.iter();
        let attached = attached.filter_map(|attachment| self.index.vpc(attachment.resource.vpc()?));
        attached.fold(self.own(), |all, vpc| all.union(&A::set(&vpc.ranges)))
    }

    fn own(&self) -> IntervalSet<A> {
        self.index.vpc(self.vpc).map(|vpc| A::set(&vpc.ranges)).unwrap_or_default()
    }
}
