use super::*;
use proptest::prelude::*;

fn own(people: &[u32]) -> Vec<Count> {
    people.iter().copied().map(Count::own).collect()
}

fn list(people: &[u32]) -> Lists {
    Lists::publish(&Count::own(people.iter().sum()), &[own(people)]).unwrap()
}

fn table(rows: &[&[u32]]) -> Table {
    Table::publish(&rows.iter().map(|row| own(row)).collect::<Vec<_>>()).unwrap()
}

fn is_shown(cell: &Cell) -> bool {
    matches!(cell, Cell::Shown { .. })
}

/// As it would be printed.
fn printed(cells: &[Cell]) -> String {
    let text = |cell: &Cell| match cell {
        Cell::Shown { people, .. } => people.to_string(),
        Cell::Small => "<11".to_owned(),
        Cell::Withheld => "x".to_owned(),
    };
    cells.iter().map(text).collect::<Vec<_>>().join(" ")
}

fn printed_list(people: &[u32]) -> String {
    let published = list(people);
    format!("{} = {}", printed(&published.lists[0]), printed(&[published.total]))
}

/// Worked by hand. A single small count would be total − rest, so the cheapest other one goes with it.
#[test]
fn a_second_count_is_hidden_where_the_total_would_give_the_first_away() {
    for (people, expected) in [
        // Nothing small: all is shown.
        (&[30, 40][..], "30 40 = 70"),
        // 53 − 50 = 3, so 50 is withheld.
        (&[3, 50], "<11 x = 53"),
        // The smaller of two is withheld.
        (&[3, 50, 20], "<11 50 x = 73"),
        // Two small ones hide each other: 7 + 8 is also 6 + 9.
        (&[7, 8, 50], "<11 <11 50 = 65"),
        // 10 + 10 is the most that two small ones can be, and 1 + 1 the least: they would be known.
        (&[10, 10, 50], "<11 <11 x = 70"),
        (&[1, 1, 50], "<11 <11 x = 52"),
        // Nothing else is there to withhold but the total.
        (&[10, 10], "<11 <11 = x"),
        // 1 and 11 are the least that "< 11" and "x" can be, so withholding 11 would not do.
        (&[1, 11], "<11 11 = x"),
        // Zero is shown: nobody is in it, and nobody would believe that it hides somebody.
        (&[0, 3, 50], "0 <11 x = 53"),
        // A small total is small itself.
        (&[3, 4, 0], "<11 <11 0 = <11"),
        (&[0, 0], "0 0 = 0"),
        // Ten of 1 to 10 that come to 1 to 10 are 1 each.
        (&[1; 10], "<11 <11 <11 <11 <11 <11 <11 <11 <11 <11 = x"),
    ] {
        assert_eq!(printed_list(people), expected, "{people:?}");
    }
}

/// 3 is small. Its row would tell it (53 − 50), and so would its column (23 − 20): a rectangle has to go.
/// 50 + 20 + 30 is the cheapest.
#[test]
fn in_a_table_four_corners_are_hidden() {
    let published = table(&[&[3, 50, 40], &[20, 30, 60], &[70, 80, 90]]);
    let rows: Vec<String> = published.rows.iter().map(|row| printed(row)).collect();
    assert_eq!(rows, ["<11 x 40", "x x 60", "70 80 90"]);
    assert_eq!(printed(&published.row_totals), "93 110 240");
    assert_eq!(printed(&published.column_totals), "93 160 190");
}

#[test]
fn lists_of_one_total_do_not_betray_each_other() {
    let by_sex = own(&[10, 10]);
    let by_country = own(&[1, 19]);
    let published = Lists::publish(&Count::own(20), &[by_sex, by_country]).unwrap();
    assert_eq!(printed(&[published.total]), "x", "the second list must not show what the first withholds");
    assert_eq!(printed(&published.lists[1]), "<11 x");
}

#[test]
fn what_does_not_add_up_is_not_published() {
    assert_eq!(Lists::publish(&Count::own(20), &[own(&[3, 16])]), None);
    assert_eq!(Lists::publish(&Count::own(0), &[own(&[u32::MAX, 1])]), None);
    assert_eq!(Table::publish(&[own(&[1, 2]), own(&[3])]), None);
    let alone = Lists::publish(&Count::own(3), &[]).unwrap();
    assert_eq!(alone.total, Cell::Small);
}

#[test]
fn an_official_figure_is_shown_with_its_source() {
    let source = Citation::parse("National rapporteur, yearly report 2018, p. 12").unwrap();
    let counts = [Count::official(4, source.clone()), Count::own(5), Count::own(60)];
    let published = Lists::publish(&Count::own(69), &[counts.to_vec()]).unwrap();
    assert_eq!(published.lists[0][0], Cell::Shown { people: 4, official: Some(source) });
    assert_eq!(printed(&published.lists[0]), "4 <11 x");
}

#[test]
fn what_is_hidden_is_not_in_what_is_sent() {
    let sent = serde_json::to_string(&list(&[7, 53])).unwrap();
    assert_eq!(sent, r#"{"total":{"shown":{"people":60}},"lists":[["small","withheld"]]}"#);
}

// What a reader can find out, computed without the network: by the sums alone.

/// The values that a mark leaves, close around the true one. A withheld count that is not 11 or more can be anything
/// but 0.
fn possible(cell: &Cell, people: u32) -> Vec<u32> {
    let near = || people.saturating_sub(1)..=people + 1;
    match cell {
        Cell::Shown { people, .. } => vec![*people],
        Cell::Small => near().filter(|people| (1..=SMALL).contains(people)).collect(),
        Cell::Withheld if people > SMALL => near().filter(|people| *people > SMALL).collect(),
        Cell::Withheld => near().filter(|people| *people > 0).collect(),
    }
}

/// Every choice of one value from each.
fn choices(options: &[Vec<u32>]) -> Vec<Vec<u32>> {
    options.iter().fold(vec![Vec::new()], |chosen, options| {
        chosen.iter().flat_map(|chosen| options.iter().map(|people| [&chosen[..], &[*people]].concat())).collect()
    })
}

/// For each hidden count the values that it has in some table which shows the same; at least two are wanted.
fn told(cells: &[Cell], tables: &[Vec<u32>]) -> Option<usize> {
    let hidden = (0..cells.len()).filter(|at| !is_shown(&cells[*at]));
    let mut hidden = hidden.filter(|at| tables.iter().all(|table| table[*at] == tables[0][*at]));
    hidden.next()
}

/// From least to most that a hidden count of a list can be, by what the others and the total leave to it.
fn range(cells: &[Cell], total: &Cell, at: usize) -> (u64, u64) {
    const MANY: u64 = u32::MAX as u64;
    let bounds = |cell: &Cell| match cell {
        Cell::Shown { people, .. } => (u64::from(*people), u64::from(*people)),
        Cell::Small => (1, SMALL.into()),
        Cell::Withheld => (u64::from(SMALL) + 1, MANY),
    };
    let others = cells.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, cell)| bounds(cell));
    let (least, most) = others.fold((0, 0), |sum, bound| (sum.0 + bound.0, sum.1 + bound.1));
    let ((total_low, total_high), (low, high)) = (bounds(total), bounds(&cells[at]));
    (low.max(total_low.saturating_sub(most)), high.min(total_high.saturating_sub(least)))
}

fn count() -> impl Strategy<Value = u32> {
    prop_oneof![2 => Just(0_u32), 5 => 1..=10_u32, 2 => Just(1_u32), 2 => Just(10_u32), 3 => 11..=14_u32, 3 => 15..=200_u32]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    /// Of each hidden count of a list, what is shown leaves more than one value.
    #[test]
    fn a_list_cannot_be_undone(people in prop::collection::vec(count(), 1..7)) {
        let published = list(&people);
        let cells = &published.lists[0];
        for at in (0..cells.len()).filter(|at| !is_shown(&cells[*at])) {
            let (low, high) = range(cells, &published.total, at);
            prop_assert!(low < high, "{} is {low}: {}", people[at], printed_list(&people));
            prop_assert!((low..=high).contains(&people[at].into()));
        }
    }

    /// Several lists of one total: other lists with other counts show the same.
    #[test]
    fn lists_of_one_total_cannot_be_undone(
        one in prop::collection::vec(count(), 1..4), cut in 1..4_usize, share in 0..100_u32,
    ) {
        let total: u32 = one.iter().sum();
        let first = total * share / 100;
        let mut other = vec![first, total - first];
        if cut == 3 {
            other = vec![first / 2, first - first / 2, total - first];
        }
        let published = Lists::publish(&Count::own(total), &[own(&one), own(&other)]).unwrap();
        let cells = [&published.lists[0][..], &published.lists[1], &[published.total]].concat();
        let people = [&one[..], &other, &[total]].concat();
        let options: Vec<Vec<u32>> = cells.iter().zip(&people).map(|(cell, people)| possible(cell, *people)).collect();
        let adds_up = |people: &Vec<u32>| {
            let (one, rest) = people.split_at(one.len());
            let (other, total) = rest.split_at(other.len());
            one.iter().sum::<u32>() == total[0] && other.iter().sum::<u32>() == total[0]
        };
        let tables: Vec<Vec<u32>> = choices(&options).into_iter().filter(adds_up).collect();
        prop_assert_eq!(told(&cells, &tables), None, "{:?} {:?}", people, cells);
    }

    /// Every hidden count of a table, totals too, has another value in some table that shows the same.
    #[test]
    fn a_table_cannot_be_undone(
        height in 1..4_usize, width in 1..4_usize, people in prop::collection::vec(count(), 9),
    ) {
        let rows: Vec<Vec<u32>> = people.chunks(3).take(height).map(|row| row[..width].to_vec()).collect();
        let published = Table::publish(&rows.iter().map(|row| own(row)).collect::<Vec<_>>()).unwrap();
        let cells = [published.rows.concat(), published.row_totals, published.column_totals, vec![published.total]].concat();
        let truth = with_totals(&rows.concat(), width);
        let options: Vec<Vec<u32>> = cells.iter().zip(&truth).map(|(cell, people)| possible(cell, *people)).collect();
        let inner = choices(&options[..height * width]).into_iter().map(|inner| with_totals(&inner, width));
        let fits = |table: &Vec<u32>| table.iter().zip(cells.iter().zip(&truth)).all(|(people, (cell, truth))| {
            allows(cell, *truth, *people)
        });
        let tables: Vec<Vec<u32>> = inner.filter(fits).collect();
        prop_assert!(tables.contains(&truth));
        prop_assert_eq!(told(&cells, &tables), None, "{:?} {:?}", truth, cells);
    }

    /// Every small count is hidden, no zero is, and without small counts everything is shown.
    #[test]
    fn no_more_and_no_less_is_hidden_than_needed(people in prop::collection::vec(count(), 1..7)) {
        let published = list(&people);
        for (people, cell) in people.iter().zip(&published.lists[0]) {
                        prop_assert!(!((1..=SMALL).contains(people) && is_shown(cell)));
            prop_assert!(*people != 0 || is_shown(cell));
        }
        if !people.iter().any(|people| (1..=SMALL).contains(people)) {
            prop_assert!(published.lists[0].iter().all(is_shown));
        }
    }
}

/// Counts by row, then the totals of rows, of columns, and of all.
fn with_totals(inner: &[u32], width: usize) -> Vec<u32> {
    let rows = inner.chunks(width).map(|row| row.iter().sum());
    let columns = (0..width).map(|column| inner.iter().skip(column).step_by(width).sum());
    inner.iter().copied().chain(rows).chain(columns).chain([inner.iter().sum()]).collect()
}

/// Whether a mark and what stands behind it allow a count to be that many.
fn allows(cell: &Cell, truth: u32, people: u32) -> bool {
    match cell {
        Cell::Shown { people: shown, .. } => *shown == people,
        Cell::Small => (1..=SMALL).contains(&people),
        Cell::Withheld => people > if truth > SMALL { SMALL } else { 0 },
    }
}
