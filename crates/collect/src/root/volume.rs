//! Files that no kernel has mounted: what a volume must be able to say, and how a name is walked in it.

use super::{Contents, Entry, Kind, LINK_LIMIT, Metadata, ReadError, Reading, components, dangling};

/// A tree of files that we read ourselves.
///
/// Names are given as they are after [`resolve`]: components with one `/` between, none of them `.`, `..` or a link on the
/// way, without a slash at either end; the root is the empty name.
pub(crate) trait Volume: std::fmt::Debug {
    /// What `path` is; a link is not followed.
    fn look(&self, path: &str) -> Reading<Metadata>;
    /// The names in the directory `path`, in any order.
    fn entries(&self, path: &str) -> Reading<Vec<Entry>>;
    /// Where the link `path` points, as written.
    fn link(&self, path: &str) -> Reading<String>;
    /// The regular file `path`.
    fn open(&self, path: &str) -> Reading<Contents>;
}

/// `path` without links, `.` and `..`: what a process inside the volume would come to.
pub(crate) fn resolve(volume: &dyn Volume, path: &str) -> Reading<String> {
    let mut waiting = components(path);
    let mut passed = String::new();
    let mut links = 0;
    // How much of `waiting` is the name that was asked for; what lies above came out of a link.
    let mut asked = waiting.len();
    while let Some(name) = waiting.pop() {
        let from_link = waiting.len() >= asked;
        asked = asked.min(waiting.len());
        let missing = |error| if from_link { dangling(error) } else { error };
        if name == ".." {
            passed.truncate(passed.rfind('/').unwrap_or(0));
            continue;
        }
        let next = join(&passed, &name);
        match volume.look(&next).map_err(missing)?.kind {
            Kind::Link => {
                links += 1;
                if links > LINK_LIMIT {
                    return Err(ReadError::Unreadable("too many symbolic links".to_owned()));
                }
                let target = volume.link(&next)?;
                if target.starts_with('/') {
                    passed.clear();
                }
                waiting.extend(components(&target));
            }
            // A file in the place of a directory: what was asked for cannot be below it.
            Kind::File | Kind::Other if !waiting.is_empty() => return Err(missing(ReadError::Absent)),
            Kind::Directory | Kind::File | Kind::Other => passed = next,
        }
    }
    Ok(passed)
}

/// `name` in the directory `parent`.
pub(crate) fn join(parent: &str, name: &str) -> String {
    if parent.is_empty() { name.to_owned() } else { format!("{parent}/{name}") }
}
