//! A card in hand, by pointer or by keys: a machine of states that knows nothing of a browser. What it is fed are
//! gestures already read; what it answers is what the board has to do.

use crate::domain::ids::ItemId;

/// A place on the board: the column, and how many cards stand above it, the one in hand aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub column: usize,
    pub index: usize,
}

/// A point of the window, in CSS pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    pub x: f64,
    pub y: f64,
}

impl Point {
    fn is_near(self, other: Self, reach: f64) -> bool {
        (self.x - other.x).hypot(self.y - other.y) <= reach
    }
}

/// What holds the card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hand {
    /// The pointer's id.
    Pointer(i32),
    Keys,
}

/// A card in hand: where it came from, and where it would land.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    pub item: ItemId,
    pub by: Hand,
    pub from: Place,
    pub to: Place,
}

/// A pointer that went down on a card and may yet mean a click or, by touch, a scroll.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Press {
    pub item: ItemId,
    pub pointer: i32,
    pub touch: bool,
    pub at: Point,
    pub from: Place,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Hold {
    #[default]
    Idle,
    Pressed(Press),
    Held(Held),
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Gesture {
    Down(Press),
    /// The finger has rested long enough to mean the card.
    Rested,
    Moved {
        pointer: i32,
        at: Point,
        over: Option<Place>,
    },
    Up {
        pointer: i32,
    },
    /// The system took the pointer away.
    Lost {
        pointer: i32,
    },
    /// Space on a card.
    Lift {
        item: ItemId,
        from: Place,
    },
    Key(Key),
    /// The card left the board while in hand.
    Gone(ItemId),
}

/// A key that means something while a card is in hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    Up,
    Down,
    Left,
    Right,
    Home,
    End,
    Space,
    Escape,
}

/// What the board has to do.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Outcome {
    Nothing,
    Lifted(Held),
    /// It would land somewhere else now.
    Shifted(Held),
    Dropped(Held),
    Cancelled(Held),
}

/// How far a mouse moves before a press is a drag; how far a finger may tremble while it rests. In CSS pixels.
const SLACK: f64 = 5.0;
const TREMBLE: f64 = 10.0;

impl Hold {
    pub fn held(self) -> Option<Held> {
        match self {
            Self::Held(held) => Some(held),
            _ => None,
        }
    }

    /// The next state and what to do. `room` says how many cards each column has, the one in hand aside.
    pub fn on(self, gesture: Gesture, room: &[usize]) -> (Self, Outcome) {
        match (self, gesture) {
            (Self::Idle, Gesture::Down(press)) => (Self::Pressed(press), Outcome::Nothing),
            (Self::Idle, Gesture::Lift { item, from }) => lift(Held { item, by: Hand::Keys, from, to: from }),
            (Self::Pressed(press), gesture) => pressed(press, gesture),
            (Self::Held(held), gesture) => in_hand(held, gesture, room),
            (Self::Idle, _) => (Self::Idle, Outcome::Nothing),
        }
    }
}

fn lift(held: Held) -> (Hold, Outcome) {
    (Hold::Held(held), Outcome::Lifted(held))
}

fn pressed(press: Press, gesture: Gesture) -> (Hold, Outcome) {
    let held = Held { item: press.item, by: Hand::Pointer(press.pointer), from: press.from, to: press.from };
    let stays = (Hold::Pressed(press), Outcome::Nothing);
    match gesture {
        Gesture::Rested if press.touch => lift(held),
        Gesture::Moved { pointer, at, .. } if pointer == press.pointer => {
            match (press.touch, press.at.is_near(at, if press.touch { TREMBLE } else { SLACK })) {
                (_, true) => stays,
                // A finger that moves at once wants to scroll.
                (true, false) => (Hold::Idle, Outcome::Nothing),
                (false, false) => lift(held),
            }
        }
        Gesture::Moved { .. } | Gesture::Rested => stays,
        Gesture::Up { pointer } | Gesture::Lost { pointer } if pointer != press.pointer => stays,
        Gesture::Gone(item) if item != press.item => stays,
        // The pointer is up again, a second finger came, or a key: no drag begins.
        _ => (Hold::Idle, Outcome::Nothing),
    }
}

fn in_hand(held: Held, gesture: Gesture, room: &[usize]) -> (Hold, Outcome) {
    let stays = (Hold::Held(held), Outcome::Nothing);
    let cancelled = (Hold::Idle, Outcome::Cancelled(held));
    let dropped = (Hold::Idle, Outcome::Dropped(held));
    match (held.by, gesture) {
        (Hand::Pointer(own), Gesture::Moved { pointer, over: Some(place), .. }) if own == pointer => {
            shift(held, place, room)
        }
        (Hand::Pointer(own), Gesture::Up { pointer }) if own == pointer => dropped,
        (Hand::Pointer(own), Gesture::Lost { pointer }) if own == pointer => cancelled,
        // A second finger, or a click elsewhere while the keys hold the card.
        (_, Gesture::Down(_)) => cancelled,
        (_, Gesture::Gone(item)) if item == held.item => cancelled,
        (_, Gesture::Key(Key::Escape)) => cancelled,
        (Hand::Keys, Gesture::Key(Key::Space)) => dropped,
        (Hand::Keys, Gesture::Key(key)) => shift(held, step(held.to, key, room), room),
        _ => stays,
    }
}

/// Where a key leads from a place.
pub fn step(from: Place, key: Key, room: &[usize]) -> Place {
    let Place { column, index } = from;
    let last = room.len().saturating_sub(1);
    match key {
        Key::Up => Place { column, index: index.saturating_sub(1) },
        Key::Down => Place { column, index: index + 1 },
        Key::Left => Place { column: column.saturating_sub(1), index },
        Key::Right => Place { column: (column + 1).min(last), index },
        Key::Home => Place { column, index: 0 },
        Key::End => Place { column, index: usize::MAX },
        Key::Space | Key::Escape => from,
    }
}

/// The target moves, as far as there is room.
fn shift(held: Held, to: Place, room: &[usize]) -> (Hold, Outcome) {
    let Some(room) = room.get(to.column) else { return (Hold::Held(held), Outcome::Nothing) };
    let moved = Held { to: Place { index: to.index.min(*room), ..to }, ..held };
    let outcome = if moved == held { Outcome::Nothing } else { Outcome::Shifted(moved) };
    (Hold::Held(moved), outcome)
}

/// By how many places a card makes room for the one in hand: -1 up, 0, or 1 down. `at` counts the one in hand, too.
pub fn room_made(held: &Held, at: Place) -> i8 {
    let closes = at.column == held.from.column && at.index > held.from.index;
    let index = if closes { at.index - 1 } else { at.index };
    let opens = at.column == held.to.column && index >= held.to.index;
    i8::from(opens) - i8::from(closes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    const ITEM: ItemId = ItemId(Uuid::nil());
    const FROM: Place = Place { column: 0, index: 1 };
    const ROOM: [usize; 3] = [2, 3, 0];

    fn press(touch: bool) -> Gesture {
        Gesture::Down(Press { item: ITEM, pointer: 1, touch, at: Point::default(), from: FROM })
    }

    fn moved(x: f64, over: Option<Place>) -> Gesture {
        Gesture::Moved { pointer: 1, at: Point { x, y: 0.0 }, over }
    }

    fn play(gestures: &[Gesture]) -> (Hold, Outcome) {
        gestures.iter().fold((Hold::Idle, Outcome::Nothing), |(hold, _), gesture| hold.on(*gesture, &ROOM))
    }

    fn held(by: Hand, to: Place) -> Held {
        Held { item: ITEM, by, from: FROM, to }
    }

    #[test]
    fn a_click_is_no_drag_and_a_drag_lands_where_it_was_let_go() {
        let target = Place { column: 1, index: 2 };
        assert_eq!(play(&[press(false), moved(3.0, None), Gesture::Up { pointer: 1 }]), (Hold::Idle, Outcome::Nothing));
        let drag = [press(false), moved(9.0, None), moved(200.0, Some(target)), Gesture::Up { pointer: 1 }];
        assert_eq!(play(&drag), (Hold::Idle, Outcome::Dropped(held(Hand::Pointer(1), target))));
    }

    #[test]
    fn a_finger_scrolls_unless_it_rests() {
        assert_eq!(play(&[press(true), moved(30.0, None), Gesture::Rested]), (Hold::Idle, Outcome::Nothing));
        let lifted = held(Hand::Pointer(1), FROM);
        assert_eq!(
            play(&[press(true), moved(4.0, None), Gesture::Rested]),
            (Hold::Held(lifted), Outcome::Lifted(lifted))
        );
    }

    #[test]
    fn whatever_breaks_a_drag_puts_the_card_back() {
        let second = Gesture::Down(Press { item: ITEM, pointer: 2, touch: true, at: Point::default(), from: FROM });
        for end in [Gesture::Key(Key::Escape), Gesture::Lost { pointer: 1 }, Gesture::Gone(ITEM), second] {
            let cancelled = Outcome::Cancelled(held(Hand::Pointer(1), FROM));
            assert_eq!(play(&[press(true), Gesture::Rested, end]), (Hold::Idle, cancelled), "{end:?}");
        }
        let other = Gesture::Gone(ItemId(Uuid::max()));
        assert!(play(&[press(true), Gesture::Rested, other, Gesture::Up { pointer: 2 }]).0.held().is_some());
    }

    #[test]
    fn keys_move_within_the_board_only() {
        let lift = Gesture::Lift { item: ITEM, from: FROM };
        let to = |keys: &[Key]| {
            let gestures: Vec<_> = std::iter::once(lift).chain(keys.iter().map(|key| Gesture::Key(*key))).collect();
            play(&gestures).0.held().map(|held| (held.to.column, held.to.index))
        };
        assert_eq!(to(&[Key::Up, Key::Up]), Some((0, 0)));
        assert_eq!(to(&[Key::End]), Some((0, 2)));
        assert_eq!(to(&[Key::Right, Key::End, Key::Down]), Some((1, 3)));
        assert_eq!(to(&[Key::Right, Key::Right, Key::Right]), Some((2, 0)));
        assert_eq!(to(&[Key::Left, Key::Home]), Some((0, 0)));
        assert_eq!(to(&[Key::Right, Key::Space]), None);
    }

    proptest! {
        /// Whatever a hand does, the target exists, and nothing is dropped twice.
        #[test]
        fn no_gesture_leads_off_the_board(steps in prop::collection::vec((0_u8..9, 0_usize..5, 0_usize..9), 0..60)) {
            let mut hold = Hold::Idle;
            for (kind, column, index) in steps {
                let place = Place { column, index };
                let gesture = match kind {
                    0 => press(index % 2 == 0),
                    1 => Gesture::Rested,
                    2 | 3 => moved(20.0, Some(place)),
                    4 => Gesture::Up { pointer: 1 },
                    5 => Gesture::Lift { item: ITEM, from: FROM },
                    6 => Gesture::Key([Key::Up, Key::Down, Key::Left, Key::Right, Key::Home][column]),
                    7 => Gesture::Key([Key::End, Key::Space, Key::Escape, Key::Down, Key::End][column]),
                    _ => Gesture::Lost { pointer: 1 },
                };
                let was_held = hold.held().is_some();
                let (next, outcome) = hold.on(gesture, &ROOM);
                prop_assert!(next.held().is_none_or(|held| held.to.index <= ROOM[held.to.column]));
                let ends = matches!(outcome, Outcome::Dropped(_) | Outcome::Cancelled(_));
                prop_assert_eq!(ends, was_held && next.held().is_none());
                hold = next;
            }
        }

        /// While a card is in hand, the others stand in a row without holes but for the place where it would land.
        #[test]
        fn cards_make_room_for_exactly_one(from in 0_usize..3, to_column in 0_usize..2, to in 0_usize..3) {
            let target = Place { column: to_column, index: to };
            let held = Held { item: ITEM, by: Hand::Keys, from: Place { column: 0, index: from }, to: target };
            for column in 0..2 {
                let others = (0_usize..3).filter(|index| column != 0 || *index != from);
                let slots: Vec<usize> = others
                    .map(|index| index.checked_add_signed(room_made(&held, Place { column, index }).into()).unwrap())
                    .collect();
                let hole = (column == to_column).then_some(to);
                let expected: Vec<usize> = (0..4).filter(|slot| Some(*slot) != hole).take(slots.len()).collect();
                prop_assert_eq!(slots, expected);
            }
        }
    }
}
