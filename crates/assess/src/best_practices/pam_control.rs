//! What a module's answer does to the PAM stack (`pam.conf(5)`), and whether a refusal holds.

use inspector_model::host::PamEntry;

/// What the quality and history modules return when they refuse a password, once or after all retries.
const REFUSALS: [&str; 2] = ["authtok_err", "maxtries"];
const SUCCESSES: [&str; 2] = ["success", "new_authtok_reqd"];

/// Whether a password can get past an entry that refuses it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Hold {
    /// No password gets past.
    Binding,
    /// That depends on what another module answers on the host, or on a control that we do not know.
    Undecided,
    /// A refusal is ignored, or another module accepts the password first.
    Bypassed,
}

/// Whether the entry between `before` and `after` binds.
pub(super) fn hold(before: &[PamEntry], entry: &PamEntry, after: &[PamEntry]) -> Hold {
    let Some(control) = Control::parse(&entry.control) else { return Hold::Undecided };
    let refusals = REFUSALS.map(|value| control.on(value));
    if refusals.iter().any(|action| !matches!(action, Action::Bad | Action::Die)) {
        return Hold::Bypassed;
    }
    // `bad` lets the stack go on, and a later `reset` would forget it.
    let remembered = refusals.contains(&Action::Bad) && after.iter().any(may_reset);
    let distances = (1..=before.len()).rev();
    let earlier = before.iter().zip(distances).map(|(entry, distance)| past(entry, distance)).max();
    earlier.unwrap_or(Hold::Binding).max(if remembered { Hold::Undecided } else { Hold::Binding })
}

/// Whether `entry` lets a password past the one that stands `distance` lines below.
fn past(entry: &PamEntry, distance: usize) -> Hold {
    if entry.module == "pam_unix.so" {
        // Whatever follows, it has changed the password by then.
        return Hold::Bypassed;
    }
    let Some(control) = Control::parse(&entry.control) else { return Hold::Undecided };
    let skips = |action: Action| match action {
        Action::Done => true,
        Action::Jump(lines) => lines >= distance,
        Action::Ignore | Action::Ok | Action::Bad | Action::Die | Action::Reset => false,
    };
    let on_success = control.on("success");
    let succeeds = match entry.module.as_str() {
        "pam_deny.so" => Hold::Binding,
        "pam_permit.so" if skips(on_success) => Hold::Bypassed,
        _ if on_success == Action::Done => Hold::Bypassed,
        _ if skips(on_success) => Hold::Undecided,
        _ => Hold::Binding,
    };
    // `pam_localuser` fails for users of a directory service only, whose passwords are not kept on this host.
    let fails = entry.module != "pam_localuser.so" && control.otherwise().any(skips);
    succeeds.max(if fails { Hold::Undecided } else { Hold::Binding })
}

fn may_reset(entry: &PamEntry) -> bool {
    Control::parse(&entry.control).is_none_or(|control| control.all().any(|action| action == Action::Reset))
}

/// What becomes of the stack after one answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Action {
    Ignore,
    Ok,
    Done,
    Bad,
    Die,
    Reset,
    /// Go on behind that many of the next lines.
    Jump(usize),
}

/// A control field: an action for each value that a module can return.
#[derive(Debug)]
struct Control {
    named: Vec<(String, Action)>,
    default: Action,
}

impl Control {
    /// Reads a control field; `None` for one that `pam.conf(5)` does not describe.
    fn parse(text: &str) -> Option<Self> {
        let text = text.to_ascii_lowercase();
        let (success, default) = match text.as_str() {
            "required" => (Action::Ok, Action::Bad),
            "requisite" => (Action::Ok, Action::Die),
            "sufficient" => (Action::Done, Action::Ignore),
            "optional" => (Action::Ok, Action::Ignore),
            bracket => return Self::bracket(bracket.strip_prefix('[')?.strip_suffix(']')?),
        };
        let named = SUCCESSES.iter().map(|value| ((*value).to_owned(), success));
        Some(Self { named: named.chain([("ignore".to_owned(), Action::Ignore)]).collect(), default })
    }

    /// `value=action …`; what is not named is a failure, unless `default` says otherwise.
    fn bracket(text: &str) -> Option<Self> {
        let mut control = Self { named: Vec::new(), default: Action::Bad };
        let spaced = text.replace('=', " = ");
        let mut words = spaced.split_whitespace();
        while let Some(value) = words.next() {
            words.next().filter(|sign| *sign == "=")?;
            let action = Action::parse(words.next()?)?;
            if value == "default" {
                control.default = action;
            } else {
                control.named.push((value.to_owned(), action));
            }
        }
        Some(control)
    }

    fn on(&self, value: &str) -> Action {
        self.named.iter().rev().find(|(name, _)| name == value).map_or(self.default, |(_, action)| *action)
    }

    /// The actions on everything but success.
    fn otherwise(&self) -> impl Iterator<Item = Action> {
        let named = self.named.iter().filter(|(name, _)| !SUCCESSES.contains(&name.as_str()));
        named.map(|(_, action)| *action).chain([self.default])
    }

    fn all(&self) -> impl Iterator<Item = Action> {
        self.named.iter().map(|(_, action)| *action).chain([self.default])
    }
}

impl Action {
    fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "ignore" => Self::Ignore,
            "ok" => Self::Ok,
            "done" => Self::Done,
            "bad" => Self::Bad,
            "die" => Self::Die,
            "reset" => Self::Reset,
            number => Self::Jump(number.parse().ok().filter(|lines| *lines > 0)?),
        })
    }
}

#[cfg(test)]
mod tests {
    use inspector_model::Place;

    use super::*;

    /// The hold of the line `… pam_pwquality.so` in a stack of `control module` lines.
    fn held(stack: &[&str]) -> Hold {
        let entry = |line: &&str| {
            let (control, module) = line.rsplit_once(' ').unwrap_or_default();
            let (control, module) = (control.to_owned(), module.to_owned());
            PamEntry { module, control, arguments: Vec::new(), at: Place::whole("/etc/pam.d/passwd") }
        };
        let entries: Vec<PamEntry> = stack.iter().map(entry).collect();
        let at = entries.iter().position(|entry| entry.module == "pam_pwquality.so").unwrap_or_default();
        let (before, rest) = entries.split_at(at);
        rest.split_first().map_or(Hold::Bypassed, |(entry, after)| hold(before, entry, after))
    }

    #[test]
    fn a_refusal_holds_under_the_controls_that_fail_on_it() {
        let table = [
            ("required", Hold::Binding),
            ("Requisite", Hold::Binding),
            ("[success=ok default=die]", Hold::Binding),
            ("[success=ok default=bad]", Hold::Binding),
            ("[success=ok ignore=ignore]", Hold::Binding),
            ("[ success = 1 default = die ]", Hold::Binding),
            ("[default=ignore authtok_err=die maxtries=bad]", Hold::Binding),
            ("[default=ignore authtok_err=die]", Hold::Bypassed),
            ("[success=ok default=ignore]", Hold::Bypassed),
            ("[success=ok default=1]", Hold::Bypassed),
            ("optional", Hold::Bypassed),
            ("sufficient", Hold::Bypassed),
            ("[success=0 default=die]", Hold::Undecided),
            ("[success]", Hold::Undecided),
            ("requird", Hold::Undecided),
        ];
        for (control, expected) in table {
            assert_eq!(held(&[&format!("{control} pam_pwquality.so")]), expected, "{control}");
        }
    }

    #[test]
    fn what_stands_before_can_end_the_stack_or_jump_over() {
        let table = [
            ("sufficient pam_unix.so", Hold::Bypassed),
            ("required pam_unix.so", Hold::Bypassed),
            ("[success=1 default=ignore] pam_unix.so", Hold::Bypassed),
            ("sufficient pam_sss.so", Hold::Bypassed),
            ("sufficient pam_deny.so", Hold::Binding),
            ("optional pam_permit.so", Hold::Binding),
            ("[success=1 default=ignore] pam_permit.so", Hold::Bypassed),
            ("[success=1 default=ignore] pam_succeed_if.so", Hold::Undecided),
            ("[success=ok default=1] pam_succeed_if.so", Hold::Undecided),
            ("[success=ok ignore=ignore default=1] pam_localuser.so", Hold::Binding),
            ("[success=1 default=ignore] pam_localuser.so", Hold::Undecided),
            ("unknown pam_x.so", Hold::Undecided),
        ];
        for (line, expected) in table {
            assert_eq!(held(&[line, "requisite pam_pwquality.so"]), expected, "{line}");
        }
        let short = ["[success=1 default=ignore] pam_succeed_if.so", "required pam_x.so", "required pam_pwquality.so"];
        assert_eq!(held(&short), Hold::Binding, "a jump that lands before the module does not pass it");
    }

    #[test]
    fn what_stands_behind_counts_only_where_it_can_forget_a_refusal() {
        let reset = "[default=reset] pam_x.so";
        assert_eq!(held(&["required pam_pwquality.so", "sufficient pam_unix.so"]), Hold::Binding);
        assert_eq!(held(&["required pam_pwquality.so", reset]), Hold::Undecided);
        assert_eq!(held(&["requisite pam_pwquality.so", reset]), Hold::Binding);
    }
}
