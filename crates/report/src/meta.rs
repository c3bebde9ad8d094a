//! What a report says beyond the assessment itself.

use inspector_model::{Attribute, Timestamp};

/// The two report types of the Classic API.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReportKind {
    /// What failed and what could not be assessed.
    Findings,
    /// The same, and every rule that was checked.
    Full,
}

/// The names and the time that go on the cover. Names are as people gave them: hostile text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportMeta {
    /// How much to show.
    pub kind: ReportKind,
    /// When the report is made.
    pub generated_at: Timestamp,
    /// The name of the assessment run; `None` outside the service.
    pub run: Option<String>,
    /// The name of the assessment template; `None` outside the service.
    pub template: Option<String>,
    /// The name of the assessment target; `None` outside the service.
    pub target: Option<String>,
    /// The tags by which the target picks its instances; empty means all instances.
    pub target_tags: Vec<Attribute>,
    /// The instances of the target. The ledger's own subjects are added to them, so this may be empty; an instance that
    /// is here and in no row of the ledger is reported as unchecked.
    pub instances: Vec<Instance>,
}

impl ReportMeta {
    /// The cover of a report about something that has no template and no target, such as one host.
    pub const fn bare(kind: ReportKind, generated_at: Timestamp) -> Self {
        Self {
            kind,
            generated_at,
            run: None,
            template: None,
            target: None,
            target_tags: Vec::new(),
            instances: Vec::new(),
        }
    }
}

/// One instance of the target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instance {
    /// The instance id or host name, as findings call it.
    pub id: String,
    /// Its host name or `Name` tag, where known.
    pub name: Option<String>,
    /// Its operating system, where known.
    pub operating_system: Option<String>,
}
