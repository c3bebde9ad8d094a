//! Every account and group of the host itself (`passwd(5)`, `group(5)`). Those of a directory service are not asked for.

use inspector_model::Fact;
use inspector_model::host::{Group, User};

use super::{Malformed, file, lines, text};
use crate::root::Root;

const PASSWD: &str = "/etc/passwd";
const GROUP: &str = "/etc/group";

/// The accounts, sorted by name.
pub fn users(root: &Root) -> Fact<Vec<User>> {
    file(root, PASSWD, parse_users)
}

/// The groups, sorted by name.
pub fn groups(root: &Root) -> Fact<Vec<Group>> {
    file(root, GROUP, parse_groups)
}

/// Reads `passwd(5)`. Lines that take accounts from a directory service are passed over.
///
/// # Errors
///
/// When a line has not seven fields, or an id is no number.
pub fn parse_users(bytes: &[u8]) -> Result<Vec<User>, Malformed> {
    let text = text(bytes);
    let mut users = Vec::new();
    for (number, line) in records(&text) {
        let fields: Vec<&str> = line.split(':').collect();
        let [name, _, uid, gid, _, home, shell] = fields.as_slice() else {
            return Err(Malformed::at(number, "has not the seven fields of `passwd(5)`"));
        };
        let (name, home, shell) = ((*name).to_owned(), (*home).to_owned(), (*shell).to_owned());
        users.push(User { name, uid: id(number, uid)?, gid: id(number, gid)?, home, shell });
    }
    users.sort();
    Ok(users)
}

/// Reads `group(5)`.
///
/// # Errors
///
/// When a line has not four fields, or an id is no number.
pub fn parse_groups(bytes: &[u8]) -> Result<Vec<Group>, Malformed> {
    let text = text(bytes);
    let mut groups = Vec::new();
    for (number, line) in records(&text) {
        let fields: Vec<&str> = line.split(':').collect();
        let [name, _, gid, members] = fields.as_slice() else {
            return Err(Malformed::at(number, "has not the four fields of `group(5)`"));
        };
        let members = members.split(',').map(str::trim).filter(|member| !member.is_empty()).map(str::to_owned);
        groups.push(Group { name: (*name).to_owned(), gid: id(number, gid)?, members: members.collect() });
    }
    groups.sort();
    Ok(groups)
}

fn records(text: &str) -> impl Iterator<Item = (u32, &str)> {
    lines(text).filter(|(_, line)| !line.trim().is_empty() && !line.starts_with(['#', '+', '-']))
}

fn id(number: u32, text: &str) -> Result<u32, Malformed> {
    text.parse().map_err(|_| Malformed::at(number, format!("`{text}` is no id")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accounts_and_groups_are_read_without_their_passwords() {
        let users =
            parse_users(b"# accounts\nroot:x:0:0:root:/root:/bin/bash\nbin:*:2:2::/bin:\n+@admins::::::\n").unwrap();
        let named: Vec<_> = users.iter().map(|user| (user.name.as_str(), user.uid, user.shell.as_str())).collect();
        assert_eq!(named, [("bin", 2, ""), ("root", 0, "/bin/bash")]);
        let groups = parse_groups(b"root:x:0:\nsudo:x:27:ana, ben\n").unwrap();
        assert_eq!(groups.last().map(|group| group.members.clone()), Some(vec!["ana".to_owned(), "ben".to_owned()]));
    }

    #[test]
    fn a_line_that_is_no_account_is_malformed() {
        assert_eq!(parse_users(b"root:x:0:0:root:/root:/bin/bash\nroot:x\n").unwrap_err().line, Some(2));
        assert_eq!(parse_users(b"root:x:zero:0:root:/root:/bin/sh\n").unwrap_err().line, Some(1));
        assert_eq!(parse_groups(b"root:x:0\n").unwrap_err().line, Some(1));
    }
}
