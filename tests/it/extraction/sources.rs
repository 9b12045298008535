//! Sources resolved within an article: who is named, and that nobody is named wrongly.

use claimdeck::extract::SourceKind;

use super::{Read, Score};

/// An article, and for the claims that begin with these words who says them: `None` where nobody may be named.
struct Fixture {
    text: &'static str,
    names: &'static [(&'static str, Option<&'static str>)],
}

const FIXTURES: &[Fixture] = &[
    Fixture {
        text: "Vell district head Pavel Orlan said on Sunday that the depot was on fire.\n\n“Nobody was hurt,” Orlan wrote on Telegram.\n\nHe added that the road was closed.\n\nThe district head said the school would stay shut.",
        names: &[
            ("the depot was", Some("Pavel Orlan")),
            ("Nobody was", Some("Pavel Orlan")),
            ("the road was", Some("Pavel Orlan")),
            ("the school would", Some("Pavel Orlan")),
        ],
    },
    Fixture {
        text: "According to the Harbour Intelligence of Ruritania (HIR), two ships sank on Monday.\n\n“The fleet has left the port,” the HIR statement said.\n\n“Repairs will take months,” it added.",
        names: &[
            ("two ships", Some("Harbour Intelligence of Ruritania")),
            ("The fleet", Some("Harbour Intelligence of Ruritania")),
            ("Repairs will", Some("Harbour Intelligence of Ruritania")),
        ],
    },
    Fixture {
        text: "The Ministry of Harbours said in its update on Tuesday: “The pier has been lost.”\n\nThe MoH believes the fleet will move north.\n\nIn their daily update, the officials said: “Two cranes have fallen.”\n\nThe ministry said the damage was being counted.",
        names: &[
            ("The pier", Some("Ministry of Harbours")),
            ("the fleet", Some("Ministry of Harbours")),
            ("Two cranes", Some("Ministry of Harbours")),
            ("the damage", Some("Ministry of Harbours")),
        ],
    },
    Fixture {
        text: "Mila Tarn, a spokeswoman for the Ostrava port authority, said the port was closed.\n\n“We have lost power,” Tarn said.\n\nShe said that two cranes had stopped.\n\nThe spokeswoman added that trains were still running.",
        names: &[
            ("the port was", Some("Mila Tarn")),
            ("We have", Some("Mila Tarn")),
            ("two cranes", Some("Mila Tarn")),
            ("trains were", Some("Mila Tarn")),
        ],
    },
    Fixture {
        // Two people of one surname.
        text: "Mayor Pavel Orlan said the bridge was safe.\n\nHis brother, engineer Igor Orlan, said the bridge was not safe at all.\n\nOrlan said the work would begin in May.",
        names: &[
            ("the bridge was safe", Some("Pavel Orlan")),
            ("the bridge was not", Some("Igor Orlan")),
            ("the work would", Some("Orlan")),
        ],
    },
    Fixture {
        // Husband and wife.
        text: "President Mykola Balashevsky said the talks had failed.\n\nOlena Balashevska, his wife, said she was leaving the country.\n\nBalashevskyy said on Friday that the army was ready.",
        names: &[
            ("the talks had", Some("Mykola Balashevsky")),
            ("she was", Some("Olena Balashevska")),
            ("the army was", Some("Mykola Balashevsky")),
        ],
    },
    Fixture {
        // "he" after two men is nobody in particular.
        text: "Governor Pavel Orlan met General Igor Sarn in Vell on Monday.\n\nHe said the river was rising.",
        names: &[("the river was", None)],
    },
    Fixture {
        text: "The Ruritanian Ministry of Defence said its troops had left Vell.\n\nThe Freedonian Ministry of Defence said the town had been retaken.\n\nThe British Ministry of Defence said both armies were tired.",
        names: &[
            ("its troops", Some("Ruritanian Ministry of Defence")),
            ("the town had", Some("Freedonian Ministry of Defence")),
            ("both armies", Some("British Ministry of Defence")),
        ],
    },
    Fixture {
        text: "Several monitoring channels claimed that the refinery was burning.\n\nOfficials said the fire was out.\n\nAccording to reports, two men were taken to hospital.\n\nResidents said they had heard three blasts.",
        names: &[
            ("the refinery was", Some("several monitoring channels")),
            ("the fire was", Some("Officials")),
            ("two men", Some("reports")),
            ("they had", Some("Residents")),
        ],
    },
    Fixture {
        text: "The commander of the southern fleet, Admiral Igor Sarn, said: “The coast is safe.”\n\nThe commander added that four boats were on patrol.\n\n“Our losses are small,” he told reporters.",
        names: &[
            ("The coast", Some("Igor Sarn")),
            ("four boats", Some("Igor Sarn")),
            ("Our losses", Some("Igor Sarn")),
        ],
    },
    Fixture {
        text: "Ruritanian army chief Gen. Igor Sarn wrote on Telegram that the town had fallen.\n\n“Our units have crossed the river,” the post reads.\n\nThe Ruritanian official also said that 40 prisoners were taken.",
        names: &[
            ("the town had", Some("Igor Sarn")),
            ("Our units", Some("Igor Sarn")),
            ("40 prisoners", Some("Igor Sarn")),
        ],
    },
    Fixture {
        text: "Moscow said the tower was hit on Friday.\n\nKyiv denied that the tower was a target.\n\nThe Kremlin said an answer would follow.",
        names: &[
            ("the tower was hit", Some("Moscow")),
            ("the tower was a", Some("Kyiv")),
            ("an answer", Some("Kremlin")),
        ],
    },
    Fixture {
        text: "Energy company Velmash said half of the city was dark.\n\nThe company said repairs would take a week.\n\n“The network is stable now,” it said on Sunday.",
        names: &[("half of", Some("Velmash")), ("repairs would", Some("Velmash")), ("The network", Some("Velmash"))],
    },
    Fixture {
        text: "Governor Anna Tarn said the dam was leaking.\n\nThe mayor of Vell said the town was being emptied.\n\nTarn said 4,000 people had left.",
        names: &[("the dam was", Some("Anna Tarn")), ("the town was", None), ("4,000 people", Some("Anna Tarn"))],
    },
    Fixture {
        // A woman can't be "he".
        text: "Minister Anna Tarn said the price would rise.\n\nHe said the tax would fall.",
        names: &[("the price would", Some("Anna Tarn")), ("the tax would", None)],
    },
    Fixture {
        text: "The Institute for the Study of Rivers said the flood was the worst since 1950.\n\nThe ISR said two valleys were at risk.\n\nThe institute said its figures were based on satellite images.",
        names: &[
            ("the flood was", Some("Institute for the Study of Rivers")),
            ("two valleys", Some("Institute for the Study of Rivers")),
            ("its figures", Some("Institute for the Study of Rivers")),
        ],
    },
    Fixture {
        text: "Defence Minister Igor Sarn said the line was holding, adding that reserves had arrived.\n\nSarn, who took office in June, said the shells were running out.",
        names: &[
            ("the line was", Some("Igor Sarn")),
            ("reserves had", Some("Igor Sarn")),
            ("the shells were", Some("Igor Sarn")),
        ],
    },
    Fixture {
        text: "The Vell correspondent of the Morning Service, Hanna Birk, reports that the market has reopened.\n\nFor now the queues are short, says Birk.\n\nBut fuel, the correspondent points out, is still scarce.",
        names: &[
            ("the market has", Some("Hanna Birk")),
            ("For now", Some("Hanna Birk")),
            ("But fuel", Some("Hanna Birk")),
        ],
    },
    Fixture {
        // The ministry named in between is not "he".
        text: "Deputy mayor Pavel Orlan said the pumps had failed.\n\nThe Ministry of Harbours said the pumps were working.\n\nHe said the water was rising.",
        names: &[
            ("the pumps had", Some("Pavel Orlan")),
            ("the pumps were", Some("Ministry of Harbours")),
            ("the water was", None),
        ],
    },
    Fixture {
        text: "“The ice is gone,” said Pavel Orlan, head of the Vell rescue service. “The boats are back.”\n\nThe head of the service said the season would begin early.",
        names: &[
            ("The ice", Some("Pavel Orlan")),
            ("The boats", Some("Pavel Orlan")),
            ("the season would", Some("Pavel Orlan")),
        ],
    },
    Fixture {
        text: "Police said a man of 40 was arrested on Monday.\n\nA spokesman for the court said the trial would begin in June.\n\nThe suspect denies the charges.",
        names: &[("a man of", Some("Police")), ("the trial would", Some("spokesman for the court"))],
    },
    Fixture {
        text: "Zoran Velk, the governor of Birkland, said the fires were out.\n\n“We owe this to the crews,” the governor said. “The last one burned for nine days.”\n\nVelk’s deputy, Mira Tarn, said the cost was not known.",
        names: &[
            ("the fires were", Some("Zoran Velk")),
            ("The last one", Some("Zoran Velk")),
            ("the cost was", Some("Mira Tarn")),
        ],
    },
    Fixture {
        // The unnamed official is not the named one.
        text: "Minister Igor Sarn, head of the war office, said the line was holding.\n\nA senior R.U. official said reserves were on the way. The official, who asked not to be named, said the shells were gone.\n\nA spokesman for the rescue service said 200 men were at the scene. The spokesman said the search would continue.",
        names: &[
            ("the line was", Some("Igor Sarn")),
            ("the shells were", Some("senior R.U. official")),
            ("the search would", Some("spokesman for the rescue service")),
        ],
    },
    Fixture {
        text: "The Institute for the Study of Rivers (ISR) said the dams would likely break.\n\nThe think tank said the banks were weak.\n\nIt also noted that two bridges were closed.",
        names: &[
            ("the dams would", Some("Institute for the Study of Rivers")),
            ("the banks were", Some("Institute for the Study of Rivers")),
            ("two bridges", Some("Institute for the Study of Rivers")),
        ],
    },
    Fixture {
        text: "Karin Velk (Freedom Party) told parliament the law was broken.\n\nMayor Pavel Orlan and two council members said the law was fine.\n\nShe said the vote would be in June.",
        names: &[("the law was broken", Some("Karin Velk")), ("the vote would", None)],
    },
    Fixture {
        text: "“Donald Birk is a danger to the party,” said Senator Anna Tarn on Monday. “Birk has lost every vote.”\n\nShe added that the party would split.\n\nBirk said he would stay.",
        names: &[
            ("Donald Birk is", Some("Anna Tarn")),
            ("Birk has", Some("Anna Tarn")),
            ("the party would", Some("Anna Tarn")),
            ("he would", Some("Donald Birk")),
        ],
    },
];

#[test]
fn sources_are_resolved_with_hardly_a_wrong_name() {
    let mut score = Score::default();
    for fixture in FIXTURES {
        let read = Read::of(fixture.text);
        for (start, expected) in fixture.names {
            let found = read.found.claims.iter().any(|c| read.words(c).starts_with(start));
            let name = if found { read.name(start) } else { None };
            match (name, expected) {
                (Some(a), Some(b)) if a == *b => score.right += 1,
                (None, None) => {}
                (name, expected) => {
                    score.wrong += usize::from(name.is_some());
                    score.missed += usize::from(expected.is_some());
                    let claims = if found { String::new() } else { format!(" (no such claim in {:?})", read.claims()) };
                    score.errors.push(format!("\"{start}…\": {name:?}, not {expected:?}{claims}"));
                }
            }
        }
    }
    score.hold("sources", 0.97, 0.93);
}

#[test]
fn a_name_in_a_headline_ends_where_its_cue_begins() {
    for text in [
        "Freedonia Claims Ruritanian Fleet Has Left The Port Of Vell\n\nThe fleet left on Monday.",
        "Freedonia Says The Port Of Vell Was Hit By Two Drones\n\nThe port was rebuilt in May.",
    ] {
        let read = Read::of(text);
        let source = read.found.attributions.first().and_then(|a| a.source.as_ref());
        assert_eq!(source.and_then(|s| s.name.as_deref()), Some("Freedonia"), "{text}");
    }
}

#[test]
fn a_role_and_a_kind_come_with_the_name() {
    let read = Read::of(FIXTURES[0].text);
    let source = read.found.attributions[read.claim("the road was").attribution.unwrap()].source.as_ref().unwrap();
    assert_eq!(source.role.as_deref(), Some("Vell district head"));
    assert_eq!(source.kind, SourceKind::Person);
    let read = Read::of(FIXTURES[8].text);
    let source = read.found.attributions[read.claim("two men").attribution.unwrap()].source.as_ref().unwrap();
    assert_eq!(source.kind, SourceKind::Anonymous);
}
