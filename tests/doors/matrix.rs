//! Who may do what, at every door: a row for each route with its method, each page and each server function, and a
//! column for each kind of person. Every id that a body names is foreign or unknown in a row of its own.

use super::{
    routes,
    visit::{Ask, DAY_MS, MINUTE_MS, NEW_PASSWORD, Stage},
};
use crate::support::{
    databases::Kind,
    server::{ASTRA, CLCI, COORDINATOR, DONOR, OBSERVER, Server},
};
use act_board::{
    domain::{accounts::Role, ids::MemberId},
    server::demo::PASSWORD,
    store::LinkKind,
};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use uuid::Uuid;

/// Led by ASTRA; CLCI has no part in it.
const OWN_ITEM: i64 = 17;

/// ASTRA takes part and CLCI does not; hidden before the rows are tried.
const DRAFT: i64 = 18;

/// ASTRA takes part and CLCI does not, too.
const THIRD_ITEM: i64 = 9;

/// Whoever asks, in the order of the columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Viewer {
    Public,
    Donor,
    Observer,
    /// A partner whose organisation leads the item.
    Own,
    /// A partner of another organisation.
    Foreign,
    Coordinator,
    /// A coordinator whose account was closed, with a session that was left over.
    Deactivated,
    /// A coordinator whose session ended a moment ago.
    Expired,
}

const COLUMNS: [Viewer; 8] = [
    Viewer::Public,
    Viewer::Donor,
    Viewer::Observer,
    Viewer::Own,
    Viewer::Foreign,
    Viewer::Coordinator,
    Viewer::Deactivated,
    Viewer::Expired,
];

/// The coordinator comes last, so that nobody before finds a row's subject changed.
const ORDER: [usize; 8] = [0, 1, 2, 3, 4, 6, 7, 5];

type Expected = [u16; 8];

/// The same for everybody.
fn all(status: u16) -> Expected {
    [status; 8]
}

/// Whoever is signed in.
fn members(status: u16) -> Expected {
    [401, status, status, status, status, status, 401, 401]
}

/// Those who read results.
fn readers(status: u16) -> Expected {
    [401, status, 403, status, status, status, 401, 401]
}

/// Partners and coordinators.
fn inside(status: u16) -> Expected {
    [401, 403, 403, status, status, status, 401, 401]
}

/// The partner whose item it is, and coordinators.
fn involved(status: u16) -> Expected {
    [401, 403, 403, status, 403, status, 401, 401]
}

/// Coordinators alone.
fn desk(status: u16) -> Expected {
    [401, 403, 403, 403, 403, status, 401, 401]
}

/// Those who may read drafts; to everybody else there is none.
fn drafts(status: u16) -> Expected {
    [404, 404, 404, status, status, status, 404, 404]
}

/// What a viewer asks for in a house.
type Asking = Box<dyn Fn(&House, Viewer) -> Ask>;

struct Row {
    /// Method and path, as the router lists them.
    door: String,
    expected: Expected,
    ask: Asking,
}

/// A row that asks each viewer's own question.
fn each(door: &str, expected: Expected, ask: impl Fn(&House, Viewer) -> Ask + 'static) -> Row {
    Row { door: door.to_owned(), expected, ask: Box::new(ask) }
}

fn get(door: &str, path: &str, expected: Expected) -> Row {
    let ask = Ask::Get(path.to_owned());
    each(&format!("GET {door}"), expected, move |_, _| ask.clone())
}

fn post(door: &str, path: &str, fields: &[(&'static str, &str)], expected: Expected) -> Row {
    let ask = Ask::form(path, fields);
    each(&format!("POST {door}"), expected, move |_, _| ask.clone())
}

/// A form whose path is the route's own.
fn form(path: &str, fields: &[(&'static str, &str)], expected: Expected) -> Row {
    post(path, path, fields, expected)
}

/// A server function.
fn call(name: &str, body: Value, expected: Expected) -> Row {
    let path = format!("/rpc/{name}");
    let ask = Ask::Json(path.clone(), body);
    each(&format!("POST {path}"), expected, move |_, _| ask.clone())
}

/// A command about an item, each time under an op id of its own.
fn command(item: Value, expected: Expected) -> Row {
    each("POST /rpc/submit", expected, move |_, _| {
        Ask::Json("/rpc/submit".to_owned(), json!({ "op": fresh(), "command": { "item": item } }))
    })
}

fn fresh() -> String {
    Uuid::now_v7().to_string()
}

struct House {
    server: Server,
    coordinator: MemberId,
    deactivated: MemberId,
}

impl House {
    fn new(kind: Kind) -> Self {
        let server = Server::start(kind, 0);
        let coordinator = server.member(COORDINATOR);
        let hidden = server.browser_of(coordinator).post(&format!("/board/items/{DRAFT}"), &[("do", "hide")]);
        assert_eq!(hidden.status, 303);
        let deactivated = server.guest("ASTRA", Role::Coordinator, Stage::Joined);
        server.close(deactivated);
        Self { server, coordinator, deactivated }
    }

    fn member(&self, viewer: Viewer) -> Option<MemberId> {
        let email = match viewer {
            Viewer::Public => return None,
            Viewer::Deactivated => return Some(self.deactivated),
            Viewer::Coordinator | Viewer::Expired => return Some(self.coordinator),
            Viewer::Donor => DONOR,
            Viewer::Observer => OBSERVER,
            Viewer::Own => ASTRA,
            Viewer::Foreign => CLCI,
        };
        Some(self.server.member(email))
    }

    /// The status of the answer. Each question comes in a session of its own, so that none ends another's.
    fn knock(&self, row: &Row, viewer: Viewer) -> u16 {
        let ask = (row.ask)(self, viewer);
        let mut browser = self.server.browser();
        if let Some(member) = self.member(viewer) {
            let lasts = if viewer == Viewer::Expired { -1 } else { 30 * DAY_MS };
            let session = self.server.session(member, lasts);
            browser.cookies.insert("session".to_owned(), session.as_str().to_owned());
        }
        let before = self.server.standing();
        let status = browser.status(&ask);
        if status >= 400 {
            assert_eq!(self.server.standing(), before, "{viewer:?} was refused, and yet: {ask:?}");
        }
        status
    }

    fn item(&self, number: i64) -> Value {
        self.server.browser_of(self.coordinator).json("/rpc/item", &json!({ "number": number })).json()
    }

    fn status(&self, slug: &str) -> String {
        let view = self.item(OWN_ITEM);
        let status = view["frame"]["statuses"].as_array().unwrap().iter().find(|status| status["slug"] == slug);
        status.unwrap()["id"].as_str().unwrap().to_owned()
    }

    /// The form of an item's edit page as it is filled, but for the due day and the lead.
    fn edit(&self, due: &str, lead: Option<&str>) -> Vec<(&'static str, String)> {
        let item = &self.item(OWN_ITEM)["item"];
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let mut form = vec![
            ("title", text(&item["title"]["body"])),
            ("description", text(&item["description"]["body"])),
            ("objective", text(&item["facts"]["objective"])),
            ("lead", lead.map_or_else(|| text(&item["facts"]["lead"]), str::to_owned)),
            ("start", text(&item["facts"]["start"])),
            ("due", due.to_owned()),
            ("title_from", item["title"]["version"].to_string()),
            ("description_from", item["description"]["version"].to_string()),
            ("was", item["facts"].to_string()),
        ];
        let others = item["facts"]["co_partners"].as_array().unwrap().iter();
        form.extend(others.map(|org| ("co_partners", text(org))));
        form
    }
}

/// The pages that build the framework, and their forms.
fn framework(house: &House) -> Vec<Row> {
    const TREE: &str = "/results/framework";
    const NODE: &str = "/results/nodes/{node}";
    const INDICATOR: &str = "/results/indicators/{indicator}";
    let all_of_it = house.server.browser_of(house.coordinator).json("/rpc/results", &json!({})).json();
    let framework = &all_of_it["results"]["framework"];
    let id = |list: &str, at: usize| framework[list][at]["id"].as_str().unwrap().to_owned();
    let mut outputs = framework["nodes"].as_array().unwrap().iter().filter(|node| node["level"] == "output");
    let output = outputs.next_back().unwrap()["id"].as_str().unwrap().to_owned();
    let (node, indicator, nobody) = (id("nodes", 0), id("indicators", 0), fresh());
    let (of_node, of_indicator) = (format!("/results/nodes/{output}"), format!("/results/indicators/{indicator}"));
    let new_node = format!("/results/nodes/new?parent={node}");
    let new_indicator = format!("/results/indicators/new?node={node}");
    let unknown = [("do", "remove-node"), ("node", nobody.as_str())];
    let light = |why| {
        let pairs = [("do", "light"), ("indicator", &*indicator), ("period", "2027Q4"), ("light", "red"), ("why", why)];
        pairs.map(|(name, value)| (name, value.to_owned()))
    };
    let light = |why: &'static str, expected| {
        let pairs = light(why);
        let pairs: Vec<_> = pairs.iter().map(|(name, value)| (*name, value.as_str())).collect();
        post(INDICATOR, &of_indicator, &pairs, expected)
    };
    let impact = [("do", "add-node"), ("level", "impact"), ("parent", ""), ("title", "Another impact")];
    vec![
        get(TREE, TREE, desk(200)),
        get("/results/nodes/new", "/results/nodes/new", desk(200)),
        get("/results/nodes/new", &new_node, desk(200)),
        get("/results/nodes/new", &format!("/results/nodes/new?parent={nobody}"), desk(404)),
        get(NODE, &of_node, desk(200)),
        get(NODE, &format!("/results/nodes/{nobody}"), desk(404)),
        get("/results/indicators/new", &new_indicator, desk(200)),
        get("/results/indicators/new", "/results/indicators/new", desk(404)),
        get(INDICATOR, &of_indicator, desk(200)),
        get(INDICATOR, "/results/indicators/x", desk(404)),
        post(TREE, TREE, &[("do", "down"), ("node", &output)], desk(422)),
        post(TREE, TREE, &[("do", "up"), ("node", &output)], desk(303)),
        post(TREE, TREE, &unknown, desk(404)),
        post(TREE, TREE, &[("do", "remove-node"), ("node", &node)], desk(422)),
        post(TREE, TREE, &[("do", "explode")], desk(400)),
        post("/results/nodes/new", "/results/nodes/new", &impact, desk(303)),
        post("/results/nodes/new", "/results/nodes/new", &impact[..3], desk(422)),
        post(NODE, &of_node, &[("do", "link"), ("node", &output), ("item", "99999")], desk(422)),
        post("/results/indicators/new", &new_indicator, &[("do", "add-indicator"), ("node", &node)], desk(422)),
        post(INDICATOR, &of_indicator, &[("do", "remove-indicator"), ("indicator", &nobody)], desk(404)),
        post(NODE, &of_node, &[("do", "withdraw-node"), ("node", &output)], desk(303)),
        post(NODE, &of_node, &[("do", "withdraw-node"), ("node", &nobody)], desk(404)),
        post(INDICATOR, &of_indicator, &[("do", "withdraw-indicator"), ("indicator", &indicator)], desk(303)),
        light("", desk(422)),
        light("The law has fallen", desk(303)),
    ]
}

/// A quarter of which nobody has read anything.
const QUARTER: &str = "/results/readings?period=2027Q4";

fn results(house: &House) -> Vec<Row> {
    const DOOR: &str = "/results/readings";
    let all_of_it = house.server.browser_of(house.coordinator).json("/rpc/results", &json!({})).json();
    let astra = house.server.organisation("ASTRA").to_string();
    let indicators = all_of_it["results"]["framework"]["indicators"].as_array().unwrap();
    let is_own = |it: &&Value| it["responsible"] == astra.as_str() && it["scale"]["kind"] == "number";
    let own = indicators.iter().find(is_own).unwrap()["id"].as_str().unwrap().to_owned();
    let (own, nobody) = (own.as_str(), fresh());
    let save = |indicator: &str, value: &str, expected| {
        post(DOOR, QUARTER, &[("do", "save"), ("indicator", indicator), ("value", value)], expected)
    };
    let unknown_reading = [("do", "approve"), ("indicator", own), ("reading", nobody.as_str())];
    let rest = [("do", "approve-rest"), ("reading", nobody.as_str()), ("basis", "\"nothing\"")];
    let read = all_of_it["results"]["readings"][0].clone();
    let (reading, of) = (read["id"].as_str().unwrap(), read["indicator"].as_str().unwrap());
    let withdraw = |reading: &str, expected| {
        let values = [("do", "withdraw"), ("indicator", of), ("reading", reading)];
        post(DOOR, QUARTER, &values, expected)
    };
    const FILE: &str = "/export/dashboard/{file}";
    // Whoever is not a coordinator looks with their own eyes alone.
    let eyes = [403, 403, 403, 403, 403, 200, 403, 403];
    vec![
        get("/results", "/results", readers(200)),
        get("/dashboard", "/dashboard", all(200)),
        get("/dashboard", "/dashboard?period=2026Q1&measure=late", all(200)),
        get("/dashboard", "/dashboard?period=x&measure=x", all(200)),
        get("/dashboard", "/dashboard?period=plan", all(200)),
        get(FILE, "/export/dashboard/map.csv", all(200)),
        get("/dashboard", "/dashboard?as=public", eyes),
        get(FILE, "/export/dashboard/map.csv?as=donor", eyes),
        call("dashboard", json!({ "seen_as": "partner" }), eyes),
        get(FILE, "/export/dashboard/heat.svg?period=2026Q1", all(200)),
        get(FILE, "/export/dashboard/steps.png?period=plan&measure=x", all(200)),
        get(FILE, "/export/dashboard/nothing.csv", all(404)),
        get(FILE, "/export/dashboard/indicators.csv", [404, 200, 404, 200, 200, 200, 404, 404]),
        get("/export/network.png", "/export/network.png", all(200)),
        get("/results/overview", "/results/overview", readers(200)),
        get("/results/overview", "/results/overview?by=partner&period=2026Q4", readers(200)),
        get("/results/overview", "/results/overview?by=x&period=x", readers(200)),
        get(DOOR, DOOR, readers(200)),
        call("results", json!({}), readers(200)),
        call("results", json!({ "period": "2026Q4" }), readers(200)),
        call("results", json!({ "period": "x" }), all(422)),
        call("goals", json!({ "indicator": own }), inside(200)),
        call("goals", json!({ "indicator": nobody }), inside(200)),
        save(own, "1", involved(303)),
        save(own, "x", readers(422)),
        save(&nobody, "1", readers(404)),
        save("x", "1", readers(422)),
        post(DOOR, QUARTER, &unknown_reading, readers(404)),
        post(DOOR, QUARTER, &[("do", "approve-rest")], readers(303)),
        post(DOOR, QUARTER, &rest, readers(404)),
        post(DOOR, QUARTER, &[("do", "approve-rest"), ("reading", "x"), ("basis", "x")], readers(400)),
        post(DOOR, QUARTER, &[("do", "lock")], desk(303)),
        post(DOOR, QUARTER, &[("do", "unlock")], desk(303)),
        withdraw(reading, desk(303)),
        withdraw(&nobody, desk(404)),
        withdraw("x", readers(422)),
        post(DOOR, QUARTER, &[("do", "explode")], readers(400)),
        form(DOOR, &[("do", "lock")], readers(400)),
    ]
}

/// The report of a quarter that nobody has written yet.
fn report() -> Vec<Row> {
    const DOOR: &str = "/report";
    let quarter = ("period", "2027Q4");
    let act = |word, fields: &[(&'static str, &str)], expected| {
        form(DOOR, &[&[quarter, ("do", word)][..], fields].concat(), expected)
    };
    let first = [("from", "0"), ("summary", "Done")];
    // The coordinator knocks last, so until then there is none.
    vec![
        get(DOOR, DOOR, members(200)),
        get(DOOR, "/report?period=2027Q4", members(200)),
        get(DOOR, "/report?period=2027Q4&version=1", members(404)),
        get(DOOR, "/report?period=x&version=x", members(200)),
        call("report", json!({}), members(200)),
        call("report", json!({ "period": "2027Q4", "version": 1 }), members(404)),
        call("report", json!({ "period": "x" }), all(422)),
        act("save", &[("from", "0"), ("summary", "JMBG 0104986719873")], desk(422)),
        act("save", &[("from", "x")], desk(400)),
        act("explode", &first, desk(400)),
        act("withdraw", &[("version", "1")], desk(404)),
        form(DOOR, &[("do", "save"), ("from", "0")], desk(400)),
        form(DOOR, &[("do", "save"), ("from", "0"), ("period", "2199Q4")], desk(404)),
        act("save", &first, desk(303)),
        get(DOOR, "/report?period=2027Q4&version=1", [401, 404, 404, 200, 200, 200, 401, 401]),
        act("save", &[("from", "0"), ("summary", "Otherwise")], desk(409)),
        act("hand_over", &[("from", "1"), ("summary", "Done")], desk(303)),
        get(DOOR, "/report?period=2027Q4&version=2", members(200)),
        act("withdraw", &[("version", "1")], desk(303)),
    ]
}

#[test]
fn everybody_gets_at_every_door_what_is_theirs() {
    tried_on(Kind::Sqlite);
}

#[test]
fn everybody_gets_the_same_on_postgresql() {
    tried_on(Kind::Postgres);
}

fn tried_on(kind: Kind) {
    let house = House::new(kind);
    let rows = rows(&house);
    let known: BTreeSet<String> = rows.iter().map(|row| row.door.clone()).collect();
    assert_eq!(known, doors(), "each route, page and server function has a row, and each row is of one");
    let mut wrong = String::new();
    for row in &rows {
        let mut statuses = all(0);
        for column in ORDER {
            statuses[column] = house.knock(row, COLUMNS[column]);
        }
        if statuses != row.expected {
            let ask = (row.ask)(&house, Viewer::Coordinator);
            wrong += &format!("\n{}: {statuses:?} instead of {:?}: {ask:?}", row.door, row.expected);
        }
    }
    assert!(wrong.is_empty(), "{COLUMNS:?}{wrong}");
}

/// Whatever the server answers, and what its pages ask it.
fn doors() -> BTreeSet<String> {
    let routes = routes::routes().into_iter().map(|(method, path)| format!("{method} {path}"));
    let pages = routes::pages().into_iter().map(|path| format!("GET {path}"));
    let functions = routes::server_functions().into_iter().map(|(method, path)| format!("{method} {path}"));
    routes.chain(pages).chain(functions).chain(["GET *".to_owned()]).collect()
}

fn rows(house: &House) -> Vec<Row> {
    let mut rows = files();
    rows.extend(board(house));
    rows.extend(results(house));
    rows.extend(report());
    rows.extend(framework(house));
    rows.extend(doors_of_strangers(house));
    rows.extend(account());
    rows.extend(people(house));
    rows.extend(functions(house));
    rows.extend(commands(house));
    rows
}

/// What is nobody's, and what leads nowhere. No site was built for these tests, so its files are not there.
fn files() -> Vec<Row> {
    let report = Ask::Json("/trouble".to_owned(), json!({ "message": "panicked", "version": "1" }));
    vec![
        get("/", "/", all(200)),
        get("/healthz", "/healthz", all(200)),
        get("/readyz", "/readyz", all(200)),
        each("POST /trouble", all(204), move |_, _| report.clone()),
        get("/assets/{name}", "/assets/nothing.css", all(404)),
        get("/favicon.svg", "/favicon.svg", all(404)),
        get("/sw.js", "/sw.js", all(404)),
        get("/shell", "/shell", all(200)),
        get("*", "/nowhere", all(404)),
        form("/preferences", &[("language", "en"), ("back", "/board")], all(303)),
    ]
}

fn board(house: &House) -> Vec<Row> {
    const NEW: &str = "/board/new";
    const ITEM: &str = "/board/items/{number}";
    const EDIT: &str = "/board/items/{number}/edit";
    let (own, draft) = (format!("/board/items/{OWN_ITEM}"), format!("/board/items/{DRAFT}"));
    let third = format!("/board/items/{THIRD_ITEM}");
    let (done, nobody) = (house.status("done"), fresh());
    let facts = &house.item(OWN_ITEM)["item"]["facts"];
    let id = |fact: &str| facts[fact].as_str().unwrap().to_owned();
    let (objective, lead) = (id("objective"), id("lead"));
    let new = |objective: &str, lead: &str| {
        let fields = [("title", "New".to_owned()), ("objective", objective.to_owned()), ("lead", lead.to_owned())];
        move |_: &House, _: Viewer| Ask::Form(NEW.to_owned(), [vec![("id", fresh())], fields.to_vec()].concat())
    };
    let edit = |lead: Option<String>| {
        move |house: &House, viewer: Viewer| {
            let column = COLUMNS.iter().position(|column| *column == viewer).unwrap();
            let fields = house.edit(&format!("2027-12-1{column}"), lead.as_deref());
            Ask::Form(format!("/board/items/{OWN_ITEM}/edit"), fields)
        }
    };
    vec![
        get("/board", "/board", all(200)),
        get(NEW, NEW, inside(200)),
        each("POST /board/new", [401, 403, 403, 303, 422, 303, 401, 401], new(&objective, &lead)),
        each("POST /board/new", inside(422), new(&nobody, &lead)),
        each("POST /board/new", inside(422), new(&objective, &nobody)),
        form(NEW, &[("id", "x"), ("title", "New")], members(400)),
        get(ITEM, &own, all(200)),
        get(ITEM, &draft, drafts(200)),
        get(ITEM, "/board/items/999", all(404)),
        get(ITEM, "/board/items/x", all(404)),
        post(ITEM, &own, &[("do", "move"), ("to", &done)], involved(303)),
        post(ITEM, &own, &[("do", "move"), ("to", &nobody)], involved(422)),
        post(ITEM, &own, &[("do", "explode")], members(400)),
        post(ITEM, &draft, &[("do", "move"), ("to", &done)], [401, 404, 404, 303, 403, 303, 401, 401]),
        post(ITEM, &third, &[("do", "hide")], desk(303)),
        post(ITEM, "/board/items/999", &[("do", "archive")], members(404)),
        get(EDIT, &format!("{own}/edit"), involved(200)),
        each("POST /board/items/{number}/edit", involved(303), edit(None)),
        each("POST /board/items/{number}/edit", involved(422), edit(Some(nobody))),
        post(EDIT, "/board/items/999/edit", &[("title", "New")], members(404)),
    ]
}

/// What opens without a session, to those who hold the right word.
fn doors_of_strangers(house: &House) -> Vec<Row> {
    let unknown = "0".repeat(64);
    let invited = house.server.guest("NHC", Role::Partner, Stage::Invited);
    let joined = house.server.guest("NHC", Role::Partner, Stage::Joined);
    let invitation = house.server.link(LinkKind::Invitation, invited, DAY_MS);
    let reset = house.server.link(LinkKind::Reset, joined, DAY_MS);
    let (join, set) = (format!("/join?token={}", invitation.as_str()), format!("/reset?token={}", reset.as_str()));
    let password = ("password", NEW_PASSWORD);
    // Whoever guesses has to wait after a while, so nobody asks for the same account as another.
    let email = |viewer: Viewer| format!("{viewer:?}@nowhere.example").to_lowercase();
    vec![
        get("/sign-in", "/sign-in", all(200)),
        each("POST /sign-in", all(422), move |_, viewer| {
            Ask::form("/sign-in", &[("email", &email(viewer)), ("password", "of nobody")])
        }),
        get("/sign-in/code", "/sign-in/code", all(200)),
        // Nobody has entered a password here, so there is nothing to enter a code for.
        form("/sign-in/code", &[("code", "000000")], all(303)),
        form("/sign-out", &[], all(303)),
        get("/setup", "/setup", all(404)),
        form("/setup", &[("token", &unknown), password], all(404)),
        get("/join", "/join", all(410)),
        get("/join", &join, all(200)),
        form("/join", &[("token", &unknown), ("name", "New"), password], all(410)),
        get("/forgot", "/forgot", all(200)),
        each("POST /forgot", all(303), move |_, viewer| Ask::form("/forgot", &[("email", &email(viewer))])),
        form("/forgot", &[("email", "nobody")], all(422)),
        get("/reset", "/reset", all(410)),
        get("/reset", &set, all(200)),
        form("/reset", &[("token", &unknown), password], all(410)),
    ]
}

/// Everybody's own account, and no other.
fn account() -> Vec<Row> {
    let wrong = ("old_password", "of somebody else");
    let acts = |fields: &[(&'static str, &str)], expected| form("/account", fields, expected);
    let end = |session: &str| acts(&[("do", "end_session"), ("session", session)], members(404));
    let own_session = |house: &House, viewer: Viewer| {
        let member = house.member(viewer).unwrap_or(house.coordinator);
        let session = house.server.session(member, DAY_MS).hash();
        Ask::form("/account", &[("do", "end_session"), ("session", session.as_str())])
    };
    let foreign_session = |house: &House, viewer: Viewer| {
        let other = if viewer == Viewer::Donor { Viewer::Own } else { Viewer::Donor };
        let session = house.server.session(house.member(other).unwrap(), DAY_MS).hash();
        Ask::form("/account", &[("do", "end_session"), ("session", session.as_str())])
    };
    vec![
        get("/account", "/account", members(200)),
        get("/account/data", "/account/data", members(200)),
        acts(&[], members(400)),
        acts(&[("do", "explode")], members(400)),
        acts(&[("do", "rename"), ("name", "Somebody")], members(303)),
        acts(&[("do", "rename"), ("name", " ")], members(422)),
        acts(&[("do", "language"), ("language", "sr-Latn")], members(303)),
        acts(&[("do", "language"), ("language", "xx")], members(400)),
        acts(&[("do", "password"), wrong, ("password", NEW_PASSWORD)], members(422)),
        acts(&[("do", "confirm_second_factor"), ("code", "000000")], members(404)),
        acts(&[("do", "begin_second_factor"), wrong], members(422)),
        acts(&[("do", "begin_second_factor"), ("old_password", PASSWORD)], members(303)),
        acts(&[("do", "confirm_second_factor"), ("code", "no code")], members(422)),
        acts(&[("do", "cancel_second_factor")], members(303)),
        acts(&[("do", "end_second_factor"), wrong], members(422)),
        acts(&[("do", "new_codes"), wrong], members(422)),
        each("POST /account", members(303), own_session),
        each("POST /account", members(404), foreign_session),
        end(&"0".repeat(64)),
        end("x"),
        acts(&[("do", "end_all")], members(303)),
    ]
}

/// People and organisations: partners read of their own, coordinators change all.
fn people(house: &House) -> Vec<Row> {
    const DOOR: &str = "/people";
    let guest = |stage| house.server.guest("NHC", Role::Partner, stage).to_string();
    let (nhc, astra) = (house.server.organisation("NHC").to_string(), house.server.organisation("ASTRA").to_string());
    let nobody = fresh();
    let mut rows = vec![
        get(DOOR, DOOR, inside(200)),
        get("/audit", "/audit", inside(200)),
        get("/export/audit.csv", "/export/audit.csv", inside(200)),
        form(DOOR, &[], desk(400)),
        form(DOOR, &[("do", "explode")], desk(400)),
    ];

    // For each form about a member: one whom it fits, one whom it does not, nobody, and no id at all.
    let fits = [
        ("link", guest(Stage::Invited), 200),
        ("link", guest(Stage::Joined), 200),
        ("revoke", guest(Stage::Invited), 303),
        ("change", guest(Stage::Joined), 303),
        ("second_factor_off", guest(Stage::Joined), 303),
        ("disable", guest(Stage::Joined), 303),
        ("enable", guest(Stage::Closed), 303),
        ("erase", guest(Stage::Closed), 303),
    ];
    let misfits = [
        ("link", guest(Stage::Closed), 403),
        ("revoke", guest(Stage::Joined), 409),
        ("disable", guest(Stage::Closed), 403),
        ("disable", house.coordinator.to_string(), 422),
        ("enable", guest(Stage::Joined), 403),
        ("enable", guest(Stage::Invited), 403),
        ("erase", guest(Stage::Joined), 403),
    ];
    let actions = ["link", "revoke", "change", "second_factor_off", "disable", "enable", "erase"];
    let unknown = actions.iter().flat_map(|action| [(*action, nobody.clone(), 404), (*action, "x".to_owned(), 404)]);
    for (action, member, status) in fits.into_iter().chain(misfits).chain(unknown) {
        let (member, org) = (member.as_str(), nhc.as_str());
        let fields = [("do", action), ("member", member), ("sure", "yes"), ("name", "Another"), ("org", org)];
        rows.push(form(DOOR, &[&fields[..], &[("role", "partner")]].concat(), desk(status)));
    }
    let closed = guest(Stage::Closed);
    rows.push(form(DOOR, &[("do", "erase"), ("member", &closed)], desk(400)));

    // The organisation and the role of an invitation and of a change.
    let joined = guest(Stage::Joined);
    let eu = house.server.organisation("EU").to_string();
    for (org, role, email, invited, changed) in [
        (nhc.as_str(), "partner", "new@nhc.example", 200, 303),
        (nobody.as_str(), "partner", "other@nhc.example", 422, 422),
        ("x", "partner", "other@nhc.example", 422, 422),
        (nhc.as_str(), "donor", "other@nhc.example", 422, 422),
        (eu.as_str(), "coordinator", "other@nhc.example", 422, 422),
        (nhc.as_str(), "queen", "other@nhc.example", 422, 422),
    ] {
        let whose = [("name", "New"), ("org", org), ("role", role)];
        let invite = [&[("do", "invite"), ("email", email)][..], &whose].concat();
        let change = [&[("do", "change"), ("member", joined.as_str())][..], &whose].concat();
        rows.extend([form(DOOR, &invite, desk(invited)), form(DOOR, &change, desk(changed))]);
    }
    let taken = [("do", "invite"), ("email", DONOR), ("name", "New"), ("org", nhc.as_str()), ("role", "partner")];
    rows.push(form(DOOR, &taken, desk(422)));

    for (org, kind, short_name, status) in [
        ("", "partner", "NEW", 303),
        ("", "partner", "ASTRA", 422),
        (astra.as_str(), "donor", "ASTRA", 422),
        (nobody.as_str(), "partner", "OTHER", 404),
        ("x", "partner", "OTHER", 404),
    ] {
        let what = [("do", "organisation"), ("org", org), ("org_name", "New")];
        let fields = [&what[..], &[("short_name", short_name), ("kind", kind)]].concat();
        rows.push(form(DOOR, &fields, desk(status)));
    }
    rows.push(form(DOOR, &[("do", "network"), ("network", "Balkans ACT Now!")], desk(303)));
    rows.push(form(DOOR, &[("do", "network"), ("network", "")], desk(422)));
    rows
}

fn functions(house: &House) -> Vec<Row> {
    let invited = house.server.guest("NHC", Role::Partner, Stage::Invited);
    let open = house.server.link(LinkKind::Invitation, invited, DAY_MS);
    let too_old = move |house: &House, _: Viewer| {
        let token = house.server.link(LinkKind::Invitation, invited, -MINUTE_MS);
        Ask::Json("/rpc/link".to_owned(), json!({ "door": "join", "token": token.as_str() }))
    };
    let link = |door: &str, token: &str, status| call("link", json!({ "door": door, "token": token }), all(status));
    let coordinator = house.coordinator.to_string();
    let socket = |path: &str, expected| {
        let ask = Ask::Socket(path.to_owned());
        each("GET /live", expected, move |_, _| ask.clone())
    };
    vec![
        each("ANY /rpc/{name}", all(404), |_, _| Ask::Get("/rpc/site".to_owned())),
        each("ANY /rpc/{name}", all(404), |_, _| Ask::Json("/rpc/nothing".to_owned(), json!({}))),
        call("site", json!({}), all(200)),
        call("board", json!({ "filter": {} }), all(200)),
        call("board", json!({ "filter": { "archived": true } }), all(200)),
        call("cards", json!({}), all(200)),
        call("dashboard", json!({}), all(200)),
        call("public", json!({}), all(200)),
        call("dashboard", json!({ "period": "2026Q1" }), all(200)),
        call("dashboard", json!({ "period": "plan" }), all(200)),
        call("texts", json!({}), all(200)),
        call("item", json!({ "number": OWN_ITEM }), all(200)),
        call("item", json!({ "number": DRAFT }), drafts(200)),
        call("item", json!({ "number": 999 }), all(404)),
        call("new_item", json!({}), inside(200)),
        call("account", json!({}), members(200)),
        call("people", json!({}), inside(200)),
        call("audit", json!({ "filter": { "page": 0 } }), inside(200)),
        call("audit", json!({ "filter": { "page": 0, "member": coordinator } }), inside(200)),
        call("audit", json!({ "filter": { "page": 0, "member": fresh() } }), inside(200)),
        call("audit", json!({ "filter": { "page": 0, "member": "x" } }), all(400)),
        link("join", open.as_str(), 200),
        link("reset", open.as_str(), 410),
        each("POST /rpc/link", all(410), too_old),
        link("join", &"0".repeat(64), 410),
        link("join", "x", 410),
        link("window", open.as_str(), 400),
        call("setup", json!({}), all(404)),
        socket("/live", members(101)),
        socket(&format!("/live?plan={}", fresh()), members(404)),
        socket("/live?plan=x", all(400)),
    ]
}

fn commands(house: &House) -> Vec<Row> {
    let id = |number| house.item(number)["item"]["id"].clone();
    let (own, draft, third) = (id(OWN_ITEM), id(DRAFT), id(THIRD_ITEM));
    let (done, nobody) = (house.status("done"), fresh());
    let go = |item: &Value, to: &str| json!({ "move": { "item": item, "to": to, "after": null } });
    let lead = json!({ "edit": { "item": own, "edit": { "lead": nobody } } });
    let after = json!({ "move": { "item": own, "to": done, "after": nobody } });
    let author = house.coordinator.to_string();
    let archive = json!({ "item": { "archive": { "item": nobody } } });
    vec![
        command(go(&own, &done), involved(200)),
        command(go(&own, &nobody), involved(422)),
        command(go(&draft, &done), [401, 404, 404, 200, 403, 200, 401, 401]),
        command(json!({ "hide": { "item": third } }), [401, 404, 404, 403, 403, 200, 401, 401]),
        command(json!({ "archive": { "item": nobody } }), members(404)),
        command(json!({ "archive": { "item": "x" } }), all(400)),
        command(lead, involved(422)),
        // Behind what is not there is the end of the column.
        command(after, involved(200)),
        // In the name of somebody else: the browser shall ask who is here.
        each("POST /rpc/submit", [401, 401, 401, 401, 401, 404, 401, 401], move |_, _| {
            let body = json!({ "op": fresh(), "command": archive, "author": author });
            Ask::Json("/rpc/submit".to_owned(), body)
        }),
    ]
}
