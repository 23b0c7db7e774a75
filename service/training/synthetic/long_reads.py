# ruff: noqa: E501 - a template a line
"""Comments of a hundred words and more: honest ones, and the same with a sales pitch, a threat or despair at the end."""

from service.training.synthetic.family import Chapter, Family
from service.training.synthetic.grammar import lexicon, lines
from service.training.synthetic.harmful import crisis, insults, oblique, personal, quarrels, scorn
from service.training.synthetic.honest import blogs, ketamine, news, patients, readers, recovery, reviews
from service.training.synthetic.pages import EVERYDAY
from service.training.synthetic.spam import letters, praise

CARE = ("ketamine", "recovery", "health")
WORDS = {
    **readers.WORDS,
    **blogs.WORDS,
    **{
        name: ketamine.WORDS[name]
        for name in ("problem", "treatment", "outcome", "effect", "claim", "price_talk", "lit", "lit_plain")
    },
    **{
        name: recovery.WORDS[name]
        for name in ("feel", "loss", "game", "trigger", "tool", "streak", "grief", "grief_end", "abuse")
    },
    **{name: news.WORDS[name] for name in ("target", "act", "policy", "stance", "reason", "sarcasm")},
    **{name: reviews.WORDS[name] for name in ("start", "cond", "good", "bad", "neutral", "verdict")},
    **{name: patients.WORDS[name] for name in ("mood", "pain", "quit", "sum", "days")},
    **{name: oblique.WORDS[name] for name in ("loom", "fade")},
    **{name: crisis.WORDS[name] for name in ("indirect", "plea", "cause")},
    **{name: scorn.WORDS[name] for name in ("you_long", "jab", "figure2")},
    **{name: insults.WORDS[name] for name in ("adj", "noun", "brain")},
    **{name: quarrels.WORDS[name] for name in ("slap", "calm2")},
    **{name: personal.WORDS[name] for name in ("intro", "workplace")},
    **{
        name: letters.WORDS[name]
        for name in ("service", "perk", "where", "action", "city", "coin", "bet", "trade", "plug")
    },
    **{name: praise.WORDS[name] for name in ("pivot", "tail", "pill", "ware")},
    **lexicon("""
@turn
It started {ago}. | I should go back a little. | Let me explain. | That was the easy part. | Then came the winter. | What nobody tells you comes next. | So there I was. | A friend drove me. | My wife read it first and handed me the phone. | I wrote most of this on the train. | To cut it short: | And then, nothing. | You learn to live with it.
@story
I {problem}. | {^relative} {problem}. | I had {treatment} and {outcome}. | {^loss}. | It was {game}. | I {tool}. | {^trigger}, that was all. | {feel} | {claim} | {price_talk} | {mood} | {quit} | {turn} | {turn} | {aside}
@essay
{^target} {act}. | {^stance} {policy} because {reason}. | {sarcasm} | {talk} | {local} | {labour} | {school} | {past} | {aside} | {quarrel} | {calm2}
@day
{aside} | {curious} | {talk} | {pets} | {books} | {wheels} | {body} | {local} | {food} | {plant} | {trip} | {school}
@review2
{start}. | {^good}. | {^bad}. | {^neutral}. | {mood} | {pain} | {verdict} | {sum}
@four_story
{story} {story} {story} {story} | {story} {story} {turn} {story}
@four_essay
{essay} {essay} {essay} {essay}
@four_day
{day} {day} {day} {day}
@four_review
{review2} {review2} {review2} {review2}
"""),
}

CHAPTER = Chapter(
    WORDS,
    (
        Family("honest.long.story", 110, pages=CARE, site=0.08, texts=lines("""
            {hello} {four_story} {four_story} {bye}
            {four_story}¶¶{four_story} {feel}
            {four_story} {four_story}¶¶{four_story} {bye}
            {hello} {four_story} {grief} {grief_end}
            {four_story} {lit} {four_story}
            {turn} {four_story} {four_story} {four_story} {four_story}
        """)),
        Family("honest.long.essay", 100, pages=("news", "culture", "money"), site=0.1, texts=lines("""
            {four_essay} {four_essay}
            {hello} {four_essay}¶¶{four_essay} {bye}
            @{first} {four_essay} {knownurl} {four_essay}
            {four_essay} {four_essay} {four_essay} {bye}
            {four_essay}¶{four_essay}¶See {knownurl} and {paper}.
        """)),
        Family("honest.long.day", 110, pages=EVERYDAY, site=0.3, texts=lines("""
            {hello} {four_day} {four_day} {bye}
            {praise} {four_day}¶¶{four_day} {smile}
            {four_day} {own} {four_day}
            {four_day} {four_day} {four_day} {bye}
            {four_day} I put the pictures here: {url} {four_day}
        """)),
        Family("honest.long.review", 110, pages=("medicine",), author="handle", site=0.0, texts=lines("""
            {start}. {four_review} {four_review} {verdict}
            {four_review}¶¶{four_review} {sum}
            {start}. {four_review} {four_review} {four_review} {sum}
            Update: {four_review} {four_review}
        """)),
        Family("spam.long.story", 80, bad=("spam",), pages=CARE, author="full", site=0.3, texts=lines("""
            {four_story} {four_story} {pivot} {tail}
            {hello} {four_story}¶¶{four_story}¶¶{plug}
            {four_story} {story} {plug} {action} {where}
            {four_review} {four_story} {where}
        """)),
        Family("spam.long.day", 80, bad=("spam",), pages=EVERYDAY, author="full", site=0.3, texts=lines("""
            {praise} {four_day} {four_day} {pivot} {tail}
            {four_day}¶¶{plug} {action} {where}
            {four_essay} {four_day} {tail}
            {hello} {four_day} <a href="{spamurl}">{trade}</a> {day} {day}
        """)),
        Family("threat.long", 60, bad=("threat", "toxicity"), pages=(*CARE, "news"), site=0.0, texts=lines("""
            {four_essay} {loom}
            {four_essay} {four_essay}¶¶{loom} {loom}
            {hello} {four_story} {loom}
            {four_day} {loom} {day}
        """)),
        Family("toxic.long", 90, bad=("toxicity",), pages=("news", "culture", "ketamine"), site=0.01, texts=lines("""
            {four_essay} {you_long} {brain}
            {you_long} {four_essay} {jab}.
            {four_essay} {four_essay} {slap}.
            {hello} {four_day} {jab}. {you_long}
            {four_story} {brain} You {adj} {noun}.
        """)),
        Family("crisis.long", 90, bad=("crisis",), pages=CARE, site=0.0, texts=lines("""
            {hello} {four_story} {four_story} {fade}
            {four_story} {cause}. {indirect}. {plea}
            {four_review} {fade} {indirect}.
            {four_story}¶¶{story} {fade} {fade}
            {fade} {four_story} {turn} {indirect}.
        """)),
        Family("personal.long", 70, bad=("personal_data",), pages=(*CARE, "news"), site=0.0, texts=lines("""
            {four_essay} {intro} {name}, {address}.
            {four_story} {intro} {name}, {phone}. {story}
            {hello} {four_story} You can reach me on {phone} or {email}.
            {four_day} {name} from {workplace}, {phone}, told me so. {day}
        """)),
    ),
)  # fmt: skip
