//! Where services listen: AWS, "AWS service endpoints", or where the settings say.

use std::collections::BTreeMap;

use crate::table::Service;

/// Where to send requests.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Endpoints {
    /// For every service.
    pub(crate) everywhere: Option<String>,
    /// For single services, by botocore's name.
    pub(crate) of_service: BTreeMap<&'static str, String>,
    /// Endpoints whose cryptography is validated by FIPS 140.
    pub(crate) fips: bool,
}

/// One place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Endpoint {
    pub(crate) url: String,
    /// With the port, as the `Host` header has it.
    pub(crate) host: String,
}

impl Endpoints {
    pub(crate) fn of(&self, service: &Service, region: &str) -> Endpoint {
        if let Some(url) = self.of_service.get(service.name).or(self.everywhere.as_ref()) {
            let url = if url.ends_with('/') { url.clone() } else { format!("{url}/") };
            let host = url.split_once("://").map_or(url.as_str(), |(_, rest)| rest);
            let host = host.split('/').next().unwrap_or_default().to_owned();
            return Endpoint { url, host };
        }
        let fips = if self.fips { "-fips" } else { "" };
        let host = format!("{}{fips}.{region}.{}", service.endpoint_prefix, domain(region));
        Endpoint { url: format!("https://{host}/"), host }
    }
}

/// The domain of a Region's partition.
fn domain(region: &str) -> &'static str {
    const PARTITIONS: [(&str, &str); 5] = [
        ("cn-", "amazonaws.com.cn"),
        ("eusc-", "amazonaws.eu"),
        ("us-isob-", "sc2s.sgov.gov"),
        ("us-isof-", "csp.hci.ic.gov"),
        ("us-iso-", "c2s.ic.gov"),
    ];
    PARTITIONS.iter().find(|(start, _)| region.starts_with(start)).map_or("amazonaws.com", |(_, domain)| domain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generated::{ec2, elbv2};

    #[test]
    fn a_service_listens_in_its_region_and_partition() {
        let of = |service, region| Endpoints::default().of(service, region).url;
        assert_eq!(of(&ec2::SERVICE, "eu-west-1"), "https://ec2.eu-west-1.amazonaws.com/");
        assert_eq!(of(&elbv2::SERVICE, "cn-north-1"), "https://elasticloadbalancing.cn-north-1.amazonaws.com.cn/");
        assert_eq!(of(&ec2::SERVICE, "us-isob-east-1"), "https://ec2.us-isob-east-1.sc2s.sgov.gov/");
        let fips = Endpoints { fips: true, ..Endpoints::default() };
        assert_eq!(fips.of(&ec2::SERVICE, "us-gov-west-1").host, "ec2-fips.us-gov-west-1.amazonaws.com");
    }

    #[test]
    fn an_endpoint_of_ones_own_wins_and_the_nearest_first() {
        let of_service = BTreeMap::from([("ec2", "https://vpce-1.ec2.example/".to_owned())]);
        let everywhere = Some("http://127.0.0.1:5000".to_owned());
        let endpoints = Endpoints { everywhere, of_service, fips: false };
        assert_eq!(endpoints.of(&ec2::SERVICE, "us-east-1").host, "vpce-1.ec2.example");
        let other = endpoints.of(&elbv2::SERVICE, "us-east-1");
        assert_eq!((other.url.as_str(), other.host.as_str()), ("http://127.0.0.1:5000/", "127.0.0.1:5000"));
    }
}
