//! The types of tests, one file each: what an object may ask for and what an item says, in the order of the schema.
//!
//! A type is whole when it has its file here and its collector in `inspector-collect`. An object of a type that is not
//! listed is never asked of a host, and its tests are unknown.

mod dpkginfo;
mod environmentvariable;
mod environmentvariable58;
mod family;
mod file;
mod filehash58;
mod inetlisteningservers;
mod interface;
mod partition;
mod password;
mod process58;
mod rpminfo;
mod selinuxboolean;
mod selinuxsecuritycontext;
mod shadow;
mod symlink;
mod sysctl;
mod systemdunitdependency;
mod systemdunitproperty;
mod textfilecontent54;
mod uname;
mod variable;
mod xmlfilecontent;

use super::value::Datatype;

/// Which schema a type belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    /// `#independent`.
    Independent,
    /// `#unix`.
    Unix,
    /// `#linux`.
    Linux,
}

impl Family {
    /// The last part of the schema's namespace.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Independent => "independent",
            Self::Unix => "unix",
            Self::Linux => "linux",
        }
    }
}

/// One type.
#[derive(Debug)]
pub struct Kind {
    /// Its name without `_test`, `_object`, `_state` or `_item`.
    pub name: &'static str,
    /// Its schema.
    pub family: Family,
    /// What an item says, in the order of the schema.
    pub item: &'static [(&'static str, Datatype)],
}

/// All types, by name.
pub const KINDS: &[Kind] = &[
    dpkginfo::KIND,
    environmentvariable::KIND,
    environmentvariable58::KIND,
    family::KIND,
    file::KIND,
    filehash58::KIND,
    inetlisteningservers::KIND,
    interface::KIND,
    partition::KIND,
    password::KIND,
    process58::KIND,
    rpminfo::KIND,
    selinuxboolean::KIND,
    selinuxsecuritycontext::KIND,
    shadow::KIND,
    symlink::KIND,
    sysctl::KIND,
    systemdunitdependency::KIND,
    systemdunitproperty::KIND,
    textfilecontent54::KIND,
    uname::KIND,
    variable::KIND,
    xmlfilecontent::KIND,
];

impl Kind {
    /// The type called `name`.
    pub fn find(name: &str) -> Option<&'static Self> {
        KINDS.iter().find(|kind| kind.name == name)
    }

    /// The name of an item's element. Text files have kept theirs since the first type of test for them.
    pub fn item_name(&self) -> String {
        match self.name {
            "textfilecontent54" => "textfilecontent_item".to_owned(),
            name => format!("{name}_item"),
        }
    }
}

const STRING: Datatype = Datatype::String;
const INT: Datatype = Datatype::Int;
const BOOLEAN: Datatype = Datatype::Boolean;
