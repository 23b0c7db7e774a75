"""Akismet's comment-check, as a client (akismet.com/developers/detailed-docs/comment-check/)."""

from dataclasses import dataclass
from urllib.parse import urlencode

from service.gateways.remote.client import RemoteClient, Reply
from service.gateways.remote.model import Failure, RemoteAnswer, RemoteComment, RemoteFailed

NO_ADDRESS = "127.0.0.1"
"""Akismet insists on an address. This one says nothing about anybody."""

HAM, SPAM, BLATANT = 0.05, 0.9, 0.99
"""Akismet answers yes or no; these numbers are ours. `BLATANT` is spam that it advises to drop unread."""


@dataclass(frozen=True, slots=True)
class Akismet:
    """`url` ends in /1.1/comment-check; `key` is the site's own API key."""

    client: RemoteClient
    url: str
    key: str
    name: str = "akismet"

    def ask(self, comment: RemoteComment, *, timeout: float) -> tuple[RemoteAnswer, ...]:
        reply = self.client.post(
            self.url,
            body=urlencode(form_of(comment, self.key)).encode(),
            headers={"Content-Type": "application/x-www-form-urlencoded"},
            timeout=timeout,
        )
        return (answer_of(reply),)


def form_of(comment: RemoteComment, key: str) -> dict[str, str]:
    """The fields of the form. What is not known is left out."""
    fields = {
        "api_key": key,
        "blog": comment.blog,
        "user_ip": comment.client_address or NO_ADDRESS,
        "comment_type": "comment",
        "comment_content": comment.body,
        "comment_author": comment.author_name,
        "comment_author_email": comment.author_email,
        "comment_author_url": comment.author_website,
        "permalink": comment.page_url,
        "comment_context[]": comment.page_title,
        "blog_lang": comment.language.replace("-", "_").lower() if comment.language else None,
        "blog_charset": "UTF-8",
    }
    return {name: value for name, value in fields.items() if value}


def answer_of(reply: Reply) -> RemoteAnswer:
    """The answer that a reply stands for.

    Raises:
        RemoteFailed: key_refused, server_error, undecided (a verdict that Akismet itself calls provisional), or
            out_of_schema.

    """
    match reply.body.strip(), reply.headers:
        case _, {"x-akismet-error": _}:
            raise RemoteFailed(Failure.SERVER_ERROR)
        case b"true", {"x-akismet-pro-tip": "discard"}:
            return RemoteAnswer("spam", BLATANT, "Akismet calls it blatant spam, of the kind to drop unread.")
        case b"true", _:
            return RemoteAnswer("spam", SPAM, "Akismet calls it spam.")
        case b"false", {"x-akismet-recheck-after": _}:
            raise RemoteFailed(Failure.UNDECIDED)
        case b"false", _:
            return RemoteAnswer("spam", HAM, "Akismet sees no spam in it.")
        case b"invalid", _:
            raise RemoteFailed(Failure.KEY_REFUSED)
    raise RemoteFailed(Failure.OUT_OF_SCHEMA)
