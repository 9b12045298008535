//! What a word is about, finer than its class: a table of sorts that the learnt model may tell apart.
//!
//! Knows words alone; no rule asks for a sort. A word that could be of two sorts is of the first that names it.

/// Words of one sort: verbs by their base form, then words that stand as they are.
pub(super) struct Sort {
    pub(super) verbs: &'static str,
    pub(super) words: &'static str,
}

/// All sorts; the place in the list plus one is the number of a sort.
pub(super) const SORTS: &[Sort] = &[
    verbs("say tell state mention remark comment add explain relate recount"),
    verbs(
        "announce declare proclaim reveal disclose report publish release unveil confirm break leak broadcast issue release \
         testify certify attest",
    ),
    verbs(
        "argue contend assert insist maintain claim allege posit reason assure stress emphasize emphasise reiterate repeat \
         reaffirm affirm underscore underline profess purport submit",
    ),
    verbs("warn caution threaten vow promise pledge swear guarantee boast brag commit bet volunteer"),
    verbs("ask inquire question query wonder quiz grill"),
    verbs(
        "urge demand request beg plead appeal implore order instruct command press push encourage advise recommend \
         suggest propose counsel require lobby petition invite insist exhort prod pressure challenge compel tell task \
         summon direct dare",
    ),
    verbs(
        "deny reject refuse decline dismiss rebut refute dispute disavow discount disagree disown renounce repudiate \
         doubt downplay minimize brush distance balk demur",
    ),
    verbs("admit acknowledge concede confess recognize recognise grant accept allow apologize apologise regret lament"),
    verbs("answer reply respond retort counter react rejoin volley shoot fire hit"),
    verbs("write tweet post blog email e-mail text print pen author retweet caption headline title entitle"),
    verbs(
        "think believe know feel assume suppose suspect understand realize realise figure reckon guess imagine deem \
         judge regard view perceive consider hold sense presume gather conceive",
    ),
    verbs("expect predict forecast anticipate project foresee estimate calculate envision prophesy speculate"),
    verbs(
        "want hope wish desire seek plan intend aim aspire prefer long crave yearn like mean prepare look hunger vie \
         strive strategize plot hanker",
    ),
    verbs("fear worry dread fret agonize panic brace"),
    verbs("love admire respect appreciate enjoy adore trust sympathize relish treasure value idolize envy empathize"),
    verbs(
        "hate despise resent loathe distrust detest mistrust dislike abhor disapprove mind scorn shun reckon scoff sneer \
         balk recoil bristle bemoan rue gripe grumble complain whine",
    ),
    verbs(
        "praise hail laud applaud commend celebrate tout herald extol thank congratulate credit compliment salute honor \
         honour welcome cheer trumpet glorify flatter gush rave",
    ),
    verbs(
        "criticize criticise attack blast slam condemn denounce mock ridicule deride assail lambaste lambast bash rip \
         knock excoriate berate chide scold disparage insult fault decry castigate skewer savage pan hammer rebuke \
         reprimand pillory vilify demonize malign slight smear taunt trash torch denigrate belittle lash chastise \
         admonish upbraid rail rant pummel needle jab impugn disrespect shame",
    ),
    verbs("accuse blame charge suspect indict implicate sue convict prosecute"),
    verbs("support back endorse favor favour embrace champion defend advocate promote espouse uphold rally"),
    verbs("oppose protest object resist boycott obstruct veto filibuster contest counteract rebel"),
    verbs(
        "call label brand dub term characterize characterise describe portray depict cast compare liken paint frame \
         equate rank rate rename style deem peg bill",
    ),
    verbs(
        "show indicate demonstrate prove illustrate reflect signal mean imply evidence establish hint document attest \
         corroborate betray convey point underlie reaffirm register record list",
    ),
    verbs("find discover learn notice detect determine conclude ascertain uncover note observe deduce infer observe"),
    verbs(
        "decide choose vote rule agree resolve opt approve pass adopt settle elect ratify legislate enact select pick",
    ),
    verbs("try attempt work struggle manage fight weigh contemplate mull explore ponder eye threaten move offer"),
    verbs("discuss debate talk speak chat address outline detail elaborate expound tackle broach negotiate review"),
    verbs("cite quote refer reference allude invoke highlight echo parrot paraphrase single evoke channel"),
    verbs("seem appear look sound"),
    verbs("remember recall forget reminisce recollect reflect"),
    verbs("see hear read watch witness spot view overhear listen perceive"),
    verbs("convince persuade inform notify brief remind reassure assure teach enlighten update alert tip educate warn"),
    verbs(
        "shout yell scream whisper chant joke quip laugh cry murmur bark snap sigh exclaim interject muse thunder roar \
         mutter crow bellow deadpan chuckle opine intone chime bluster fume rage gush",
    ),
    verbs("interview poll survey profile investigate examine study analyze analyse cover fact-check research probe"),
    verbs("stand run campaign stump speak appear tour travel visit meet rally"),
    verbs("focus concentrate dwell zero center emphasize harp touch veer pivot turn"),
    verbs(
        "express voice articulate communicate echo air vent convey exude share offer give make issue level raise lodge",
    ),
    verbs("pretend feign lie mislead exaggerate deceive spin misrepresent distort fabricate"),
    verbs("summarize summarise sum conclude close begin start open continue go finish proceed wrap"),
    words(
        "statement statements report reports announcement announcements remark remarks comment comments news word \
         disclosure disclosures revelation revelations testimony account accounts explanation response responses \
         answer reply reaction confirmation declaration clarification admission confession acknowledgment message \
         messages narrative story stories tale description characterization mention reference references briefing",
    ),
    words(
        "claim claims allegation allegations accusation accusations charge charges assertion assertions contention argument \
         arguments complaint complaints insinuation rumor rumors rumour rumours gossip speculation theory theories \
         suggestion suggestions insistence lie lies falsehood falsehoods myth",
    ),
    words(
        "view views opinion opinions belief beliefs idea ideas notion notions sense thought thoughts impression conviction \
         attitude attitudes perception perceptions judgment judgement assessment assumption conclusion conclusions stance \
         position positions perspective feeling feelings sentiment sentiments instinct mindset philosophy vision analysis \
         understanding knowledge awareness consensus wisdom take",
    ),
    words(
        "hope hopes fear fears desire desires wish wishes worry worries concern concerns anxiety doubt doubts expectation \
         expectations suspicion suspicions confidence optimism dismay frustration anger outrage disappointment alarm \
         regret surprise skepticism enthusiasm excitement interest reluctance willingness eagerness unease fury disgust \
         contempt disdain admiration love hatred respect affinity appetite passion sympathy empathy reservations misgivings \
         qualms jitters discontent resentment hostility distrust",
    ),
    words(
        "plan plans promise promises pledge pledges proposal proposals vow vows intention intentions intent goal goals \
         decision decisions aim strategy agenda commitment threat threats bid effort efforts attempt attempts offer \
         recommendation recommendations prediction predictions forecast forecasts projection projections estimate \
         estimates warning warnings prospect agreement deal policy policies platform refusal resolve determination \
         initiative resolution ruling verdict mission push",
    ),
    words(
        "support opposition criticism criticisms praise endorsement endorsements attack attacks backing approval \
         disapproval rejection denial denials condemnation defense defence objection objections protest protests rebuke \
         rebuttal backlash scorn ire thanks gratitude condolences apology apologies compliments insult insults mockery \
         blame credit acceptance favor dispute pushback scrutiny applause disagreement",
    ),
    words(
        "question questions call calls demand demands request requests appeal appeals query queries inquiry inquiries \
         order orders petition plea invitation challenge debate debates discussion discussions talk conversation \
         conversations negotiations talks topic issue subject point points matter",
    ),
    words(
        "poll polls survey surveys study studies data research findings figures numbers statistics census average averages \
         results evidence proof analysis index records filing filings sign signs indication indications polling ratings \
         rating",
    ),
    words(
        "letter letters memo memos email emails e-mail e-mails tweet tweets post posts ad ads advertisement video videos speech \
         speeches interview interviews article articles book books op-ed editorial column document documents transcript \
         transcripts blog press release note notes lawsuit lawsuits complaint affidavit website page caption headline \
         headlines cover film documentary slogan banner sign signs law laws bill amendment constitution rule rules",
    ),
    words(
        "sure certain confident convinced aware clear adamant unaware unsure uncertain insistent mindful positive unclear \
         doubtful conscious certainly persuaded inclined resigned undecided unconvinced determined",
    ),
    words(
        "worried concerned afraid fearful wary skeptical sceptical nervous anxious alarmed frustrated upset angry furious \
         outraged disappointed disgusted troubled uneasy leery reluctant hesitant cautious unhappy dismayed scared \
         suspicious cynical pessimistic dissatisfied incensed ashamed embarrassed sorry sad bitter jealous tired sick",
    ),
    words(
        "happy pleased proud glad hopeful optimistic eager willing ready keen excited delighted thrilled grateful thankful \
         enthusiastic interested satisfied comfortable impressed amazed surprised shocked stunned relieved bullish \
         encouraged honored fond passionate enamored intrigued fascinated",
    ),
    words(
        "critical supportive opposed hostile dismissive complimentary sympathetic loyal committed dedicated receptive open \
         silent vocal outspoken blunt candid frank vague mum favorable unfavorable unapologetic indifferent neutral",
    ),
    words(
        "reportedly allegedly apparently supposedly presumably seemingly evidently ostensibly purportedly clearly obviously \
         surely perhaps maybe probably arguably",
    ),
    words(
        "spokesman spokeswoman spokesperson spokespeople spokesmen official aide adviser advisor strategist consultant \
         analyst expert professor director chairman chairwoman chief manager lawyer attorney lawmaker congressman \
         congresswoman senator governor mayor secretary president minister candidate nominee businessman billionaire \
         activist author host anchor columnist reporter journalist editor writer pollster scholar historian economist \
         operative delegate veteran founder executive ceo pundit commentator correspondent representative \
         prosecutor judge justice sheriff general leader rival opponent frontrunner front-runner",
    ),
    words(
        "officials aides advisers advisors strategists consultants analysts experts professors lawyers attorneys lawmakers \
         senators governors leaders republicans democrats conservatives liberals progressives voters supporters critics \
         opponents allies insiders observers activists advocates reporters journalists editors pollsters scholars historians \
         economists operatives delegates veterans americans people candidates rivals researchers scientists investigators \
         prosecutors donors members residents workers sources others many some most few none majority percent students \
         women men whites blacks hispanics latinos evangelicals independents moderates millennials immigrants parents \
         friends colleagues pundits commentators respondents participants attendees union unions doctors",
    ),
    words(
        "campaign committee party agency office department court newspaper magazine government administration house senate \
         congress company group organization association institute center university police board commission council \
         ministry bank coalition network camp staff team media press foundation firm panel establishment outlet \
         times post journal cnn fox msnbc nbc abc cbs politico breitbart wikileaks fbi cia pentagon kremlin treasury \
         associated reuters ap bloomberg guardian",
    ),
    words("me him them us myself himself herself themselves itself ourselves yourself"),
    words("about on over against toward towards regarding concerning of"),
    words("for to in with by as into at from"),
    words("like unlike including such"),
];

const fn verbs(verbs: &'static str) -> Sort {
    Sort { verbs, words: "" }
}

const fn words(words: &'static str) -> Sort {
    Sort { verbs: "", words }
}
