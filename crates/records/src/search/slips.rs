//! How many slips lie between what was typed and a word, letter by letter. Pure.
//!
//! A slip is a letter too many, too few, another one, or two neighbours exchanged (optimal string alignment). The same
//! rows walk a single word and, as an automaton, a whole vocabulary.

use fst::Automaton;

/// Longest word that is compared, in letters.
pub(super) const LETTERS: usize = 24;

/// What was typed, and how it is compared.
#[derive(Debug, Clone)]
pub(super) struct Slips {
    typed: Vec<char>,
    most: u8,
    /// Compared with the beginnings of words: it is still being typed.
    unfinished: bool,
}

/// The distances of all beginnings of what was typed from the letters of a word so far, and from those before.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rows {
    before: [u8; LETTERS + 1],
    now: [u8; LETTERS + 1],
    last: char,
    length: u8,
    /// Of an unfinished word: the closest beginning so far has been close enough.
    met: bool,
    /// The first bytes of a letter that is not complete yet.
    bytes: [u8; 4],
    pending: u8,
}

impl Slips {
    /// `None` for words that are too short or too long to be compared.
    pub(super) fn new(typed: &str, unfinished: bool) -> Option<Slips> {
        let typed: Vec<char> = typed.chars().collect();
        // Short words have too many neighbours.
        let most = match typed.len() {
            4..=8 => 1,
            9..=LETTERS => 2,
            _ => return None,
        };
        let unfinished = unfinished && typed.len() >= 5;
        Some(Slips { typed, most, unfinished })
    }

    pub(super) fn is_unfinished(&self) -> bool {
        self.unfinished
    }

    /// The slips between the typed letters and a word, or the closest beginning of it, and how many letters of it
    /// were compared. `None` where they are too many.
    pub(super) fn closest(&self, word: &str) -> Option<(u8, usize)> {
        let mut rows = Slips::before_all();
        let mut best: Option<(u8, usize)> = None;
        for (at, letter) in word.chars().enumerate() {
            if !self.may_meet(&rows) {
                break;
            }
            rows = self.after(&rows, letter);
            let (distance, length) = (self.distance(&rows), at + 1);
            let apart = |length: usize| length.abs_diff(self.typed.len());
            if self.unfinished && best.is_none_or(|best| (distance, apart(length)) < (best.0, apart(best.1))) {
                best = Some((distance, length));
            } else if !self.unfinished {
                best = (length == word.chars().count()).then_some((distance, length));
            }
        }
        best.filter(|best| best.0 <= self.most)
    }

    /// Before the first letter of a word.
    fn before_all() -> Rows {
        let mut now = [u8::MAX; LETTERS + 1];
        now.iter_mut().zip(0..).for_each(|(place, distance)| *place = distance);
        let before = [u8::MAX; LETTERS + 1];
        Rows { before, now, last: '\0', length: 0, met: false, bytes: [0; 4], pending: 0 }
    }

    /// From all that was typed to all of the word so far.
    fn distance(&self, rows: &Rows) -> u8 {
        rows.now.get(self.typed.len()).copied().unwrap_or(u8::MAX)
    }

    /// Some continuation of the word may still be close enough.
    fn may_meet(&self, rows: &Rows) -> bool {
        let width = self.typed.len() + 1;
        let least = |row: &[u8]| row.iter().take(width).min().copied().unwrap_or(u8::MAX);
        // Two exchanged letters step over one row.
        least(&rows.now) <= self.most || least(&rows.before) < self.most
    }

    /// One more letter of the word.
    fn after(&self, rows: &Rows, letter: char) -> Rows {
        let mut next = [u8::MAX; LETTERS + 1];
        let length = rows.length.saturating_add(1);
        let mut left = length;
        next[0] = length;
        let mut typed_before = None;
        // Everything below stays within the LETTERS + 1 places: `typed` is never longer than LETTERS.
        for (at, &typed) in self.typed.iter().enumerate() {
            let replaced = rows.now[at].saturating_add(u8::from(typed != letter));
            let mut least = replaced.min(rows.now[at + 1].saturating_add(1)).min(left.saturating_add(1));
            if rows.length > 0 && typed_before == Some(letter) && typed == rows.last {
                least = least.min(rows.before[at - 1].saturating_add(1));
            }
            next[at + 1] = least;
            (left, typed_before) = (least, Some(typed));
        }
        let mut rows = Rows { before: rows.now, now: next, last: letter, length, ..*rows };
        rows.met |= self.unfinished && self.distance(&rows) <= self.most;
        rows
    }
}

/// Walks a vocabulary byte by byte and leaves every branch that can no longer come close.
impl Automaton for &Slips {
    type State = Rows;

    fn start(&self) -> Rows {
        Slips::before_all()
    }

    fn is_match(&self, rows: &Rows) -> bool {
        rows.pending == 0 && (rows.met || (!self.unfinished && self.distance(rows) <= self.most))
    }

    fn can_match(&self, rows: &Rows) -> bool {
        rows.met || self.may_meet(rows)
    }

    fn accept(&self, rows: &Rows, byte: u8) -> Rows {
        let mut rows = *rows;
        let at = usize::from(rows.pending);
        if let Some(place) = rows.bytes.get_mut(at) {
            *place = byte;
            rows.pending += 1;
        }
        let complete = rows.bytes.get(..=at).and_then(|bytes| std::str::from_utf8(bytes).ok());
        match complete.and_then(|text| text.chars().next()) {
            Some(letter) => {
                rows.pending = 0;
                self.after(&rows, letter)
            }
            None => rows,
        }
    }
}
