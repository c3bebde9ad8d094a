//! `arithmetic`: sums and products over one value of each argument. Whole numbers stay whole.

use super::{Call, Function};

pub(super) const FUNCTION: Function = Function { name: "arithmetic", call, takes_nothing: false };

#[derive(Debug, Clone, Copy)]
enum Number {
    Int(i64),
    Float(f64),
}

impl Number {
    fn read(text: &str) -> Result<Self, String> {
        let int = text.trim().parse().map(Self::Int).ok();
        let float = || text.trim().parse().ok().filter(|number: &f64| number.is_finite()).map(Self::Float);
        int.or_else(float).ok_or_else(|| format!("`{text}` is no number"))
    }

    #[expect(clippy::cast_precision_loss, reason = "a sum with a fraction has the precision of a double")]
    fn float(self) -> f64 {
        match self {
            Self::Int(number) => number as f64,
            Self::Float(number) => number,
        }
    }
}

fn call(call: &Call<'_>) -> Result<Vec<String>, String> {
    let add = match call.attribute("arithmetic_operation")? {
        "add" => true,
        "multiply" => false,
        other => return Err(format!("`{other}` is no operation")),
    };
    let results = call.product(None, |total: &Option<Number>, value| {
        let value = Number::read(value)?;
        let Some(total) = *total else { return Ok(Some(value)) };
        if let (Number::Int(left), Number::Int(right)) = (total, value) {
            let result = if add { left.checked_add(right) } else { left.checked_mul(right) };
            return result.map(|number| Some(Number::Int(number))).ok_or_else(|| "the result is too large".to_owned());
        }
        let (left, right) = (total.float(), value.float());
        Ok(Some(Number::Float(if add { left + right } else { left * right })))
    })?;
    let text = |number| match number {
        Number::Int(number) => number.to_string(),
        Number::Float(number) => number.to_string(),
    };
    Ok(results.into_iter().flatten().map(text).collect())
}
