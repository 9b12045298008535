//! An attribution of one paragraph, in tokens, before it becomes spans.

use std::ops::Range;

/// What was found by one rule or by the model.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub(super) source: Option<Range<usize>>,
    pub(super) cue: Option<Range<usize>>,
    /// In text order, none empty.
    pub(super) content: Vec<Range<usize>>,
}

impl Draft {
    /// A draft by rule; none where no content is left.
    pub(super) fn new(source: Option<Range<usize>>, cue: Range<usize>, mut content: Vec<Range<usize>>) -> Option<Self> {
        content.retain(|c| !c.is_empty());
        content.sort_by_key(|c| c.start);
        (!content.is_empty()).then_some(Self { source, cue: Some(cue), content })
    }

    /// The first token of all its parts.
    pub(super) fn start(&self) -> usize {
        self.parts().map(|p| p.start).min().unwrap_or(0)
    }

    /// The token after the last of all its parts.
    pub(super) fn end(&self) -> usize {
        self.parts().map(|p| p.end).max().unwrap_or(0)
    }

    /// The number of tokens of the content.
    pub(super) fn length(&self) -> usize {
        self.content.iter().map(Range::len).sum()
    }

    /// Its source and its cue.
    pub(super) fn named(&self) -> impl Iterator<Item = &Range<usize>> {
        self.cue.iter().chain(&self.source)
    }

    fn parts(&self) -> impl Iterator<Item = &Range<usize>> {
        self.content.iter().chain(self.named())
    }

    /// Whether it reaches into this sentence.
    pub(super) fn ends_in(&self, sentence: &Range<usize>) -> bool {
        self.end() > sentence.start
    }

    /// Whether its content shares a token with these.
    pub(super) fn covers(&self, tokens: &Range<usize>) -> bool {
        self.content.iter().any(|c| c.start < tokens.end && tokens.start < c.end)
    }
}
