//! The form of an operation enum.

/// Declares operations: `ALL`, `name`, `parse`.
macro_rules! named {
    ($($name:ident),+ $(,)?) => {
        /// An operation of this service.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Operation {
            $(#[doc = concat!("`", stringify!($name), "`")] $name,)+
        }

        impl Operation {
            /// Every operation, in the order of the model.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// Its name, as it stands on the wire.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$name => stringify!($name),)+
                }
            }

            /// The operation called `name`, if there is one.
            pub fn parse(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|operation| operation.name() == name)
            }
        }
    };
}

/// Declares the operations of one service of the JSON protocol, and the words by which the service is called.
macro_rules! operations {
    ($prefix:literal, $signing:literal; $($name:ident),+ $(,)?) => {
        /// What stands before the dot in `X-Amz-Target`.
        pub const TARGET_PREFIX: &str = $prefix;

        /// The service in the credential scope of a signature.
        pub const SIGNING_NAME: &str = $signing;

        $crate::operation::named!($($name),+);
    };
}

pub(crate) use named;
pub(crate) use operations;
