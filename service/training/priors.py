"""Priors: what the structural signals mean before any row is read, so that what no source shows still counts.

Open data knows no helplines, no dealers and no websites beside honest comments. A prior is where the penalty pulls a
weight to; rows that say otherwise move it.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from service.moderation.reading.about_conduct import CONDUCT_NAMES
from service.moderation.reading.features import BUCKETS
from service.moderation.reading.heads import Head
from service.moderation.reading.lexicon import Group
from service.moderation.reading.linear import Floats
from service.moderation.reading.structure import NAMES, PLACE

PRIORS: Mapping[Head, Mapping[str, float]] = {
    Head.SPAM: {
        "a call to act": 0.4,
        "pointing at a page of one's own": 0.6,
        "gambling": 0.5,
        "selling medicines": 0.5,
        "easy money": 0.5,
        "adult services": 0.6,
        "web marketing": 0.5,
        "a miracle testimonial": 0.1,
        "a prize or a paid message": 0.2,
        "praise that fits any page": 0.2,
        "a messenger": 0.7,
        "dealing in drugs": 0.5,
        "words of an advertisement in another language": 0.6,
        "words of trade": 0.3,
        "words of an advertisement in another language, several": 0.8,
        "words of trade, several": 0.5,
        "words of trade, dense": 0.5,
        "easy money, several": 0.6,
        "gambling, several": 0.6,
        "web marketing, several": 0.6,
        "a miracle testimonial, several": 0.8,
        "adult services, several": 0.6,
        "praise that fits any page, several": 0.5,
        "praise that fits any page, dense": 0.5,
        "selling medicines, several": 0.4,
        "a prize or a paid message, several": 0.5,
        "treatment and experience": -0.5,
        "treatment and experience, several": -0.6,
        "where to find help": -1.0,
        "despair": -0.3,
        "dying by one's own hand": -0.3,
        "several kinds of advertising": 0.8,
        "an advertising last sentence": 0.5,
        "a last sentence that turns to selling": 0.6,
        "about the page's topic": -0.4,
        "words of the page, dense": -0.4,
        "nothing about the page's topic": 0.3,
        "a link to an unknown host": 0.8,
        "several links": 0.6,
        "many links": 1.0,
        "hardly anything but links": 0.8,
        "a link among few words": 0.4,
        "only links to literature or help": -1.2,
        "a link to literature or help": -0.4,
        "a shortened link": 0.7,
        "a link to a messenger": 1.0,
        "a link to a video or social page": 0.3,
        "a link to a cheap domain": 0.7,
        "a link to a host named like an offer": 0.9,
        "a link to a host with hyphens or digits": 0.5,
        "a link to the front page of a host": 0.2,
        "a link in the code of forums or HTML": 1.2,
        "a domain without a link": 0.6,
        "a domain spelled out": 1.0,
        "a template left unfilled": 1.0,
        "a handle or address to write to": 0.4,
        "contact and advertising": 1.0,
        "a handle and advertising": 0.8,
        "a phone number and advertising": 0.8,
        "a phone number": 0.3,
        "a helpline number": -0.8,
        "a website": 0.3,
        "a website at a cheap domain": 0.9,
        "a website named like an offer": 1.2,
        "a website with hyphens or digits": 0.7,
        "a website with a long path": 0.7,
        "a website where people keep pages": -0.5,
        "a website of a shop or service": 0.8,
        "a website named like the author": -0.6,
        "the site's own website": -1.0,
        "a name like an offer": 1.2,
        "a name of keywords": 1.2,
        "a name that is the website's keywords": 1.0,
        "a name with a domain": 1.2,
        "a name in small letters": 0.4,
        "a name of many words": 0.6,
        "a name of a person": -0.2,
        "praise and a website": 0.7,
        "only praise and a website": 0.6,
        "short, with a website": 0.4,
        "praise and a link": 0.6,
        "praise and a name like an offer": 0.8,
        "advertising and a website": 0.5,
        "a link after praise": 0.4,
        "no link and no website": -0.4,
        "a question, without links": -0.3,
        "hidden characters": 0.8,
        "fancy letters": 1.0,
        "letters of two alphabets": 1.2,
        "stacked marks": 0.5,
        "spaced letters": 0.6,
        "leet": 0.4,
        "disguised letters": 0.8,
        "sums to be earned": 0.8,
        "a name with a lucky number": 0.8,
        "experience told": -0.6,
        "thanks only": -0.5,
        "a reply to somebody": -0.4,
        "a dose and treatment": -0.6,
        "a drug in treatment": -0.5,
        "one line of name and link": 0.5,
        "gibberish": 0.5,
        "words repeated": 0.3,
        "lines repeated": 0.4,
        "a list of keywords": 0.6,
        "a drug and contact": 0.8,
        "dealing and contact": 0.8,
        "the author: judged bad here before": 5.0,
        "the author: published here before": -3.0,
        "a linked host: judged bad here before": 4.0,
        "a linked host: published here before": -1.5,
        "the network: judged bad here before": 1.5,
        "the network: published here before": -0.7,
    },
    Head.TOXICITY: {
        "an insult": 0.6,
        "an insult, several": 0.5,
        "an insult, dense": 1.0,
        "swearing": 0.4,
        "swearing, dense": 0.6,
        "contempt": 0.8,
        "contempt, several": 0.5,
        "hatred": 0.2,
        "an insult to you": 1.0,
        "contempt for you": 0.6,
        "an insult first or alone": 0.5,
        "swearing at you": 0.4,
        "swearing about oneself or a thing": -0.2,
        "an insult quoted or reported": -0.7,
        "an insult denied": -0.6,
        "hatred of a group": 1.4,
        "an insult to a group": 1.0,
        "a group and violence": 0.7,
        "swearing and a group": 0.4,
        "only names a group": -0.2,
        "violence to you": 0.6,
        "violence wished": 0.8,
        "a threat to you": 0.8,
        "violence and a group": 0.6,
        "where to find help": -0.5,
        "treatment and experience": -0.2,
        "thanks": -0.4,
        "praise that fits any page": -0.4,
        "lewd talk": 0.3,
        "lewd talk to you": 1.2,
        "lewd talk, several": 0.6,
        "swearing alone": -0.8,
        "the author: judged bad here before": 1.5,
        "the author: published here before": -1.0,
    },
    Head.THREAT: {
        "a threat": 1.0,
        "a threat, several": 1.0,
        "a group and violence": 0.5,
        "violence to you": 1.0,
        "violence announced": 1.5,
        "a threat to you": 1.0,
        "violence wished": 0.6,
        "violence told of the past": -0.6,
    },
    Head.CRISIS: {
        "despair": 0.5,
        "despair, several": 0.8,
        "dying by one's own hand": 0.5,
        "death of one's own hand, of oneself": 1.2,
        "death of one's own hand, of others": -0.6,
        "death of one's own hand, in the past": -0.5,
        "despair of oneself": 0.8,
        "despair, several signs": 1.0,
        "despair and no help named": 0.6,
        "despair and a farewell": 0.8,
        "where to find help": -0.8,
        "help named": -0.8,
    },
    Head.PERSONAL_DATA: {
        "where somebody lives or works": 0.4,
        "where somebody lives or works, several": 0.8,
        "someone's address": 1.5,
        "a number of an identity or account": 1.5,
        "a phone number and a person": 1.2,
        "an e-mail address and a person": 1.0,
        "a phone number": 0.8,
        "an e-mail address": 0.8,
        "a helpline number": -1.0,
        "help named": -0.8,
    },
    Head.ILLEGAL_SALE: {
        "dealing in drugs": 0.6,
        "dealing in drugs, several": 0.8,
        "looking for a dealer": 0.6,
        "a drug and selling": 1.0,
        "a drug and contact": 1.2,
        "a drug and looking for a dealer": 1.2,
        "a drug and an online shop": 0.8,
        "a minor looking for drugs": 1.0,
        "a minor and a drug": 0.4,
        "dealing and contact": 0.8,
        "a dose and treatment": -0.6,
        "a drug in treatment": -0.6,
    },
}


_OF_GROUPS: Mapping[Head, tuple[Group, ...]] = {
    Head.TOXICITY: (
        Group.INSULT, Group.VULGAR, Group.SCORN, Group.PEOPLE, Group.HATE, Group.THREAT, Group.HARM, Group.LEWD,
        Group.CARE, Group.HELP, Group.THANKS, Group.PRAISE, Group.DESPAIR,
    ),
    Head.THREAT: (Group.THREAT, Group.HARM, Group.PEOPLE, Group.SCORN, Group.INSULT, Group.HELP, Group.CARE),
    Head.CRISIS: (Group.DESPAIR, Group.DEATH, Group.HARM, Group.HELP, Group.CARE, Group.THANKS),
    Head.PERSONAL_DATA: (Group.WHEREABOUTS, Group.HELP, Group.CARE),
    Head.ILLEGAL_SALE: (
        Group.DRUG, Group.DEAL, Group.SEEK, Group.MESSENGER, Group.PHARMACY, Group.TRADE, Group.CARE, Group.HELP,
        Group.ORDER,
    ),
}  # fmt: skip
_OF_NAMES: Mapping[Head, tuple[str, ...]] = {
    Head.TOXICITY: ("words in capitals", "a question", "leet", "stretched words", "spaced letters"),
    Head.THREAT: (),
    Head.CRISIS: ("says I often",),
    Head.PERSONAL_DATA: ("a phone number", "an e-mail address", "a helpline number"),
    Head.ILLEGAL_SALE: (
        "a phone number", "a handle or address to write to", "contact and advertising", "a handle and advertising",
        "money",
    ),
}  # fmt: skip
_ACCIDENTAL = frozenset({
    "ends without a stop", "starts small", "no name", "a name of one word", "a name of a person", "very short", "short",
    "many digits", "a short code",  # text messages
    "a link to an unknown host", "a helpline number",  # hardly any honest comment of the open sources has one
    "a drug by name, several", "a drug by name, dense",  # who came off three drugs names three
})  # fmt: skip
"""Signals that tell the sources apart and not the comments: their weight stays at the prior."""


def counts_for(head: Head) -> NDArray[np.bool_]:
    """Return for every signal whether the head may learn from it.

    What is spam shows in everything beside the text; what hurts people shows in the words and whom they speak to, and
    anything else that a head learnt would be an accident of its sources.
    """
    if head is Head.SPAM:
        return np.array([name not in _ACCIDENTAL for name in NAMES])
    words = {f"{group.value}{ending}" for group in _OF_GROUPS[head] for ending in ("", ", several", ", dense")}
    counted = (words - _ACCIDENTAL) | set(CONDUCT_NAMES) | set(_OF_NAMES[head]) | set(PRIORS[head])
    return np.array([name in counted for name in NAMES])


def highest_of(head: Head) -> Floats:
    """Return the most that each column may weigh: what speaks for honesty is never turned against anybody."""
    highest = np.full(BUCKETS + len(NAMES), np.inf)
    for name, value in PRIORS[head].items():
        if value < 0:
            highest[BUCKETS + PLACE[name]] = 0.0
    return highest


def prior_of(head: Head) -> Floats:
    """Return the prior of every column; hashed features have none. Raises KeyError for a signal that is not counted."""
    prior = np.zeros(BUCKETS + len(NAMES))
    for name, value in PRIORS[head].items():
        prior[BUCKETS + PLACE[name]] = value
    return prior
