//! `time_difference`: seconds between two times; with one argument, between now and it.

use super::{Call, Function};

pub(super) const FUNCTION: Function = Function { name: "time_difference", call, takes_nothing: false };

fn call(call: &Call<'_>) -> Result<Vec<String>, String> {
    let format = |name: &str| call.attributes.get(name).map_or("year_month_day", String::as_str);
    let difference = |later: i64, earlier: i64| {
        later.checked_sub(earlier).map(|seconds| seconds.to_string()).ok_or_else(|| "too far apart".to_owned())
    };
    match call.arguments.as_slice() {
        // The first time is now; what is written is the second.
        [times] => times.iter().map(|time| difference(call.now, read(time, format("format_2"))?)).collect(),
        [first, second] => {
            let mut differences = Vec::new();
            for later in first {
                for earlier in second {
                    differences.push(difference(read(later, format("format_1"))?, read(earlier, format("format_2"))?)?);
                }
            }
            Ok(differences)
        }
        other => Err(format!("takes one argument or two, not {}", other.len())),
    }
}

/// Seconds since 1970 of `text`, which is written as `format` says.
fn read(text: &str, format: &str) -> Result<i64, String> {
    let no_time = || format!("`{text}` is no time of the form {format}");
    match format {
        "seconds_since_epoch" => text.trim().parse().map_err(|_| no_time()),
        "win_filetime" => {
            let digits = text.trim().trim_start_matches("0x").trim_start_matches("0X");
            let ticks = u64::from_str_radix(digits, 16).map_err(|_| no_time())?;
            i64::try_from(ticks / 10_000_000).map(|seconds| seconds - SECONDS_1601_TO_1970).map_err(|_| no_time())
        }
        "year_month_day" => calendar(text, [0, 1, 2]).ok_or_else(no_time),
        "month_day_year" => calendar(text, [2, 0, 1]).ok_or_else(no_time),
        "day_month_year" => calendar(text, [2, 1, 0]).ok_or_else(no_time),
        "cim_datetime" => cim(text).ok_or_else(no_time),
        _ => Err(format!("`{format}` is no form of a time")),
    }
}

const SECONDS_1601_TO_1970: i64 = 11_644_473_600;

/// A date with separators or without, and a time of day behind it. `order` says which of the three numbers is the year,
/// the month, the day.
fn calendar(text: &str, order: [usize; 3]) -> Option<i64> {
    let text = text.trim();
    let (date, time) = match text.split_once([' ', 'T']) {
        Some((date, time)) => (date, time.trim()),
        None => (text, ""),
    };
    let mut numbers: Vec<i64> = Vec::new();
    if date.contains(['/', '-', '.']) {
        for part in date.split(['/', '-', '.']) {
            numbers.push(part.parse().ok()?);
        }
    } else {
        let mut rest = date;
        for place in 0..3 {
            let width = if order.first() == Some(&place) { 4 } else { 2 };
            let (head, tail) = rest.split_at_checked(width)?;
            numbers.push(head.parse().ok()?);
            rest = tail;
        }
        if !rest.is_empty() {
            return None;
        }
    }
    let [year, month, day] = order.map(|place| numbers.get(place).copied());
    if numbers.len() != 3 {
        return None;
    }
    Some(seconds_of(year?, month?, day?)? + time_of_day(time)?)
}

/// `hh:mm:ss` or `hhmmss`; nothing is midnight.
fn time_of_day(text: &str) -> Option<i64> {
    let digits: String = text.chars().filter(|c| *c != ':').collect();
    if digits.is_empty() {
        return Some(0);
    }
    let part = |start: usize| digits.get(start..start + 2).and_then(|part| part.parse::<i64>().ok());
    let (hour, minute, second) = (part(0)?, part(2)?, part(4)?);
    let sound = digits.len() == 6 && hour < 24 && minute < 60 && second < 61;
    sound.then_some(hour * 3600 + minute * 60 + second)
}

/// `yyyymmddHHMMSS.mmmmmmsUUU`: local time and its distance from UTC in minutes.
fn cim(text: &str) -> Option<i64> {
    let (moment, rest) = text.trim().split_once('.')?;
    let (date, time) = moment.split_at_checked(8)?;
    let (_, zone) = rest.split_at_checked(6)?;
    let minutes: i64 = zone.parse().ok()?;
    Some(calendar(date, [0, 1, 2])? + time_of_day(time)? - minutes * 60)
}

/// Days since 1970 by the civil calendar (Howard Hinnant, "chrono-compatible low-level date algorithms"), in seconds.
fn seconds_of(year: i64, month: i64, day: i64) -> Option<i64> {
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) || !(0..=9999).contains(&year) {
        return None;
    }
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    Some((era * 146_097 + day_of_era - 719_468) * 86_400)
}
