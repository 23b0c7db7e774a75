"""The bare floor: what Flask, the same server and the same statement do, with nothing of Greenroom around them.

`python -m bench.floor` serves it where GREENROOM_PORT says, on the database that DATABASE_URL names.
"""

import os
import sys
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import uuid_utils.compat as uuid7
from flask import Flask, Response, jsonify, request
from redis import Redis
from rq import Queue
from sqlalchemy import text

from bench.noop import noop
from service import wsgi
from service.cli import serve
from service.runtime import Runtime
from service.settings import load_settings
from service.storage import sites, submissions
from service.storage.database import autocommit, connect
from service.storage.schema import migrate
from service.storage.submissions import NewComment
from service.vault import SealedEmail, Traces

CONSTANT = "BENCH_CONSTANT"
"""Names a file with the bytes that /constant answers."""

SITE_ID = 1
COMMENTS = "/api/v1/sites/demo/comments"
DATABASE = "floor"
_PLAIN_TABLE = "CREATE TABLE plain (id uuid PRIMARY KEY, page_url text, author_name text, author_email text, body text)"
_PLAIN_INSERT = text("INSERT INTO plain VALUES (:id, :page_url, :author_name, :author_email, :body)")


def create_app() -> Flask:
    """Four handlers, each as short as Flask allows."""
    settings = load_settings()
    runtime = Runtime(settings, pool_size=settings.web_threads, application="floor")
    statements = runtime.statements
    queue = Queue("floor", connection=Redis.from_url(runtime.redis_url))
    constant = Path(os.environ[CONSTANT]).read_bytes() if CONSTANT in os.environ else b""
    app = Flask("floor")

    def insert() -> str:
        sent = request.get_json()
        comment = _comment(sent)
        with statements.connect() as connection:
            submissions.accept(connection, [(comment, None)])
        return str(comment.id)

    @app.post(f"/insert{COMMENTS}")
    def same_insert() -> tuple[Response, int]:
        return jsonify(id=insert(), status="pending"), 202

    @app.post(f"/enqueue{COMMENTS}")
    def same_insert_then_enqueue() -> tuple[Response, int]:
        comment_id = insert()
        queue.enqueue(noop, 0, result_ttl=0)
        return jsonify(id=comment_id, status="pending"), 202

    @app.post(f"/plain{COMMENTS}")
    def one_row() -> tuple[Response, int]:
        sent = request.get_json()
        comment_id = uuid7.uuid7()
        with statements.connect() as connection:
            connection.execute(_PLAIN_INSERT, {"id": comment_id, **sent})
        return jsonify(id=str(comment_id), status="pending"), 202

    @app.get("/constant")
    def same_bytes() -> Response:
        return Response(constant, content_type="application/json")

    return app


def _comment(sent: dict[str, str]) -> NewComment:
    """Columns as full as Greenroom's, without what it costs to fill them."""
    return NewComment(
        id=uuid7.uuid7(),
        site_id=SITE_ID,
        page_url=sent["page_url"],
        page_title=None,
        page_excerpt=None,
        parent_id=None,
        author_name=sent["author_name"],
        author_website=None,
        author_language=None,
        author_token_hash=bytes(32),
        email=SealedEmail(
            key_id="bench", ciphertext=b"0" * 48, fingerprint=sha256(sent["author_email"].encode()).digest()
        ),
        body=sent["body"],
        traces=Traces(ip_hash=b"0" * 16, ip_prefix="127.0.0.0/24"),
        form_age=None,
        is_honeypot_filled=False,
        suspicion=None,
        created_at=datetime.now(UTC),
    )


def prepare_database(url: str, *, pages: list[str]) -> str:
    """Make a database of its own for the floor, with the same schema and a thread for each page. Returns its URL."""
    with autocommit(connect(url)).connect() as connection:
        connection.execute(text(f"CREATE DATABASE {DATABASE}"))
    own_url = url.replace("/postgres?", f"/{DATABASE}?", 1)
    engine = connect(own_url)
    migrate(engine)
    with engine.begin() as connection:
        connection.execute(text(_PLAIN_TABLE))
        sites.add(connection, "demo", name="Floor", origins=["http://127.0.0.1"], changed_by="bench")
        for page in pages:
            submissions.add_thread(connection, site_id=SITE_ID, page_url=page, page_title=None)
    engine.dispose()
    return own_url


def main() -> int:
    """Serve the floor exactly as Greenroom's web process is served: by the same function."""
    app = create_app()
    wsgi.prepare = lambda: app  # type: ignore[assignment]
    return serve.serve_web()


if __name__ == "__main__":
    sys.exit(main())
