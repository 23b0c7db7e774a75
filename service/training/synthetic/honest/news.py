# ruff: noqa: E501 - a template a line
"""Debate under the news: heat, sarcasm and criticism of the powerful, without insult to a person or a group."""

from service.training.synthetic.family import Chapter, Family
from service.training.synthetic.grammar import lexicon, lines

WORDS = lexicon("""
@target
the minister | this government | the opposition | the council | the mayor | the bank | the police chief | the union | the party | the editor of this paper | the water company | the landlords' lobby | the bishop | the EU | the school board | the insurers | the railways
@act
has learned nothing | promised this in {2010-2023} already | can't count | has no plan | hides behind committees | is asleep at the wheel | wastes {2-90} million a year | should resign | owes us an answer | protects its friends | changes its mind every week | will pay for this at the ballot box | got this one right, for once | is doing what voters asked for
@policy
rent control | a wealth tax | nuclear power | the speed limit | the asylum deal | school uniforms | the abortion law | free buses | the smoking ban | arms exports | the death penalty | gun control | compulsory vaccination | the pension age | the headscarf ruling | gender quotas | the ban on puberty blockers | legal cannabis | border checks | bike lanes
@stance
I'm for | I'm against | nobody asked us about | we should vote on | I used to oppose | I can't see the point of | I changed my mind on | there is no evidence for | my whole village is split over | we need to talk calmly about
@reason
it hits the poor first | it worked in Denmark | the figures say otherwise | it costs {2-90} million | someone has to pay for it | my grandchildren will ask me | freedom means freedom for people I dislike too | the courts will stop it anyway | it's a distraction from the real problem | I have seen both sides as a {job} | both parties did the same | the law already says so, section {2-40} | it will be repealed in two years
@retort
With respect, that's nonsense. | No. | You keep repeating that, and it's still wrong. | Source, please? | Read the bill before you comment on it. | That's whataboutery. | I couldn't disagree more. | Rubbish argument. | Come on, {first}. | Oh please. | Try living on that wage. | Nice theory. | Spare me the lecture. | You're mixing up two things. | That is simply not what happened. | Fair point, though I'd add something. | I hope you're right.
@sarcasm
Well that will end well. | Bravo. | What a surprise. | I'm sure the yachts will trickle down to us. | Thoughts and prayers. | Another committee, problem solved. | Shocking, said nobody. | Let's give them a bonus. | And pigs might fly. | Democracy at its finest. | Slow clap.
@heat
This makes me so angry. | I'm furious about {topic}. | An absolute disgrace. | Shame on {target}. | What a bloody mess. | I hate what {topic} has become. | {^topic} is a disaster and everyone knows it. | I'm sick to death of {topic}. | They are killing our town with {topic}. | A crime against common sense.
@quote_hate
"{identity} are all criminals" | "they should be deported" | "women belong in the kitchen" | "gays are sick" | "send them back" | "{identity} are vermin" | "those people are animals" | "Hitler was right" | "they breed like rats" | "kill them all"
@counter
Saying {quote_hate} is hate, not opinion. | Whoever writes {quote_hate} should be ashamed. | The man who shouted {quote_hate} got {2-18} months, rightly. | My neighbour told my children {quote_hate}. We moved. | No, {first}, {quote_hate} is not a joke. | I reported the comment that said {quote_hate}. | Moderators, please remove the line {quote_hate} further up. | I grew up hearing {quote_hate}. Don't you dare bring that here. | {quote_hate}, he wrote. To a fourteen-year-old. | How can {quote_hate} stand on this page for six hours?
""")

CHAPTER = Chapter(
    WORDS,
    (
        Family(
            "honest.news.debate",
            165,
            pages=("news",),
            site=0.08,
            texts=lines("""
            {retort} {stance} {policy} because {reason}.
            {stance} {policy}: {reason}. {bye}
            {target} {act}. {^reason}.
            {^target} {act}. {sarcasm}
            @{first} {retort} {^reason}.
            {heat} {^target} {act}.
            {sarcasm} {^target} {act}.
            {^target} {act}, and {reason}. {stance} {policy}.
            {retort} {retort} {^reason}.
            {stance} {policy}. {^reason}. {^reason}.
            Where was {target} when {reason}? {sarcasm}
            As a {job} in {town} I can tell you: {target} {act}.
            {heat} {stance} {policy}.
            If {target} {act}, then why is {topic} not in the article?
            Headline says one thing, paragraph {3-9} another. {retort}
            {sarcasm}
            Good reporting on {topic}, thank you. {^reason}.
            {^policy}? {^reason}. {sarcasm}
        """),
        ),
        Family(
            "honest.news.counterspeech",
            120,
            pages=("news", "faith", "video", "sports"),
            site=0.08,
            texts=lines("""
            {counter}
            {counter} {retort}
            {heat} {counter}
            {hello} {counter} {bye}
            @{first} {counter}
            {counter} {^identity} live here, work here and pay taxes like you.
            "{identity_one} can't be trusted" - my teacher, {1970-2012}. I've never forgotten it.
            Calling people {trash|vermin|retards|idiots|animals|sluts} is not an argument. {retort}
            He called me {a fat cow|an idiot|a whore|retarded|a dirty immigrant|scum} in front of everyone, and nobody said a word.
            They yelled {"faggot"|"go home"|"terrorist"|"slut"|"cripple"} at {relative} on the bus. {heat}
            It is not okay to call someone {stupid|a bitch|a freak|a parasite|subhuman}. Delete that.
            I don't think {identity} should be treated worse than anyone else. {counter}
            The word "{retard|tranny|cripple|slut|gypsy}" hurts people. Please use another.
        """),
        ),
    ),
)
