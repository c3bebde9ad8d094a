//! The three types: their properties, bounds, how each may change, and the calls that make, change and end one.
//!
//! Source: the resource provider schemas of `AWS::Inspector::*`.

use inspector_model::arn::{ResourceGroupArn, Scope, ShortId, TargetArn, TemplateArn};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::Problem;
use crate::codec::{self, Request};
use crate::inspector::{
    Attribute, CreateAssessmentTargetRequest, CreateAssessmentTemplateRequest, CreateResourceGroupRequest,
    DeleteAssessmentTargetRequest, DeleteAssessmentTemplateRequest, ResourceGroupTag, UpdateAssessmentTargetRequest,
};

/// A type of resource that a stack here can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    /// `AWS::Inspector::ResourceGroup`.
    ResourceGroup,
    /// `AWS::Inspector::AssessmentTarget`.
    AssessmentTarget,
    /// `AWS::Inspector::AssessmentTemplate`.
    AssessmentTemplate,
}

/// A property of a type.
#[derive(Debug)]
pub struct Property {
    /// Its name.
    pub name: &'static str,
    /// Whether it must be there.
    pub required: bool,
    /// Whether a change needs no new resource.
    pub in_place: bool,
    bounds: Bounds,
}

#[derive(Debug, Clone, Copy)]
enum Bounds {
    /// Text of so many characters.
    Text(usize, usize),
    /// A whole number.
    Number(i64, i64),
    /// A list of so many texts.
    Texts(usize, usize),
    /// A list of so many `{Key, Value}`.
    Pairs(usize, usize),
}

const fn property(name: &'static str, required: bool, bounds: Bounds) -> Property {
    Property { name, required, in_place: false, bounds }
}

const RESOURCE_GROUP: &[Property] = &[property("ResourceGroupTags", true, Bounds::Pairs(1, 10))];
const ASSESSMENT_TARGET: &[Property] = &[
    property("AssessmentTargetName", false, Bounds::Text(1, 140)),
    Property { name: "ResourceGroupArn", required: false, in_place: true, bounds: Bounds::Text(1, 300) },
];
const ASSESSMENT_TEMPLATE: &[Property] = &[
    property("AssessmentTargetArn", true, Bounds::Text(1, 300)),
    property("AssessmentTemplateName", false, Bounds::Text(1, 140)),
    property("DurationInSeconds", true, Bounds::Number(180, 86_400)),
    property("RulesPackageArns", true, Bounds::Texts(0, 50)),
    property("UserAttributesForFindings", false, Bounds::Pairs(0, 10)),
];

/// One request to the API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// `X-Amz-Target`.
    pub target: &'static str,
    /// The body.
    pub body: Vec<u8>,
}

impl Call {
    fn of<R: Request>(request: &R) -> Result<Self, Problem> {
        let body = codec::encode(request).map_err(|error| Problem::new(error.to_string()))?;
        Ok(Self { target: R::TARGET, body })
    }
}

impl Kind {
    /// Every type.
    pub const ALL: [Self; 3] = [Self::ResourceGroup, Self::AssessmentTarget, Self::AssessmentTemplate];

    /// As templates write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::ResourceGroup => "AWS::Inspector::ResourceGroup",
            Self::AssessmentTarget => "AWS::Inspector::AssessmentTarget",
            Self::AssessmentTemplate => "AWS::Inspector::AssessmentTemplate",
        }
    }

    /// The type that a template calls `name`; `None` for those of other services.
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Its properties.
    pub fn properties(self) -> &'static [Property] {
        match self {
            Self::ResourceGroup => RESOURCE_GROUP,
            Self::AssessmentTarget => ASSESSMENT_TARGET,
            Self::AssessmentTemplate => ASSESSMENT_TEMPLATE,
        }
    }

    /// The property that holds its name.
    pub fn name_property(self) -> Option<&'static str> {
        match self {
            Self::ResourceGroup => None,
            Self::AssessmentTarget => Some("AssessmentTargetName"),
            Self::AssessmentTemplate => Some("AssessmentTemplateName"),
        }
    }

    /// The resolved properties with their declared types, if they are complete and within bounds.
    ///
    /// # Errors
    /// Names the first property that is not.
    pub fn check(self, properties: &Map<String, Value>) -> Result<Map<String, Value>, Problem> {
        let known = self.properties();
        if let Some(name) = properties.keys().find(|name| !known.iter().any(|property| property.name == name.as_str()))
        {
            return Err(Problem::new(format!("`{name}` is no property of `{}`", self.name())));
        }
        let mut checked = Map::new();
        for property in known {
            match properties.get(property.name) {
                Some(value) => {
                    let value = property.bounds.check(value).map_err(|problem| problem.at(property.name))?;
                    checked.insert(property.name.to_owned(), value);
                }
                None if property.required => {
                    return Err(Problem::new(format!("the property `{}` is missing", property.name)));
                }
                None => {}
            }
        }
        Ok(checked)
    }

    /// The call that makes one with `properties`, called `name` where they hold no name.
    ///
    /// # Errors
    /// When the properties cannot be written.
    pub fn create(self, properties: &Map<String, Value>, name: &str) -> Result<Call, Problem> {
        let named = || self.name_property().and_then(|key| text(properties, key)).unwrap_or_else(|| name.to_owned());
        match self {
            Self::ResourceGroup => Call::of(&CreateResourceGroupRequest {
                resource_group_tags: pairs(properties, "ResourceGroupTags", |key, value| ResourceGroupTag {
                    key,
                    value,
                }),
            }),
            Self::AssessmentTarget => Call::of(&CreateAssessmentTargetRequest {
                assessment_target_name: named(),
                resource_group_arn: text(properties, "ResourceGroupArn"),
            }),
            Self::AssessmentTemplate => Call::of(&CreateAssessmentTemplateRequest {
                assessment_target_arn: text(properties, "AssessmentTargetArn").unwrap_or_default(),
                assessment_template_name: named(),
                duration_in_seconds: properties
                    .get("DurationInSeconds")
                    .and_then(Value::as_i64)
                    .and_then(|seconds| i32::try_from(seconds).ok())
                    .unwrap_or_default(),
                rules_package_arns: properties
                    .get("RulesPackageArns")
                    .and_then(Value::as_array)
                    .into_iter()
                    .flatten()
                    .filter_map(|arn| arn.as_str().map(str::to_owned))
                    .collect(),
                user_attributes_for_findings: properties
                    .contains_key("UserAttributesForFindings")
                    .then(|| pairs(properties, "UserAttributesForFindings", |key, value| Attribute { key, value })),
            }),
        }
    }

    /// The call that gives the one at `arn`, called `name`, new properties; `None` where nothing can change in place.
    ///
    /// # Errors
    /// When the properties cannot be written.
    pub fn update(self, arn: &str, properties: &Map<String, Value>, name: &str) -> Result<Option<Call>, Problem> {
        match self {
            Self::ResourceGroup | Self::AssessmentTemplate => Ok(None),
            Self::AssessmentTarget => Call::of(&UpdateAssessmentTargetRequest {
                assessment_target_arn: arn.to_owned(),
                assessment_target_name: text(properties, "AssessmentTargetName").unwrap_or_else(|| name.to_owned()),
                resource_group_arn: text(properties, "ResourceGroupArn"),
            })
            .map(Some),
        }
    }

    /// The call that ends the one at `arn`; resource groups have none.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn delete(self, arn: &str) -> Result<Option<Call>, Problem> {
        let arn = arn.to_owned();
        match self {
            Self::ResourceGroup => Ok(None),
            Self::AssessmentTarget => Call::of(&DeleteAssessmentTargetRequest { assessment_target_arn: arn }).map(Some),
            Self::AssessmentTemplate => {
                Call::of(&DeleteAssessmentTemplateRequest { assessment_template_arn: arn }).map(Some)
            }
        }
    }

    /// The ARN that one made with `properties` gets, if its id is `id`; `None` where the properties name no parent.
    pub fn arn(self, scope: &Scope, id: &ShortId, properties: &Map<String, Value>) -> Option<String> {
        let (scope, id) = (scope.clone(), id.clone());
        Some(match self {
            Self::ResourceGroup => ResourceGroupArn { scope, group: id }.to_string(),
            Self::AssessmentTarget => TargetArn { scope, target: id }.to_string(),
            Self::AssessmentTemplate => {
                let parent: TargetArn = text(properties, "AssessmentTargetArn")?.parse().ok()?;
                TemplateArn { scope, target: parent.target, template: id }.to_string()
            }
        })
    }

    /// The ARN in the answer to [`Self::create`].
    pub fn arn_in(self, answer: &[u8]) -> Option<String> {
        let member = match self {
            Self::ResourceGroup => "resourceGroupArn",
            Self::AssessmentTarget => "assessmentTargetArn",
            Self::AssessmentTemplate => "assessmentTemplateArn",
        };
        let answer: Value = serde_json::from_slice(answer).ok()?;
        answer.get(member)?.as_str().map(str::to_owned)
    }
}

impl Bounds {
    fn check(self, value: &Value) -> Result<Value, Problem> {
        let count = |what: &str, count: usize, least: usize, most: usize| match (least..=most).contains(&count) {
            true => Ok(()),
            false => Err(Problem::new(format!("must have between {least} and {most} {what}, and has {count}"))),
        };
        match self {
            Self::Text(least, most) => {
                let text = super::template::string("the value", value.clone())?;
                count("characters", text.chars().count(), least, most)?;
                Ok(Value::from(text))
            }
            Self::Number(least, most) => {
                let number = super::template::string("the value", value.clone())?.parse::<i64>().ok();
                match number.filter(|number| (least..=most).contains(number)) {
                    Some(number) => Ok(Value::from(number)),
                    None => Err(Problem::new(format!("must be a whole number between {least} and {most}"))),
                }
            }
            Self::Texts(least, most) => {
                let items = value.as_array().ok_or_else(|| Problem::new("must be a list"))?;
                count("items", items.len(), least, most)?;
                items.iter().map(|item| super::template::string("an item", item.clone()).map(Value::from)).collect()
            }
            Self::Pairs(least, most) => {
                let items = value.as_array().ok_or_else(|| Problem::new("must be a list"))?;
                count("items", items.len(), least, most)?;
                items.iter().map(pair).collect()
            }
        }
    }
}

fn pair(item: &Value) -> Result<Value, Problem> {
    let wrong = || Problem::new("an item must be a mapping of `Key` and `Value`");
    let members = item.as_object().filter(|members| members.len() == 2).ok_or_else(wrong)?;
    let text = |name: &str| {
        let value = members.get(name).ok_or_else(wrong)?;
        super::template::string(&format!("`{name}`"), value.clone()).map(|text| (name.to_owned(), Value::from(text)))
    };
    Ok(Value::Object([text("Key")?, text("Value")?].into_iter().collect()))
}

fn text(properties: &Map<String, Value>, name: &str) -> Option<String> {
    properties.get(name)?.as_str().map(str::to_owned)
}

fn pairs<T>(properties: &Map<String, Value>, name: &str, make: impl Fn(String, Option<String>) -> T) -> Vec<T> {
    let items = properties.get(name).and_then(Value::as_array).into_iter().flatten();
    let one = |item: &Value| {
        let text = |name: &str| item.get(name)?.as_str().map(str::to_owned);
        Some(make(text("Key")?, text("Value")))
    };
    items.filter_map(one).collect()
}
