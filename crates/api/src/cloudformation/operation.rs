//! The part of CloudFormation's API that `aws cloudformation` needs for stacks of ours.

macro_rules! operations {
    ($($name:ident)+) => {
        /// An operation.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Operation {
            $(#[doc = concat!("CloudFormation's `", stringify!($name), "`.")] $name,)+
        }

        impl Operation {
            /// Every operation.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// Its name, `Action` on the wire.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$name => stringify!($name),)+
                }
            }

            /// The operation called `name`.
            pub fn parse(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|operation| operation.name() == name)
            }
        }
    };
}

operations! {
    CreateChangeSet
    CreateStack
    DeleteChangeSet
    DeleteStack
    DescribeChangeSet
    DescribeStackEvents
    DescribeStackResources
    DescribeStacks
    ExecuteChangeSet
    GetTemplate
    GetTemplateSummary
    ListStackResources
    ListStacks
    UpdateStack
    ValidateTemplate
}
