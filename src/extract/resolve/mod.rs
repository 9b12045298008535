//! Who the sources are: "he", "the ministry", "Orlan" and "the post" led back to who the article introduced.

mod names;
mod spelling;
