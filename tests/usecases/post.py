"""Mail to authors as they get it: by a real server, with links whose buttons somebody presses."""

import re
from email.message import EmailMessage
from typing import Any

from flask.testing import FlaskClient

from tests.conftest import SendMails
from tests.mail_server import MailServer


class Post:
    """The mails that came in while a test runs, and what somebody does with their links."""

    def __init__(self, server: MailServer, send_mails: SendMails, client: FlaskClient) -> None:
        self.server, self._send, self._client = server, send_mails, client

    def sent(self) -> list[EmailMessage]:
        """What came since this was asked last, once everything due is sent."""
        before = len(self.server.messages)
        self._send(self.server.url)
        return self.server.messages[before:]

    def follow(self, mail: EmailMessage, page: str, **fields: str) -> Any:
        """Press the button of the page that this mail leads to."""
        return self._client.post(link(mail, page), data=fields)


def link(mail: EmailMessage, page: str) -> str:
    """The path that follows our address in a link of this mail."""
    (found,) = re.findall(rf"https://comments\.example\.net(/{page}/\S+)", mail.get_content())
    return str(found)
