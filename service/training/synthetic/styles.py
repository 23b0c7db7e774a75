"""How people type: the same for honest and harmful texts, so that sloppiness itself is no evidence."""

import re
from random import Random

_SENTENCE_START = re.compile(r"(?:^|(?<=[.!?…] )|(?<=\n))([a-zäöüß])(?=[^\s./@]*(?:\s|[,!?;]|:\s|\.(?:\s|$)|$))")
_ARTICLE = re.compile(r"\b([Aa]) (?=(?!uni|use|usu|eu|one\b|once\b|u\b)[aeiou])")
_LOOSE = re.compile(r" +([,.!?;])(?=\s|$)")
_WORD = re.compile(r"(?<![\w@./:#-])[A-Za-z]{4,12}(?![\w@./:])")
_NEIGHBOURS = {
    "a": "s", "b": "v", "c": "x", "d": "f", "e": "r", "f": "g", "g": "h", "h": "j", "i": "o", "j": "k", "k": "l",
    "l": "k", "m": "n", "n": "b", "o": "p", "p": "o", "q": "w", "r": "t", "s": "d", "t": "y", "u": "i", "v": "c",
    "w": "e", "x": "z", "y": "u", "z": "x",
}  # fmt: skip
_SHORTHAND = {
    "you": "u", "your": "ur", "are": "r", "because": "cuz", "though": "tho", "please": "pls", "people": "ppl",
    "going to": "gonna", "want to": "wanna", "to be honest": "tbh", "really": "rly", "with": "w/", "and": "n",
    "what": "wat", "thanks": "thx", "before": "b4", "tonight": "2nite", "probably": "prolly", "something": "smth",
}  # fmt: skip


def tidy(text: str, lang: str) -> str:
    """Sentence case, articles and spacing as a careful writer has them."""
    text = re.sub(r"[ \t]{2,}", " ", text).strip()
    if lang != "fr":
        text = _LOOSE.sub(r"\1", text)
    if lang == "en":
        text = _ARTICLE.sub(r"\1n ", text)
    return _SENTENCE_START.sub(lambda start: start[1].upper(), text)


def roughen(text: str, lang: str, chance: Random) -> str:
    """The text as a hurried person might leave it; more than half of all texts stay as they are."""
    draw = chance.random()
    if draw < 0.58:  # noqa: PLR2004
        return text
    habits = [_lower, _typos, _no_apostrophes, _drop_last_stop, _stretch_marks]
    if lang == "en":
        habits += [_shorthand, _lower]
    for habit in chance.sample(habits, k=chance.choice((1, 1, 2))):
        text = habit(text, chance)
    return text.upper() if chance.random() < 0.06 and "http" not in text.lower() else text  # noqa: PLR2004


def _lower(text: str, chance: Random) -> str:
    keep_links = "http" in text or "@" in text
    return text if keep_links and chance.random() < 0.5 else text.lower()  # noqa: PLR2004


def _typos(text: str, chance: Random) -> str:
    def slip(found: re.Match[str]) -> str:
        word = found[0]
        if chance.random() > 0.08:  # noqa: PLR2004
            return word
        at = chance.randrange(1, len(word) - 1)
        kind = chance.choice(("swap", "drop", "double", "neighbour"))
        if kind == "swap":
            return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        if kind == "drop":
            return word[:at] + word[at + 1 :]
        if kind == "double":
            return word[:at] + word[at] + word[at:]
        return word[:at] + _NEIGHBOURS.get(word[at].lower(), word[at]) + word[at + 1 :]

    return _WORD.sub(slip, text)


def _no_apostrophes(text: str, _chance: Random) -> str:
    return text.replace("'", "")


def _drop_last_stop(text: str, _chance: Random) -> str:
    return text.removesuffix(".")


def _stretch_marks(text: str, chance: Random) -> str:
    if text.endswith(("!", "?")):
        return text + text[-1] * chance.randrange(1, 4)
    return text.replace(". ", chance.choice(("... ", ".. ", " - ", ", ")), 1)


def _shorthand(text: str, chance: Random) -> str:
    for long, short in _SHORTHAND.items():
        if chance.random() < 0.5:  # noqa: PLR2004
            text = re.sub(rf"\b{long}\b", short, text)
    return text
