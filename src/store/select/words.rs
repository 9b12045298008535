//! Words of a query as full text understands them, so that nothing typed can be more than words. Knows no SQL.

use crate::domain::Words;

/// A string of FTS5's query language: everything between the quotation marks is words.
pub(in crate::store) fn quoted(words: &Words) -> String {
    // A NUL would end the query in the middle of the string.
    let text = words.text.replace('\0', " ").replace('"', "\"\"");
    format!("\"{text}\"{}", if words.prefix { " *" } else { "" })
}

/// Whether the words stand in a name, in this order, next to each other.
pub(super) fn stand_in(words: &str, name: &str) -> bool {
    let cut = |text: &str| -> Vec<String> {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.map(str::to_lowercase).collect()
    };
    let (words, name) = (cut(words), cut(name));
    !words.is_empty() && name.windows(words.len()).any(|window| window == words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_typed_ends_the_string() {
        let words = Words { text: "a\" OR b\0 *".into(), prefix: true };
        assert_eq!(quoted(&words), "\"a\"\" OR b  *\" *");
    }

    #[test]
    fn a_name_is_found_by_whole_words_in_any_case() {
        assert!(stand_in("courier", "The Harbour Courier"));
        assert!(stand_in("the harbour", "The Harbour Courier"));
        assert!(!stand_in("cour", "The Harbour Courier"));
        assert!(!stand_in("…", "The Harbour Courier"));
    }
}
