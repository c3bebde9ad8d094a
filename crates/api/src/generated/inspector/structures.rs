//! What goes in, what comes out, and what they are made of.
// Written by `cargo xtask generate` from the service model. Do not edit.

use std::collections::BTreeMap;

use inspector_model::Timestamp;
use serde::{Deserialize, Serialize};

use super::*;

/// The model's `AddAttributesToFindingsRequest`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AddAttributesToFindingsRequest {
    /// List of 1 to 10 `Arn`.
    pub finding_arns: Vec<String>,
    /// List of 0 to 10 `Attribute`.
    pub attributes: Vec<Attribute>,
}

/// The model's `AddAttributesToFindingsResponse`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AddAttributesToFindingsResponse {
    /// Map of entries by `Arn`.
    pub failed_items: BTreeMap<String, FailedItemDetails>,
}

/// The model's `AgentAlreadyRunningAssessment`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AgentAlreadyRunningAssessment {
    /// `AgentId`: 1 to 128 characters.
    pub agent_id: String,
    /// `Arn`: 1 to 300 characters.
    pub assessment_run_arn: String,
}

/// The model's `AgentFilter`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AgentFilter {
    /// List of 0 to 10 `AgentHealth`.
    pub agent_healths: Vec<AgentHealth>,
    /// List of 0 to 10 `AgentHealthCode`.
    pub agent_health_codes: Vec<AgentHealthCode>,
}

/// The model's `AgentPreview`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AgentPreview {
    /// `Hostname`: 0 to 256 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hostname: Option<String>,
    /// `AgentId`: 1 to 128 characters.
    pub agent_id: String,
    /// `AutoScalingGroup`: 1 to 256 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub auto_scaling_group: Option<String>,
    /// [`AgentHealth`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agent_health: Option<AgentHealth>,
    /// `AgentVersion`: 1 to 128 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agent_version: Option<String>,
    /// `OperatingSystem`: 1 to 256 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub operating_system: Option<String>,
    /// `KernelVersion`: 1 to 128 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kernel_version: Option<String>,
    /// `Ipv4Address`: 7 to 15 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ipv4_address: Option<String>,
}

/// The model's `AssessmentRun`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AssessmentRun {
    /// `Arn`: 1 to 300 characters.
    pub arn: String,
    /// `AssessmentRunName`: 1 to 140 characters.
    pub name: String,
    /// `Arn`: 1 to 300 characters.
    pub assessment_template_arn: String,
    /// [`AssessmentRunState`].
    pub state: AssessmentRunState,
    /// `AssessmentRunDuration`: whole number 180 to 86400.
    pub duration_in_seconds: i32,
    /// List of 1 to 50 `Arn`.
    pub rules_package_arns: Vec<String>,
    /// List of 0 to 10 `Attribute`.
    pub user_attributes_for_findings: Vec<Attribute>,
    /// Seconds since the epoch on the wire.
    #[serde(with = "crate::epoch")]
    pub created_at: Timestamp,
    /// Seconds since the epoch on the wire.
    #[serde(with = "crate::epoch::option", default, skip_serializing_if = "Option::is_none")]
    pub started_at: Option<Timestamp>,
    /// Seconds since the epoch on the wire.
    #[serde(with = "crate::epoch::option", default, skip_serializing_if = "Option::is_none")]
    pub completed_at: Option<Timestamp>,
    /// Seconds since the epoch on the wire.
    #[serde(with = "crate::epoch")]
    pub state_changed_at: Timestamp,
    /// Yes or no.
    pub data_collected: bool,
    /// List of 0 to 50 `AssessmentRunStateChange`.
    pub state_changes: Vec<AssessmentRunStateChange>,
    /// List of 0 to 50 `AssessmentRunNotification`.
    pub notifications: Vec<AssessmentRunNotification>,
    /// Map of entries by `Severity`.
    pub finding_counts: BTreeMap<Severity, i32>,
}

/// The model's `AssessmentRunAgent`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AssessmentRunAgent {
    /// `AgentId`: 1 to 128 characters.
    pub agent_id: String,
    /// `Arn`: 1 to 300 characters.
    pub assessment_run_arn: String,
    /// [`AgentHealth`].
    pub agent_health: AgentHealth,
    /// [`AgentHealthCode`].
    pub agent_health_code: AgentHealthCode,
    /// `Message`: 0 to 1000 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agent_health_details: Option<String>,
    /// `AutoScalingGroup`: 1 to 256 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub auto_scaling_group: Option<String>,
    /// List of 0 to 5000 `TelemetryMetadata`.
    pub telemetry_metadata: Vec<TelemetryMetadata>,
}

/// The model's `AssessmentRunFilter`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AssessmentRunFilter {
    /// `NamePattern`: 1 to 140 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name_pattern: Option<String>,
    /// List of 0 to 50 `AssessmentRunState`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub states: Option<Vec<AssessmentRunState>>,
    /// [`DurationRange`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duration_range: Option<DurationRange>,
    /// List of 0 to 50 `Arn`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rules_package_arns: Option<Vec<String>>,
    /// [`TimestampRange`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start_time_range: Option<TimestampRange>,
    /// [`TimestampRange`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub completion_time_range: Option<TimestampRange>,
    /// [`TimestampRange`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state_change_time_range: Option<TimestampRange>,
}

/// The model's `AssessmentRunNotification`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AssessmentRunNotification {
    /// Seconds since the epoch on the wire.
    #[serde(with = "crate::epoch")]
    pub date: Timestamp,
    /// [`InspectorEvent`].
    pub event: InspectorEvent,
    /// `Message`: 0 to 1000 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// Yes or no.
    pub error: bool,
    /// `Arn`: 1 to 300 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sns_topic_arn: Option<String>,
    /// [`AssessmentRunNotificationSnsStatusCode`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sns_publish_status_code: Option<AssessmentRunNotificationSnsStatusCode>,
}

/// The model's `AssessmentRunStateChange`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AssessmentRunStateChange {
    /// Seconds since the epoch on the wire.
    #[serde(with = "crate::epoch")]
    pub state_changed_at: Timestamp,
    /// [`AssessmentRunState`].
    pub state: AssessmentRunState,
}

/// The model's `AssessmentTarget`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AssessmentTarget {
    /// `Arn`: 1 to 300 characters.
    pub arn: String,
    /// `AssessmentTargetName`: 1 to 140 characters.
    pub name: String,
    /// `Arn`: 1 to 300 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resource_group_arn: Option<String>,
    /// Seconds since the epoch on the wire.
    #[serde(with = "crate::epoch")]
    pub created_at: Timestamp,
    /// Seconds since the epoch on the wire.
    #[serde(with = "crate::epoch")]
    pub updated_at: Timestamp,
}

/// The model's `AssessmentTargetFilter`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AssessmentTargetFilter {
    /// `NamePattern`: 1 to 140 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assessment_target_name_pattern: Option<String>,
}

/// The model's `AssessmentTemplate`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AssessmentTemplate {
    /// `Arn`: 1 to 300 characters.
    pub arn: String,
    /// `AssessmentTemplateName`: 1 to 140 characters.
    pub name: String,
    /// `Arn`: 1 to 300 characters.
    pub assessment_target_arn: String,
    /// `AssessmentRunDuration`: whole number 180 to 86400.
    pub duration_in_seconds: i32,
    /// List of 0 to 50 `Arn`.
    pub rules_package_arns: Vec<String>,
    /// List of 0 to 10 `Attribute`.
    pub user_attributes_for_findings: Vec<Attribute>,
    /// `Arn`: 1 to 300 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_assessment_run_arn: Option<String>,
    /// `ArnCount`: whole number.
    pub assessment_run_count: i32,
    /// Seconds since the epoch on the wire.
    #[serde(with = "crate::epoch")]
    pub created_at: Timestamp,
}

/// The model's `AssessmentTemplateFilter`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AssessmentTemplateFilter {
    /// `NamePattern`: 1 to 140 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name_pattern: Option<String>,
    /// [`DurationRange`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duration_range: Option<DurationRange>,
    /// List of 0 to 50 `Arn`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rules_package_arns: Option<Vec<String>>,
}

/// The model's `AssetAttributes`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AssetAttributes {
    /// `NumericVersion`: whole number at least 0.
    pub schema_version: i32,
    /// `AgentId`: 1 to 128 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agent_id: Option<String>,
    /// `AutoScalingGroup`: 1 to 256 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub auto_scaling_group: Option<String>,
    /// `AmiId`: 0 to 256 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ami_id: Option<String>,
    /// `Hostname`: 0 to 256 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hostname: Option<String>,
    /// List of 0 to 50 `Ipv4Address`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ipv4_addresses: Option<Vec<String>>,
    /// List of `Tag`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<Tag>>,
    /// List of `NetworkInterface`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub network_interfaces: Option<Vec<NetworkInterface>>,
}

/// The model's `Attribute`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Attribute {
    /// `AttributeKey`: 1 to 128 characters.
    pub key: String,
    /// `AttributeValue`: 1 to 256 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
}

/// The model's `CreateAssessmentTargetRequest`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CreateAssessmentTargetRequest {
    /// `AssessmentTargetName`: 1 to 140 characters.
    pub assessment_target_name: String,
    /// `Arn`: 1 to 300 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resource_group_arn: Option<String>,
}

/// The model's `CreateAssessmentTargetResponse`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CreateAssessmentTargetResponse {
    /// `Arn`: 1 to 300 characters.
    pub assessment_target_arn: String,
}

/// The model's `CreateAssessmentTemplateRequest`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CreateAssessmentTemplateRequest {
    /// `Arn`: 1 to 300 characters.
    pub assessment_target_arn: String,
    /// `AssessmentTemplateName`: 1 to 140 characters.
    pub assessment_template_name: String,
    /// `AssessmentRunDuration`: whole number 180 to 86400.
    pub duration_in_seconds: i32,
    /// List of 0 to 50 `Arn`.
    pub rules_package_arns: Vec<String>,
    /// List of 0 to 10 `Attribute`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_attributes_for_findings: Option<Vec<Attribute>>,
}

/// The model's `CreateAssessmentTemplateResponse`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CreateAssessmentTemplateResponse {
    /// `Arn`: 1 to 300 characters.
    pub assessment_template_arn: String,
}

/// The model's `CreateExclusionsPreviewRequest`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CreateExclusionsPreviewRequest {
    /// `Arn`: 1 to 300 characters.
    pub assessment_template_arn: String,
}

/// The model's `CreateExclusionsPreviewResponse`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CreateExclusionsPreviewResponse {
    /// `UUID`: text of a fixed form.
    pub preview_token: String,
}

/// The model's `CreateResourceGroupRequest`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CreateResourceGroupRequest {
    /// List of 1 to 10 `ResourceGroupTag`.
    pub resource_group_tags: Vec<ResourceGroupTag>,
}

/// The model's `CreateResourceGroupResponse`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CreateResourceGroupResponse {
    /// `Arn`: 1 to 300 characters.
    pub resource_group_arn: String,
}

/// The model's `DeleteAssessmentRunRequest`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DeleteAssessmentRunRequest {
    /// `Arn`: 1 to 300 characters.
    pub assessment_run_arn: String,
}

/// The model's `DeleteAssessmentTargetRequest`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DeleteAssessmentTargetRequest {
    /// `Arn`: 1 to 300 characters.
    pub assessment_target_arn: String,
}

/// The model's `DeleteAssessmentTemplateRequest`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DeleteAssessmentTemplateRequest {
    /// `Arn`: 1 to 300 characters.
    pub assessment_template_arn: String,
}

/// The model's `DescribeAssessmentRunsRequest`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DescribeAssessmentRunsRequest {
    /// List of 1 to 10 `Arn`.
    pub assessment_run_arns: Vec<String>,
}

/// The model's `DescribeAssessmentRunsResponse`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DescribeAssessmentRunsResponse {
    /// List of 0 to 10 `AssessmentRun`.
    pub assessment_runs: Vec<AssessmentRun>,
    /// Map of entries by `Arn`.
    pub failed_items: BTreeMap<String, FailedItemDetails>,
}

/// The model's `DescribeAssessmentTargetsRequest`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DescribeAssessmentTargetsRequest {
    /// List of 1 to 10 `Arn`.
    pub assessment_target_arns: Vec<String>,
}

/// The model's `DescribeAssessmentTargetsResponse`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DescribeAssessmentTargetsResponse {
    /// List of 0 to 10 `AssessmentTarget`.
    pub assessment_targets: Vec<AssessmentTarget>,
    /// Map of entries by `Arn`.
    pub failed_items: BTreeMap<String, FailedItemDetails>,
}

/// The model's `DescribeAssessmentTemplatesRequest`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DescribeAssessmentTemplatesRequest {
    /// List of 1 to 10 `Arn`.
    pub assessment_template_arns: Vec<String>,
}

/// The model's `DescribeAssessmentTemplatesResponse`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DescribeAssessmentTemplatesResponse {
    /// List of 0 to 10 `AssessmentTemplate`.
    pub assessment_templates: Vec<AssessmentTemplate>,
    /// Map of entries by `Arn`.
    pub failed_items: BTreeMap<String, FailedItemDetails>,
}

/// The model's `DescribeCrossAccountAccessRoleResponse`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DescribeCrossAccountAccessRoleResponse {
    /// `Arn`: 1 to 300 characters.
    pub role_arn: String,
    /// Yes or no.
    pub valid: bool,
    /// Seconds since the epoch on the wire.
    #[serde(with = "crate::epoch")]
    pub registered_at: Timestamp,
}

/// The model's `DescribeExclusionsRequest`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DescribeExclusionsRequest {
    /// List of 1 to 100 `Arn`.
    pub exclusion_arns: Vec<String>,
    /// [`Locale`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locale: Option<Locale>,
}

/// The model's `DescribeExclusionsResponse`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DescribeExclusionsResponse {
    /// Map of 1 to 100 entries by `Arn`.
    pub exclusions: BTreeMap<String, Exclusion>,
    /// Map of entries by `Arn`.
    pub failed_items: BTreeMap<String, FailedItemDetails>,
}

/// The model's `DescribeFindingsRequest`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DescribeFindingsRequest {
    /// List of 1 to 10 `Arn`.
    pub finding_arns: Vec<String>,
    /// [`Locale`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locale: Option<Locale>,
}

/// The model's `DescribeFindingsResponse`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DescribeFindingsResponse {
    /// List of 0 to 100 `Finding`.
    pub findings: Vec<Finding>,
    /// Map of entries by `Arn`.
    pub failed_items: BTreeMap<String, FailedItemDetails>,
}

/// The model's `DescribeResourceGroupsRequest`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DescribeResourceGroupsRequest {
    /// List of 1 to 10 `Arn`.
    pub resource_group_arns: Vec<String>,
}

/// The model's `DescribeResourceGroupsResponse`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DescribeResourceGroupsResponse {
    /// List of 0 to 10 `ResourceGroup`.
    pub resource_groups: Vec<ResourceGroup>,
    /// Map of entries by `Arn`.
    pub failed_items: BTreeMap<String, FailedItemDetails>,
}

/// The model's `DescribeRulesPackagesRequest`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DescribeRulesPackagesRequest {
    /// List of 1 to 10 `Arn`.
    pub rules_package_arns: Vec<String>,
    /// [`Locale`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locale: Option<Locale>,
}

/// The model's `DescribeRulesPackagesResponse`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DescribeRulesPackagesResponse {
    /// List of 0 to 10 `RulesPackage`.
    pub rules_packages: Vec<RulesPackage>,
    /// Map of entries by `Arn`.
    pub failed_items: BTreeMap<String, FailedItemDetails>,
}

/// The model's `DurationRange`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DurationRange {
    /// `AssessmentRunDuration`: whole number 180 to 86400.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_seconds: Option<i32>,
    /// `AssessmentRunDuration`: whole number 180 to 86400.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_seconds: Option<i32>,
}

/// The model's `EventSubscription`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EventSubscription {
    /// [`InspectorEvent`].
    pub event: InspectorEvent,
    /// Seconds since the epoch on the wire.
    #[serde(with = "crate::epoch")]
    pub subscribed_at: Timestamp,
}

/// The model's `Exclusion`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Exclusion {
    /// `Arn`: 1 to 300 characters.
    pub arn: String,
    /// `Text`: 0 to 20000 characters.
    pub title: String,
    /// `Text`: 0 to 20000 characters.
    pub description: String,
    /// `Text`: 0 to 20000 characters.
    pub recommendation: String,
    /// List of at least 1 `Scope`.
    pub scopes: Vec<Scope>,
    /// List of 0 to 50 `Attribute`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attributes: Option<Vec<Attribute>>,
}

/// The model's `ExclusionPreview`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ExclusionPreview {
    /// `Text`: 0 to 20000 characters.
    pub title: String,
    /// `Text`: 0 to 20000 characters.
    pub description: String,
    /// `Text`: 0 to 20000 characters.
    pub recommendation: String,
    /// List of at least 1 `Scope`.
    pub scopes: Vec<Scope>,
    /// List of 0 to 50 `Attribute`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attributes: Option<Vec<Attribute>>,
}

/// The model's `FailedItemDetails`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FailedItemDetails {
    /// [`FailedItemErrorCode`].
    pub failure_code: FailedItemErrorCode,
    /// Yes or no.
    pub retryable: bool,
}

/// The model's `Finding`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Finding {
    /// `Arn`: 1 to 300 characters.
    pub arn: String,
    /// `NumericVersion`: whole number at least 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub schema_version: Option<i32>,
    /// `ServiceName`: 0 to 128 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<String>,
    /// [`InspectorServiceAttributes`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service_attributes: Option<InspectorServiceAttributes>,
    /// [`AssetType`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asset_type: Option<AssetType>,
    /// [`AssetAttributes`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asset_attributes: Option<AssetAttributes>,
    /// `FindingId`: 0 to 128 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// `Text`: 0 to 20000 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// `Text`: 0 to 20000 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// `Text`: 0 to 20000 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recommendation: Option<String>,
    /// [`Severity`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub severity: Option<Severity>,
    /// `NumericSeverity`: number 0 to 10.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub numeric_severity: Option<f64>,
    /// `IocConfidence`: whole number 0 to 10.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confidence: Option<i32>,
    /// Yes or no.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub indicator_of_compromise: Option<bool>,
    /// List of 0 to 50 `Attribute`.
    pub attributes: Vec<Attribute>,
    /// List of 0 to 10 `Attribute`.
    pub user_attributes: Vec<Attribute>,
    /// Seconds since the epoch on the wire.
    #[serde(with = "crate::epoch")]
    pub created_at: Timestamp,
    /// Seconds since the epoch on the wire.
    #[serde(with = "crate::epoch")]
    pub updated_at: Timestamp,
}

/// The model's `FindingFilter`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FindingFilter {
    /// List of 0 to 99 `AgentId`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agent_ids: Option<Vec<String>>,
    /// List of 0 to 20 `AutoScalingGroup`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub auto_scaling_groups: Option<Vec<String>>,
    /// List of 0 to 50 `RuleName`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule_names: Option<Vec<String>>,
    /// List of 0 to 50 `Severity`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub severities: Option<Vec<Severity>>,
    /// List of 0 to 50 `Arn`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rules_package_arns: Option<Vec<String>>,
    /// List of 0 to 50 `Attribute`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attributes: Option<Vec<Attribute>>,
    /// List of 0 to 50 `Attribute`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_attributes: Option<Vec<Attribute>>,
    /// [`TimestampRange`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub creation_time_range: Option<TimestampRange>,
}

/// The model's `GetAssessmentReportRequest`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GetAssessmentReportRequest {
    /// `Arn`: 1 to 300 characters.
    pub assessment_run_arn: String,
    /// [`ReportFileFormat`].
    pub report_file_format: ReportFileFormat,
    /// [`ReportType`].
    pub report_type: ReportType,
}

/// The model's `GetAssessmentReportResponse`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GetAssessmentReportResponse {
    /// [`ReportStatus`].
    pub status: ReportStatus,
    /// `Url`: at most 2048 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

/// The model's `GetExclusionsPreviewRequest`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GetExclusionsPreviewRequest {
    /// `Arn`: 1 to 300 characters.
    pub assessment_template_arn: String,
    /// `UUID`: text of a fixed form.
    pub preview_token: String,
    /// `PaginationToken`: 1 to 300 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
    /// `ListMaxResults`: whole number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_results: Option<i32>,
    /// [`Locale`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locale: Option<Locale>,
}

/// The model's `GetExclusionsPreviewResponse`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GetExclusionsPreviewResponse {
    /// [`PreviewStatus`].
    pub preview_status: PreviewStatus,
    /// List of 0 to 100 `ExclusionPreview`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exclusion_previews: Option<Vec<ExclusionPreview>>,
    /// `PaginationToken`: 1 to 300 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

/// The model's `GetTelemetryMetadataRequest`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GetTelemetryMetadataRequest {
    /// `Arn`: 1 to 300 characters.
    pub assessment_run_arn: String,
}

/// The model's `GetTelemetryMetadataResponse`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GetTelemetryMetadataResponse {
    /// List of 0 to 5000 `TelemetryMetadata`.
    pub telemetry_metadata: Vec<TelemetryMetadata>,
}

/// The model's `InspectorServiceAttributes`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct InspectorServiceAttributes {
    /// `NumericVersion`: whole number at least 0.
    pub schema_version: i32,
    /// `Arn`: 1 to 300 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assessment_run_arn: Option<String>,
    /// `Arn`: 1 to 300 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rules_package_arn: Option<String>,
}

/// The model's `ListAssessmentRunAgentsRequest`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ListAssessmentRunAgentsRequest {
    /// `Arn`: 1 to 300 characters.
    pub assessment_run_arn: String,
    /// [`AgentFilter`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filter: Option<AgentFilter>,
    /// `PaginationToken`: 1 to 300 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
    /// `ListMaxResults`: whole number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_results: Option<i32>,
}

/// The model's `ListAssessmentRunAgentsResponse`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ListAssessmentRunAgentsResponse {
    /// List of 0 to 500 `AssessmentRunAgent`.
    pub assessment_run_agents: Vec<AssessmentRunAgent>,
    /// `PaginationToken`: 1 to 300 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

/// The model's `ListAssessmentRunsRequest`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ListAssessmentRunsRequest {
    /// List of 0 to 50 `Arn`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assessment_template_arns: Option<Vec<String>>,
    /// [`AssessmentRunFilter`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filter: Option<AssessmentRunFilter>,
    /// `PaginationToken`: 1 to 300 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
    /// `ListMaxResults`: whole number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_results: Option<i32>,
}

/// The model's `ListAssessmentRunsResponse`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ListAssessmentRunsResponse {
    /// List of 0 to 100 `Arn`.
    pub assessment_run_arns: Vec<String>,
    /// `PaginationToken`: 1 to 300 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

/// The model's `ListAssessmentTargetsRequest`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ListAssessmentTargetsRequest {
    /// [`AssessmentTargetFilter`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filter: Option<AssessmentTargetFilter>,
    /// `PaginationToken`: 1 to 300 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
    /// `ListMaxResults`: whole number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_results: Option<i32>,
}

/// The model's `ListAssessmentTargetsResponse`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ListAssessmentTargetsResponse {
    /// List of 0 to 100 `Arn`.
    pub assessment_target_arns: Vec<String>,
    /// `PaginationToken`: 1 to 300 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

/// The model's `ListAssessmentTemplatesRequest`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ListAssessmentTemplatesRequest {
    /// List of 0 to 50 `Arn`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assessment_target_arns: Option<Vec<String>>,
    /// [`AssessmentTemplateFilter`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filter: Option<AssessmentTemplateFilter>,
    /// `PaginationToken`: 1 to 300 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
    /// `ListMaxResults`: whole number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_results: Option<i32>,
}

/// The model's `ListAssessmentTemplatesResponse`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ListAssessmentTemplatesResponse {
    /// List of 0 to 100 `Arn`.
    pub assessment_template_arns: Vec<String>,
    /// `PaginationToken`: 1 to 300 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

/// The model's `ListEventSubscriptionsRequest`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ListEventSubscriptionsRequest {
    /// `Arn`: 1 to 300 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resource_arn: Option<String>,
    /// `PaginationToken`: 1 to 300 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
    /// `ListEventSubscriptionsMaxResults`: whole number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_results: Option<i32>,
}

/// The model's `ListEventSubscriptionsResponse`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ListEventSubscriptionsResponse {
    /// List of 0 to 50 `Subscription`.
    pub subscriptions: Vec<Subscription>,
    /// `PaginationToken`: 1 to 300 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

/// The model's `ListExclusionsRequest`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ListExclusionsRequest {
    /// `Arn`: 1 to 300 characters.
    pub assessment_run_arn: String,
    /// `PaginationToken`: 1 to 300 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
    /// `ListMaxResults`: whole number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_results: Option<i32>,
}

/// The model's `ListExclusionsResponse`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ListExclusionsResponse {
    /// List of 0 to 100 `Arn`.
    pub exclusion_arns: Vec<String>,
    /// `PaginationToken`: 1 to 300 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

/// The model's `ListFindingsRequest`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ListFindingsRequest {
    /// List of 0 to 50 `Arn`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assessment_run_arns: Option<Vec<String>>,
    /// [`FindingFilter`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filter: Option<FindingFilter>,
    /// `PaginationToken`: 1 to 300 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
    /// `ListMaxResults`: whole number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_results: Option<i32>,
}

/// The model's `ListFindingsResponse`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ListFindingsResponse {
    /// List of 0 to 100 `Arn`.
    pub finding_arns: Vec<String>,
    /// `PaginationToken`: 1 to 300 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

/// The model's `ListRulesPackagesRequest`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ListRulesPackagesRequest {
    /// `PaginationToken`: 1 to 300 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
    /// `ListMaxResults`: whole number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_results: Option<i32>,
}

/// The model's `ListRulesPackagesResponse`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ListRulesPackagesResponse {
    /// List of 0 to 100 `Arn`.
    pub rules_package_arns: Vec<String>,
    /// `PaginationToken`: 1 to 300 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

/// The model's `ListTagsForResourceRequest`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ListTagsForResourceRequest {
    /// `Arn`: 1 to 300 characters.
    pub resource_arn: String,
}

/// The model's `ListTagsForResourceResponse`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ListTagsForResourceResponse {
    /// List of 0 to 10 `Tag`.
    pub tags: Vec<Tag>,
}

/// The model's `NetworkInterface`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NetworkInterface {
    /// `Text`: 0 to 20000 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub network_interface_id: Option<String>,
    /// `Text`: 0 to 20000 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subnet_id: Option<String>,
    /// `Text`: 0 to 20000 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vpc_id: Option<String>,
    /// `Text`: 0 to 20000 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub private_dns_name: Option<String>,
    /// `Text`: 0 to 20000 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub private_ip_address: Option<String>,
    /// List of `PrivateIp`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub private_ip_addresses: Option<Vec<PrivateIp>>,
    /// `Text`: 0 to 20000 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub public_dns_name: Option<String>,
    /// `Text`: 0 to 20000 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub public_ip: Option<String>,
    /// List of `Text`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ipv6_addresses: Option<Vec<String>>,
    /// List of `SecurityGroup`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub security_groups: Option<Vec<SecurityGroup>>,
}

/// The model's `PreviewAgentsRequest`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PreviewAgentsRequest {
    /// `Arn`: 1 to 300 characters.
    pub preview_agents_arn: String,
    /// `PaginationToken`: 1 to 300 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
    /// `PreviewAgentsMaxResults`: whole number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_results: Option<i32>,
}

/// The model's `PreviewAgentsResponse`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PreviewAgentsResponse {
    /// List of 0 to 100 `AgentPreview`.
    pub agent_previews: Vec<AgentPreview>,
    /// `PaginationToken`: 1 to 300 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

/// The model's `PrivateIp`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PrivateIp {
    /// `Text`: 0 to 20000 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub private_dns_name: Option<String>,
    /// `Text`: 0 to 20000 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub private_ip_address: Option<String>,
}

/// The model's `RegisterCrossAccountAccessRoleRequest`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RegisterCrossAccountAccessRoleRequest {
    /// `Arn`: 1 to 300 characters.
    pub role_arn: String,
}

/// The model's `RemoveAttributesFromFindingsRequest`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RemoveAttributesFromFindingsRequest {
    /// List of 1 to 10 `Arn`.
    pub finding_arns: Vec<String>,
    /// List of 0 to 10 `AttributeKey`.
    pub attribute_keys: Vec<String>,
}

/// The model's `RemoveAttributesFromFindingsResponse`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RemoveAttributesFromFindingsResponse {
    /// Map of entries by `Arn`.
    pub failed_items: BTreeMap<String, FailedItemDetails>,
}

/// The model's `ResourceGroup`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ResourceGroup {
    /// `Arn`: 1 to 300 characters.
    pub arn: String,
    /// List of 1 to 10 `ResourceGroupTag`.
    pub tags: Vec<ResourceGroupTag>,
    /// Seconds since the epoch on the wire.
    #[serde(with = "crate::epoch")]
    pub created_at: Timestamp,
}

/// The model's `ResourceGroupTag`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ResourceGroupTag {
    /// `TagKey`: 1 to 128 characters.
    pub key: String,
    /// `TagValue`: 1 to 256 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
}

/// The model's `RulesPackage`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RulesPackage {
    /// `Arn`: 1 to 300 characters.
    pub arn: String,
    /// `RulesPackageName`: 0 to 1000 characters.
    pub name: String,
    /// `Version`: 0 to 1000 characters.
    pub version: String,
    /// `ProviderName`: 0 to 1000 characters.
    pub provider: String,
    /// `Text`: 0 to 20000 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

/// The model's `Scope`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Scope {
    /// [`ScopeType`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<ScopeType>,
    /// Text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
}

/// The model's `SecurityGroup`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SecurityGroup {
    /// `Text`: 0 to 20000 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group_name: Option<String>,
    /// `Text`: 0 to 20000 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group_id: Option<String>,
}

/// The model's `SetTagsForResourceRequest`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SetTagsForResourceRequest {
    /// `Arn`: 1 to 300 characters.
    pub resource_arn: String,
    /// List of 0 to 10 `Tag`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<Tag>>,
}

/// The model's `StartAssessmentRunRequest`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StartAssessmentRunRequest {
    /// `Arn`: 1 to 300 characters.
    pub assessment_template_arn: String,
    /// `AssessmentRunName`: 1 to 140 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assessment_run_name: Option<String>,
}

/// The model's `StartAssessmentRunResponse`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StartAssessmentRunResponse {
    /// `Arn`: 1 to 300 characters.
    pub assessment_run_arn: String,
}

/// The model's `StopAssessmentRunRequest`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StopAssessmentRunRequest {
    /// `Arn`: 1 to 300 characters.
    pub assessment_run_arn: String,
    /// [`StopAction`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stop_action: Option<StopAction>,
}

/// The model's `SubscribeToEventRequest`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SubscribeToEventRequest {
    /// `Arn`: 1 to 300 characters.
    pub resource_arn: String,
    /// [`InspectorEvent`].
    pub event: InspectorEvent,
    /// `Arn`: 1 to 300 characters.
    pub topic_arn: String,
}

/// The model's `Subscription`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Subscription {
    /// `Arn`: 1 to 300 characters.
    pub resource_arn: String,
    /// `Arn`: 1 to 300 characters.
    pub topic_arn: String,
    /// List of 1 to 50 `EventSubscription`.
    pub event_subscriptions: Vec<EventSubscription>,
}

/// The model's `Tag`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Tag {
    /// `TagKey`: 1 to 128 characters.
    pub key: String,
    /// `TagValue`: 1 to 256 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
}

/// The model's `TelemetryMetadata`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TelemetryMetadata {
    /// `MessageType`: 1 to 300 characters.
    pub message_type: String,
    /// `Long`: whole number.
    pub count: i64,
    /// `Long`: whole number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub data_size: Option<i64>,
}

/// The model's `TimestampRange`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TimestampRange {
    /// Seconds since the epoch on the wire.
    #[serde(with = "crate::epoch::option", default, skip_serializing_if = "Option::is_none")]
    pub begin_date: Option<Timestamp>,
    /// Seconds since the epoch on the wire.
    #[serde(with = "crate::epoch::option", default, skip_serializing_if = "Option::is_none")]
    pub end_date: Option<Timestamp>,
}

/// The model's `UnsubscribeFromEventRequest`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UnsubscribeFromEventRequest {
    /// `Arn`: 1 to 300 characters.
    pub resource_arn: String,
    /// [`InspectorEvent`].
    pub event: InspectorEvent,
    /// `Arn`: 1 to 300 characters.
    pub topic_arn: String,
}

/// The model's `UpdateAssessmentTargetRequest`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UpdateAssessmentTargetRequest {
    /// `Arn`: 1 to 300 characters.
    pub assessment_target_arn: String,
    /// `AssessmentTargetName`: 1 to 140 characters.
    pub assessment_target_name: String,
    /// `Arn`: 1 to 300 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resource_group_arn: Option<String>,
}

/// `DescribeCrossAccountAccessRole` takes no members.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct DescribeCrossAccountAccessRoleRequest {}
