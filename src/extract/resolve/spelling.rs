//! Whether two spellings may name the same person: transliterations, initials, slips.
//!
//! Knows single words alone.

/// Whether two surnames are spellings of one, for people of the same given name: at most one letter apart from six
/// letters on, two from eight on (Levenshtein, 1966), and never across the Slavic feminine ending.
pub(super) fn same_surname(a: &str, b: &str) -> bool {
    let shorter = a.chars().count().min(b.chars().count());
    let bound = if shorter >= 8 { 2 } else { usize::from(shorter >= 6) };
    a.eq_ignore_ascii_case(b) || (first(a) == first(b) && feminine(a) == feminine(b) && within_distance(a, b, bound))
}

/// Whether two given names are spellings of one: "Valery", "Valeriy"; "V." for either.
pub(super) fn same_given(a: &str, b: &str) -> bool {
    let initial = a.chars().count() == 1 || b.chars().count() == 1;
    let bound = usize::from(a.len().min(b.len()) >= 5);
    a.eq_ignore_ascii_case(b)
        || (first(a) == first(b) && (initial || (feminine(a) == feminine(b) && within_distance(a, b, bound))))
}

/// Whether two surnames differ only in how the ending "-ий" is written: "-y", "-yy", "-yi", "-iy", "-ii", "-i".
pub(super) fn same_but_for_ending(a: &str, b: &str) -> bool {
    let stem = |word: &str| word.trim_end_matches(['y', 'i', 'j']).to_ascii_lowercase();
    let (a, b) = (stem(a), stem(b));
    a.len() >= 5 && a == b
}

fn first(word: &str) -> Option<char> {
    word.chars().next().and_then(|c| c.to_lowercase().next())
}

fn feminine(word: &str) -> bool {
    word.ends_with(['a', 'A'])
}

/// Whether at most `bound` letters have to be put in, left out or changed. Only words of ordinary length are compared.
fn within_distance(a: &str, b: &str, bound: usize) -> bool {
    const LONGEST: usize = 32;
    if a.len() > LONGEST || b.len() > LONGEST || a.len().abs_diff(b.len()) > bound * 4 {
        return false;
    }
    let lower = |s: &str| s.chars().flat_map(char::to_lowercase).collect::<Vec<_>>();
    let (a, b) = (lower(a), lower(b));
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut corner = i;
        let mut left = i + 1;
        for (slot, y) in row.iter_mut().skip(1).zip(&b) {
            let changed = corner + usize::from(x != y);
            corner = *slot;
            left = changed.min(corner + 1).min(left + 1);
            *slot = left;
        }
        if let Some(head) = row.first_mut() {
            *head = i + 1;
        }
    }
    row.last().is_some_and(|d| *d <= bound)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_are_joined_and_kin_are_not() {
        assert!(same_surname("Horovenko", "Horovenkoo"));
        assert!(same_surname("Balashevsky", "Balashevskyi"));
        assert!(!same_surname("Balashevsky", "Balashevska"), "her husband's name ends otherwise");
        assert!(!same_surname("Petrov", "Pavlov"));
        assert!(!same_surname("Lee", "Lea"));
        assert!(same_given("Valery", "Valeriy") && same_given("V", "Valery"));
        assert!(!same_given("Ivan", "Igor") && !same_given("Oleksandr", "Oleksandra"));
    }

    #[test]
    fn only_the_written_ending_may_differ_where_no_given_name_helps() {
        assert!(same_but_for_ending("Balashevskyy", "Balashevsky"));
        assert!(!same_but_for_ending("Horovenko", "Horovenka"));
        assert!(!same_but_for_ending("Kay", "Kai"));
    }
}
