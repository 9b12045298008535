//! What was found in a piece of a very long text, in a few bytes for each thing, until somebody looks at it: as it is
//! worked with, it would take several times as many bytes as the text. Knows what is found, not how.

use std::collections::HashMap;
use std::hash::Hash;

use super::{
    Attribution, Band, Claim, Extraction, Hedge, Hidden, Mode, Remark, RemarkKind, Source, SourceKind, Span, Why,
};

/// What was found in one piece.
#[derive(Debug)]
pub(super) struct Compact {
    sentences: List,
    attributions: List,
    claims: List,
    furniture: List,
    hidden: List,
    /// Names, roles and channels, each once.
    names: Names,
    /// Terms and reasons, each once.
    terms: Vec<&'static str>,
    /// Where the piece begins in the text.
    start: u32,
}

/// Things of one kind, one after another.
#[derive(Debug, Default)]
struct List {
    length: usize,
    bytes: Vec<u8>,
}

impl Compact {
    /// Writes down what was found in the piece that begins at this byte; its spans are those of the piece.
    pub(super) fn of(found: &Extraction, start: usize) -> Self {
        let (mut names, mut terms) = (Numbers::default(), Numbers::default());
        let sentences = List::of(&found.sentences, |to, span| to.span(*span));
        let attributions = List::of(&found.attributions, |to, attribution| to.attribution(attribution, &mut names));
        let claims = List::of(&found.claims, |to, claim| to.claim(claim, &mut terms));
        let furniture = List::of(&found.furniture, |to, span| to.span(*span));
        let hidden = List::of(&found.hidden, |to, hidden| {
            to.span(hidden.span);
            to.byte(hidden.why as u8);
        });
        let (names, terms) = (Names::of(&names.things), terms.things);
        Self { sentences, attributions, claims, furniture, hidden, names, terms, start: start as u32 }
    }

    pub(super) fn sentences(&self) -> Vec<Span> {
        self.read(&self.sentences, Reader::span)
    }

    pub(super) fn attributions(&self) -> Vec<Attribution> {
        self.read(&self.attributions, |from| from.attribution(&self.names))
    }

    pub(super) fn claims(&self) -> Vec<Claim> {
        self.read(&self.claims, |from| from.claim(&self.terms))
    }

    pub(super) fn furniture(&self) -> Vec<Span> {
        self.read(&self.furniture, Reader::span)
    }

    pub(super) fn hidden(&self) -> Vec<Hidden> {
        self.read(&self.hidden, |from| Hidden { span: from.span(), why: from.one_of(&WHYS, Why::Fragment) })
    }

    fn read<'p, T>(&'p self, list: &'p List, mut read: impl FnMut(&mut Reader<'p>) -> T) -> Vec<T> {
        let mut from = Reader { bytes: &list.bytes, last: self.start };
        (0..list.length).map(|_| read(&mut from)).collect()
    }
}

impl List {
    fn of<T>(things: &[T], mut write: impl FnMut(&mut Writer, &T)) -> Self {
        let mut to = Writer::default();
        things.iter().for_each(|thing| write(&mut to, thing));
        to.bytes.shrink_to_fit();
        Self { length: things.len(), bytes: to.bytes }
    }
}

/// Strings, one after another.
#[derive(Debug)]
struct Names {
    all: String,
    ends: Vec<u32>,
}

impl Names {
    fn of(names: &[String]) -> Self {
        let all = names.concat();
        let mut end = 0;
        let ends = names.iter().map(|name| {
            end += name.len();
            end as u32
        });
        Self { ends: ends.collect(), all }
    }

    fn get(&self, number: usize) -> Option<&str> {
        let end = *self.ends.get(number)? as usize;
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        self.all.get(start..end)
    }
}

/// Things by the number of their first appearance.
struct Numbers<T> {
    numbers: HashMap<T, usize>,
    things: Vec<T>,
}

impl<T> Default for Numbers<T> {
    fn default() -> Self {
        Self { numbers: HashMap::new(), things: Vec::new() }
    }
}

impl<T: Clone + Eq + Hash> Numbers<T> {
    fn of(&mut self, thing: &T) -> usize {
        if let Some(number) = self.numbers.get(thing) {
            return *number;
        }
        let number = self.things.len();
        self.numbers.insert(thing.clone(), number);
        self.things.push(thing.clone());
        number
    }
}

// In the order of their declarations, which is that of the numbers that stand for them.
const MODES: [Mode; 4] = [Mode::Direct, Mode::Indirect, Mode::Mixed, Mode::Narrative];
const KINDS: [SourceKind; 5] =
    [SourceKind::Person, SourceKind::Body, SourceKind::Anonymous, SourceKind::Document, SourceKind::Unknown];
const REMARKS: [RemarkKind; 4] =
    [RemarkKind::NotVerified, RemarkKind::Confirmed, RemarkKind::Denied, RemarkKind::NoComment];
const WHYS: [Why; 7] =
    [Why::Question, Why::Wish, Why::Opinion, Why::Heading, Why::Fragment, Why::Remark, Why::Repeated];
const BANDS: [Band; 7] = [
    Band::AlmostNoChance,
    Band::VeryUnlikely,
    Band::Unlikely,
    Band::RoughlyEven,
    Band::Likely,
    Band::VeryLikely,
    Band::AlmostCertain,
];

#[derive(Default)]
struct Writer {
    bytes: Vec<u8>,
    /// The end of the last span: most begin close to it.
    last: u32,
}

impl Writer {
    fn byte(&mut self, byte: u8) {
        self.bytes.push(byte);
    }

    /// Seven bits to a byte, the lowest first.
    fn number(&mut self, mut number: usize) {
        while number >= 0x80 {
            self.byte(number as u8 | 0x80);
            number >>= 7;
        }
        self.byte(number as u8);
    }

    fn span(&mut self, span: Span) {
        let (start, end) = (span.start() as u32, span.end() as u32);
        let ahead = start.wrapping_sub(self.last) as i32;
        self.number(((ahead << 1) ^ (ahead >> 31)) as u32 as usize);
        self.number((end - start) as usize);
        self.last = end;
    }

    fn list<T>(&mut self, things: &[T], mut write: impl FnMut(&mut Self, &T)) {
        self.number(things.len());
        things.iter().for_each(|thing| write(self, thing));
    }

    fn option<T>(&mut self, thing: Option<&T>, write: impl FnMut(&mut Self, &T)) {
        self.list(thing.map(std::slice::from_ref).unwrap_or_default(), write);
    }

    fn attribution(&mut self, from: &Attribution, names: &mut Numbers<String>) {
        self.option(from.source.as_ref(), |to, source| {
            to.option(source.span.as_ref(), |to, span| to.span(*span));
            to.option(source.name.as_ref(), |to, name| to.number(names.of(name)));
            to.option(source.role.as_ref(), |to, role| to.number(names.of(role)));
            to.byte(source.kind as u8);
        });
        self.option(from.cue.as_ref(), |to, cue| to.span(*cue));
        self.list(&from.content, |to, span| to.span(*span));
        self.byte(from.mode as u8);
        self.option(from.medium.as_ref(), |to, medium| to.number(names.of(medium)));
        self.option(from.within.as_ref(), |to, place| to.number(*place));
    }

    fn claim(&mut self, from: &Claim, terms: &mut Numbers<&'static str>) {
        self.list(&from.spans, |to, span| to.span(*span));
        self.option(from.attribution.as_ref(), |to, place| to.number(*place));
        self.byte(from.mode as u8);
        self.list(&from.hedges, |to, hedge| {
            to.span(hedge.span);
            to.number(terms.of(&hedge.term));
            to.option(hedge.band.as_ref(), |to, band| to.byte(*band as u8));
        });
        self.list(&from.remarks, |to, remark| {
            to.span(remark.span);
            to.byte(remark.kind as u8);
        });
        self.bytes.extend(from.worth.to_le_bytes());
        self.list(&from.worth_reasons, |to, reason| to.number(terms.of(reason)));
    }
}

/// Reads back what a `Writer` wrote; past the end there is nothing but zeros.
struct Reader<'p> {
    bytes: &'p [u8],
    last: u32,
}

impl Reader<'_> {
    fn byte(&mut self) -> u8 {
        let Some((first, rest)) = self.bytes.split_first() else { return 0 };
        self.bytes = rest;
        *first
    }

    fn number(&mut self) -> usize {
        let (mut number, mut shift) = (0, 0);
        loop {
            let byte = self.byte();
            number |= usize::from(byte & 0x7f) << shift;
            shift += 7;
            if byte < 0x80 || shift >= usize::BITS {
                return number;
            }
        }
    }

    fn span(&mut self) -> Span {
        let ahead = self.number() as u32;
        let ahead = (ahead >> 1) ^ (ahead & 1).wrapping_neg();
        let start = self.last.wrapping_add(ahead);
        self.last = start.wrapping_add(self.number() as u32);
        Span::moved(start, self.last)
    }

    fn list<T>(&mut self, mut read: impl FnMut(&mut Self) -> T) -> Vec<T> {
        (0..self.number()).map(|_| read(self)).collect()
    }

    fn option<T>(&mut self, read: impl FnMut(&mut Self) -> T) -> Option<T> {
        self.list(read).pop()
    }

    fn one_of<T: Copy>(&mut self, all: &[T], otherwise: T) -> T {
        all.get(usize::from(self.byte())).copied().unwrap_or(otherwise)
    }

    fn attribution(&mut self, names: &Names) -> Attribution {
        let name = |from: &mut Self| names.get(from.number()).unwrap_or_default().to_owned();
        Attribution {
            source: self.option(|from| Source {
                span: from.option(Self::span),
                name: from.option(name),
                role: from.option(name),
                kind: from.one_of(&KINDS, SourceKind::Unknown),
            }),
            cue: self.option(Self::span),
            content: self.list(Self::span),
            mode: self.one_of(&MODES, Mode::Narrative),
            medium: self.option(name),
            within: self.option(Self::number),
        }
    }

    fn claim(&mut self, terms: &[&'static str]) -> Claim {
        let term = |from: &mut Self| terms.get(from.number()).copied().unwrap_or_default();
        Claim {
            spans: self.list(Self::span),
            attribution: self.option(Self::number),
            mode: self.one_of(&MODES, Mode::Narrative),
            hedges: self.list(|from| Hedge {
                span: from.span(),
                term: term(from),
                band: from.option(|from| from.one_of(&BANDS, Band::RoughlyEven)),
            }),
            remarks: self
                .list(|from| Remark { span: from.span(), kind: from.one_of(&REMARKS, RemarkKind::NotVerified) }),
            worth: f32::from_le_bytes(std::array::from_fn(|_| self.byte())),
            worth_reasons: self.list(term),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use proptest::{collection::vec, option};

    const TEXT: &str = "0123456789012345678901234567890123456789";

    fn span() -> impl Strategy<Value = Span> {
        (0usize..40, 0usize..40).prop_map(|(a, b)| Span::within(TEXT, a.min(b)..a.max(b)))
    }

    fn name() -> impl Strategy<Value = Option<String>> {
        option::of("[a-c“]{0,2}".prop_map(String::from))
    }

    fn source() -> impl Strategy<Value = Source> {
        (option::of(span()), name(), name(), prop::sample::select(&KINDS[..]))
            .prop_map(|(span, name, role, kind)| Source { span, name, role, kind })
    }

    fn attribution() -> impl Strategy<Value = Attribution> {
        let (of, mode) = (option::of(source()), prop::sample::select(&MODES[..]));
        (of, option::of(span()), vec(span(), 0..3), mode, name(), option::of(any::<usize>())).prop_map(
            |(source, cue, content, mode, medium, within)| Attribution { source, cue, content, mode, medium, within },
        )
    }

    fn claim() -> impl Strategy<Value = Claim> {
        let term = || prop::sample::select(vec!["likely", "number", ""]);
        let hedge = (span(), term(), option::of(prop::sample::select(&BANDS[..])));
        let hedge = hedge.prop_map(|(span, term, band)| Hedge { span, term, band });
        let remark = (span(), prop::sample::select(&REMARKS[..])).prop_map(|(span, kind)| Remark { span, kind });
        let place = option::of(0usize..1000);
        let parts = (vec(span(), 0..3), place, prop::sample::select(&MODES[..]), vec(hedge, 0..3), vec(remark, 0..3));
        (parts, 0f32..1.0, vec(term(), 0..3)).prop_map(
            |((spans, attribution, mode, hedges, remarks), worth, worth_reasons)| Claim {
                spans,
                attribution,
                mode,
                hedges,
                remarks,
                worth,
                worth_reasons,
            },
        )
    }

    proptest! {
        #[test]
        fn all_that_was_found_is_read_back(
            sentences in vec(span(), 0..4),
            attributions in vec(attribution(), 0..4),
            claims in vec(claim(), 0..4),
            furniture in vec(span(), 0..4),
            hidden in vec((span(), prop::sample::select(&WHYS[..])), 0..9),
        ) {
            let hidden = hidden.into_iter().map(|(span, why)| Hidden { span, why }).collect();
            let found = Extraction { sentences, attributions, claims, furniture, hidden, lang: None };
            let compact = Compact::of(&found, 0);
            let back = Extraction {
                sentences: compact.sentences(),
                attributions: compact.attributions(),
                claims: compact.claims(),
                furniture: compact.furniture(),
                hidden: compact.hidden(),
                lang: None,
            };
            prop_assert_eq!(back, found);
        }
    }

    #[test]
    fn spans_are_read_back_where_the_piece_stands_in_the_text() {
        let sentences = vec![Span::within(TEXT, 4..9), Span::within(TEXT, 2..3)];
        let compact = Compact::of(&Extraction { sentences, ..Extraction::default() }, 1 << 31);
        let ends: Vec<_> = compact.sentences().iter().map(|span| (span.start(), span.end())).collect();
        assert_eq!(ends, [((1 << 31) + 4, (1 << 31) + 9), ((1 << 31) + 2, (1 << 31) + 3)]);
    }
}
