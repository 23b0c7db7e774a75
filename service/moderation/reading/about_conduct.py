"""Signals about how a text treats people, about danger, about others' data, and about dealing in drugs."""

from collections.abc import Iterator

from service.moderation.reading.lexicon import Group
from service.moderation.reading.material import Hit, Material
from service.moderation.reading.signs import (
    DOSE,
    FUTURE,
    HANDLE,
    IDENTITY_NUMBER,
    ME,
    NEGATED,
    OTHERS,
    PAST,
    QUOTED_WORD,
    REPORTED,
    STREET,
    YOU,
)

Found = Iterator[tuple[str, float]]

MOST_HITS = 60
"""Phrases that are looked at more closely; a text that has more of them says the same again."""

NEAR = 6
"""Words between two that speak of each other."""

CONDUCT_NAMES = (
    "speaks to you", "speaks of oneself", "speaks of others", "tells of the past",
    "an insult to you", "an insult, not to you", "an insult first or alone", "an insult quoted or reported",
    "an insult denied",
    "swearing at you", "swearing about oneself or a thing", "contempt for you",
    "lewd talk to you", "swearing alone",
    "hatred of a group", "an insult to a group", "a group and violence", "only names a group", "swearing and a group",
    "violence to you", "violence announced", "violence wished", "a threat to you", "violence told of the past",
    "violence and a group",
    "death of one's own hand, of oneself", "death of one's own hand, of others",
    "death of one's own hand, in the past",
    "despair of oneself", "despair, several signs", "despair and no help named", "help named",
    "despair and a farewell",
    "someone's address", "a number of an identity or account", "a phone number and a person",
    "an e-mail address and a person",
    "where a person is", "a phone number of one's own",
    "a drug and selling", "a drug and contact", "a drug and looking for a dealer", "a drug and an online shop",
    "a minor and a drug", "a minor looking for drugs", "dealing and contact", "a dose and treatment",
    "a drug in treatment",
    "looking for a dealer, a question",
)  # fmt: skip


def conduct(taken: Material) -> Found:
    """Yield the signals of conduct of one comment."""
    by_group: dict[Group, list[Hit]] = {}
    for hit in taken.hits[:MOST_HITS]:
        for group in hit.groups:
            by_group.setdefault(group, []).append(hit)
    words = frozenset(taken.tokens)
    yield "speaks to you", float(not YOU.isdisjoint(words))
    yield "speaks of oneself", float(not ME.isdisjoint(words))
    yield "speaks of others", float(not OTHERS.isdisjoint(words))
    yield "tells of the past", len(PAST & words) / 3
    if not by_group.keys().isdisjoint(_ABUSE):
        yield from _abuse(taken, by_group)
    if Group.HARM in by_group or Group.THREAT in by_group:
        yield from _violence(taken, by_group)
    if Group.DEATH in by_group or Group.DESPAIR in by_group:
        yield from _crisis(taken, by_group, words)
    if Group.HELP in by_group:
        yield "help named", 1
    yield from _whereabouts(taken, by_group, words)
    if not by_group.keys().isdisjoint(_DEALING):
        yield from _dealing(taken, by_group)


_ABUSE = frozenset({Group.INSULT, Group.VULGAR, Group.SCORN, Group.PEOPLE, Group.HATE, Group.LEWD})
_DEALING = frozenset({Group.DRUG, Group.DEAL, Group.SEEK, Group.YOUTH})


def _abuse(taken: Material, found: dict[Group, list[Hit]]) -> Found:
    insults, swearing, people = found.get(Group.INSULT, []), found.get(Group.VULGAR, []), found.get(Group.PEOPLE, [])
    hatred = found.get(Group.HATE, [])
    to_you = [hit for hit in insults if _near(taken, hit, YOU)]
    yield "an insult to you", len(to_you) / 2 + 0.5 * bool(to_you)
    yield "an insult, not to you", (len(insults) - len(to_you)) / 2
    yield "an insult first or alone", float(any(len(taken.tokens) <= NEAR or hit.start < 2 for hit in insults))  # noqa: PLR2004
    yield "an insult quoted or reported", float(any(_is_reported(taken, hit) for hit in insults))
    yield "an insult denied", float(any(_is_denied(taken, hit) for hit in insults))
    yield "swearing at you", float(any(_near(taken, hit, YOU) for hit in swearing))
    yield "swearing about oneself or a thing", float(any(not _near(taken, hit, YOU) for hit in swearing))
    yield "swearing alone", float(bool(swearing) and not insults and not people and YOU.isdisjoint(taken.tokens))
    yield "lewd talk to you", float(any(_near(taken, hit, YOU | OTHERS) for hit in found.get(Group.LEWD, [])))
    yield "contempt for you", len(found.get(Group.SCORN, [])) / 2
    yield "hatred of a group", float(_are_near(people, hatred) and not any(_is_denied(taken, hit) for hit in hatred))
    yield "an insult to a group", float(_are_near(people, insults))
    yield "a group and violence", float(_are_near(people, found.get(Group.HARM, [])))
    yield "swearing and a group", float(_are_near(people, swearing))
    yield "only names a group", float(bool(people) and not insults and not swearing and not hatred)


def _violence(taken: Material, found: dict[Group, list[Hit]]) -> Found:
    harm, threats = found.get(Group.HARM, []), found.get(Group.THREAT, [])
    announced = FUTURE.search(taken.plain)
    to_you = any(_near(taken, hit, YOU) for hit in harm)
    yield "violence to you", float(to_you)
    yield "violence announced", float(announced is not None and (to_you or bool(threats)))
    yield (
        "violence wished",
        float(announced is not None and announced.group().startswith(("hope", "some")) and bool(harm)),
    )
    yield "a threat to you", len(threats) / 2
    yield "violence told of the past", float(any(_near(taken, hit, PAST) for hit in harm))
    yield "violence and a group", float(_are_near(harm, found.get(Group.PEOPLE, [])))


def _crisis(taken: Material, found: dict[Group, list[Hit]], words: frozenset[str]) -> Found:
    death, despair = found.get(Group.DEATH, []), found.get(Group.DESPAIR, [])
    helps, is_own = Group.HELP in found, not ME.isdisjoint(words)
    yield "death of one's own hand, of oneself", float(any(_near(taken, hit, ME) for hit in death))
    yield "death of one's own hand, of others", float(any(_near(taken, hit, OTHERS) for hit in death))
    yield "death of one's own hand, in the past", float(any(_near(taken, hit, PAST) for hit in death))
    yield "despair of oneself", len(despair) / 2 * is_own
    yield "despair, several signs", (len({hit.phrase for hit in despair + death}) - 1) / 2 * is_own
    yield "despair and no help named", float(bool(despair or death) and is_own and not helps)
    farewell = {
        "goodbye",
        "good bye",
        "goodbye everyone",
        "farewell",
        "this is goodbye",
        "sorry everyone",
        "forgive me",
        "tell my",
    }
    yield "despair and a farewell", float(any(hit.phrase in farewell for hit in despair))


def _whereabouts(taken: Material, found: dict[Group, list[Hit]], words: frozenset[str]) -> Found:
    text = taken.plain
    where = found.get(Group.WHEREABOUTS, [])
    of_others = not OTHERS.isdisjoint(words) or len(where) > 1
    phone = bool(taken.phones)
    yield "where a person is", len(where) / 3 * of_others
    if taken.has_digits:
        yield "someone's address", float(STREET.search(text) is not None)
        yield "a number of an identity or account", float(IDENTITY_NUMBER.search(text) is not None)
        yield "a phone number and a person", float(phone and of_others)
        yield "a phone number of one's own", float(phone and OTHERS.isdisjoint(words) and "my" in words)
    yield "an e-mail address and a person", float(bool(taken.emails) and of_others)


def _dealing(taken: Material, found: dict[Group, list[Hit]]) -> Found:
    drugs = any(hit for hit in found.get(Group.DRUG, [])) or any(
        Group.DRUG in hit.groups for hit in found.get(Group.PHARMACY, [])
    )
    drugs = drugs or not _DRUG_NAMES.isdisjoint(taken.tokens)
    deal, seek = found.get(Group.DEAL, []), found.get(Group.SEEK, [])
    contact = Group.MESSENGER in found or HANDLE.search(taken.plain) is not None or bool(taken.phones)
    care = Group.CARE in found
    yield "a drug and selling", drugs * len(deal) / 2
    yield "a drug and contact", float(drugs and contact and not care)
    yield "a drug and looking for a dealer", drugs * len(seek) / 2
    yield "a drug and an online shop", float(drugs and Group.TRADE in found and bool(taken.links))
    yield "a minor and a drug", float(drugs and Group.YOUTH in found)
    yield "a minor looking for drugs", float(Group.YOUTH in found and bool(seek))
    yield "dealing and contact", float(bool(deal) and contact)
    yield (
        "a dose and treatment",
        float(care and taken.has_digits and DOSE.search(taken.plain) is not None),
    )
    yield "a drug in treatment", float(drugs and care and not deal and not seek)
    yield "looking for a dealer, a question", float(bool(seek) and "?" in taken.plain)


_DRUG_NAMES = frozenset(
    [
        "ketamine",
        "ket",
        "esketamine",
        "spravato",
        "mdma",
        "molly",
        "lsd",
        "mushrooms",
        "psilocybin",
        "cocaine",
        "heroin",
        "weed",
        "xanax",
    ]
)


def _near(taken: Material, hit: Hit, words: frozenset[str]) -> bool:
    around = taken.tokens[max(0, hit.start - NEAR) : hit.end + NEAR]
    return not words.isdisjoint(around)


def _are_near(first: list[Hit], second: list[Hit]) -> bool:
    return any(abs(a.start - b.start) <= NEAR + 2 and a is not b for a in first[:20] for b in second[:20])


def _is_reported(taken: Material, hit: Hit) -> bool:
    before = " ".join(taken.tokens[max(0, hit.start - NEAR) : hit.start])
    if REPORTED.search(before):
        return True
    place = taken.token_spans[hit.start].start
    return any(found.start() <= place < found.end() for found in QUOTED_WORD.finditer(taken.plain))


def _is_denied(taken: Material, hit: Hit) -> bool:
    before = " ".join(taken.tokens[max(0, hit.start - NEAR) : hit.start])
    return NEGATED.search(f"{before} ") is not None
