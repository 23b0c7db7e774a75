"""Repetition memory: are near-duplicates found as fast among a million remembered comments as among a thousand?"""

import time
from datetime import UTC, datetime
from statistics import median
from uuid import UUID

import uuid_utils.compat as uuid7
from sqlalchemy import Engine, text

from bench import seed
from bench.book import Book, Plan, Step, at_most
from bench.stage import Greenroom
from service.moderation.fingerprint import BANDS, SIGNATURE_BYTES, fingerprint
from service.storage import fingerprints
from service.storage.database import connect
from service.storage.fingerprints import Fingerprinted

SECTION = "repetition"
FEW, MANY = 1_000, 1_000_000
BATCH = 64
LOOK_UPS = 50
AT_ONCE = 20_000

_SHAPE = {"site_id": seed.SITE_ID, "times": SIGNATURE_BYTES // 16, "bands": BANDS}
_REMEMBER = text(
    """
    WITH new AS (
        INSERT INTO fingerprints (comment_id, revision, site_id, signature, created_at)
        SELECT gen_random_uuid(), 1, :site_id, decode(repeat(md5(random()::text), :times), 'hex'), now()
        FROM generate_series(1, :count)
        RETURNING comment_id
    )
    INSERT INTO fingerprint_bands (site_id, band, comment_id, revision)
    SELECT :site_id, hashtextextended(comment_id::text, band), comment_id, 1
    FROM new, generate_series(1, :bands) AS band
    """
)


def steps(_: Plan) -> int:
    return 4


def measure(_: Plan, book: Book, step: Step) -> None:
    step("repetition: starting a Greenroom")
    with Greenroom() as greenroom:
        seed.publish(greenroom, f"{greenroom.url}/bench/repetition", BATCH)
        engine = connect(greenroom.servers()["database_url"], pool_size=1)
        batch = _said_again(engine)
        step(f"repetition: {FEW:,} remembered comments")
        _remember_others(engine, FEW)
        seed.tidy(greenroom)
        few = _look_up(engine, batch, book)
        step(f"repetition: {MANY:,} remembered comments")
        _remember_others(engine, MANY - FEW)
        seed.tidy(greenroom)
        step(f"repetition: looking up among {MANY:,}")
        many = _look_up(engine, batch, book)
        engine.dispose()
    book.samples.append({"section": SECTION, "few": few, "many": many})
    book.add(
        SECTION, f"looking up {BATCH} comments: {MANY:,} remembered against {FEW:,}", [many / few], "x", at_most(2)
    )
    book.add(SECTION, f"looking up {BATCH} comments among {MANY:,}", [many * 1_000], "ms")


def _said_again(engine: Engine) -> list[Fingerprinted]:
    """Remember what stands on the site, and return comments of others that say all of it once more."""
    with engine.begin() as connection:
        rows = connection.execute(
            text("SELECT c.id, c.thread_id, r.body FROM comments c JOIN revisions r ON r.comment_id = c.id")
        ).all()
        fingerprints.remember(connection, [_fingerprinted(row.id, row.thread_id, row.body) for row in rows])
    return [_fingerprinted(uuid7.uuid7(), row.thread_id, row.body) for row in rows]


def _fingerprinted(comment_id: UUID, thread_id: int, body: str) -> Fingerprinted:
    mark = fingerprint(body)
    if mark is None:
        raise ValueError("too short to be remembered")
    return Fingerprinted(comment_id, 1, seed.SITE_ID, thread_id, None, datetime.now(UTC), mark)


def _remember_others(engine: Engine, count: int) -> None:
    """Fill the memory with comments that say something else: chance signatures, as many bands as real ones have."""
    for start in range(0, count, AT_ONCE):
        with engine.begin() as connection:
            connection.execute(_REMEMBER, {**_SHAPE, "count": min(AT_ONCE, count - start)})


def _look_up(engine: Engine, batch: list[Fingerprinted], book: Book) -> float:
    """Seconds that one look-up of the batch takes, the median of many."""
    seconds = []
    with engine.begin() as connection:
        for _ in range(LOOK_UPS):
            began = time.perf_counter()
            found = fingerprints.neighbours(connection, batch, now=datetime.now(UTC))
            seconds.append(time.perf_counter() - began)
    if len(found) != len(batch):
        book.errors.append(f"repetition: {len(found)} of {len(batch)} copies were recognised")
    return median(seconds)
