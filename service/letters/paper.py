"""What letters are written on: plain text, in which nobody's words can pass for ours."""

import re
import textwrap
from collections.abc import Iterable
from dataclasses import dataclass

from service.languages.catalogue import catalogue

WIDTH = 72
MAX_SUBJECT = 150
HIDDEN = "(this link is shown to its addressee only)"

_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_DOT_IN_NAME = re.compile(r"(?<=[\w\]])[.\u3002\uff0e\uff61](?=[^\W\d])")
_SCHEME = re.compile(r"(?i)\b([a-z][a-z0-9+]*):(?=//)")


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail in words. `secrets` are the addresses in its text that act for whoever holds them.

    At `unsubscribe_url` somebody ends mails like this one.
    """

    subject: str
    text: str
    secrets: tuple[str, ...] = ()
    language: str = "en"
    unsubscribe_url: str | None = None

    @property
    def public_text(self) -> str:
        """The text without what acts for its addressee."""
        text = self.text
        for secret in self.secrets:
            text = text.replace(secret, HIDDEN)
        return text


def subject(words: str) -> str:
    """One line, whatever the words were: a line break in it would begin another header."""
    line = " ".join(_CONTROLS.sub(" ", words).split())
    return textwrap.shorten(line, MAX_SUBJECT, placeholder="…") or "Greenroom"


def paragraphs(*parts: str) -> str:
    """The parts with an empty line between them, none for an empty one; wrapped where it is not indented."""
    return "\n\n".join(_wrapped(part) for part in parts if part) + "\n"


def _wrapped(part: str) -> str:
    return "\n".join(
        line
        if line.startswith((" ", ">"))
        else textwrap.fill(line, WIDTH, break_long_words=False, break_on_hyphens=False)
        for line in part.split("\n")
    )


def listed(sentences: Iterable[str]) -> str:
    """Sentences of ours or about somebody's text, one below the other."""
    return "\n".join(
        textwrap.fill(
            disarmed(one_line(sentence)), WIDTH, initial_indent="  - ", subsequent_indent="    ",
            break_long_words=False, break_on_hyphens=False,
        )
        for sentence in sentences
    )  # fmt: skip


def signature(language: str, site_name: str) -> str:
    return "-- \n" + catalogue(language).say("letters", "signature", site=site_name)


def address(url: str) -> str:
    """A link of ours on a line of its own."""
    return f"  {url}"


def quoted(words: str, *, most_lines: int = 60) -> str:
    """Somebody else's words, each line marked as such, with every link broken so that no program makes it live."""
    lines: list[str] = []
    for line in disarmed(words).splitlines() or [""]:
        clean = _CONTROLS.sub(" ", line).rstrip()
        lines += textwrap.wrap(clean, WIDTH - 2, break_on_hyphens=False) or [""]
    shown = lines[:most_lines]
    if len(lines) > most_lines:
        shown.append("[…]")
    return "\n".join(f"> {line}".rstrip() for line in shown)


def one_line(words: str) -> str:
    return " ".join(_CONTROLS.sub(" ", words).split())


def disarmed(words: str) -> str:
    """The words with links that can be read and not clicked: `https[:]//example[.]org`."""
    return _SCHEME.sub(r"\1[:]", _DOT_IN_NAME.sub("[.]", words)).replace("@", "[@]")
