"""An author at the own comment, as a widget acts for one."""

from dataclasses import dataclass, replace
from typing import Any, Self
from uuid import UUID

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from service.runtime import Runtime
from service.storage import sites
from service.storage.sites import Site
from tests.conftest import Rows, Visitor, make_app


@dataclass(frozen=True)
class Author:
    """Whoever has the token of one comment."""

    client: FlaskClient
    comment_id: UUID
    token: str

    @classmethod
    def of(cls, visitor: Visitor, **changes: Any) -> Self:
        """The author of a comment that was just accepted."""
        accepted = visitor.accepted(**changes)
        return cls(visitor.client, UUID(accepted["id"]), accepted["author_token"])

    @classmethod
    def of_published(cls, visitor: Visitor, **changes: Any) -> Self:
        author = cls.of(visitor, **changes)
        visitor.drain()
        assert author.status()["status"] == "published"
        return author

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}", "Origin": "https://example.org"}

    @property
    def url(self) -> str:
        return f"/api/v1/comments/{self.comment_id}"

    def elsewhere(self, runtime: Runtime) -> Self:
        """The same author at another process of the server."""
        return replace(self, client=make_app(runtime).test_client())

    def ask(self, **query: Any) -> TestResponse:
        return self.client.get(f"{self.url}/status", query_string=query, headers=self.headers)

    def status(self, **query: Any) -> dict[str, Any]:
        answer = self.ask(**query)
        assert answer.status_code == 200, answer.text
        told: dict[str, Any] = answer.get_json()
        return told

    def edit(self, body: str, revision: int = 1, **more: Any) -> TestResponse:
        return self.client.patch(self.url, json={"body": body, "revision": revision, **more}, headers=self.headers)

    def edited(self, body: str, revision: int = 1) -> dict[str, Any]:
        answer = self.edit(body, revision)
        assert answer.status_code == 202, answer.text
        told: dict[str, Any] = answer.get_json()
        return told

    def erase(self) -> TestResponse:
        return self.client.delete(self.url, headers=self.headers)


def let(runtime: Runtime, site: Site, **changes: Any) -> None:
    """Change what the site asks of a submission."""
    with runtime.engine.begin() as connection:
        wanted = replace(site, intake=replace(site.intake, **changes))
        sites.change(connection, site, wanted, changed_by="test")


def texts(visitor: Visitor, **query: Any) -> list[str]:
    """What readers see of the page."""
    return [comment["body_text"] for comment in visitor.read(**query)["comments"]]


def state_of(rows: Rows, comment_id: UUID) -> tuple[str, int, int | None]:
    """Status, newest revision, and the one that readers see."""
    ((status, revision, shown),) = rows(
        "SELECT status, revision, shown_revision FROM comments WHERE id = :id", id=comment_id
    )
    return status, revision, shown
