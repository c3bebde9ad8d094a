//! The sentences of the original, word for word, from what is particular to a finding.

use inspector_model::host::{Process, Transport};
use inspector_reachability::interval::IntervalSet;

use super::route::Route;

/// Where a finding is about.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    /// The instance.
    pub instance: &'a str,
    /// Its VPC.
    pub vpc: &'a str,
    /// The interface.
    pub eni: &'a str,
    /// The network ACL of the interface's subnet.
    pub acl: &'a str,
    /// The security group that admits.
    pub group: &'a str,
    /// The component that lets packets into the VPC.
    pub via: &'a str,
    /// The VPC on the other side of a peering connection.
    pub peer: Option<&'a str>,
    /// The attribute and DNS name of the load balancer, where there is one on the path.
    pub balancer: Option<(&'a str, &'a str)>,
    /// The way in.
    pub route: Route,
}

/// Whether somebody listens at the port.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listening<'a> {
    /// A process does; which one is known or not.
    Process(Option<&'a Process>),
    /// Nobody does.
    Nobody,
    /// No host has told.
    NoAgent,
}

/// One reachable port.
#[derive(Debug, Clone, Copy)]
pub struct Port<'a> {
    /// TCP or UDP.
    pub transport: Transport,
    /// The port.
    pub port: u16,
    /// The recognised service.
    pub service: Option<&'a str>,
    /// Who listens.
    pub listening: Listening<'a>,
}

/// `TCP` or `UDP`.
pub const fn transport(transport: Transport) -> &'static str {
    match transport {
        Transport::Tcp => "TCP",
        Transport::Udp => "UDP",
    }
}

impl Port<'_> {
    /// `RULE_TYPE`.
    pub const fn kind(&self) -> &'static str {
        match (self.service, self.listening) {
            (None, _) => "UnrecognizedPortWithListener",
            (Some(_), Listening::Process(_)) => "RecognizedPortWithListener",
            (Some(_), Listening::Nobody) => "RecognizedPortNoListener",
            (Some(_), Listening::NoAgent) => "RecognizedPortNoAgent",
        }
    }

    /// The finding's id.
    pub fn rule(&self, route: Route) -> String {
        let what = match (self.service, self.listening) {
            (None, _) => "Unrecognized port with listener",
            (Some(_), Listening::Process(_)) => "Recognized port with listener",
            (Some(_), Listening::Nobody) => "Recognized port with no listener",
            (Some(_), Listening::NoAgent) => "Recognized port",
        };
        format!("{what} reachable from {}", route.port_rule)
    }

    /// The title.
    pub fn title(&self, place: &Place<'_>) -> String {
        let (instance, source) = (place.instance, place.route.source);
        let port = format!("{} port {}", transport(self.transport), self.port);
        let service = self.service.map(|service| format!(" which is associated with '{service}'")).unwrap_or_default();
        match (self.listening, self.service) {
            (Listening::Process(Some(process)), Some(_)) => format!(
                "On instance {instance}, process '{}' is listening on {port}{service} and is reachable from {source}",
                process.name
            ),
            (Listening::Process(Some(process)), None) => format!(
                "On instance {instance}, process '{}' is listening on {port} which is reachable from {source}",
                process.name
            ),
            (Listening::Process(None), None) => {
                format!("On instance {instance}, a process is listening on {port} which is reachable from {source}")
            }
            _ => format!("On instance {instance}, {port}{service} is reachable from {source}"),
        }
    }

    /// The description.
    pub fn description(&self, place: &Place<'_>) -> String {
        let Place { instance, vpc, eni, acl, group, via, route, .. } = *place;
        let port = format!("{} port {}", transport(self.transport), self.port);
        let port = match self.service {
            Some(service) => format!("{port}, which is associated with {service},"),
            None => port,
        };
        let listening = match self.listening {
            Listening::Process(Some(Process { pid, name, path })) => format!(
                " with a process listening on the port. The process has name \u{2018}{name}\u{2019}, process id {pid}, \
                 and uses binary {path}."
            ),
            Listening::Process(None) => " with a process listening on the port.".to_owned(),
            Listening::Nobody => " with no process listening.".to_owned(),
            Listening::NoAgent => {
                ". You can install the Inspector agent on this instance and re-run the assessment to \
                                   check for any process listening on this port."
                    .to_owned()
            }
        };
        format!(
            "On this instance, {port} is reachable from {source}{listening} The instance {instance} is located in VPC \
             {vpc} and has an attached ENI {eni} which uses network ACL {acl}. The port is reachable from {source} \
             through Security Group {group} and {component} {via}",
            source = route.source,
            component = route.component
        )
    }

    /// What to do.
    pub fn recommendation(&self, place: &Place<'_>) -> String {
        format!("{} on port {}", recommendation(place), self.port)
    }
}

/// All ports that one group lets through to one interface.
#[derive(Debug, Clone, Copy)]
pub struct Exposure<'a> {
    /// TCP ports.
    pub tcp: &'a IntervalSet<u16>,
    /// UDP ports.
    pub udp: &'a IntervalSet<u16>,
}

impl Exposure<'_> {
    /// The finding's id.
    pub fn rule(route: Route) -> String {
        format!("Network exposure from {}", route.source)
    }

    /// The title.
    pub fn title(place: &Place<'_>) -> String {
        format!(
            "Aggregate network exposure: On instance {}, ports are reachable from {} through ENI {} and security group {}",
            place.instance, place.route.source, place.eni, place.group
        )
    }

    /// The description.
    pub fn description(&self, place: &Place<'_>) -> String {
        let Place { instance, vpc, eni, acl, group, via, route, .. } = *place;
        format!(
            "On instance {instance}, ENI {eni} and security group {group} allow access from {source} to tcp ports {tcp} \
             and udp ports {udp}. ENI {eni} is located in VPC {vpc} with access control list {acl}. These ports are \
             reachable from {source} through {component} {via}",
            source = route.source,
            tcp = ranges(self.tcp, usize::MAX),
            udp = ranges(self.udp, usize::MAX),
            component = route.aggregate_component
        )
    }

    /// What to do.
    pub fn recommendation(place: &Place<'_>) -> String {
        recommendation(place)
    }
}

fn recommendation(place: &Place<'_>) -> String {
    format!("You can edit the Security Group {} to remove access from {}", place.group, place.route.source)
}

/// Ports as the original writes them: `[[22 - 22], [80 - 90]]`. What does not fit into `limit` characters is left out and
/// marked.
pub fn ranges(ports: &IntervalSet<u16>, limit: usize) -> String {
    let mut text = String::from("[");
    for (at, (low, high)) in ports.intervals().iter().enumerate() {
        let comma = if at == 0 { "" } else { ", " };
        let next = format!("{comma}[{low} - {high}]");
        if text.len() + next.len() + ", ...]".len() > limit {
            text.push_str(", ...");
            break;
        }
        text.push_str(&next);
    }
    text.push(']');
    text
}

#[cfg(test)]
mod tests {
    use super::super::route::{INTERNET, PEERED_VPC};
    use super::*;

    const PLACE: Place<'static> = Place {
        instance: "i-1",
        vpc: "vpc-1",
        eni: "eni-1",
        acl: "acl-1",
        group: "sg-1",
        via: "igw-1",
        peer: None,
        balancer: None,
        route: INTERNET,
    };

    fn ssh(listening: Listening<'_>) -> Port<'_> {
        Port { transport: Transport::Tcp, port: 22, service: Some("SSH"), listening }
    }

    /// The wording of findings that the original exported to Security Hub in 2020, with ids of our own.
    #[test]
    fn port_findings_read_as_the_original_wrote_them() {
        let no_agent = ssh(Listening::NoAgent);
        assert_eq!(no_agent.rule(INTERNET), "Recognized port reachable from internet");
        assert_eq!(
            no_agent.title(&PLACE),
            "On instance i-1, TCP port 22 which is associated with 'SSH' is reachable from the internet"
        );
        assert_eq!(
            no_agent.description(&PLACE),
            "On this instance, TCP port 22, which is associated with SSH, is reachable from the internet. You can install \
             the Inspector agent on this instance and re-run the assessment to check for any process listening on this \
             port. The instance i-1 is located in VPC vpc-1 and has an attached ENI eni-1 which uses network ACL acl-1. \
             The port is reachable from the internet through Security Group sg-1 and IGW igw-1"
        );
        assert_eq!(
            no_agent.recommendation(&PLACE),
            "You can edit the Security Group sg-1 to remove access from the internet on port 22"
        );
        let nobody = ssh(Listening::Nobody);
        assert_eq!(nobody.rule(INTERNET), "Recognized port with no listener reachable from internet");
        assert!(nobody.description(&PLACE).contains("is reachable from the internet with no process listening. The"));
    }

    #[test]
    fn a_listener_is_named_with_its_process() {
        let sshd = Process { pid: 4868, name: "sshd".into(), path: "/usr/sbin/sshd".into() };
        let port = ssh(Listening::Process(Some(&sshd)));
        assert_eq!(port.rule(INTERNET), "Recognized port with listener reachable from internet");
        assert_eq!(
            port.title(&PLACE),
            "On instance i-1, process 'sshd' is listening on TCP port 22 which is associated with 'SSH' and is reachable \
             from the internet"
        );
        assert!(port.description(&PLACE).contains(
            "with a process listening on the port. The process has name \u{2018}sshd\u{2019}, process id 4868, and uses \
             binary /usr/sbin/sshd. The instance i-1"
        ));
        let other = Port { port: 1194, service: None, ..port };
        assert_eq!(other.rule(INTERNET), "Unrecognized port with listener reachable from internet");
        assert_eq!(
            other.title(&PLACE),
            "On instance i-1, process 'sshd' is listening on TCP port 1194 which is reachable from the internet"
        );
        assert!(
            other
                .description(&PLACE)
                .starts_with("On this instance, TCP port 1194 is reachable from the internet with")
        );
    }

    #[test]
    fn aggregates_read_as_the_original_wrote_them() {
        let place = Place { via: "pcx-1", route: PEERED_VPC, ..PLACE };
        let exposure = Exposure { tcp: &IntervalSet::between(22, 22), udp: &IntervalSet::empty() };
        assert_eq!(Exposure::rule(PEERED_VPC), "Network exposure from a Peered VPC");
        assert_eq!(Exposure::rule(INTERNET), "Network exposure from the internet");
        assert_eq!(
            Exposure::title(&place),
            "Aggregate network exposure: On instance i-1, ports are reachable from a Peered VPC through ENI eni-1 and \
             security group sg-1"
        );
        assert_eq!(
            exposure.description(&place),
            "On instance i-1, ENI eni-1 and security group sg-1 allow access from a Peered VPC to tcp ports [[22 - 22]] \
             and udp ports []. ENI eni-1 is located in VPC vpc-1 with access control list acl-1. These ports are \
             reachable from a Peered VPC through VPC Peering Connection pcx-1"
        );
        assert!(exposure.description(&PLACE).ends_with("through Internet Gateway igw-1"));
        assert_eq!(
            Exposure::recommendation(&place),
            "You can edit the Security Group sg-1 to remove access from a Peered VPC"
        );
    }

    #[test]
    fn a_long_port_list_is_cut_between_ranges() {
        let ports = IntervalSet::of((0..100).map(|port| (port * 10, port * 10)).collect());
        let text = ranges(&ports, 256);
        assert!(text.len() <= 256 && text.ends_with("], ...]"), "{text}");
        assert_eq!(ranges(&IntervalSet::of(vec![(22, 22), (80, 90)]), 256), "[[22 - 22], [80 - 90]]");
    }
}
