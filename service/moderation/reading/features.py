"""Hashed features: what words and pieces of words a batch of comments holds, as places in one weight table.

Five channels: words and letters of the body, the author's name, the links in the body, the website field. Each has
salts of its own, so that `ketamine` in a link weighs differently from `ketamine` in a sentence. A feature counts once
a comment. Its value is 1 / sqrt(n + k) for the n features of the channel: a long text speaks no louder than a short
one, and one or two words alone say little.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from service.moderation.reading.hashing import Places, Prefixes, bucket, code_points

BITS = 17
BUCKETS = 1 << BITS

TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|[^\w\s]{1,3}")  # noqa: RUF001 - apostrophes
"""A word, or up to three signs that stand together."""

_SPACE = 32
_ZERO, _NINE = 48, 57


class Channel(NamedTuple):
    """One source of features: which word n-grams and which letter n-grams, and how strongly few count."""

    name: str
    words: tuple[int, ...]
    letters: tuple[int, ...]
    calm: float


CHANNELS = (
    Channel("words", (1, 2), (), 6.0),
    Channel("letters", (), (3, 4, 5), 30.0),
    Channel("name", (1, 2), (4,), 6.0),
    Channel("link", (1,), (4,), 8.0),
    Channel("website", (1,), (4,), 8.0),
)
BODY_CHANNELS = (0, 1)


class Texts(NamedTuple):
    """What each channel reads of one comment; tokens stand between single spaces."""

    body: str
    name: str
    link: str
    website: str

    def of(self, channel: int) -> str:
        """Return the text that a channel reads."""
        return (self.body, self.body, self.name, self.link, self.website)[channel]


@dataclass(frozen=True, slots=True)
class Hashed:
    """The features of one channel in a batch: `ids[bounds[i]:bounds[i + 1]]` are those of comment `i`, ascending."""

    ids: NDArray[np.int64]
    bounds: NDArray[np.int64]
    values: NDArray[np.float64]


class Piece(NamedTuple):
    """One occurrence of a feature: its bucket, and where in the channel's text it stands."""

    id: int
    start: int
    end: int


def tokenised(text: str) -> str:
    """Return the tokens of a text between single spaces."""
    return " ".join(TOKEN.findall(text))


def hashed(batch: Sequence[Texts], channel: int) -> Hashed:
    """Return the features of one channel for every comment of the batch. The whole batch is hashed in one pass."""
    texts = [texts.of(channel) for texts in batch]
    ids, starts = _occurrences(f" {' '.join(f'{text} ' for text in texts)}", channel)
    firsts = np.cumsum([0] + [len(text) + 2 for text in texts])
    owners = np.searchsorted(firsts, starts, side="right") - 1
    keys = np.unique((owners << BITS) | ids)
    bounds = np.searchsorted(keys, np.arange(len(texts) + 1) << BITS)
    values = 1.0 / np.sqrt(np.diff(bounds) + CHANNELS[channel].calm)
    return Hashed(keys & (BUCKETS - 1), bounds, values)


def pieces(texts: Texts, channel: int) -> list[Piece]:
    """Return every occurrence of the features that `hashed` finds in one comment, with its place."""
    ids, starts, ends = _grams(f" {texts.of(channel)} ", channel)
    last = len(texts.of(channel))
    places = zip(ids.tolist(), starts.tolist(), ends.tolist(), strict=True)
    return [Piece(id_, max(0, start - 1), min(last, end - 1)) for id_, start, end in places]


def _occurrences(text: str, channel: int) -> tuple[NDArray[np.int64], Places]:
    ids, starts, _ = _grams(text, channel)
    return ids, starts


def _grams(text: str, channel: int) -> tuple[NDArray[np.int64], Places, Places]:
    """Return bucket, start and end of every n-gram of the channel in a text that begins and ends with a space."""
    points = code_points(text)
    points = np.where((points >= _ZERO) & (points <= _NINE), np.uint32(_ZERO), points)
    prefixes = Prefixes(points)
    is_space = points == _SPACE
    kind = CHANNELS[channel]
    found = [_words(is_space, n) for n in kind.words] + [_letters(is_space, n) for n in kind.letters]
    starts = np.concatenate([start for start, _ in found])
    ends = np.concatenate([end for _, end in found])
    salts = _salts(channel, found)
    return bucket(prefixes.hashes(starts, ends, salts), BITS), starts, ends


def _salts(channel: int, found: Sequence[tuple[Places, Places]]) -> NDArray[np.uint64]:
    salts = [np.uint64((channel * 16 + place + 1) * 0x9E3779B97F4A7C15 % (1 << 64)) for place in range(len(found))]
    return np.repeat(np.array(salts, dtype=np.uint64), [len(starts) for starts, _ in found])


def _words(is_space: NDArray[np.bool_], n: int) -> tuple[Places, Places]:
    """Return where each run of `n` words of one comment starts and ends; two spaces part comments."""
    edges = np.flatnonzero(is_space[:-1] & ~is_space[1:]) + 1
    ends = np.flatnonzero(~is_space[:-1] & is_space[1:]) + 1
    if n == 1:
        return edges, ends
    starts, ends = edges[: len(edges) - n + 1], ends[n - 1 :]
    spaces: Places = np.cumsum(is_space)
    is_together: NDArray[np.bool_] = spaces[ends - 1] - spaces[starts] == n - 1
    return starts[is_together], ends[is_together]


def _letters(is_space: NDArray[np.bool_], n: int) -> tuple[Places, Places]:
    """Return where each `n` letters of one word start and end; the spaces around the word count as letters."""
    starts = np.arange(max(0, len(is_space) - n + 1))
    spaces: Places = np.cumsum(is_space)
    inside: Places = spaces[starts + n - 2] - spaces[starts]
    is_edge_alone = is_space[starts] & is_space[starts + 1]
    starts = starts[(inside == 0) & ~is_edge_alone]
    return starts, starts + n
