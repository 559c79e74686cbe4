//! Charts as files: each is what the page shows to the same viewer, and can be read by programs.

use crate::support::server::{COORDINATOR, DONOR, PUBLIC, Server};
use resvg::usvg::{Options, Tree};
use serde_json::json;

fn rows(server: &Server, file: &str, who: &str) -> Vec<Vec<String>> {
    let answer = server.get(&format!("/export/dashboard/{file}"), who);
    assert_eq!(answer.status, 200, "{file} {who}");
    let text = answer.body.strip_prefix('\u{FEFF}').expect("spreadsheets read UTF-8 if it says so");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

#[test]
fn a_table_has_the_figures_of_the_page_and_none_of_a_draft() {
    let server = Server::demo();
    let hidden = server.post("/board/items/18", &[("do", "hide")], COORDINATOR);
    assert_eq!(hidden.status, 303);
    for who in [PUBLIC, DONOR, COORDINATOR] {
        let picture = server.rpc("dashboard", &json!({ "period": "plan" }), who).json();
        let now = &picture["dashboard"]["now"];
        let map = rows(&server, "map.csv?period=plan", who);
        let whole: Vec<String> = ["all", "done", "late"].map(|name| now[name].to_string()).into();
        assert_eq!(map.len(), 7, "six countries, and all of them");
        assert_eq!(map[6][1..], whole, "{who}");
        assert_eq!(rows(&server, "heat.csv", who).len(), 6 * 5);
        assert_eq!(rows(&server, "steps.csv", who).len(), picture["dashboard"]["steps"].as_array().unwrap().len());
    }
    let all = |who| rows(&server, "map.csv", who)[6][1].parse::<usize>().unwrap();
    assert_eq!(all(PUBLIC) + 1, all(COORDINATOR), "the hidden one counts for those alone who may read it");
}

#[test]
fn a_drawing_is_a_document_of_its_own_in_every_language() {
    let server = Server::demo();
    let donor = server.member(DONOR);
    for language in ["en", "sr-RS", "sr-Latn-RS"] {
        let mut donor = server.browser_of(donor).sending(&[("accept-language", language)]);
        for file in ["map.svg", "map.svg?measure=late", "heat.svg", "steps.svg?period=plan", "indicators.svg"] {
            let answer = donor.get(&format!("/export/dashboard/{file}"));
            assert_eq!((answer.status, answer.headers["content-type"].as_str()), (200, "image/svg+xml"), "{file}");
            assert!(answer.headers["content-disposition"].starts_with("attachment; filename=\"act-board-"), "{file}");
            let drawn = Tree::from_str(&answer.body, &Options::default());
            assert!(drawn.is_ok_and(|tree| tree.size().width() > 600.0), "{language} {file}: {}", answer.body);
            assert!(!answer.body.contains("href=\"/"), "{file}: a link that leads nowhere from a disk");
        }
    }
}
