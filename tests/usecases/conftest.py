"""What the tests of mail to authors share."""

from collections.abc import Callable, Iterator
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from tests.conftest import PLAIN_CHECKS, Rows, SendMails, Visitor
from tests.mail_server import mail_server
from tests.usecases.post import Post

REVIEW = "/api/v1/review/comments"


@pytest.fixture
def post(send_mails: SendMails, client: FlaskClient, visitor: Visitor) -> Iterator[Post]:
    visitor.drain.checks = PLAIN_CHECKS
    with mail_server() as server:
        yield Post(server, send_mails, client)


@pytest.fixture
def decide(visitor: Visitor, bearer: Callable[..., dict[str, str]], rows: Rows) -> Callable[..., None]:
    token = bearer("moderator")

    def decide(comment_id: UUID, decision: str = "reject") -> None:
        ((replaces,),) = rows("SELECT max(id) FROM decisions WHERE comment_id = :id", id=comment_id)
        sent = {"decision": decision, "revision": 1, "replaces": replaces}
        answer = visitor.client.post(f"{REVIEW}/{comment_id}/decisions", json=sent, headers=token)
        assert answer.status_code == 201, answer.get_data(as_text=True)

    return decide
