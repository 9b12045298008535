//! Conditions on what analysts decided. In a blind review they hold by what may be seen, so that no filter and no count tells
//! more than the claims themselves show.

use super::{Leaf, Node};
use crate::store::Store;
use crate::store::error::Result;
use crate::store::facets::{fold, kind};

impl Store {
    /// The claims that have something by what analysts decided, as far as it may be seen.
    pub(super) fn opinion(&self, kind: &'static str, value: &str) -> Result<Node> {
        let anybodys = self.facet_node(kind, value)?;
        let Some(veil) = &self.veil else { return Ok(anybodys) };
        let own = veil.own_rows(&self.db, &(kind, value.to_owned()))?;
        Ok(Node::Or(vec![Node::And(vec![anybodys, self.decided_by(&veil.analyst)?]), Node::Leaf(Leaf::Claims(own))]))
    }

    /// The claims that count as decided.
    pub(super) fn decided(&self) -> Result<Node> {
        let anybody = self.any_of(kind::STATUS, |_| true)?;
        let Some(veil) = &self.veil else { return Ok(anybody) };
        Ok(Node::And(vec![anybody, self.decided_by(&veil.analyst)?]))
    }

    /// The claims that somebody has decided on.
    pub(super) fn decided_by_analyst(&self, name: &str) -> Result<Node> {
        let theirs = self.decided_by(name)?;
        match &self.veil {
            Some(veil) if fold(name) != fold(&veil.analyst) => {
                Ok(Node::And(vec![theirs, self.decided_by(&veil.analyst)?]))
            }
            _ => Ok(theirs),
        }
    }

    /// The claims whose words are new in a version of their article and that wait for a decision.
    pub(super) fn changed(&self) -> Result<Node> {
        let flagged = self.facet_node(kind::IS, "changed")?;
        let Some(veil) = &self.veil else { return Ok(flagged) };
        // Somebody else's decision has taken the flag off, which would tell of it.
        let mut find = self.db.prepare_cached(
            "SELECT c.id FROM article a JOIN claim c ON c.id >= a.first_claim AND c.id < a.first_claim + a.claims
             WHERE a.previous IS NOT NULL AND c.origin IS NULL",
        )?;
        let rows = find.query_map([], |row| row.get(0).map(|id: i64| (id, id)))?.collect::<Result<Vec<_>, _>>()?;
        let mine = || self.decided_by(&veil.analyst);
        let undecided = Node::And(vec![Node::Not(Box::new(mine()?)), Node::Leaf(Leaf::Claims(rows))]);
        Ok(Node::Or(vec![Node::And(vec![flagged, mine()?]), undecided]))
    }

    fn decided_by(&self, analyst: &str) -> Result<Node> {
        self.facet_node(kind::ANALYST, &fold(analyst))
    }
}
