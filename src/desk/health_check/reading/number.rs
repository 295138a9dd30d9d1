//! Digits: what a run of digits and the marks inside it can be, judged by its shape alone.

use super::fold::Glyph;

/// A number of the message and the way it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Number {
    pub shape: Shape,
    pub whole: u32,
    /// The digits after the point, as a number, and how many they are.
    pub fraction: u32,
    pub places: u8,
    /// How many digits the whole part has.
    pub digits: u8,
}

/// The way a number is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// "37"
    Whole,
    /// "36.7", "36,75"
    Decimal,
    /// "36度7", "37°2"
    Degree,
    /// "36 7", "36:7": the point is missing.
    Gap,
    /// "18:37"
    Clock,
    /// The "2" of "2. 36.9".
    Ordinal,
    /// Telephone, address, date, pressure, anything longer or with other marks in it.
    Code,
}

impl Number {
    pub fn whole(value: u32, digits: u8) -> Self {
        Self { shape: Shape::Whole, whole: value, fraction: 0, places: 0, digits }
    }

    pub fn code() -> Self {
        Self { shape: Shape::Code, whole: 0, fraction: 0, places: 0, digits: 0 }
    }

    pub fn with_fraction(self, shape: Shape, fraction: u32, places: u8) -> Self {
        Self { shape, fraction, places, ..self }
    }

    pub fn is_whole(&self) -> bool {
        self.shape == Shape::Whole
    }

    /// The value in hundredths, cut after the second place.
    pub fn hundredths(&self) -> i32 {
        let fraction = match self.places {
            0 => 0,
            1 => self.fraction * 10,
            _ => self.fraction,
        };
        i32::try_from(self.whole * 100 + fraction).unwrap_or(i32::MAX)
    }
}

/// What a run of digits holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    Number(Number),
    /// A mark between two values: "36.5-36.8" is a range, "36.5/36.8" two values.
    Range,
    Break,
}

/// A piece with the glyphs it covers.
pub(super) type Placed = (Piece, std::ops::Range<usize>);

#[derive(Clone, Copy, Debug)]
struct Group {
    at: usize,
    end: usize,
}

impl Group {
    fn digits(self) -> usize {
        self.end - self.at
    }
}

/// A run of digit groups with one mark between each two.
struct Run<'g> {
    glyphs: &'g [Glyph],
    groups: Vec<Group>,
    marks: Vec<char>,
}

/// Longer runs are codes; the bound also keeps the search for a list short.
const MOST_GROUPS: usize = 10;

/// Reads the run of digits that starts at `at`; returns its pieces and its end.
pub(super) fn scan(glyphs: &[Glyph], at: usize) -> (Vec<Placed>, usize) {
    if let Some(spaced) = spaced_decimal(glyphs, at) {
        let end = spaced.1.end;
        return (vec![spaced], end);
    }
    let run = Run::gather(glyphs, at);
    let end = run.groups.last().map_or(at, |group| group.end);
    let pieces = Some(&run)
        .filter(|run| run.groups.len() <= MOST_GROUPS)
        .and_then(|run| run.pieces(0, run.groups.len()));
    let pieces = pieces.unwrap_or_else(|| vec![(Piece::Number(Number::code()), at..end)]);
    (pieces, end)
}

fn digit_at(glyphs: &[Glyph], at: usize) -> bool {
    glyphs.get(at).is_some_and(|glyph| glyph.ch.is_ascii_digit())
}

fn group_at(glyphs: &[Glyph], at: usize) -> Group {
    let length = glyphs[at..].iter().take_while(|glyph| glyph.ch.is_ascii_digit()).count();
    Group { at, end: at + length }
}

/// "36 . 7", "36. 7", "36 .7": a point with blanks around it, between two digits and one or two.
fn spaced_decimal(glyphs: &[Glyph], at: usize) -> Option<Placed> {
    let char_at = |i: usize| glyphs.get(i).map(|glyph| glyph.ch);
    let skip_blank = |i: usize| if char_at(i) == Some(' ') { i + 1 } else { i };
    let whole = group_at(glyphs, at);
    let point = skip_blank(whole.end);
    let next = skip_blank(point + 1);
    let blanks = (point - whole.end) + (next.saturating_sub(point + 1));
    let mark_fits = match char_at(point)? {
        '.' | '·' => blanks > 0,
        ',' => point > whole.end && next > point + 1,
        _ => false,
    };
    if !mark_fits || !digit_at(glyphs, next) {
        return None;
    }
    let tenth = group_at(glyphs, next);
    let after = char_at(tenth.end);
    let goes_on = after.is_some_and(|ch| ch == ')' || ch == '.' && digit_at(glyphs, tenth.end + 1));
    let run = Run { glyphs, groups: vec![whole, tenth], marks: vec!['.'] };
    let number = run.decimal(0)?;
    ((30..=45).contains(&number.whole) && number.places == 1 && !goes_on)
        .then_some((Piece::Number(number), at..tenth.end))
}

fn is_point(mark: char) -> bool {
    matches!(mark, '.' | ',' | '·' | '。' | '\'')
}

impl<'g> Run<'g> {
    fn gather(glyphs: &'g [Glyph], at: usize) -> Self {
        let mut run = Run { glyphs, groups: vec![group_at(glyphs, at)], marks: Vec::new() };
        loop {
            let end = run.groups[run.groups.len() - 1].end;
            let Some(mark) = glyphs.get(end).map(|glyph| glyph.ch) else { break };
            let doubled =
                is_point(mark) && glyphs.get(end + 1).is_some_and(|next| is_point(next.ch));
            let next = end + 1 + usize::from(doubled);
            if !matches!(mark, '.' | ',' | '·' | '。' | '\'' | ':' | '/' | '-' | '~' | '、' | ';')
                || !digit_at(glyphs, next)
            {
                break;
            }
            run.marks.push(mark);
            run.groups.push(group_at(glyphs, next));
        }
        run
    }

    /// The groups from `first` to before `last`, as one shape or as a list of shapes.
    fn pieces(&self, first: usize, last: usize) -> Option<Vec<Placed>> {
        self.one_shape(first, last).or_else(|| self.split(first, last))
    }

    fn one_shape(&self, first: usize, last: usize) -> Option<Vec<Placed>> {
        let span = self.groups[first].at..self.groups[last - 1].end;
        let number = match last - first {
            1 => self.whole(first),
            2 => self
                .decimal(first)
                .or_else(|| self.clock(first))
                .or_else(|| self.colon_slip(first))?,
            3 => return self.ordinal_and_decimal(first),
            _ => return None,
        };
        Some(vec![(Piece::Number(number), span)])
    }

    /// A list: the first value, a mark, and the rest.
    fn split(&self, first: usize, last: usize) -> Option<Vec<Placed>> {
        (first + 1..last).find_map(|cut| {
            let mark = self.marks[cut - 1];
            let piece = match mark {
                '-' | '~' => Piece::Range,
                ',' | '/' | '、' | ';' => Piece::Break,
                _ => return None,
            };
            let mut pieces = self.one_shape(first, cut)?;
            let rest = self.pieces(cut, last)?;
            let all = || pieces.iter().chain(&rest).map(|(piece, _)| piece);
            let listed = all().all(|piece| belongs_in_list(piece, is_range_mark(mark)));
            // Two whole numbers make a range of temperatures ("36-37") but no list of them.
            let meant = is_range_mark(mark) || all().any(is_decimal);
            (listed && meant).then(|| {
                pieces.push((piece, self.groups[cut - 1].end..self.groups[cut].at));
                pieces.extend(rest);
                pieces
            })
        })
    }

    fn value(&self, group: usize) -> u32 {
        let Group { at, end } = self.groups[group];
        self.glyphs[at..end]
            .iter()
            .filter_map(|glyph| glyph.ch.to_digit(10))
            .fold(0_u32, |sum, digit| sum.saturating_mul(10).saturating_add(digit))
    }

    fn whole(&self, group: usize) -> Number {
        let Group { at, .. } = self.groups[group];
        let digits = self.groups[group].digits();
        let padded = digits > 1 && self.glyphs[at].ch == '0';
        match u8::try_from(digits) {
            Ok(digits @ 1..=4) if !padded => Number::whole(self.value(group), digits),
            _ => Number::code(),
        }
    }

    fn decimal(&self, group: usize) -> Option<Number> {
        let whole = self.whole(group);
        let places = u8::try_from(self.groups[group + 1].digits()).ok()?;
        let fits =
            is_point(self.marks[group]) && whole.is_whole() && whole.digits <= 3 && places <= 2;
        fits.then(|| whole.with_fraction(Shape::Decimal, self.value(group + 1), places))
    }

    fn clock(&self, group: usize) -> Option<Number> {
        let fits = self.marks[group] == ':'
            && self.value(group) <= 24
            && self.groups[group + 1].digits() == 2;
        fits.then(|| Number { shape: Shape::Clock, ..Number::code() })
    }

    /// "36:7" and "36;7": the key beside the point.
    fn colon_slip(&self, group: usize) -> Option<Number> {
        let whole = self.whole(group);
        let fits = matches!(self.marks[group], ':' | ';')
            && (30..=45).contains(&whole.whole)
            && self.groups[group + 1].digits() == 1;
        fits.then(|| whole.with_fraction(Shape::Gap, self.value(group + 1), 1))
    }

    /// "2.36.9", "1:36.5": the number of a line, then a value.
    fn ordinal_and_decimal(&self, first: usize) -> Option<Vec<Placed>> {
        let number = self.whole(first);
        let value = self.decimal(first + 1)?;
        let fits = number.is_whole()
            && (1..=20).contains(&number.whole)
            && matches!(self.marks[first], '.' | ':' | '-' | '、' | ',')
            && (35..=42).contains(&value.whole)
            && value.places == 1;
        let ordinal = Number { shape: Shape::Ordinal, ..number };
        fits.then(|| {
            let [a, b, c] = [self.groups[first], self.groups[first + 1], self.groups[first + 2]];
            vec![(Piece::Number(ordinal), a.at..a.end), (Piece::Number(value), b.at..c.end)]
        })
    }
}

fn is_range_mark(mark: char) -> bool {
    matches!(mark, '-' | '~')
}

fn is_decimal(piece: &Piece) -> bool {
    matches!(piece, Piece::Number(number) if number.shape == Shape::Decimal)
}

/// Values about the height of a body's temperature make a list; beside a clock or a date only a comma does.
fn belongs_in_list(piece: &Piece, range: bool) -> bool {
    let Piece::Number(number) = piece else { return true };
    match number.shape {
        Shape::Decimal => number.places == 1 && (30..=108).contains(&number.whole),
        Shape::Whole => (30..=45).contains(&number.whole),
        Shape::Clock => !range,
        Shape::Ordinal => true,
        Shape::Degree | Shape::Gap | Shape::Code => false,
    }
}
