"""Have comments found by search that no check has read: those of before, and those that a check gave up on."""

from sqlalchemy import Engine

from service.storage import search


def read_words(engine: Engine) -> int:
    """Read the words of up to 500 comments. Returns how many that were, so call it again until it returns 0."""
    with engine.begin() as connection:
        found = search.unread(connection)
        search.save(connection, found)
    return len(found)
