//! `unix:password`: the accounts of `/etc/passwd`.

use inspector_scap::oval::gather::Task;
use inspector_scap::oval::item::{Item, Status};

use super::shadow::veiled;
use super::{Host, Source, offer, refuse};

pub(super) const SOURCE: Source = Source { kind: "password", collect };

const PASSWD: &str = "/etc/passwd";

fn collect(host: &mut Host<'_>, tasks: &mut [&mut Task<'_>]) {
    match host.text(PASSWD) {
        Ok(text) => offer(tasks, &["username"], &text.lines().filter_map(item).collect::<Vec<_>>()),
        Err(error) => refuse(tasks, PASSWD, &error),
    }
}

/// One line (`passwd(5)`). Lines that are none, which the system does not read either, are passed over.
fn item(line: &str) -> Option<Item> {
    let [name, password, uid, gid, gecos, home, shell] = line.split(':').collect::<Vec<_>>().try_into().ok()?;
    if name.is_empty() || name.starts_with('#') || name.starts_with(['+', '-']) {
        return None;
    }
    let mut item = Item::new("password")
        .with("username", name)
        .with("password", veiled(password))
        .with("user_id", uid.parse::<i64>().ok()?)
        .with("group_id", gid.parse::<i64>().ok()?)
        .with("gcos", gecos)
        .with("home_dir", home)
        .with("login_shell", shell);
    item.push_status("last_login", Status::NotCollected);
    Some(item)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_account_is_passed_over() {
        assert!(item("root:x:0:0:root:/root:/bin/sh").is_some());
        for line in ["", "# comment", "+::::::", "a:x:0:0", "a:x:zero:0::/:/bin/sh"] {
            assert!(item(line).is_none(), "{line}");
        }
    }
}
