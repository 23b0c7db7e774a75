"""Whether this process lives, and whether it can take comments."""

from apiflask import APIBlueprint
from flask import Response
from redis.exceptions import RedisError
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from service.web.answers import as_json
from service.web.context import runtime

health = APIBlueprint("health", __name__, enable_openapi=False)


@health.get("/healthz")
def healthz() -> Response:
    return as_json({"status": "alive"})


@health.get("/readyz")
def readyz() -> Response:
    """200 while comments can be stored. Redis is reported, but nothing is lost without it."""
    database, redis = _database_answers(), _redis_answers()
    body = {"status": "ready" if database else "not ready", "database": _word(database), "redis": _word(redis)}
    return as_json(body, status=200 if database else 503)


def _word(answers: bool) -> str:  # noqa: FBT001 - a word for a truth value
    return "ok" if answers else "away"


def _database_answers() -> bool:
    try:
        with runtime().statements.connect() as connection:
            connection.execute(text("SELECT 1"))
    except (DBAPIError, PoolTimeout):
        return False
    return True


def _redis_answers() -> bool:
    try:
        return bool(runtime().redis.ping())
    except RedisError:
        return False
