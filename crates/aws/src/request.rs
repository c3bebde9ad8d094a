//! A request as the protocol writes it: a form for the query protocols, JSON for the others.
//!
//! Forms: AWS, "Query protocol" and "Making requests to the Amazon EC2 API": members joined with dots, lists numbered from
//! one; EC2 numbers without the `member` that others put before the number.

use inspector_model::percent::encoded;
use serde_json::{Map, Value};

use crate::table::{Member, Operation, Protocol, Shape};

/// What is sent, besides host and signature.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Request {
    pub(crate) content_type: String,
    /// `X-Amz-Target` of the JSON protocols.
    pub(crate) target: Option<String>,
    pub(crate) body: Vec<u8>,
}

/// Writes the request for `operation`. Members that its table does not have are left out.
pub(crate) fn write(operation: &Operation, input: &Map<String, Value>) -> Request {
    if let Protocol::Json { target, version } = operation.service.protocol {
        return Request {
            content_type: format!("application/x-amz-json-{version}"),
            target: Some(format!("{target}.{}", operation.name)),
            body: Value::Object(input.clone()).to_string().into_bytes(),
        };
    }
    let mut form = Form { ec2: operation.service.protocol == Protocol::Ec2, text: String::new() };
    form.pair("Action", operation.name);
    form.pair("Version", operation.service.api_version);
    form.structure("", operation.input, input);
    let content_type = "application/x-www-form-urlencoded; charset=utf-8".to_owned();
    Request { content_type, target: None, body: form.text.into_bytes() }
}

struct Form {
    ec2: bool,
    text: String,
}

impl Form {
    fn structure(&mut self, prefix: &str, members: &[Member], values: &Map<String, Value>) {
        for member in members {
            if let Some(value) = values.get(member.name) {
                let dot = if prefix.is_empty() { "" } else { "." };
                self.value(&format!("{prefix}{dot}{}", member.wire), member.shape, value);
            }
        }
    }

    fn value(&mut self, name: &str, shape: &Shape, value: &Value) {
        match (shape, value) {
            (Shape::Structure(members), Value::Object(values)) => self.structure(name, members, values),
            (Shape::List { item, wire }, Value::Array(values)) => {
                let before = match wire {
                    Some(wire) if !self.ec2 => format!("{name}.{wire}"),
                    Some(_) | None => name.to_owned(),
                };
                for (at, value) in values.iter().enumerate() {
                    self.value(&format!("{before}.{}", at + 1), item, value);
                }
            }
            (_, Value::String(text)) => self.pair(name, text),
            (_, Value::Null) => {}
            (_, other) => self.pair(name, &other.to_string()),
        }
    }

    fn pair(&mut self, name: &str, value: &str) {
        if !self.text.is_empty() {
            self.text.push('&');
        }
        self.encode(name);
        self.text.push('=');
        self.encode(value);
    }

    fn encode(&mut self, text: &str) {
        self.text.push_str(&encoded(text, b""));
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::generated::{directconnect, ec2, elbv2};

    fn body(operation: &Operation, input: &Value) -> String {
        String::from_utf8(write(operation, input.as_object().unwrap()).body).unwrap()
    }

    #[test]
    fn ec2_numbers_its_lists_and_capitalises_names() {
        let filters = json!([{"Name": "type", "Values": ["static", "a b&c"]}]);
        let input = json!({"TransitGatewayRouteTableId": "tgw-rtb-1", "Filters": filters, "MaxResults": 5});
        assert_eq!(
            body(&ec2::SEARCH_TRANSIT_GATEWAY_ROUTES, &input),
            "Action=SearchTransitGatewayRoutes&Version=2016-11-15&TransitGatewayRouteTableId=tgw-rtb-1\
             &Filter.1.Name=type&Filter.1.Value.1=static&Filter.1.Value.2=a%20b%26c&MaxResults=5"
        );
        assert!(body(&ec2::DESCRIBE_INSTANCES, &json!({"NextToken": "t="})).ends_with("&NextToken=t%3D"));
    }

    #[test]
    fn the_query_protocol_keeps_names() {
        let input = json!({"LoadBalancerArn": "arn:aws:x", "Marker": "2"});
        let text = body(&elbv2::DESCRIBE_LISTENERS, &input);
        assert_eq!(text, "Action=DescribeListeners&Version=2015-12-01&LoadBalancerArn=arn%3Aaws%3Ax&Marker=2");
    }

    #[test]
    fn the_json_protocol_names_its_target() {
        let request = write(&directconnect::DESCRIBE_DIRECT_CONNECT_GATEWAYS, &Map::new());
        assert_eq!(request.target.as_deref(), Some("OvertureService.DescribeDirectConnectGateways"));
        assert_eq!((request.content_type.as_str(), &request.body[..]), ("application/x-amz-json-1.1", &b"{}"[..]));
    }
}
