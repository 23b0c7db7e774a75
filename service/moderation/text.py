"""What a person typed, made fit to store: normalised, bounded, and refused in words when it is not text.

Bodies keep their direction marks and zero-width characters: the page contains them by isolating the comment
(stripping them would damage Hebrew and Arabic). Names are shown beside other people's words, so they lose them.
"""

import re
import unicodedata
from collections.abc import Callable

MAX_MARKS_PER_BASE = 4
"""Pointed Hebrew and Vietnamese need at most four combining marks on a letter; `zalgo` text has dozens."""

RAW_LENGTH_FACTOR = 4
"""NFC never makes a text shorter than a third; what is longer than this many times the limit is not read at all."""

UNSPACED_LETTER = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]",
)
"""A letter of Thai, Lao, Myanmar, Khmer, Japanese or Chinese, which put no spaces between words."""

_CONTROL_IN_BODY = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_CONTROL_IN_NAME = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")

_DIRECTION = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_ZERO_WIDTH = "\u00ad\u200b\u2060\ufeff"
_JOINERS = "\u200c\u200d"
# White space, format characters, and the letters and marks that Unicode calls "default ignorable" or blank.
_VISIBLE = re.compile(
    rf"[^\s{_DIRECTION}{_ZERO_WIDTH}{_JOINERS}\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2061-\u206f"
    r"\u2800\u3164\ufe00-\ufe0f\uffa0\ufff9-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e0fff]",
)
_REMOVED_FROM_NAMES = re.compile(f"[{_DIRECTION}{_ZERO_WIDTH}]")
_REMOVED_BY_FOLDING = re.compile(f"[{_DIRECTION}{_ZERO_WIDTH}{_JOINERS}]")
_WHITE_SPACE = re.compile(r"\s+")

# A joiner has a meaning between the letters of Arabic, Indic, Khmer and Mongolian scripts and inside emoji.
_JOINED_SCRIPTS = r"\u0600-\u0dff\u1000-\u109f\u1780-\u18af\ufb50-\ufdff\ufe70-\ufefe"
_JOINED_EMOJI = r"\u2190-\u2bff\u3030\u303d\u3297\u3299\ufe0f\U0001f000-\U0001faff"
_NEEDED_JOINER = re.compile(
    rf"(?<=[{_JOINED_SCRIPTS}])[{_JOINERS}](?=[{_JOINED_SCRIPTS}])|(?<=[{_JOINED_EMOJI}])\u200d(?=[{_JOINED_EMOJI}])",
)
_STACKING = frozenset({"Mn", "Me"})
_ANY_JOINER = re.compile(f"[{_JOINERS}]")


class TextProblem(ValueError):
    """A text that cannot be stored: `code` for machines, `detail` a sentence for people, `values` what stands in it."""

    def __init__(self, code: str, detail: str, **values: object) -> None:
        """Keep all parts; the exception prints as its sentence."""
        super().__init__(detail)
        self.code = code
        self.detail = detail
        self.values = values


def normalise_body(raw: str, *, max_length: int) -> str:
    """Return the body of a comment in NFC with line feeds as line ends and no trailing white space.

    `max_length` counts code points of the result. Raises TextProblem with the code `too_long`, `required`,
    `control_character`, `lone_surrogate` or `invisible_only`. Idempotent.
    """
    _refuse_far_too_long(raw, max_length)
    text = raw.replace("\r\n", "\n").replace("\r", "\n") if "\r" in raw else raw
    _refuse_controls(text, _CONTROL_IN_BODY)
    if not text.isascii():
        text = _bound_marks(unicodedata.normalize("NFC", text))
    return _checked(text.rstrip(), max_length)


def normalise_name(raw: str, *, max_length: int) -> str:
    """Return a name in NFC on one line, without direction marks and idle zero-width characters.

    `max_length` counts code points of the result. Raises TextProblem as `normalise_body` does; a line break or a
    tab is a control character here. Idempotent.
    """
    _refuse_far_too_long(raw, max_length)
    _refuse_controls(raw, _CONTROL_IN_NAME)
    text = _collapse(raw) if raw.isascii() else _settled(raw, _tidy_name)
    return _checked(text, max_length)


def fold(text: str) -> str:
    """Return a copy for comparisons only: NFKC, case folded, nothing of zero width, single spaces."""
    if text.isascii():
        return " ".join(text.lower().split())
    visible = _REMOVED_BY_FOLDING.sub("", text)
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", visible).casefold())
    return " ".join(folded.split())


def _refuse_far_too_long(raw: str, max_length: int) -> None:
    # Before anything reads the text, so that the cost of normalising is bounded.
    if len(raw) > RAW_LENGTH_FACTOR * max_length:
        raise _too_long(len(raw), max_length)


def _refuse_controls(text: str, unwelcome: re.Pattern[str]) -> None:
    found = unwelcome.search(text)
    if found is None:
        return
    number = ord(found.group())
    if 0xD800 <= number <= 0xDFFF:  # noqa: PLR2004 (the surrogate range of Unicode)
        raise TextProblem("lone_surrogate", "The text holds half a character (a lone surrogate). Please type it again.")
    code_point, place = f"{number:04X}", found.start() + 1
    raise TextProblem(
        "control_character",
        f"The text holds a control character (U+{code_point}) at place {place}. Please remove it.",
        code_point=code_point,
        place=place,
    )


def _checked(text: str, max_length: int) -> str:
    if not text or text.isspace():
        raise TextProblem("required", "Please write something: this field is required.")
    if len(text) > max_length:
        raise _too_long(len(text), max_length)
    if not text.isascii() and not _VISIBLE.search(text):
        raise TextProblem("invisible_only", "The text has no visible characters. Please write something.")
    return text


def _too_long(length: int, max_length: int) -> TextProblem:
    return TextProblem(
        "too_long",
        f"The text has {length:,} characters; at most {max_length:,} are allowed. Please shorten it.",
        length=length,
        max_length=max_length,
    )


def _collapse(text: str) -> str:
    return _WHITE_SPACE.sub(" ", text).strip()


def _settled(text: str, tidy: Callable[[str], str]) -> str:
    """Tidy until nothing changes: taking a character away can let its neighbours compose or join."""
    while (tidied := tidy(text)) != text:
        text = tidied
    return text


def _tidy_name(text: str) -> str:
    text = _REMOVED_FROM_NAMES.sub("", text)
    text = _bound_marks(unicodedata.normalize("NFC", text))
    return _collapse(_remove_idle_joiners(text))


def _remove_idle_joiners(text: str) -> str:
    if not _ANY_JOINER.search(text):
        return text
    needed = {found.start() for found in _NEEDED_JOINER.finditer(text)}
    return "".join(c for place, c in enumerate(text) if c not in _JOINERS or place in needed)


def _bound_marks(text: str) -> str:
    """Keep the first `MAX_MARKS_PER_BASE` combining marks of each base and drop the rest, which nobody can read."""
    if _STACKING.isdisjoint(map(unicodedata.category, set(text))):
        return text
    kept: list[str] = []
    marks = 0
    for character in text:
        # A character of no width between two marks does not make a new base.
        if not _REMOVED_BY_FOLDING.match(character):
            marks = marks + 1 if unicodedata.category(character) in _STACKING else 0
        if marks <= MAX_MARKS_PER_BASE or unicodedata.category(character) == "Cf":
            kept.append(character)
    return "".join(kept)
