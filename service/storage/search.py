"""Full-text search: the words of every comment, its author's name and its page's title, in an index of their own."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

import orjson
from sqlalchemy import Connection, text

from service.moderation.words import Placed, asked_phrases, placed_words

CHUNK = 500


@dataclass(frozen=True, slots=True)
class Searchable:
    """A revision and everything that it is found by, as PostgreSQL spells a `tsvector`."""

    comment_id: UUID
    revision: int
    words: str


def searchable(comment_id: UUID, revision: int, *, author_name: str, page_title: str | None, body: str) -> Searchable:
    """What a revision is found by."""
    return Searchable(comment_id, revision, _vector(placed_words((page_title or "", author_name, body))))


def save(connection: Connection, items: Sequence[Searchable]) -> None:
    """Have these comments found by their words; a text that is older than the one already known is passed over."""
    if not items:
        return
    latest = {item.comment_id: item for item in sorted(items, key=lambda item: item.revision)}
    rows = [{"comment_id": one.comment_id, "revision": one.revision, "words": one.words} for one in latest.values()]
    connection.execute(_SAVE, {"rows": orjson.dumps(rows).decode()})


# Our own words, not those of to_tsvector: what that takes for a letter depends on the locale of the database.
_SAVE = text(
    """
    INSERT INTO comment_words (comment_id, revision, words)
    SELECT comment_id, revision, CAST(words AS tsvector) FROM jsonb_to_recordset(CAST(:rows AS jsonb))
        AS r (comment_id uuid, revision integer, words text)
    ORDER BY comment_id
    ON CONFLICT (comment_id) DO UPDATE SET revision = excluded.revision, words = excluded.words
    WHERE comment_words.revision <= excluded.revision
    """
)


def leave_for_later(connection: Connection, comment_ids: Sequence[UUID]) -> None:
    """Have `unread` find these comments, unless their words are known."""
    connection.execute(
        text(
            "INSERT INTO comment_words (comment_id, revision)"
            " SELECT DISTINCT id, 0 FROM unnest(CAST(:ids AS uuid[])) AS new (id) ON CONFLICT DO NOTHING"
        ),
        {"ids": list(comment_ids)},
    )


def unread(connection: Connection) -> list[Searchable]:
    """Up to 500 comments whose words are not known yet. Nobody else gets the same ones before this transaction ends."""
    rows = connection.execute(
        text(
            """
            SELECT c.id, c.revision, c.author_name, t.page_title, r.body
            FROM (SELECT comment_id FROM comment_words WHERE words IS NULL ORDER BY comment_id LIMIT :chunk
                  FOR UPDATE SKIP LOCKED) w
            JOIN comments c ON c.id = w.comment_id
            JOIN revisions r ON r.comment_id = c.id AND r.number = c.revision
            JOIN threads t ON t.id = c.thread_id
            """
        ),
        {"chunk": CHUNK},
    )
    return [
        searchable(row.id, row.revision, author_name=row.author_name, page_title=row.page_title, body=row.body)
        for row in rows
    ]


def query_of(asked: str) -> str | None:
    """What somebody searches for, as PostgreSQL spells a `tsquery`; None when there is no word in it.

    It holds nothing but letters, digits, and the operators `<-> & : * ( )`: it can stand in a statement.
    """
    phrases = [" <-> ".join(_operands(words)) for words in asked_phrases(asked)]
    return " & ".join(f"({phrase})" for phrase in phrases) or None


def _operands(words: Sequence[str]) -> Iterator[str]:
    """Each word as it stands, the last one by its beginning: people search while they type."""
    yield from words[:-1]
    last = words[-1]
    yield f"{last}:*" if len(last) > 1 else last


def _vector(found: Sequence[Placed]) -> str:
    """No word holds a quotation mark or a backslash: they are letters and digits."""
    places: dict[str, list[str]] = {}
    for word, place in found:
        places.setdefault(word, []).append(str(place))
    return " ".join(f"'{word}':{','.join(at)}" for word, at in places.items())
