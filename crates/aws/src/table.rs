//! The tables that the generated code fills: how services are called, and the shapes of what they are asked and answer.

/// One service of AWS.
#[derive(Debug)]
pub(crate) struct Service {
    /// As botocore and AWS CLI call it, for example `elbv2`.
    pub(crate) name: &'static str,
    /// `serviceId`, by which settings name it, for example `Elastic Load Balancing v2`.
    pub(crate) id: &'static str,
    pub(crate) api_version: &'static str,
    pub(crate) endpoint_prefix: &'static str,
    /// The service in the credential scope, and before the colon of its IAM actions.
    pub(crate) signing_name: &'static str,
    pub(crate) protocol: Protocol,
}

/// How a service is spoken to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Protocol {
    /// Form in, XML out, in EC2's dialect.
    Ec2,
    /// Form in, XML out.
    Query,
    /// JSON both ways.
    Json { target: &'static str, version: &'static str },
}

/// One operation.
#[derive(Debug)]
pub(crate) struct Operation {
    pub(crate) service: &'static Service,
    pub(crate) name: &'static str,
    /// Members of the input that are ever set.
    pub(crate) input: &'static [Member],
    pub(crate) output: &'static [Member],
    /// The element around the answer.
    pub(crate) wrapper: Option<&'static str>,
    pub(crate) pages: Option<Pages>,
}

impl Operation {
    /// The IAM action that allows it.
    pub(crate) fn action(&self) -> String {
        format!("{}:{}", self.service.signing_name, self.name)
    }
}

/// How an operation pages.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pages {
    /// The member of the input that takes the token.
    pub(crate) ask: &'static str,
    /// The member of the output that gives the next one.
    pub(crate) answer: &'static str,
    /// The member of the input that bounds a page.
    pub(crate) limit: Option<&'static str>,
    /// The most that it may be.
    pub(crate) most: Option<u32>,
}

/// A member of a structure.
#[derive(Debug)]
pub(crate) struct Member {
    /// As AWS CLI writes it.
    pub(crate) name: &'static str,
    /// As the protocol writes it.
    pub(crate) wire: &'static str,
    pub(crate) shape: &'static Shape,
}

/// What a value looks like.
#[derive(Debug)]
pub(crate) enum Shape {
    /// JSON, passed on as it is.
    Any,
    Boolean,
    Number,
    /// Text, times and bytes in base64: written as AWS writes them.
    String,
    Structure(&'static [Member]),
    /// `wire` is the element of each item; none where no element stands around them all.
    List {
        item: &'static Shape,
        wire: Option<&'static str>,
    },
    /// Text to values.
    Map {
        value: &'static Shape,
    },
}

/// One thing that a snapshot asks for. `crates/aws/model/calls.toml` says what the members mean.
#[derive(Debug)]
pub(crate) struct Call {
    pub(crate) operation: &'static Operation,
    pub(crate) document: &'static str,
    pub(crate) file: &'static str,
    /// The member of the answer that holds the records; empty where the answer is wrapped.
    pub(crate) result: &'static str,
    pub(crate) each: Option<Each>,
    /// Members of the input that are always the same: a JSON object.
    pub(crate) set: &'static str,
    pub(crate) page_size: Option<u32>,
}

/// One call for each value at a place of a document.
#[derive(Debug)]
pub(crate) struct Each {
    pub(crate) document: &'static str,
    /// Below a record, for example `Listeners[].ListenerArn`.
    pub(crate) place: &'static str,
    pub(crate) input: &'static str,
    /// What a value holds that is asked about.
    pub(crate) only: Option<&'static str>,
    pub(crate) wrap: bool,
}
