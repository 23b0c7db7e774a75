"""A site that has grown: many comments with their signals, decisions, readings and words, written in bulk."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

import psycopg
import uuid_utils.compat as uuid7

from bench.stage import Greenroom
from service.storage.search import searchable

AT_ONCE = 5_000
THREADS = 200
AUTHORS = 5_000
VOCABULARY = 20_000
WORDS_EACH = 35
LABELS = ("spam", "toxicity", "personal_data", "threat")
REASONS = ("links", "spam", "personal_data", "toxicity", "mode", "newcomer")
SYLLABLES = (
    "ba",
    "cor",
    "den",
    "fi",
    "gul",
    "ha",
    "jo",
    "ker",
    "lum",
    "mi",
    "nor",
    "pa",
    "qui",
    "ros",
    "sel",
    "ti",
    "vex",
)
RARE = "zanzibarquartz"
"""A word of ten comments."""


@dataclass(frozen=True, slots=True)
class Row:
    """One comment to write. `number` counts from 0."""

    id: UUID
    number: int
    body: str
    status: str
    created_at: datetime


def fill(greenroom: Greenroom, site_key: str, *, stored: int, held: int) -> None:
    """Give a site so many comments, so many of them held, spread over the whole time."""
    chance = random.Random(7)
    words = _vocabulary(chance)
    with greenroom.database() as connection:
        row = connection.execute("SELECT id FROM sites WHERE key = %s", [site_key]).fetchone()
        site_id = int(row[0]) if row else 0  # type: ignore[call-overload]
        _people_and_pages(connection, site_id, greenroom.url)
        for start in range(0, stored, AT_ONCE):
            numbers = range(start, min(start + AT_ONCE, stored))
            with connection.transaction():
                _write(connection, site_id, list(_rows(numbers, words, chance, every=stored // held)))
        connection.execute("VACUUM ANALYZE")


def frequent_word() -> str:
    """The word that most comments have."""
    return _vocabulary(random.Random(7))[0]


def _vocabulary(chance: random.Random) -> list[str]:
    """Words of one to four syllables, the frequent ones first."""
    made = ("".join(chance.choices(SYLLABLES, k=chance.choice((1, 2, 2, 2, 3, 3, 4)))) for _ in range(4 * VOCABULARY))
    return list(dict.fromkeys(made))[:VOCABULARY]


def _rows(numbers: Sequence[int], words: list[str], chance: random.Random, *, every: int) -> Iterator[Row]:
    """Word frequencies fall as they do in language: the n-th word has a share of about 1/n."""
    began = datetime.now(UTC) - timedelta(days=300)
    for number in numbers:
        places = (int(len(words) ** chance.random()) - 1 for _ in range(WORDS_EACH))
        body = " ".join(words[place] for place in places) + (f" {RARE}" if number % 10_000 == 5 else "")
        yield Row(
            uuid7.uuid7(),
            number,
            body,
            "held" if number % every == 0 else "published",
            began + timedelta(minutes=4 * number),
        )


def _people_and_pages(connection: psycopg.Connection[tuple[object, ...]], site_id: int, url: str) -> None:
    connection.execute(
        "INSERT INTO threads (site_id, page_key, page_url, page_title)"
        " SELECT %s, decode(md5(n::text), 'hex'), %s || n, 'Page number ' || n FROM generate_series(1, %s) n",
        [site_id, f"{url}/desk/", THREADS],
    )
    connection.execute(
        "INSERT INTO authors (site_id, email_fingerprint, email_key_id, email_ciphertext, last_seen_at)"
        " SELECT %s, sha256(n::text::bytea), 'k1', '', now() FROM generate_series(1, %s) n",
        [site_id, AUTHORS],
    )


def _write(connection: psycopg.Connection[tuple[object, ...]], site_id: int, rows: list[Row]) -> None:
    connection.execute(
        "CREATE TEMPORARY TABLE new (id uuid, number integer, body text, status text, created_at timestamptz, words text)"
    )
    with connection.cursor().copy("COPY new FROM STDIN") as copy:
        for row in rows:
            name = f"Author {row.number % AUTHORS}"
            found = searchable(
                row.id, 1, author_name=name, page_title=f"Page number {row.number % THREADS}", body=row.body
            )
            copy.write_row((row.id, row.number, row.body, row.status, row.created_at, found.words))
    for step in _STEPS:
        connection.execute(
            step,
            {
                "site_id": site_id,
                "threads": THREADS,
                "authors": AUTHORS,
                "labels": list(LABELS),
                "reasons": list(REASONS),
            },
        )
    connection.execute("DROP TABLE new")


_STEPS = (
    """
    INSERT INTO comments (id, site_id, thread_id, author_id, author_name, status, shown_revision, created_at, reason_code, severity,
                          rank)
    SELECT new.id, %(site_id)s, t.id, a.id, 'Author ' || new.number %% %(authors)s, new.status,
           CASE new.status WHEN 'published' THEN 1 END, new.created_at,
           CASE new.status WHEN 'held' THEN (%(reasons)s::text[])[1 + new.number / 10 %% 6] ELSE 'passed' END,
           CASE WHEN new.status = 'held' AND new.number %% 1000 = 0 THEN 3 ELSE 0 END,
           CASE WHEN new.status = 'held' AND new.number %% 1000 = 0 THEN 9 ELSE 0 END
    FROM new
    JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 AS place FROM threads WHERE site_id = %(site_id)s) t
        ON t.place = new.number %% %(threads)s
    JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 AS place FROM authors WHERE site_id = %(site_id)s) a
        ON a.place = new.number %% %(authors)s
    """,
    "INSERT INTO revisions (comment_id, number, body) SELECT id, 1, body FROM new",
    """
    INSERT INTO signals (comment_id, revision, check_name, label, score, detail, spans)
    SELECT id, 1, 'reading', (%(labels)s::text[])[1 + (number + n) %% 4], 0.2 + (number * 7 + n) %% 80 / 100.0,
           'Reads like something that was said before (61 %%): two words +1.2, three words +0.8.', '[[0, 5]]'
    FROM new, generate_series(1, 2) n
    """,
    """
    INSERT INTO decisions (comment_id, site_id, revision, event, status, decided_by, reason_code, reasons)
    SELECT id, %(site_id)s, 1, CASE status WHEN 'held' THEN 'hold' ELSE 'publish' END, status, 'policy', 'links',
           ARRAY['Reads like something that was said before.'] FROM new
    """,
    """
    INSERT INTO readings (comment_id, revision, reputation, model_versions, language)
    SELECT id, 1, '{}', '{}', (ARRAY['en', 'de', 'und'])[1 + number %% 3] FROM new
    """,
    "INSERT INTO comment_words (comment_id, revision, words) SELECT id, 1, words::tsvector FROM new",
    # A third of what is held came in waves of 30 that say nearly the same.
    """
    INSERT INTO near_duplicates (comment_id, group_id)
    SELECT id, first_value(id) OVER (PARTITION BY turn / 90 ORDER BY id)
    FROM (SELECT id, row_number() OVER (ORDER BY id) AS turn FROM new WHERE status = 'held') held WHERE turn %% 3 = 0
    """,
)
