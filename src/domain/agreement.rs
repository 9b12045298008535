//! How far two analysts agree on the claims that both decided.

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
