//! `act-board doctor`: configuration, schema and integrity, in words.

use super::{Failure, Serve};
use act_board::store::{Access, Db};

pub async fn run(options: &Serve) -> Result<(), Failure> {
    let config = options.config()?;
    println!("configuration: served at {}", config.public_url);
    let db = Db::open(&options.database.database_url, Access::Look).await?;
    let schema = db.schema().await?;
    match schema.found {
        0 => println!("schema: the database is empty; `act-board migrate` or `serve` fills it"),
        found if found < schema.known => {
            println!("schema: {found}, to be brought up to {} by `act-board migrate`", schema.known)
        }
        found if found > schema.known => {
            return Err(format!(
                "the database belongs to a newer act-board (schema {found}, this one knows {})",
                schema.known
            )
            .into());
        }
        found => println!("schema: {found}, up to date"),
    }
    if schema.found == 0 {
        return Ok(());
    }
    let problems = db.integrity().await?;
    for problem in &problems {
        println!("integrity: {problem}");
    }
    if !problems.is_empty() {
        return Err("the database has problems; restore the last backup, and keep this one to look at".into());
    }
    println!("integrity: nothing is wrong");
    Ok(())
}
