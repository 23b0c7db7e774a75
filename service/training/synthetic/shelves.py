# ruff: noqa: E501 - a title and an excerpt a line
"""English pages by kind: titles, first words and what readers mention."""

from dataclasses import dataclass

from service.training.synthetic.grammar import lines


@dataclass(frozen=True, slots=True)
class Shelf:
    """Pages of one kind: hosts, titles and excerpts as templates, and the things that readers mention."""

    hosts: tuple[str, ...]
    titles: tuple[str, ...]
    excerpts: tuple[str, ...]
    topics: tuple[str, ...]


def shelf(hosts: str, titles: str, excerpts: str, topics: str) -> Shelf:
    return Shelf(
        tuple(hosts.split()), lines(titles), lines(excerpts), tuple(part.strip() for part in topics.split("|"))
    )


SHELVES = {
    "ketamine": shelf(
        "mindandrecovery.org sobernotes.net clearpathjournal.com",
        """
        Ketamine Therapy for Addiction: What the Evidence Says
        Can ketamine help people stop drinking?
        Ketamine-assisted psychotherapy for alcohol use disorder
        A sceptic's guide to ketamine clinics
        What a ketamine infusion feels like
        Ketamine, memory and craving: a look at the new trial
        Is ketamine treatment for addiction safe?
        Ketamine for cocaine dependence: early results
        """,
        """
        A single infusion combined with psychotherapy reduced heavy drinking days in a small randomised trial, but how long does the effect last?
        Ketamine is an anaesthetic. In sub-anaesthetic doses it is being tested against alcohol, cocaine and opioid use disorders.
        Clinics charge between $400 and $900 a session; insurers rarely pay. We looked at the studies behind the promises.
        Glutamate, neuroplasticity and a window in which old memories can be rewritten: how ketamine might work against craving.
        Bladder damage, dissociation and dependence are known risks of ketamine. What do patients in treatment have to watch for?
        """,
        "ketamine therapy | the infusion protocol | the relapse figures | the dosage section | craving | side effects | bladder problems | the trial you cite | neuroplasticity | the cost of treatment | psychotherapy alongside ketamine | dissociation | alcohol use disorder | the safety part | integration sessions",
    ),
    "recovery": shelf(
        "daysclean.org gamblersforum.net onedayatatime.community",
        """
        Day one again: share your story
        Gambling recovery forum: how did you tell your family?
        Slots, sports betting and the night I lost everything
        Newcomers' thread: introduce yourself
        Porn and gaming addiction: what helped you stop?
        When someone you love drinks
        How to block casino sites on your phone
        Living with a gambler
        """,
        """
        This thread is for people who gamble too much and want to stop. Be kind, no links to betting sites.
        Introduce yourself if you like. You do not have to give your name. Tell us what brought you here.
        I deposited my whole wage into an online casino in one night. This is what I did the morning after.
        Relapse is common and says nothing about your character. Tell us what set you off and what helped.
        """,
        "self-exclusion | the casino blocks | telling my family | the debt | day one | meetings | the slot machines | sports bets | my sponsor | relapse | the urges | blocking software | living with a gambler | step four",
    ),
    "medicine": shelf(
        "pillnotes.org patientvoices.net medreviews.info",
        """
        {medicine}: patient reviews
        {medicine} for depression: your experience
        {medicine} for anxiety
        {medicine} user comments
        Stopping {medicine}: withdrawal and tapering
        {medicine} side effects
        {medicine} for weight loss: reviews
        {medicine} for chronic pain
        """,
        """
        Read what other patients say about {medicine}, or add your own review. Reviews are no replacement for a doctor's advice.
        Common side effects of {medicine} are nausea, headache, trouble sleeping and changes in weight.
        Never stop taking a prescribed drug on your own; speak with your prescriber about tapering.
        """,
        "the side effects | the first weeks | weight gain | withdrawal | brain zaps | the dose | nausea | insomnia | mood swings | dry mouth | headaches | the generic version",
    ),
    "code": shelf(
        "slowbytes.dev stacknotes.io tinycompiler.blog",
        """
        Why your Python loop is slow
        A gentle introduction to SQL window functions
        Debugging a memory leak in a Node service
        Git rebase without fear
        Parsing dates the right way
        How I built a static site generator in a weekend
        Regular expressions you should not write
        Docker images under 50 MB
        Upgrading WordPress without breaking your theme
        Async Rust for the impatient
        """,
        """
        We profile a small function, find the hot line and make it eleven times faster without leaving the standard library.
        A window function looks at other rows without collapsing them. Here are five that I use every week.
        The process grew by ten megabytes an hour. Heap snapshots led us to a listener that was never removed.
        """,
        "the benchmark | list comprehensions | the SQL example | the regex | the Dockerfile | error handling | the memory leak | the rebase section | your build script | type hints | the config file | the plugin",
    ),
    "recipes": shelf(
        "crumbsandbutter.com thesundaytable.net spoonandsalt.co.uk",
        """
        Overnight sourdough with a wet dough
        Grandma's red lentil soup
        The only banana bread you need
        Crispy tofu without deep frying
        Slow roast lamb with garlic and lemon
        Gluten-free brownies that stay soft
        Homemade kimchi in five days
        Sunday chicken curry
        """,
        """
        Mix, fold, sleep. The fridge does the work and you bake in the morning. You need flour, water, salt and patience.
        This soup costs next to nothing and tastes better the day after. My grandmother never measured anything.
        Ripe bananas, brown butter and a pinch of salt. Do not overmix. Bake for fifty minutes.
        """,
        "the crumb | the dough | the oven temperature | the lentils | the spices | the banana bread | the brown butter | the marinade | this recipe | the baking time | the flour | the kimchi | the tofu",
    ),
    "garden": shelf(
        "mudandroots.net allotmentdiary.co.uk greenthumbnotes.com",
        """
        Growing tomatoes in a short summer
        Slugs: what works and what does not
        Pruning roses in February
        A pond in a weekend
        Composting for people with no space
        Which apple tree for a small garden?
        Wildflowers instead of lawn
        Raised beds: wood, brick or steel
        """,
        """
        Sow indoors in March, harden off in May and pinch out the side shoots. Late blight is the enemy.
        Beer traps, copper tape, nematodes: I tried them all for two seasons and counted the lettuces.
        """,
        "the tomatoes | slugs | the compost heap | the roses | raised beds | the apple tree | the pond | late blight | mulching | the wildflower strip | seedlings | the greenhouse",
    ),
    "travel": shelf(
        "slowtrains.blog twobackpacks.com postcardsfrom.net",
        """
        Three days in {town} on a budget
        By night train through Europe
        Walking the coast path with a dog
        What we learned cycling to Istanbul
        Is Bali still worth it?
        A rainy week in Scotland
        Travelling with a wheelchair
        Where to eat in Lisbon
        """,
        """
        The train leaves at ten in the evening and you wake up in another country. We took four of them in eleven days.
        Hostels, markets and free museums: how we spent less than forty euros a day each.
        """,
        "the night train | the coast path | the hostel | the ferry | the old town | your packing list | the visa rules | the bus from the airport | the market | the photos | the budget",
    ),
    "photo": shelf(
        "lensandlight.net slowshutter.blog grainyframes.com",
        """
        Shooting portraits in window light
        Fog on the moor: a morning walk
        Do you need full frame?
        My first roll of film in twenty years
        Photographing birds with a cheap lens
        Black and white street scenes from {town}
        """,
        """
        I set the alarm for five and was on the hill before the fog lifted. Everything here is handheld at f/4.
        A used lens, a lot of patience and a hide made of garden netting.
        """,
        "the fog | the light | your composition | the second shot | the lens | black and white | the colours | the film stock | the depth of field | the portrait",
    ),
    "parents": shelf(
        "threeunderfive.net tiredbuthappy.com schoolrunstories.co.uk",
        """
        The toddler who would not sleep
        Screen time: how we stopped fighting about it
        School choice and other headaches
        Our son came out to us
        Baby-led weaning, six months on
        Raising bilingual kids
        When grandparents spoil them
        """,
        """
        She is two and a half and believes that nights are for talking. This is what we tried, in order.
        We wrote the rules together, put them on the fridge and broke them within a week.
        """,
        "sleep training | screen time | bedtime | the school run | weaning | bilingual kids | tantrums | the teenage years | potty training | grandparents | breastfeeding",
    ),
    "sports": shelf(
        "thefinalwhistle.net terracetalk.co.uk halftimeoranges.com",
        """
        Match report: a draw nobody deserved
        Transfer window: winners and losers
        Five things we learned from the cup final
        Why the coach has to go
        Marathon training for slow people
        Player ratings after last night's defeat
        """,
        """
        Two red cards, a missed penalty and a goal in the ninety-fourth minute. Both managers were furious.
        The board spent sixty million and still has no left back.
        """,
        "the second goal | that penalty | the red card | our defence | the new striker | the coach | the referee | VAR | the midfield | the away fans | the season ticket prices",
    ),
    "video": shelf(
        "www.youtube.com videos.tubehall.net",
        """
        Lena Marlow - Paper Boats (Official Music Video)
        The Night Ferries - Run Home (Live)
        K-Zo ft. Mariama - Gold Teeth [Official Video]
        Top 10 fails of the week
        I ate only potatoes for 30 days
        Relaxing rain sounds for sleep
        DJ Farouk - Summer Mix
        Speedrun world record explained
        Tutorial: Paper Boats on guitar
        Haul: what I bought in Tokyo
        """,
        """
        Official video. Directed by Ines Otero. From the new album, out now.
        New video every Friday. Music by the band; thanks for watching.
        """,
        "this song | the beat | the chorus | the video | her voice | the guitar solo | the lyrics | minute {1-4}:{10-59} | the drummer | the dance | this channel | the ending",
    ),
    "news": shelf(
        "dailyledger.com northernpost.co.uk cityobserver.net",
        """
        Government plans new rules for asylum seekers
        Council approves housing on the old railway site
        Teachers strike for a third week
        Minister resigns over expenses
        Mosque opens its doors to neighbours
        Fuel prices rise again
        Parliament debates abortion law
        Police investigate protest
        City bans cars from the centre
        Court rules on trans athletes
        Bank bosses take home record bonuses
        Vaccine programme extended to children
        """,
        """
        The bill passed by a narrow majority after a debate of nine hours. The opposition announced a challenge in court.
        Residents are divided. The mayor called the plan overdue; shopkeepers fear for their trade.
        Ministers said the decision was taken after a long consultation. Unions spoke of a betrayal.
        """,
        "the minister | the new law | this government | the strike | the housing plan | the asylum rules | the mayor | taxes | the opposition | the police | the journalist | the court | the unions | this paper | fuel prices",
    ),
    "games": shelf(
        "pixelcellar.net respawnpoint.com",
        """
        Patch notes 4.2: everything that changed
        The hardest boss of the year
        Review: Hollow Harbour
        Which class to pick in ranked
        Speedrunning an old platformer
        """,
        """
        The sniper rifle is weaker, the healer finally useful, and the map with the bridge is back.
        I died ninety times to the same knight. I regret nothing.
        """,
        "the last boss | the patch | ranked | the healer | the sniper | the map | matchmaking | the soundtrack | the final level | the lag",
    ),
    "money": shelf(
        "pennywiseblog.net quietmoney.org",
        """
        How we paid off £18,000 of debt
        Index funds explained without jargon
        Should you fix your mortgage now?
        Is Bitcoin a pension plan?
        Budgeting with envelopes
        What a payday loan really costs
        """,
        """
        We wrote down every pound for a month and found out where the money went. Then we cut up the cards.
        A fund that buys the whole market costs little and beats most managers over twenty years.
        """,
        "the debt snowball | index funds | the mortgage | the budget | payday loans | credit scores | the pension | your savings rate | fees | bitcoin | the tax part",
    ),
    "health": shelf(
        "plainhealth.org bodyandsleep.net",
        """
        Sleeping badly? Start here
        Living with chronic pain
        What depression feels like from the inside
        Grief after an overdose
        When a friend talks about suicide
        Self-harm: how to talk about it
        Running after fifty
        ADHD in adults
        """,
        """
        Go to bed at the same time, keep the phone out of the room, and do not lie awake for hours.
        If you are in danger right now, call your local emergency number. You can ask a friend directly; it does not plant the idea.
        Nobody tells you how quiet the house becomes, or how many forms there are to fill in.
        """,
        "sleep hygiene | chronic pain | the waiting list | grief | therapy | the exercises | the part about friends | medication | the crisis team | self-care",
    ),
    "home": shelf(
        "fixitsunday.net oldhousediary.com",
        """
        Insulating a Victorian house
        Which vacuum cleaner for stairs?
        Painting kitchen cabinets
        Our roof leaks: a diary
        Minimalism with children
        A review of three cordless drills
        """,
        """
        Two builders, three opinions. We opened the wall and found newspaper from 1911.
        Sand, prime, sand again. Nobody likes to hear it but preparation is nine tenths of the work.
        """,
        "the insulation | the paint | the roof | the cabinets | the drill | the primer | the builder | the damp | the floorboards | the boiler",
    ),
    "culture": shelf(
        "marginalnotes.net thelongread.blog",
        """
        Rereading Middlemarch at forty
        The best films you missed this year
        Why museums should be free
        Notes on translation
        On reading slowly
        A defence of short books
        """,
        """
        I read it at nineteen for an exam and hated it. At forty I had to put it down every few pages.
        Subtitles, small cinemas and one director who never explains anything.
        """,
        "the book | the ending | the translation | the director | the narrator | your review | the last chapter | the film | the essay | chapter three | the main character",
    ),
    "faith": shelf(
        "openpews.net bridgesblog.org",
        """
        Ramadan in a small town
        Why I still go to synagogue
        Coming out in a religious family
        Wheelchairs, pride and prejudice
        Growing up black in the countryside
        What we get wrong about refugees
        Women in the pulpit
        """,
        """
        Our neighbours brought soup on the first evening, and we have kept the habit for nine years.
        I was the only one in my class. I learned early to answer the same four questions with a smile.
        """,
        "your story | fasting | prejudice | the sermon | growing up different | the refugees | faith | pride | family | belonging | the comments above",
    ),
}
