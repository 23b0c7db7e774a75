"""Comments: one line of JSON in, the facts that the checks would be told about it out, without behaviour and history.

What an old export may carry and today's door refuses is read kindly, so that history can be judged: a control
character counts as a space, a name or an address that no form would take is used as it stands. Only NUL is refused.
"""

import gzip
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import urlsplit

from service.moderation.model import Facts, Policy, Verdict
from service.moderation.page_url import PageUrlProblem, canonicalise_page_url, canonicalise_website
from service.moderation.text import TextProblem, normalise_body, normalise_name

MAX_TEXT = 20_000
"""Characters of a comment: the most that a site may allow."""
MAX_NAME = 100
MAX_ADDRESS = 2_000
MAX_EXCERPT = 5_000
TRAINING_SPLIT = "train"
EVERY_SPLIT = "all"

CommentId: TypeAlias = str | int | None

_CONTROL = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_LABEL_WORDS: Mapping[str, Mapping[str, int]] = {
    "spam": {"spam": 1}, "ham": {"spam": 0}, "toxic": {"toxicity": 1}, "ok": {"toxicity": 0},
}  # fmt: skip
HEADS = ("spam", "toxicity", "threat", "crisis", "personal_data", "illegal_sale")


class LineProblem(ValueError):
    """A line that is no comment: `code` for machines, `detail` a sentence for people, and the id if it has one."""

    def __init__(self, code: str, detail: str, comment_id: CommentId = None) -> None:
        """Keep the parts; the exception prints as its sentence."""
        super().__init__(detail)
        self.code = code
        self.detail = detail
        self.comment_id = comment_id


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment to judge."""

    id: CommentId
    facts: Facts


@dataclass(frozen=True, slots=True)
class Labelled:
    """A comment and what people said of it.

    `labels` maps heads to 0 or 1; a head that is not in it is not known. `expected` are the verdicts that would be
    right, empty where nobody wrote them down. `must_not_publish` marks what a person must see before any reader does.
    """

    comment: Comment
    source: str
    labels: Mapping[str, int] = field(default_factory=dict)
    expected: frozenset[Verdict] = frozenset()
    kind: str = ""
    must_not_publish: bool = False


def read_comment(line: bytes | str, *, policy: Policy) -> Comment:
    """Return the comment of one line, with the site's rules in its facts. Raises LineProblem."""
    return _comment(_object(line), policy)


def read_labelled(line: bytes | str, *, policy: Policy) -> Labelled:
    """Return the labelled comment of one line, in the shape of `greenroom judge` or of a data set.

    The truth is `labels` (an object of heads), or `label` (spam, ham, toxic, ok), or `expected` (verdicts). In data
    sets `page` may be a text, which names a group and is no page. Raises LineProblem.
    """
    given = _object(line)
    page = given.get("page")
    return Labelled(
        comment=_comment(given | {"page": None} if isinstance(page, str) else given, policy),
        source=_text(given, "source") or _text(given, "kind") or "",
        labels=_labels(given),
        expected=_expected(given),
        kind=_text(given, "kind") or "",
        must_not_publish=given.get("must_not_publish") is True,
    )


def lines_of(file: Path, *, split: str | None = None) -> Iterator[bytes]:
    """Yield the lines of a file of JSON Lines, gzipped or not, of one `split`: those without any are of every one.

    Without a split, all but `train` is taken, as the model may have learned from that; `all` takes even those. Blank
    lines are never yielded. Raises OSError.
    """
    with gzip.open(file, "rb") if file.suffix == ".gz" else file.open("rb") as lines:
        for line in lines:
            if line.strip() and _is_wanted(line, split):
                yield line


def _is_wanted(line: bytes, split: str | None) -> bool:
    if split == EVERY_SPLIT:
        return True
    found = _split_of(line)
    return found != TRAINING_SPLIT if split is None else found in {split, None}


def _split_of(line: bytes) -> object:
    """The split of a line; None where it has none, and where it is no object (which is told when it is read)."""
    try:
        return _object(line).get("split")
    except LineProblem:
        return None


def _object(line: bytes | str) -> dict[str, Any]:
    try:
        given = json.loads(line)
    except UnicodeDecodeError:
        raise LineProblem("not_utf8", "The line is not text in UTF-8.") from None
    except (ValueError, RecursionError):
        raise LineProblem("not_json", "The line is not JSON.") from None
    if not isinstance(given, dict):
        raise LineProblem("not_an_object", 'The line is not a JSON object such as {"id": "1", "text": "Hello"}.')
    return given


def _comment(given: Mapping[str, Any], policy: Policy) -> Comment:
    comment_id = _id(given.get("id"))
    try:
        return Comment(comment_id, _facts(given, policy))
    except LineProblem as problem:
        problem.comment_id = comment_id
        raise


def _id(given: object) -> CommentId:
    if given is None or isinstance(given, str) or (isinstance(given, int) and not isinstance(given, bool)):
        return given
    raise LineProblem("wrong_type", "`id` must be a text or a whole number.")


def _facts(given: Mapping[str, Any], policy: Policy) -> Facts:
    page = given.get("page")
    if page is None:
        page = {}
    if not isinstance(page, Mapping):
        raise LineProblem("wrong_type", "`page` must be an object with title, url and excerpt.")
    page_url = _page_url(_text(page, "url", "page.url"))
    return Facts(
        body=_body(given),
        author_name=_name(_text(given, "author")),
        author_website=_website(_text(given, "url")),
        email_domain=_domain(_text(given, "email")),
        page_title=_text(page, "title", "page.title"),
        page_url=page_url,
        page_excerpt=(_text(page, "excerpt", "page.excerpt") or "")[:MAX_EXCERPT] or None,
        language=(_text(given, "lang") or "").replace("_", "-") or None,
        own_hosts=frozenset({urlsplit(page_url).hostname or ""} - {""}) if page_url else frozenset(),
        policy=policy,
    )


def _text(given: Mapping[str, Any], name: str, where: str = "") -> str | None:
    """Return a text, or None for what is absent, null or blank."""
    value = given.get(name)
    if value is not None and not isinstance(value, str):
        raise LineProblem("wrong_type", f"`{where or name}` must be a text.")
    return _CONTROL.sub(" ", value.replace("\0", " ")).strip() or None if value else None


def _body(given: Mapping[str, Any]) -> str:
    text = given.get("text")
    if text is None:
        raise LineProblem("required", "`text` is missing: the comment itself is required.")
    if not isinstance(text, str):
        raise LineProblem("wrong_type", "`text` must be a text.")
    try:
        return normalise_body(_CONTROL.sub(" ", text), max_length=MAX_TEXT)
    except TextProblem as problem:
        raise LineProblem(problem.code, problem.detail) from None


def _name(typed: str | None) -> str:
    try:
        return normalise_name(" ".join((typed or "").split())[:MAX_NAME], max_length=MAX_NAME)
    except TextProblem:
        return ""


def _website(typed: str | None) -> str | None:
    if typed is None:
        return None
    try:
        return canonicalise_website(typed, max_length=MAX_ADDRESS)
    except PageUrlProblem:
        return typed[:MAX_ADDRESS]


def _page_url(typed: str | None) -> str | None:
    if typed is None:
        return None
    try:
        return canonicalise_page_url(typed)
    except PageUrlProblem:
        return None


def _domain(typed: str | None) -> str | None:
    return typed.rpartition("@")[2].lower() or None if typed and "@" in typed else None


def _labels(given: Mapping[str, Any]) -> dict[str, int]:
    labels = given.get("labels")
    if isinstance(labels, Mapping):
        unknown = sorted(set(labels) - set(HEADS))
        if unknown or any(value not in (0, 1) for value in labels.values()):
            raise LineProblem("wrong_labels", f"`labels` maps {', '.join(HEADS)} to 0 or 1.")
        return {name: int(value) for name, value in labels.items()}
    word = given.get("label")
    if word is None:
        return {}
    if not isinstance(word, str) or word not in _LABEL_WORDS:
        raise LineProblem("wrong_labels", "`label` is one of spam, ham, toxic and ok.")
    return dict(_LABEL_WORDS[word])


def _expected(given: Mapping[str, Any]) -> frozenset[Verdict]:
    expected = given.get("expected") or []
    try:
        return frozenset(map(Verdict, [expected] if isinstance(expected, str) else expected))
    except (TypeError, ValueError):
        raise LineProblem("wrong_labels", f"`expected` lists verdicts: {', '.join(Verdict)}.") from None
