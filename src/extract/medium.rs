//! Through which channel a source spoke: "Telegram", "interview", "statement".
//!
//! A row of the table is a word and the short name of its channel. Knows nothing of who spoke.

use super::keyset::KeySet;
use super::lexicon::{DETERMINER, DOCUMENT, PREPOSITION};
use super::token::{Kind, key};
use super::words::Words;
use super::{Attribution, Span};

/// Names the channel of each attribution, where the words around its cue do.
pub(super) fn name(words: &Words, sentences: &[Span], attributions: &mut [Attribution]) {
    for attribution in attributions {
        let found = of_cue(words, attribution)
            .or_else(|| around(words, sentences, attribution))
            .or_else(|| of_source(words, attribution));
        attribution.medium = found.map(str::to_owned);
    }
}

/// How far from the cue its channel stands, in words.
const REACH: usize = 24;
/// How far a preposition stands before the word for the channel: "in a lengthy late-night post".
const PHRASE: usize = 6;

/// What a word names.
struct Row {
    word: u32,
    /// The second word, where one alone doesn't tell: "press conference".
    then: Option<u32>,
    name: &'static str,
    /// A name of its own, which tells more than "post" or "statement".
    platform: bool,
    /// Only with a capital: "X", "Signal".
    capital: bool,
}

const fn platform(word: &str, name: &'static str) -> Row {
    Row { word: key(word), then: None, name, platform: true, capital: true }
}

const fn kind(word: &str, name: &'static str) -> Row {
    Row { word: key(word), then: None, name, platform: false, capital: false }
}

const fn pair(word: &str, then: &str, name: &'static str) -> Row {
    Row { word: key(word), then: Some(key(then)), name, platform: false, capital: false }
}

const ROWS: &[Row] = &[
    platform("telegram", "Telegram"),
    platform("x", "X"),
    platform("twitter", "Twitter"),
    platform("facebook", "Facebook"),
    platform("instagram", "Instagram"),
    platform("youtube", "YouTube"),
    platform("tiktok", "TikTok"),
    platform("whatsapp", "WhatsApp"),
    platform("viber", "Viber"),
    platform("signal", "Signal"),
    platform("vk", "VK"),
    platform("weibo", "Weibo"),
    platform("linkedin", "LinkedIn"),
    platform("reddit", "Reddit"),
    platform("bluesky", "Bluesky"),
    platform("mastodon", "Mastodon"),
    platform("substack", "Substack"),
    Row { word: key("truth"), then: Some(key("social")), name: "Truth Social", platform: true, capital: true },
    pair("press", "conference", "press conference"),
    pair("press", "conferences", "press conference"),
    pair("news", "conference", "press conference"),
    pair("news", "conferences", "press conference"),
    pair("press", "release", "statement"),
    pair("video", "address", "video address"),
    pair("nightly", "address", "video address"),
    pair("video", "message", "video"),
    pair("social", "media", "social media"),
    pair("state", "tv", "television"),
    pair("state", "television", "television"),
    kind("interview", "interview"),
    kind("interviews", "interview"),
    kind("statement", "statement"),
    kind("statements", "statement"),
    kind("communique", "statement"),
    kind("communiqué", "statement"),
    kind("briefing", "briefing"),
    kind("briefings", "briefing"),
    kind("update", "update"),
    kind("updates", "update"),
    kind("bulletin", "bulletin"),
    kind("address", "address"),
    kind("speech", "speech"),
    kind("remarks", "speech"),
    kind("letter", "letter"),
    kind("email", "email"),
    kind("e-mail", "email"),
    kind("memo", "memo"),
    kind("phone", "phone"),
    kind("telephone", "phone"),
    kind("podcast", "podcast"),
    kind("television", "television"),
    kind("tv", "television"),
    kind("radio", "radio"),
    kind("tweet", "Twitter"),
    kind("tweets", "Twitter"),
    kind("post", "post"),
    kind("posts", "post"),
    kind("blog", "blog"),
    kind("article", "article"),
    kind("report", "report"),
    kind("testimony", "testimony"),
    kind("video", "video"),
    kind("message", "message"),
    kind("website", "website"),
];

static FIRST_WORDS: KeySet = {
    let mut set = KeySet::new();
    let mut row = 0;
    while row < ROWS.len() {
        set = set.with(&[ROWS[row].word]);
        row += 1;
    }
    set
};

/// The row whose word stands here.
fn row_at(words: &Words, at: usize) -> Option<&'static Row> {
    let token = words.tokens.get(at).filter(|t| FIRST_WORDS.may_hold(t.key) && t.kind == Kind::Word)?;
    let fits = |r: &&Row| {
        r.word == token.key
            && r.then.is_none_or(|then| words.is_key(at + 1, then))
            && (!r.capital || token.is_capital())
    };
    ROWS.iter().find(fits)
}

/// "tweeted", "posted", "told reporters".
fn of_cue(words: &Words, attribution: &Attribution) -> Option<&'static str> {
    let cue = words.inside(attribution.cue?);
    if cue.clone().any(|p| words.is_key(p, key("tweeted")) || words.is_key(p, key("tweets"))) {
        return Some("Twitter");
    }
    const HEARERS: &[u32] = &[key("reporters"), key("journalists")];
    (cue.start..cue.end + 3).any(|p| HEARERS.iter().any(|k| words.is_key(p, *k))).then_some("briefing")
}

/// The channel in the words of the sentence around the cue, the content left out; a platform tells most.
fn around(words: &Words, sentences: &[Span], attribution: &Attribution) -> Option<&'static str> {
    let cue = attribution.cue?;
    let sentence = sentences.get(sentences.partition_point(|s| s.end() <= cue.start()))?;
    let all = words.inside(*sentence);
    let cue = words.place(cue.start());
    let near = cue.saturating_sub(REACH).max(all.start)..(cue + REACH).min(all.end);
    let mut best: Option<&'static Row> = None;
    for at in near {
        let Some(row) = row_at(words, at) else { continue };
        let said = words.tokens.get(at).is_some_and(|t| attribution.content.iter().any(|c| c.contains(t.span)));
        if !said && is_channel(words, at) && best.is_none_or(|b| row.platform && !b.platform) {
            best = Some(row);
        }
    }
    best.map(|r| r.name)
}

/// Whether a preposition leads to the word: "in a post", "on his Telegram channel", "by phone".
fn is_channel(words: &Words, at: usize) -> bool {
    const LEADS: &[u32] = &[
        key("in"),
        key("on"),
        key("via"),
        key("by"),
        key("over"),
        key("to"),
        key("during"),
        key("at"),
        key("through"),
    ];
    // "according to a statement" names a source.
    let to_source = |p: usize| p > 0 && words.is_key(p, key("to")) && words.is_key(p - 1, key("according"));
    for p in (at.saturating_sub(PHRASE)..at).rev() {
        if LEADS.iter().any(|k| words.is_key(p, *k)) {
            return !to_source(p);
        }
        let inside =
            matches!(words.kind(p), Some(Kind::Word | Kind::Clitic | Kind::Number)) && !words.is(p, PREPOSITION);
        if !inside && !words.is(p, DETERMINER) {
            return false;
        }
    }
    false
}

/// A document that speaks for its author, or channels that are called by their platform.
fn of_source(words: &Words, attribution: &Attribution) -> Option<&'static str> {
    let source = words.inside(attribution.source.as_ref()?.span?);
    let rows = source.clone().filter_map(|p| Some((p, row_at(words, p)?)));
    let mut named = rows.filter(|(p, row)| row.platform || (words.is(*p, DOCUMENT) && *p + 1 == source.end));
    named.next().map(|(_, row)| row.name)
}

#[cfg(test)]
mod tests {
    use super::super::Mode;
    use super::*;

    /// The channel of an attribution by "said" or "wrote" whose content is in quotation marks.
    fn medium(text: &str) -> Option<String> {
        let words = Words::of(text);
        let cue = ["said", "wrote", "told", "claimed", "tweeted"]
            .iter()
            .find_map(|c| text.find(c).map(|at| at..at + c.len()))
            .unwrap();
        let content = text.find('“').map(|at| Span::within(text, at..text.rfind('”').unwrap() + 3));
        let mut attributions = vec![Attribution {
            source: Some(super::super::Source { span: Some(Span::within(text, 0..cue.start)), ..Default::default() }),
            cue: Some(Span::within(text, cue)),
            content: content.into_iter().collect(),
            mode: Mode::Direct,
            medium: None,
            within: None,
        }];
        name(&words, &[Span::within(text, 0..text.len())], &mut attributions);
        attributions.remove(0).medium
    }

    #[test]
    fn the_channel_is_called_by_a_short_name() {
        for (text, name) in [
            ("Orlan said in a post on his Telegram channel: “The dam holds.”", "Telegram"),
            ("Orlan wrote on Facebook that the dam holds", "Facebook"),
            ("Orlan said in a statement on Friday: “The dam holds.”", "statement"),
            ("In its daily update, the ministry said: “The dam holds.”", "update"),
            ("“The dam holds,” Orlan said in an interview with the Vell Gazette", "interview"),
            ("Orlan told reporters: “The dam holds.”", "briefing"),
            ("Orlan said by phone that the dam holds", "phone"),
            ("Orlan said in a video address: “The dam holds.”", "video address"),
            ("Orlan said at a news conference that the dam holds", "press conference"),
            ("Several Telegram channels claimed that the dam broke", "Telegram"),
            ("Orlan said on X that the dam holds", "X"),
        ] {
            assert_eq!(medium(text).as_deref(), Some(name), "{text}");
        }
    }

    #[test]
    fn what_is_said_names_no_channel() {
        assert_eq!(medium("Orlan said: “He wrote on Telegram.”"), None);
        assert_eq!(medium("Orlan said the report was wrong"), None);
    }
}
