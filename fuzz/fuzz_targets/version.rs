//! Fuzzes version orders: a key says what the slow comparison says.
#![no_main]

use inspector_vuln::version::ORDERS;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some((choice, bytes)) = bytes.split_first() else { return };
    let order = ORDERS[usize::from(*choice) % ORDERS.len()];
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let Some((one, other)) = text.split_once('\n') else { return };
    let keys = (order.key(one), order.key(other));
    match (keys, (order.compare)(one, other)) {
        ((Ok(a), Ok(b)), Ok(ordering)) => assert_eq!(a.cmp(&b), ordering, "{}: `{one}`, `{other}`", order.id),
        ((Ok(_), Ok(_)), Err(error)) => panic!("{}: only the comparison refuses: {error}", order.id),
        (_, Ok(_)) => panic!("{}: only the key refuses `{one}` or `{other}`", order.id),
        (_, Err(_)) => {}
    }
});
