//! How things look, named by what they mean: colours for dark and light terminals and for none, and the marks.

use ratatui::style::{Color, Modifier, Style};

use crate::app::Sign;
use crate::domain::{Mode, Status};

/// Colours of the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// For a dark background.
    #[default]
    Dark,
    /// For a light background.
    Light,
    /// Nothing pale: the terminal's own colours, bold and reversed, for eyes that need contrast.
    HighContrast,
    /// The sixteen colours that every terminal has, as its owner set them.
    Sixteen,
    /// No colour: bold, underlined and reversed only.
    Plain,
}

/// Styles and marks. Nothing is told by colour alone: wherever a colour means something, a mark says it too.
#[derive(Clone, Debug)]
pub struct Look {
    /// Words of the article.
    pub words: Style,
    /// Text of the article that is no claim.
    pub between: Style,
    /// Furniture: no part of the article.
    pub furniture: Style,
    /// The current claim in its context. The one accent.
    pub claim: Style,
    /// The letter at the end of the claim that is being moved.
    pub edge: Style,
    /// The bar and marks that belong to the current claim.
    pub accent: Style,
    /// Who says it and by which words.
    pub source: Style,
    /// Words that were searched for, wherever they stand.
    pub found: Style,
    /// Whatever something floats over; none where nothing may be pale, and what stands beside the box is left out instead.
    pub behind: Option<Style>,
    /// The selected row of a list.
    pub selected: Style,
    /// What matters most beside the words: titles, names, numbers.
    pub strong: Style,
    /// Labels, counts, hints.
    pub quiet: Style,
    /// Hairlines and borders.
    pub line: Style,
    /// What did not work.
    pub problem: Style,
    /// What is on disk.
    pub saved: Style,
    /// What is on its way.
    pub unsaved: Style,
    statuses: [Style; Status::ALL.len()],
    /// Characters.
    pub marks: Marks,
    /// Whether addresses are links that the terminal opens.
    pub links: bool,
}

/// The characters that carry meaning or lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is named after what it stands for")]
pub struct Marks {
    statuses: [&'static str; Status::ALL.len()],
    pub later: &'static str,
    pub changed: &'static str,
    pub hidden: &'static str,
    pub cursor: &'static str,
    /// Chosen for what comes next.
    pub marked: &'static str,
    pub bar: &'static str,
    pub across: &'static str,
    pub down: &'static str,
    pub done: &'static str,
    pub left: &'static str,
    pub none: &'static str,
    pub dot: &'static str,
    pub cut: &'static str,
    direct: &'static str,
    mixed: &'static str,
    indirect: &'static str,
    pub corners: [&'static str; 4],
    /// Heights of a small bar, least first.
    pub levels: [&'static str; 8],
}

const UNICODE: Marks = Marks {
    statuses: ["·", "✓", "?", "✗", "≠", "–"],
    later: "⚑",
    changed: "±",
    hidden: "∅",
    cursor: "▌",
    marked: "•",
    bar: "▌",
    across: "─",
    down: "│",
    done: "━",
    left: "─",
    none: "–",
    dot: "·",
    cut: "…",
    direct: "“",
    mixed: "≈",
    indirect: "~",
    corners: ["╭", "╮", "╰", "╯"],
    levels: ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"],
};

const ASCII: Marks = Marks {
    statuses: [".", "+", "?", "x", "=", "-"],
    later: ">",
    changed: "%",
    hidden: "0",
    cursor: "|",
    marked: "*",
    bar: "|",
    across: "-",
    down: "|",
    done: "#",
    left: "-",
    none: "-",
    dot: "-",
    cut: "~",
    direct: "\"",
    mixed: "=",
    indirect: "~",
    corners: ["+", "+", "+", "+"],
    levels: [".", ":", "-", "=", "+", "*", "%", "#"],
};

impl Look {
    /// The look of a theme; `ascii` where the font is poor.
    pub fn new(theme: Theme, ascii: bool) -> Self {
        let marks = if ascii { ASCII } else { UNICODE };
        match theme {
            Theme::Dark => coloured(marks, DARK),
            Theme::Light => coloured(marks, LIGHT),
            Theme::HighContrast => high_contrast(marks),
            Theme::Sixteen => coloured(marks, SIXTEEN),
            Theme::Plain => plain(marks),
        }
    }

    /// The same with addresses as links that the terminal opens, or without.
    #[must_use]
    pub fn with_links(self, links: bool) -> Self {
        Self { links, ..self }
    }

    /// The mark and style of a status.
    pub fn status(&self, status: Status) -> (&'static str, Style) {
        let place = usize::from(status.code());
        (self.marks.statuses[place], self.statuses[place])
    }

    /// The mark of a sign, and its style.
    pub fn sign(&self, sign: Sign) -> (&'static str, Style) {
        match sign {
            Sign::Status(status) => self.status(status),
            Sign::Later => (self.marks.later, self.strong),
            Sign::Changed => (self.marks.changed, self.strong),
            Sign::Hidden => (self.marks.hidden, self.quiet),
            Sign::Mode(mode) => (self.mode(mode), self.quiet),
            Sign::Marked => (self.marks.marked, self.strong),
        }
    }

    /// The mark that tells speech from paraphrase and both from narrative.
    pub fn mode(&self, mode: Mode) -> &'static str {
        match mode {
            Mode::Direct => self.marks.direct,
            Mode::Mixed => self.marks.mixed,
            Mode::Indirect => self.marks.indirect,
            Mode::Narrative => " ",
        }
    }
}

/// Colours by their number among the 256 that nearly all terminals have; the foreground stays the terminal's own.
struct Palette {
    accent: u8,
    quiet: u8,
    faint: u8,
    line: u8,
    found: u8,
    verified: u8,
    unverified: u8,
    refuted: u8,
    disputed: u8,
}

const DARK: Palette = Palette {
    accent: 117,
    quiet: 246,
    faint: 240,
    line: 238,
    found: 58,
    verified: 114,
    unverified: 179,
    refuted: 203,
    disputed: 176,
};
const LIGHT: Palette = Palette {
    accent: 25,
    quiet: 242,
    faint: 248,
    line: 251,
    found: 229,
    verified: 28,
    unverified: 94,
    refuted: 160,
    disputed: 90,
};

/// On a dark and on a light background alike, as far as the sixteen allow that.
const SIXTEEN: Palette =
    Palette { accent: 6, quiet: 8, faint: 8, line: 8, found: 3, verified: 2, unverified: 3, refuted: 1, disputed: 5 };

fn coloured(marks: Marks, palette: Palette) -> Look {
    let colour = |index| Style::new().fg(Color::Indexed(index));
    let bold = Modifier::BOLD;
    Look {
        words: Style::new(),
        between: colour(palette.quiet),
        furniture: colour(palette.faint),
        claim: colour(palette.accent).add_modifier(bold),
        edge: colour(palette.accent).add_modifier(Modifier::REVERSED),
        accent: colour(palette.accent),
        source: Style::new().add_modifier(Modifier::UNDERLINED),
        found: Style::new().bg(Color::Indexed(palette.found)),
        behind: Some(colour(palette.faint)),
        selected: Style::new().add_modifier(bold),
        strong: Style::new().add_modifier(bold),
        quiet: colour(palette.quiet),
        line: colour(palette.line),
        problem: colour(palette.refuted).add_modifier(bold),
        saved: Style::new(),
        unsaved: colour(palette.unverified),
        statuses: [
            colour(palette.quiet),
            colour(palette.verified),
            colour(palette.unverified),
            colour(palette.refuted),
            colour(palette.disputed),
            colour(palette.quiet),
        ],
        marks,
        links: false,
    }
}

fn high_contrast(marks: Marks) -> Look {
    let none = Style::new();
    let bold = none.add_modifier(Modifier::BOLD);
    Look {
        between: none,
        furniture: none,
        behind: None,
        claim: bold.add_modifier(Modifier::REVERSED),
        quiet: none,
        line: none,
        statuses: [none, bold, bold, bold, bold, none],
        ..plain(marks)
    }
}

fn plain(marks: Marks) -> Look {
    let none = Style::new();
    let bold = none.add_modifier(Modifier::BOLD);
    let dim = none.add_modifier(Modifier::DIM);
    Look {
        words: none,
        between: dim,
        furniture: dim,
        claim: none.add_modifier(Modifier::REVERSED),
        edge: bold.add_modifier(Modifier::UNDERLINED),
        accent: bold,
        source: none.add_modifier(Modifier::UNDERLINED),
        found: none.add_modifier(Modifier::BOLD | Modifier::UNDERLINED),
        behind: Some(dim),
        selected: bold,
        strong: bold,
        quiet: dim,
        line: dim,
        problem: bold,
        saved: none,
        unsaved: bold,
        statuses: [dim, bold, bold, bold, bold, dim],
        marks,
        links: false,
    }
}
