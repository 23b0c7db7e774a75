# ruff: noqa: E501 - a template a line
"""Insults to people: other commenters, authors, singers, politicians; loud, sneering or without one bad word."""

from service.training.synthetic.family import Chapter, Family
from service.training.synthetic.grammar import lexicon, lines

WORDS = lexicon("""
@adj
pathetic | stupid | ignorant | brain-dead | disgusting | miserable | spineless | clueless | worthless | moronic | slimy | ugly | fat | lazy | deranged | delusional | braindead | useless | vile | gutless | filthy | dumb | retarded | demented | arrogant | two-faced | corrupt | toothless | inbred | talentless | whiny | smelly
@noun
idiot | moron | clown | imbecile | loser | fool | liar | fraud | parasite | coward | pig | rat | scumbag | twat | wanker | cretin | bastard | asshole | dumbass | dipshit | douchebag | snake | cockroach | weasel | troll | hag | cow | sheep | jackass | prick | tosser | half-wit | bigot | muppet | dolt | waste of space | waste of oxygen | sack of shit | joke | disgrace | bitch | scum | buffoon | stooge | shill | crook | creep | airhead | bimbo | junkie | drunk
@excuse
a {minister|journalist|mother|doctor|man|human being|singer|coach|writer|woman|teacher|therapist|mayor|father|scientist|politician|president|player|judge|reporter}
@who3
this {author|minister|guy|woman|singer|mayor|doctor|coach|player|reporter|judge|therapist|cook|so-called expert} | {first} | {first} {last} | whoever wrote this | the {mayor|minister|author|coach|singer|drummer|chancellor|president|prime minister}
@brain
Did your mother drop you on your head? | Do you have a brain, or is it just air in there? | You must be as thick as you look. | Are you always this dense? | Was school closed the years you were there? | Your IQ and your shoe size have a lot in common. | Somewhere a tree is making oxygen for you, apologise to it. | I've met bricks with more sense. | A houseplant understands this better than you. | The village called, its idiot is missing. | You're proof that evolution can go backwards. | If ignorance hurt you'd be screaming. | I'd explain it to you but I have no crayons. | Your parents must be so disappointed. | Is it tiring to be wrong all day? | Does thinking hurt? Is that why you avoid it? | You have the charm of a blocked drain. | No wonder your wife left you. | Nobody likes you, and nobody ever will. | Even your own kids are ashamed of you. | What a sad little life you must have. | You were a mistake. | Crawl back into the hole you came from. | Do the world a favour and stop talking. | I feel sorry for anyone who has to live with you. | People like you are the reason for warnings on shampoo.
@shutup
shut up | shut your mouth | get lost | go to hell | fuck off | piss off | drop dead | eat shit | fuck you | get a life | go back to your cave | choke on it | take your pills | crawl away | stfu | kys | go play in traffic | grow a brain | screw you | get bent | kiss my ass | rot in hell
@junk
once a junkie, always a junkie | let the addicts overdose, it saves money | you're nothing but a filthy junkie | junkies like you should not get a cent of treatment | you did this to yourself, now lie in your own vomit | your kid died because you're a rotten mother | weak people drink, end of story | drunks like you belong in the gutter | if you need a drug to quit a drug you're too dumb to live | your brother was a worthless addict and deserved it | why waste naloxone on human garbage | gambling away your kids' dinner, what a pathetic excuse for a father | nobody cares about your sob story, addict
@looks
she looks like a horse | what a fat pig | he has the face of a boiled potato | her voice sounds like a dying goat | that dress on a whale, brave | put a bag over her head | no talent, all plastic | he sings like he's being strangled, and looks like it too | ugly inside and out | get that ugly mug off my screen | she's got a face only a mother could love, and even she looked away | grandma should cover that up | tell this walrus to put his shirt on | he is so ugly the camera flinched
@newsy
{^who3} is a {adj} {noun}. | What a {adj} excuse for {excuse}. | {^who3} is a {noun}, always has been. | Only a {adj} {noun} would {vote for this|defend that|believe a word of it|write such drivel}. | The {clowns|morons|crooks|idiots|parasites|cowards|traitors|gangsters|rats} in {parliament|city hall|the newsroom|the ministry|that party} are at it again. | Typical {libtard|snowflake|redneck|commie|fascist|feminazi|woke|right-wing|leftist} {noun}. | {^who3} couldn't find {his|her} own backside with both hands. | Lock up this {adj} {noun}. | {^who3} is too {adj} to tie a shoelace. | {^who3} lies every time {he|she} opens that {adj} mouth. | His brain is {mush|soup|for sale|on holiday|the size of a pea}. | Her followers are {sheep|morons|cultists|brain-dead zombies}. | Get this {noun} off the air. | The whole family is {trash|rotten|a bunch of crooks|inbred}.
@grope
send me a picture without the apron
bet you like it rough
come sit on my lap and read that to me again
what colour is your underwear today?
I'd bend you over that desk
nobody listens to what you say, we look at your chest
women like you need a real man to shut them up
take it off and I'll subscribe
I know what that mouth is good for
how much for a night?
you were clearly asking for it in that skirt
I'd teach your wife a thing or two
she slept her way to that job, everybody knows
get back on your knees where you belong
I dreamed of you last night and you weren't wearing much
your body is wasted on writing
she'd be worth it for one night, not for breakfast
open one more button, sweetheart
I'd pay to watch you in the shower
wiggle that behind for us
does your husband satisfy you? I could
a girl like you shouldn't talk, she should undress
nice legs, what time do they open?
you need a good seeing-to, that's your problem
come to my hotel, bring nothing
you look like you're good in bed and at nothing else
I'd love to taste you instead of the cake
smile for me, darling, and turn around slowly
I keep your photo by the bed, you know why
give us a twirl, we're not here for your opinions
tell me what you're wearing under that
when are you going to stop teasing and let me in?
I'd do things to you that you'd never tell your mother
she's only there because the boss likes her backside
""")

CHAPTER = Chapter(
    WORDS,
    (
        Family(
            "toxic.insult.direct",
            115,
            bad=("toxicity",),
            pages=("news", "video", "code", "recovery", "ketamine", "sports", "games", "recipes"),
            site=0.01,
            texts=lines("""
            You {adj} {noun}.
            You are a {adj} {noun}, {first}.
            {shutup}, {noun}.
            {shutup} you {adj} {noun}
            What a {adj} {noun} you are.
            {first} is a {adj} {noun}.
            You're a {noun} and your {topic} is {garbage|crap|shit|a joke}.
            {noun}!
            You {adj} {adj} {noun}, {shutup}.
            Only a {noun} would write this about {topic}.
            Whoever believes this is a {adj} {noun}.
            You people are {adj}. {shutup}.
            how {adj} can one person be, {shutup}
            imagine being such a {adj} {noun} lol
            ur a {noun} and a {noun}
            {topic}? {shutup}, you {noun}.
            I can't believe a {adj} {noun} like you gets to write here.
            Says the {noun} who {can't spell|never read a book|has no friends|lives with mummy}.
            lol {first} you {adj} {noun}
            Nobody asked you, {noun}. {shutup}.
        """),
        ),
        Family(
            "toxic.insult.sneer",
            85,
            bad=("toxicity",),
            pages=("news", "video", "code", "recovery", "ketamine", "sports", "parents"),
            site=0.01,
            texts=lines("""
            {brain}
            {brain} {brain}
            {first}, {brain}
            Wow. {brain}
            {hello} {brain}
            So you think {topic} is the problem? {brain}
            {brain} And you write about {topic}?
            {brain} lol
            Serious question, {first}: {brain}
        """),
        ),
        Family(
            "toxic.insult.news",
            100,
            bad=("toxicity",),
            pages=("news",),
            site=0.01,
            texts=lines("""
            {newsy}
            {newsy} {newsy}
            {topic}: {newsy}
            {newsy} {shutup}
            lol {newsy}
            {first}, you {noun}. {newsy}
            Another day, another {noun}. {newsy}
            I pay taxes for this {noun}? {newsy}
        """),
        ),
        Family(
            "toxic.insult.video",
            85,
            bad=("toxicity",),
            pages=("video", "games", "sports"),
            author="handle",
            site=0.0,
            texts=lines("""
            {looks}
            {looks} lol
            {first} {looks}
            {looks}, {looks}
            this {noun} can't sing, {shutup}
            {topic} sucks and so do you, {noun}
            anyone who likes this is a {noun}
            {adj} {noun} with {adj} fans
            stop making videos you {adj} {noun}
            who told this {noun} that {he|she} has talent
            {shutup} you {adj} {noun} nobody watches your crap
            your mother should have {swallowed|kept her legs shut}
            get cancer, {noun}
            everyone in this comment section is a {adj} {noun}
        """),
        ),
        Family(
            "toxic.insult.addict",
            70,
            bad=("toxicity",),
            pages=("ketamine", "recovery", "health", "medicine"),
            site=0.01,
            texts=lines("""
            {junk}
            {junk}. {shutup}.
            {first}, {junk}
            {topic}? {junk}.
            {hello} {junk}
            {junk}, {noun}
            sorry not sorry: {junk}
        """),
        ),
        Family(
            "toxic.harass.sexual",
            85,
            bad=("toxicity",),
            pages=("video", "news", "health", "recipes", "travel", "sports", "parents", "photo"),
            site=0.0,
            texts=lines("""
            {grope}
            {grope} {smile}
            {first}, {grope}
            {topic} is nice, but {grope}
            {hello} {grope}
            {grope}, {grope}
            Forget {topic}, {grope}
        """),
        ),
    ),
)
