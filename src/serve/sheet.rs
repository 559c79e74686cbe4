//! Tables for spreadsheets.

use crate::{api::AppError, domain::change::Refusal};

/// Rows as CSV, the heads first.
pub fn csv<R: AsRef<[String]>>(rows: impl IntoIterator<Item = R>) -> Result<String, AppError> {
    let mut table = csv::Writer::from_writer(Vec::new());
    for row in rows {
        table.write_record(row.as_ref().iter().map(|cell| inert(cell))).map_err(|_| Refusal::Failed)?;
    }
    let bytes = table.into_inner().map_err(|_| Refusal::Failed)?;
    // Spreadsheets read UTF-8 only if it says so.
    Ok(format!("\u{FEFF}{}", String::from_utf8(bytes).map_err(|_| Refusal::Failed)?))
}

/// A cell that a spreadsheet takes for text, whatever it begins with: a name may be a formula. Where the region's
/// spreadsheets part cells by semicolons, so may a part of it.
fn inert(cell: &str) -> String {
    let mut parts = Vec::new();
    for part in cell.split(';') {
        let formula = part.trim_start().starts_with(['=', '+', '-', '@', '\t', '\r']) || part.starts_with(['\t', '\r']);
        parts.push(if formula { format!("'{part}") } else { part.to_owned() });
    }
    parts.join(";")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_never_a_formula() {
        assert_eq!(inert("=HYPERLINK(\"https://evil.example\")"), "'=HYPERLINK(\"https://evil.example\")");
        assert_eq!(inert("+381"), "'+381");
        assert_eq!(inert("Ana;=cmd|'/C calc'!A1;x"), "Ana;'=cmd|'/C calc'!A1;x");
        assert_eq!(inert("Coordinator, ASTRA"), "Coordinator, ASTRA");
    }
}
