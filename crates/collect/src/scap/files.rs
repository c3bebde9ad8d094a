//! Which files an object names: by path, by directory and name, by pattern, down a tree.
//!
//! Objects that start at the same directory share one walk through it.

use inspector_scap::oval::flag::Flag;
use inspector_scap::oval::gather::{Query, Task};
use inspector_scap::oval::matcher::Matcher;
use inspector_scap::oval::value::Operation;
use rustix::fs::FileType;

use super::walk::{Part, Reach, Target, Walks, below, walk};
use super::{Host, kernel_files};
use crate::root::{Look, ReadError};

/// A file that an object names.
pub(super) struct Found<'a> {
    /// Its directory, without a slash at the end except for the root itself.
    pub(super) path: &'a str,
    /// Its name; `None` where the object asks for the directory.
    pub(super) name: Option<&'a str>,
    /// What it is; a link is a link.
    pub(super) kind: FileType,
    pub(super) look: &'a dyn Fn() -> Result<Look, ReadError>,
}

impl Found<'_> {
    /// The whole path.
    pub(super) fn whole(&self) -> String {
        match (self.path, self.name) {
            (path, None) => path.to_owned(),
            ("/", Some(name)) => format!("/{name}"),
            (path, Some(name)) => format!("{path}/{name}"),
        }
    }

    /// Owner, mode, times.
    pub(super) fn look(&self) -> Result<Look, ReadError> {
        (self.look)()
    }
}

/// What is done with a file: by a type of items, for one of its tasks.
pub(super) type Take<'t> = &'t mut dyn FnMut(&mut Host<'_>, &mut Task<'_>, &Found<'_>);

/// Finds the files of all tasks.
pub(super) fn find(host: &mut Host<'_>, tasks: &mut [&mut Task<'_>], take: Take<'_>) {
    let mut walks = Walks::new();
    for (number, task) in tasks.iter_mut().enumerate() {
        match &task.query {
            query if query.entity("filepath").is_some() => by_filepath(host, number, task, &mut walks, take),
            query if query.entity("path").is_some() => by_path(host, number, task, &mut walks, take),
            _ => task.lower(Flag::Error, "names neither `filepath` nor `path`".to_owned()),
        }
    }
    for ((start, reach), parts) in walks {
        walk(host, tasks, &start, reach, &parts, take);
    }
}

fn by_filepath(host: &mut Host<'_>, number: usize, task: &mut Task<'_>, walks: &mut Walks, take: Take<'_>) {
    let Some(matcher) = task.query.entity("filepath") else { return };
    if let Some(paths) = matcher.literals() {
        let paths: Vec<String> = paths.into_iter().map(str::to_owned).collect();
        for path in paths {
            single(host, task, &path, take);
        }
        return;
    }
    let starts = starts(matcher);
    for start in starts {
        if kernel_files::is_missing(host, &start) {
            kernel_file(host, task, &start, take);
            continue;
        }
        let part = Part { task: number, target: Target::Whole, match_path: false, down: None };
        walks.entry((start, Reach::Local)).or_default().push(part);
    }
}

/// A file of a kernel that does not run. The text of the one that is known is put where texts are kept.
fn kernel_file(host: &mut Host<'_>, task: &mut Task<'_>, path: &str, take: Take<'_>) {
    let Some(text) = kernel_files::answer(host, task, path) else { return };
    let Some((directory, name)) = kernel_files::ARCH.rsplit_once('/') else { return };
    host.texts.insert(kernel_files::ARCH.to_owned(), Ok(text.into()));
    let look = || Err(ReadError::Unreadable("only a running kernel has it".to_owned()));
    take(host, task, &Found { path: directory, name: Some(name), kind: FileType::RegularFile, look: &look });
}

/// One file by its path.
fn single(host: &mut Host<'_>, task: &mut Task<'_>, path: &str, take: Take<'_>) {
    if kernel_files::is_missing(host, path) {
        return kernel_file(host, task, path, take);
    }
    let root = host.root;
    let Some((directory, name)) = path.rsplit_once('/').filter(|(_, name)| !name.is_empty()) else { return };
    let directory = if directory.is_empty() { "/" } else { directory };
    match root.look(path) {
        // Neither `filepath` nor `filename` names a directory (OVAL unix schema, `file_object`).
        Ok(look) if look.kind == FileType::Directory => {}
        Ok(look) => {
            let kind = look.kind;
            take(host, task, &Found { path: directory, name: Some(name), kind, look: &|| Ok(look) });
        }
        Err(ReadError::Absent) => {}
        Err(ReadError::Unreadable(why)) => task.lower(Flag::Error, format!("`{path}`: {why}")),
    }
}

fn by_path(host: &mut Host<'_>, number: usize, task: &mut Task<'_>, walks: &mut Walks, take: Take<'_>) {
    let Some(path) = task.query.entity("path") else { return };
    let target =
        if task.query.entity("filename").is_none_or(|name| name.nil) { Target::Directories } else { Target::Names };
    let part = Part { task: number, target, match_path: false, down: depth(&task.query) };
    let reach = Reach::of(&task.query);
    let Some(paths) = path.literals() else {
        for start in starts(path) {
            walks.entry((start, reach)).or_default().push(Part { match_path: true, ..part.clone() });
        }
        return;
    };
    let mut paths: Vec<String> = paths.into_iter().map(str::to_owned).collect();
    if task.query.behavior("recurse_direction") == Some("up") {
        paths = paths.iter().flat_map(|path| upwards(path, &task.query)).collect();
    }
    paths.sort();
    paths.dedup();
    let name = task.query.entity("filename").and_then(|name| name.literals());
    let names: Option<Vec<String>> = name.map(|names| names.into_iter().map(str::to_owned).collect());
    for path in paths {
        let trimmed = if path.len() > 1 { path.trim_end_matches('/') } else { &path };
        match (&names, part.down) {
            (Some(names), Some(0)) if target == Target::Names => {
                for name in names {
                    let whole = if trimmed == "/" { format!("/{name}") } else { format!("{trimmed}/{name}") };
                    single(host, task, &whole, take);
                }
            }
            _ => {
                start_directory(host, task, trimmed, target, take);
                if target == Target::Names || part.down != Some(0) {
                    walks.entry((trimmed.to_owned(), reach)).or_default().push(part.clone());
                }
            }
        }
    }
}

/// The directory that a search starts from is itself asked for where directories are.
pub(super) fn start_directory(host: &mut Host<'_>, task: &mut Task<'_>, path: &str, target: Target, take: Take<'_>) {
    if target != Target::Directories {
        return;
    }
    let looked = host.root.canonical(path).and_then(|path| host.root.look(&path));
    match looked {
        Ok(look) if look.kind == FileType::Directory => {
            take(host, task, &Found { path, name: None, kind: FileType::Directory, look: &|| Ok(look) });
        }
        Ok(_) | Err(ReadError::Absent) => {}
        Err(ReadError::Unreadable(why)) => task.lower(Flag::Error, format!("`{path}`: {why}")),
    }
}

/// A directory and those above it, as many as `max_depth` says.
fn upwards(path: &str, query: &Query<'_>) -> Vec<String> {
    let most = query.behavior("max_depth").and_then(|depth| depth.parse().ok()).unwrap_or(usize::MAX);
    let mut paths = vec![path.to_owned()];
    let mut rest = path.trim_end_matches('/');
    while let Some((parent, _)) = rest.rsplit_once('/').filter(|_| paths.len() <= most) {
        paths.push(if parent.is_empty() { "/".to_owned() } else { parent.to_owned() });
        rest = parent;
    }
    paths
}

/// `max_depth` where the search goes down, zero where it does not.
fn depth(query: &Query<'_>) -> Option<u32> {
    match query.behavior("recurse_direction").unwrap_or("none") {
        "down" => query
            .behavior("max_depth")
            .unwrap_or("-1")
            .parse::<i64>()
            .ok()
            .map_or(Some(0), |depth| u32::try_from(depth).ok()),
        _ => Some(0),
    }
}

/// The directories below which everything lies that satisfies `matcher`.
fn starts(matcher: &Matcher) -> Vec<String> {
    let mut starts: Vec<String> = if matcher.operation == Operation::PatternMatch {
        matcher.texts().map(prefix).collect()
    } else {
        vec!["/".to_owned()]
    };
    starts.sort();
    starts.dedup();
    // What lies below another start is found from there.
    let all = starts.clone();
    starts.retain(|start| !all.iter().any(|other| other != start && below(other, start).is_some()));
    starts
}

/// The longest directory that every match of `pattern` begins with. A pattern without `^` is taken to begin at the root, as
/// the engine that content is tested with does.
fn prefix(pattern: &str) -> String {
    let mut depth = 0;
    let mut escaped = false;
    for c in pattern.chars() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            '|' if depth == 0 => return "/".to_owned(),
            _ => {}
        }
    }
    let mut literal = String::new();
    let mut rest = pattern.strip_prefix('^').unwrap_or(pattern).chars().peekable();
    while let Some(c) = rest.next() {
        let c = match c {
            '\\' => match rest.next() {
                Some(c) if !c.is_alphanumeric() => c,
                _ => break,
            },
            c if r"^$.[(){}*+?|".contains(c) => break,
            c => c,
        };
        if rest.peek().is_some_and(|next| "*+?{".contains(*next)) {
            break;
        }
        literal.push(c);
    }
    match literal.rsplit_once('/') {
        Some((directory, _)) if !directory.is_empty() && directory.starts_with('/') => directory.to_owned(),
        _ => "/".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fixed_part_of_a_pattern_is_a_directory() {
        for (pattern, directory) in [
            (r"^/etc/audit/rules\.d/.*\.rules$", "/etc/audit/rules.d"),
            (r"/etc/ssh/sshd_config\.d/.*\.conf", "/etc/ssh/sshd_config.d"),
            (r"^/etc/(a|b)/c$", "/etc"),
            (r"^/etc/a|^/usr/b", "/"),
            (r"^/etc/fo+/x$", "/etc"),
            (r".*\.netrc$", "/"),
            (r"^/(lib|lib64)/.*", "/"),
            (r"^/home/[^/]+/\.x$", "/home"),
        ] {
            assert_eq!(prefix(pattern), directory, "{pattern}");
        }
    }
}
