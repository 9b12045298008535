//! How far analysts agree on the claims that more than one of them decided.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Status;

/// Two analysts and the claims that both decided.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Agreement {
    /// Their names, in order.
    pub analysts: [String; 2],
    /// Claims that both decided.
    pub claims: u64,
    /// Those on which their newest statuses are the same.
    pub agreed: u64,
    /// Cohen's kappa, -1 to 1: 0 is what chance alone would give. None where one status is all that both ever gave.
    pub kappa: Option<f64>,
}

/// How many claims one analyst gave the first status and the other the second.
pub type Table = BTreeMap<(Status, Status), u64>;

impl Agreement {
    /// What a table of both analysts' statuses says.
    pub fn of(analysts: [String; 2], table: &Table) -> Self {
        let agreed = table.iter().filter(|((one, other), _)| one == other).map(|(_, n)| n).sum();
        Self { analysts, claims: table.values().sum(), agreed, kappa: kappa(table) }
    }

    /// The share of claims on which both agree, in percent.
    pub fn percent(&self) -> f64 {
        100.0 * self.agreed as f64 / self.claims.max(1) as f64
    }
}

/// Krippendorff's alpha for nominal values, over any number of analysts of whom each decided some of the claims
/// (K. Krippendorff, "Computing Krippendorff's Alpha-Reliability", 2011). Gathered claim by claim.
#[derive(Clone, Debug, Default)]
pub struct Alpha {
    /// How often two statuses met on a claim, each claim counting as much as it has statuses.
    met: BTreeMap<(Status, Status), f64>,
    claims: u64,
}

impl Alpha {
    /// Takes the statuses that analysts gave to a claim; fewer than two say nothing.
    pub fn add(&mut self, statuses: impl IntoIterator<Item = Status>) {
        let mut times: BTreeMap<Status, u64> = BTreeMap::new();
        statuses.into_iter().for_each(|status| *times.entry(status).or_default() += 1);
        let all: u64 = times.values().sum();
        if all < 2 {
            return;
        }
        self.claims += 1;
        for (one, n) in &times {
            for (other, m) in &times {
                let pairs = if one == other { n * (n - 1) } else { n * m };
                *self.met.entry((*one, *other)).or_default() += pairs as f64 / (all - 1) as f64;
            }
        }
    }

    /// Claims that two analysts or more decided.
    pub fn claims(&self) -> u64 {
        self.claims
    }

    /// 1 where all agree, 0 where chance alone would do as well. None where one status is all that anybody gave.
    pub fn value(&self) -> Option<f64> {
        let all: f64 = self.met.values().sum();
        let times = |status| self.met.iter().filter(|((one, _), _)| *one == status).map(|(_, n)| n).sum::<f64>();
        let same: f64 = self.met.iter().filter(|((one, other), _)| one == other).map(|(_, n)| n).sum();
        let by_chance: f64 = Status::ALL.into_iter().map(|status| times(status) * (times(status) - 1.0)).sum();
        let alpha = 1.0 - (all - 1.0) * (all - same) / (all * (all - 1.0) - by_chance);
        (all > 1.0 && alpha.is_finite()).then_some(alpha)
    }
}

/// Cohen, "A coefficient of agreement for nominal scales", Educational and Psychological Measurement 20 (1960).
fn kappa(table: &Table) -> Option<f64> {
    let all = table.values().sum::<u64>() as f64;
    let share = |fits: &dyn Fn(Status, Status) -> bool| {
        table.iter().filter(|((one, other), _)| fits(*one, *other)).map(|(_, n)| *n as f64).sum::<f64>() / all
    };
    let observed = share(&|one, other| one == other);
    let of_one = |status| share(&|one, _| one == status);
    let of_other = |status| share(&|_, other| other == status);
    let by_chance: f64 = Status::ALL.into_iter().map(|status| of_one(status) * of_other(status)).sum();
    let kappa = (observed - by_chance) / (1.0 - by_chance);
    (all > 0.0 && kappa.is_finite()).then_some(kappa)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Both yes, only the first yes, only the second yes, both no.
    fn kappa_of([a, b, c, d]: [u64; 4]) -> Option<f64> {
        use Status::{Refuted, Verified};
        let cells = [(Verified, Verified), (Verified, Refuted), (Refuted, Verified), (Refuted, Refuted)];
        Agreement::of(["ana".into(), "bo".into()], &cells.into_iter().zip([a, b, c, d]).collect()).kappa
    }

    #[test]
    fn kappa_is_what_published_examples_give() {
        // Grant proposals read by two readers, and two surveys with the same agreement but other margins: the examples
        // of the encyclopedias' articles on Cohen's kappa.
        for (table, expected) in [([20, 5, 10, 15], 0.4), ([45, 15, 25, 15], 0.1304), ([25, 35, 5, 35], 0.2593)] {
            let kappa = kappa_of(table).unwrap();
            assert!((kappa - expected).abs() < 0.000_05, "{table:?}: {kappa}");
        }
        assert_eq!(kappa_of([10, 0, 0, 10]), Some(1.0));
        assert_eq!(kappa_of([0, 10, 10, 0]), Some(-1.0));
    }

    #[test]
    fn alpha_is_what_its_author_computed() {
        use Status::{Disputed, NotAClaim, Refuted, Unverified, Verified};
        const CODES: [Status; 5] = [Verified, Unverified, Refuted, Disputed, NotAClaim];
        // A column a unit, "." where an observer did not look: the examples of the paper for two values and two observers, and
        // for any number of both.
        for (observers, claims, expected) in [
            (&["1211111121", "2221121111"][..], 10, 0.095),
            (&["123321412...", "1233224125.3", ".3332342251.", "12332441251."][..], 11, 0.743),
        ] {
            let mut alpha = Alpha::default();
            for unit in 0..observers[0].len() {
                let codes = observers.iter().filter_map(|o| o[unit..=unit].parse::<usize>().ok());
                alpha.add(codes.map(|code| CODES[code - 1]));
            }
            assert_eq!(alpha.claims(), claims);
            assert!((alpha.value().unwrap() - expected).abs() < 0.000_5, "{:?}", alpha.value());
        }
        let mut one_status = Alpha::default();
        one_status.add([Verified, Verified]);
        assert_eq!((one_status.value(), Alpha::default().value()), (None, None));
    }

    #[test]
    fn where_chance_explains_everything_there_is_no_kappa() {
        assert_eq!((kappa_of([7, 0, 0, 0]), kappa_of([0; 4])), (None, None));
    }

    #[test]
    fn agreement_is_counted_over_all_statuses() {
        use Status::{Disputed, Unverified, Verified};
        let table = Table::from([((Verified, Verified), 3), ((Disputed, Unverified), 1)]);
        let agreement = Agreement::of(["ana".into(), "bo".into()], &table);
        assert_eq!((agreement.claims, agreement.agreed, agreement.percent()), (4, 3, 75.0));
    }
}
