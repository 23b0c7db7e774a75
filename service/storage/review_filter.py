"""Which comments of the review queue are meant: a question that can be asked, counted, and kept as JSON."""

import struct
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Self

from service.moderation.model import Status
from service.storage.search import query_of

WAITING = "waiting"
"""What waits for a person: held, or raised because a reader reported it or its author appealed."""

ANY = "any"
STATUSES = (WAITING, ANY, *(status.value for status in Status if status is not Status.ERASED))

IS_WAITING = "(c.status = 'held' OR c.rank > 0)"
"""Word for word the predicate of the index `comments_waiting`."""

Parameters = dict[str, object]


@dataclass(frozen=True, slots=True)
class ReviewFilter:
    """A question about the review queue. What is None is not asked; every other field must be true of a comment.

    `site_ids` is what the asker may see: none of it means nothing. `author_ids` may be empty: then nobody matches.
    `older_than` and `newer_than` are about when the comment arrived. A score is that of the strongest signal (of
    `label`, where that is given), and 0 without one. `text` is searched for in text, author's name and page title.
    """

    site_ids: tuple[int, ...]
    status: str = WAITING
    reason: str | None = None
    label: str | None = None
    thread_id: int | None = None
    author_ids: tuple[int, ...] | None = None
    language: str | None = None
    older_than: datetime | None = None
    newer_than: datetime | None = None
    min_score: float | None = None
    max_score: float | None = None
    text: str | None = None
    rank: int | None = None

    def __post_init__(self) -> None:
        if self.status not in STATUSES:
            raise ValueError(f"status: {self.status!r} is not one of {', '.join(STATUSES)}")

    def to_json(self) -> dict[str, object]:
        """Plain JSON values; `from_json` reads them back."""
        found = {name: value for name, value in asdict(self).items() if value is not None}
        return {name: _plain(value) for name, value in found.items()}

    @classmethod
    def from_json(cls, stored: Mapping[str, object]) -> Self:
        """The filter that was kept.

        Raises:
            ValueError: it holds what this release doesn't know, so that nobody acts on more than was meant.

        """
        unknown = stored.keys() - {field.name for field in fields(cls)}
        if unknown:
            raise ValueError(f"a review filter has no {', '.join(sorted(unknown))}")
        found = dict(stored)
        for name in ("site_ids", "author_ids"):
            if isinstance(ids := found.get(name), list):
                found[name] = tuple(ids)
        for name in ("older_than", "newer_than"):
            if isinstance(moment := found.get(name), str):
                found[name] = datetime.fromisoformat(moment)
        return cls(**found)  # type: ignore[arg-type]


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def status_conditions(wanted: ReviewFilter) -> list[str]:
    """SQL about `comments c`, one condition for each stretch of an index in which the queue's order is kept."""
    if wanted.status == WAITING:
        return [IS_WAITING]
    chosen = STATUSES[2:] if wanted.status == ANY else (wanted.status,)
    return [f"c.status = '{status}'" for status in chosen]


def is_in_status(wanted: ReviewFilter) -> str:
    """SQL about `comments c`: one condition for the status that is asked for."""
    return f"({' OR '.join(status_conditions(wanted))})"


def conditions(wanted: ReviewFilter) -> tuple[str, Parameters]:
    """SQL about `comments c` for everything but site and status, each part with its `AND`; and its parameters."""
    asked = list(_asked(wanted))
    found: Parameters = {}
    for _, parameters in asked:
        found |= parameters
    return "".join(f" AND {sql}" for sql, _ in asked), found


def _asked(wanted: ReviewFilter) -> Iterator[tuple[str, Parameters]]:
    if wanted.reason is not None:
        yield "c.reason_code = :reason", {"reason": wanted.reason}
    if wanted.rank is not None:
        # Word for word a column of the index in which the queue stands.
        yield "(-c.rank) = -CAST(:only_rank AS integer)", {"only_rank": wanted.rank}
    if wanted.thread_id is not None:
        yield "c.thread_id = :thread_id", {"thread_id": wanted.thread_id}
    if wanted.author_ids is not None:
        yield "c.author_id = ANY(CAST(:author_ids AS bigint[]))", {"author_ids": list(wanted.author_ids)}
    if wanted.language is not None:
        yield _LANGUAGE, {"language": wanted.language}
    if wanted.older_than is not None:
        yield "c.created_at < :older_than", {"older_than": wanted.older_than}
    if wanted.newer_than is not None:
        yield "c.created_at > :newer_than", {"newer_than": wanted.newer_than}
    if wanted.text is not None:
        yield _found_by(query_of(wanted.text)), {}
    yield from _asked_of_signals(wanted)


_LANGUAGE = (
    "EXISTS (SELECT FROM readings g WHERE g.comment_id = c.id AND g.revision = c.revision AND g.language = :language)"
)
_SIGNALS = "FROM signals s WHERE s.comment_id = c.id AND s.revision = c.revision"


def _found_by(query: str | None) -> str:
    """The query stands in the statement itself, so that PostgreSQL knows how many comments have these words: it looks
    up what is rare, and walks through the queue for what is frequent. It holds letters, digits and operators only.
    """
    if query is None:
        return "false"
    return f"c.id IN (SELECT w.comment_id FROM comment_words w WHERE w.words @@ CAST('{query}' AS tsquery))"  # noqa: S608


def _asked_of_signals(wanted: ReviewFilter) -> Iterator[tuple[str, Parameters]]:
    of_label = ""
    if wanted.label is not None:
        of_label = " AND s.label = :label"
        yield f"EXISTS (SELECT {_SIGNALS}{of_label})", {"label": wanted.label}
    strongest = f"(SELECT coalesce(CAST(max(s.score) AS float8), 0) {_SIGNALS}{of_label})"
    if wanted.min_score is not None:
        yield f"{strongest} >= CAST(:min_score AS float8)", {"min_score": as_stored(wanted.min_score)}
    if wanted.max_score is not None:
        yield f"{strongest} <= CAST(:max_score AS float8)", {"max_score": as_stored(wanted.max_score)}


def as_stored(score: float) -> float:
    """The number that a score becomes when it is stored with 32 bits: 0.9 must find what was stored as 0.9.

    PostgreSQL would refuse to do this with a number as small as 1e-58.
    """
    return float(struct.unpack("f", struct.pack("f", score))[0])
