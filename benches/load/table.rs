//! Figures for people and for programs.

use serde::Serialize;
use std::fs;

/// One figure, with its aim and what a Planka 2.1.1 with PostgreSQL took for the like on the same kind of machine.
#[derive(Serialize)]
pub struct Row {
    name: String,
    unit: &'static str,
    value: f64,
    aim: Option<f64>,
    pub planka: Option<f64>,
}

impl Row {
    pub fn new(name: &str, unit: &'static str, value: f64) -> Self {
        Self { name: name.to_owned(), unit, value, aim: None, planka: None }
    }

    pub fn aim(mut self, aim: f64) -> Self {
        self.aim = Some(aim);
        self
    }

    pub fn than(mut self, planka: f64) -> Self {
        self.planka = Some(planka);
        self
    }
}

#[derive(Default)]
pub struct Table {
    rows: Vec<Row>,
}

impl Table {
    /// Shown at once, since a run takes minutes.
    pub fn add(&mut self, row: Row) {
        if self.rows.is_empty() {
            println!("{:<52} {:>10} {:<4} {:>8} {:>8}", "figure", "value", "", "aim", "Planka");
        }
        let shown = |value: Option<f64>| value.map(|value| value.to_string()).unwrap_or_default();
        let (aim, planka) = (shown(row.aim), shown(row.planka));
        println!("{:<52} {:>10.2} {:<4} {:>8} {:>8}", row.name, row.value, row.unit, aim, planka);
        self.rows.push(row);
    }

    pub fn finish(self) {
        let json = serde_json::to_string_pretty(&self.rows).expect("figures are JSON");
        fs::create_dir_all("target/bench")
            .and_then(|()| fs::write("target/bench/load.json", json))
            .expect("it is written");
        println!("\nthe same in target/bench/load.json");
    }
}
