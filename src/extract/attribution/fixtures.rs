//! What the rules must find in wire news, in words of our own: each row is a text and its attributions,
//! as `source | cue | content [| more content]`. Rules alone must hold them, for no word list knows the next war.

/// One text and the attributions in it.
pub(super) type Fixture = (&'static str, &'static [&'static str]);

pub(super) const FIXTURES: &[Fixture] = &[
    // Direct: after, before, amid, over sentences.
    ("“The bridge is closed,” Marchenko said.", &["Marchenko | said | “The bridge is closed,”"]),
    (
        "“The bridge is closed,” said Oleh Marchenko, the head of the district.",
        &["Oleh Marchenko, the head of the district | said | “The bridge is closed,”"],
    ),
    ("Marchenko said: “The bridge is closed.”", &["Marchenko | said | “The bridge is closed.”"]),
    (
        "“The bridge is closed,” he said, “and the ferry does not run.”",
        &["he | said | “The bridge is closed,” | “and the ferry does not run.”"],
    ),
    (
        "“The bridge is closed,” he said. “The ferry does not run.”",
        &["he | said | “The bridge is closed,” | “The ferry does not run.”"],
    ),
    (
        "“The bridge is closed. The ferry does not run. We wait,” Marchenko told reporters.",
        &["Marchenko | told | “The bridge is closed. The ferry does not run. We wait,”"],
    ),
    (
        "Interior Minister Petra Lind told reporters on Friday: “The line is cut.”",
        &["Interior Minister Petra Lind | told | “The line is cut.”"],
    ),
    (
        "District head Pavlo Hrytsenko said in a post on his Telegram channel: “Two depots are burning.”",
        &["District head Pavlo Hrytsenko | said | “Two depots are burning.”"],
    ),
    (
        "“Crews are at work,” the company’s statement claimed.",
        &["the company’s statement | claimed | “Crews are at work,”"],
    ),
    ("“Crews are at work,” the post reads.", &["the post | reads | “Crews are at work,”"]),
    (
        "As the ministry pointed out: “The depots lie far inside the country.”",
        &["the ministry | pointed | “The depots lie far inside the country.”"],
    ),
    ("The ministry in its morning update: “The depots are empty.”", &["The ministry | : | “The depots are empty.”"]),
    // Over paragraphs.
    (
        "The ministry said in its update: “The depots are empty.\n\n“They were left a week ago.”",
        &["The ministry | said | “The depots are empty. | “They were left a week ago.”"],
    ),
    (
        "“The depots are empty.\n\n“They were left a week ago,” Marchenko said.",
        &["Marchenko | said | “The depots are empty. | “They were left a week ago,”"],
    ),
    // Indirect: after, before, amid.
    ("The governor said that two depots were on fire.", &["The governor | said | that two depots were on fire"]),
    (
        "The governor of the region said two depots were on fire.",
        &["The governor of the region | said | two depots were on fire"],
    ),
    ("Two depots were on fire, the governor said.", &["the governor | said | Two depots were on fire"]),
    ("Two depots were on fire, the governor said on Tuesday.", &["the governor | said | Two depots were on fire"]),
    ("Two depots, the governor said, were on fire.", &["the governor | said | Two depots | were on fire"]),
    (
        "On Sunday, the air force announced that it had shot down nine drones.",
        &["the air force | announced | that it had shot down nine drones"],
    ),
    (
        "Several monitoring channels claimed explosions were heard in the port.",
        &["Several monitoring channels | claimed | explosions were heard in the port"],
    ),
    (
        "Ihor Savchuk, a spokesman for the navy, revealed that the ship had left.",
        &["Ihor Savchuk, a spokesman for the navy | revealed | that the ship had left"],
    ),
    (
        "The navy has repeatedly claimed that the ship had left.",
        &["The navy | has repeatedly claimed | that the ship had left"],
    ),
    ("The ministry believes the ship will leave at once.", &["The ministry | believes | the ship will leave at once"]),
    ("Analysts warned that the winter would be hard.", &["Analysts | warned | that the winter would be hard"]),
    (
        "The mayor, who wrote on Telegram on Sunday that the port was open, left the town.",
        &["who | wrote | that the port was open"],
    ),
    ("Officials say the port is open.", &["Officials | say | the port is open"]),
    // "according to".
    (
        "According to the port’s director, the cranes still stand.",
        &["the port’s director | According to | the cranes still stand"],
    ),
    (
        "The cranes still stand, according to the port’s director.",
        &["the port’s director | according to | The cranes still stand"],
    ),
    (
        "The cranes, according to the port’s director, still stand.",
        &["the port’s director | according to | The cranes | still stand"],
    ),
    (
        "According to reports, crews have been sent to the port.",
        &["reports | According to | crews have been sent to the port"],
    ),
    // Mixed.
    (
        "The minister said the strike was “a crime against the town” and called it senseless.",
        &["The minister | said | the strike was “a crime against the town” and called it senseless"],
    ),
    (
        "The minister described “heavy losses” on both sides.",
        &["The minister | described | “heavy losses” on both sides"],
    ),
    (
        "Kyrylo Danko revealed how “old friends” had helped and that he was “proud of each of them.”",
        &["Kyrylo Danko | revealed | how “old friends” had helped and that he was “proud of each of them.”"],
    ),
    // Two cues in one sentence.
    (
        "“We will rebuild it,” Danko said, adding that work would begin in May.",
        &["Danko | said | “We will rebuild it,”", "Danko | adding | that work would begin in May"],
    ),
    // Passive.
    ("The losses were confirmed by the regional council.", &["the regional council | were confirmed by | The losses"]),
    // What is no cue.
    ("The report was long. The claims have not been verified.", &[]),
    ("Danko’s claims have not been verified.", &[]),
    ("The United States sent two ships.", &[]),
    ("Crews reached the port at dawn and put out the fire.", &[]),
];
