"""Rows: labelled comments from a data folder, in the one shape that training and measuring share."""

import gzip
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TypedDict, cast

from service.moderation.model import Facts

LABELS = ("spam", "toxicity", "threat", "crisis", "personal_data", "illegal_sale")
"""The keys of `Row.labels`, in the order of the heads."""

_TEXTS = ("text", "author", "email", "url", "page_title", "page_url", "page_excerpt", "lang", "source", "group")


class Row(TypedDict):
    """One labelled comment. What is not known is an empty text; a label that is not known is not in `labels`.

    `labels` maps a word of `LABELS` to 0 or 1. Rows of one `group` (a video, a template) are never split.
    """

    text: str
    author: str
    email: str
    url: str
    page_title: str
    page_url: str
    page_excerpt: str
    lang: str
    source: str
    group: str
    labels: dict[str, int]


def row(text: str, labels: Mapping[str, int], **known: str) -> Row:
    """Return a row with what is known filled in. Raises ValueError for a label or a field that no row has."""
    if unknown := (known.keys() - set(_TEXTS)) | (labels.keys() - set(LABELS)):
        raise ValueError(f"no row has {', '.join(sorted(unknown))}")
    texts = {name: known.get(name, "") for name in _TEXTS} | {"text": text}
    return cast("Row", {**texts, "labels": dict(labels)})


def facts_of(given: Row) -> Facts:
    """Return what a check would be told about this row; history and behaviour are absent."""
    return Facts(
        body=given["text"],
        author_name=given["author"],
        author_website=given["url"] or None,
        email_domain=given["email"].rpartition("@")[2].lower() or None,
        page_title=given["page_title"] or None,
        page_url=given["page_url"] or None,
        page_excerpt=given["page_excerpt"] or None,
        language=given["lang"] or None,
    )


def load_folder(folder: Path, *, split: str | None = None) -> list[Row]:
    """Return the rows of every `*.jsonl` and `*.jsonl.gz` in a folder, in the order of file names and lines.

    `split` keeps only the lines whose `split` is that word. Raises ValueError naming the file and the line.
    """
    files = sorted([*folder.glob("*.jsonl"), *folder.glob("*.jsonl.gz")])
    return [found for file in files for found in load_file(file, split=split)]


def load_file(file: Path, *, split: str | None = None) -> Iterator[Row]:
    """Yield the rows of one file of JSON Lines, gzipped or not."""
    with gzip.open(file, "rt", encoding="utf-8") if file.suffix == ".gz" else file.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                given = _object(line, f"{file.name}:{number}")
                if split is None or given.get("split") == split:
                    yield row_from(given, where=f"{file.name}:{number}")


def row_from(given: Mapping[str, object], *, where: str) -> Row:
    """Return the row of one JSON object: `labels` as they are, or one of the words spam, ham, toxic and ok.

    `page` may be a text that names the group, or an object with title, url and excerpt. Raises ValueError.
    """
    text = given.get("text")
    if not isinstance(text, str):
        raise ValueError(f"{where}: `text` is missing or not a text")  # noqa: TRY004 (one kind of error for every wrong row)
    page = given.get("page")
    known = {name: value for name in _TEXTS[1:] if isinstance(value := given.get(name), str)}
    if isinstance(page, Mapping):
        known |= {
            f"page_{name}": value for name in ("title", "url", "excerpt") if isinstance(value := page.get(name), str)
        }
    elif isinstance(page, str):
        known.setdefault("group", page)
    return row(text, _labels(given, where), **known)


def _labels(given: Mapping[str, object], where: str) -> dict[str, int]:
    labels = given.get("labels")
    if isinstance(labels, Mapping):
        return {str(name): int(bool(value)) for name, value in labels.items()}
    word = given.get("label")
    known: dict[object, dict[str, int]] = {
        "spam": {"spam": 1},
        "ham": {"spam": 0},
        "toxic": {"toxicity": 1},
        "ok": {"toxicity": 0},
    }
    if word not in known:
        raise ValueError(f"{where}: the label {word!r} is none of spam, ham, toxic and ok")
    return dict(known[word])


def _object(line: str, where: str) -> Mapping[str, object]:
    try:
        found = json.loads(line)
    except ValueError as error:
        raise ValueError(f"{where}: not JSON ({error})") from error
    if not isinstance(found, dict):
        raise ValueError(f"{where}: not an object")  # noqa: TRY004
    return found
