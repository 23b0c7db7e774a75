"""A bounded load of comments that are like no other, sent as a careful client would send them."""

import itertools
import random
import threading
import time
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Self

import httpx

from tests.stack import Stack, wait_until

RATE = 40.0
SENDERS = 8
PATIENCE_S = 60.0
PAGES = 3

WORDS = (  # noqa: SIM905 - seventy quoted words are hard to read
    "garden ribbons window morning letter blossom season kitchen vineyard answer picture winter corner journey market"
    " teacher engine forest island shadow summer ticket harbour pocket castle basket butter candle circle cotton"
    " doctor farmer folder flower hammer holiday jacket ladder lesson meadow mirror museum needle orange parcel"
    " pencil pepper pillow planet raisin ribbon saddle sailor school silver spring square station marble sugar"
    " supper tailor temple thunder timber tunnel turtle valley velvet violin wagon walnut weather wheel yellow"
).split()


def fresh_body(marker: str = "") -> str:
    """A text that shares no phrase with any other. `marker` asks tests/sabotage to misbehave."""
    name = "".join(chr(ord("g") + int(digit, 16)) for digit in uuid.uuid4().hex)
    return " ".join(filter(None, [*random.choices(WORDS, k=20), marker, name]))  # noqa: S311 - not a secret


def fresh_page() -> int:
    """A page that nobody has commented on yet."""
    return PAGES + uuid.uuid4().int % 10**12


@dataclass(slots=True)
class Post:
    """One comment that was sent, once or again and again with the same key. `answers` are codes or errors' names."""

    key: str
    body: str
    page: int
    comment_id: uuid.UUID | None = None
    author_token: str = ""
    answers: list[str] = field(default_factory=list)
    slowest_s: float = 0.0


def accepted_of(posts: Iterable[Post]) -> list[uuid.UUID]:
    return [post.comment_id for post in posts if post.comment_id]


class Load:
    """Posts at a bounded rate until the block ends. What isn't accepted is sent again with its key until it is."""

    def __init__(self, stack: Stack, *, rate: float = RATE, sluggish_every: int = 0) -> None:
        self.posts: list[Post] = []
        self._stack, self._rate, self._sluggish_every = stack, rate, sluggish_every
        self._numbers = itertools.count()
        self._stopping = threading.Event()
        self._threads = [threading.Thread(target=self._run, daemon=True) for _ in range(SENDERS)]
        self._began = time.monotonic()

    def __enter__(self) -> Self:
        self._began = time.monotonic()
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopping.set()
        for thread in self._threads:
            thread.join(PATIENCE_S)

    def accepts(self, more: int, within: float = PATIENCE_S) -> None:
        """Wait until so many more comments were accepted."""
        wanted = len(self.accepted) + more
        wait_until(
            lambda: len(self.accepted) >= wanted, within, lambda: f"only {len(self.accepted)} of {wanted} accepted"
        )

    @property
    def accepted(self) -> list[uuid.UUID]:
        return accepted_of(list(self.posts))

    def _run(self) -> None:
        with httpx.Client(timeout=20) as client:
            while not self._stopping.is_set():
                number = next(self._numbers)
                if self._stopping.wait(max(0.0, self._began + number / self._rate - time.monotonic())):
                    return
                is_sluggish = self._sluggish_every and number % self._sluggish_every == 0
                body = fresh_body("marksluggish" if is_sluggish else "")
                post = Post(uuid.uuid4().hex, body, number % PAGES)
                self.posts.append(post)
                insist(client, self._stack, post)


def insist(client: httpx.Client, stack: Stack, post: Post) -> None:
    """Send a post until it is accepted, for a minute at most."""
    deadline = time.monotonic() + PATIENCE_S
    while post.comment_id is None and time.monotonic() < deadline:
        send(client, stack, post)
        if post.comment_id is None:
            time.sleep(0.2)


def send(client: httpx.Client, stack: Stack, post: Post) -> None:
    """Send a post once and note what came of it."""
    began = time.monotonic()
    try:
        answer = client.post(
            f"{stack.url}/api/v1/sites/demo/comments",
            json={
                "page_url": f"{stack.url}/faults/{post.page}",
                "author_name": "Ann",
                "author_email": f"reader-{post.key[:1]}@example.org",
                "body": post.body,
            },
            headers={"Origin": stack.url, "Idempotency-Key": post.key},
        )
        post.answers.append(str(answer.status_code))
        if answer.is_success:
            post.comment_id = uuid.UUID(answer.json()["id"])
            post.author_token = answer.json()["author_token"]
        elif answer.is_client_error:
            post.answers[-1] += f" {answer.text}"
    except httpx.HTTPError as error:
        post.answers.append(type(error).__name__)
    post.slowest_s = max(post.slowest_s, time.monotonic() - began)


def send_all(stack: Stack, bodies: Iterable[str], *, page: int = 0) -> list[Post]:
    """Send each body as a comment, one after the other, on one page."""
    posts = [Post(uuid.uuid4().hex, body, page) for body in bodies]
    with httpx.Client(timeout=20) as client:
        for post in posts:
            insist(client, stack, post)
    return posts
