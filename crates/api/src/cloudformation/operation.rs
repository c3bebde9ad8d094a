//! The part of CloudFormation's API that `aws cloudformation` needs for stacks of ours.

crate::operation::named! {
    CreateChangeSet,
    CreateStack,
    DeleteChangeSet,
    DeleteStack,
    DescribeChangeSet,
    DescribeStackEvents,
    DescribeStackResources,
    DescribeStacks,
    ExecuteChangeSet,
    GetTemplate,
    GetTemplateSummary,
    ListStackResources,
    ListStacks,
    UpdateStack,
    ValidateTemplate,
}
