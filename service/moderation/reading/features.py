"""Hashed features: what words and pieces of words a batch of comments holds, as places in one weight table.

Five channels: words and letters of the body, the author's name, the links in the body, the website field. Each has
salts of its own, so that `ketamine` in a link weighs differently from `ketamine` in a sentence. A feature counts once
a comment. Its value is 1 / sqrt(n + k) for the n features of the channel: a long text speaks no louder than a short
one, and one or two words alone say little.
"""

import re
from collections.abc import Iterator, Sequence
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


class _Cut(NamedTuple):
    """One size of n-grams, the channels that want it, and for each of them the salt of its hashes."""

    is_of_words: bool
    n: int
    channels: tuple[int, ...]
    salts: tuple[int, ...]


def _cuts() -> Iterator[_Cut]:
    """Yield every size that a channel wants. Its channels read the first texts of `Texts`, in their order."""
    wanted: dict[tuple[bool, int], dict[int, int]] = {}
    for channel, kind in enumerate(CHANNELS):
        sizes = [*((True, n) for n in kind.words), *((False, n) for n in kind.letters)]
        for place, size in enumerate(sizes):
            salt = (channel * 16 + place + 1) * 0x9E3779B97F4A7C15 % (1 << 64)
            wanted.setdefault(size, {})[channel] = salt
    for (is_of_words, n), salts in wanted.items():
        yield _Cut(is_of_words, n, tuple(salts), tuple(salts.values()))


_CUTS = tuple(_cuts())


class Texts(NamedTuple):
    """What each channel reads of one comment; tokens stand between single spaces."""

    body: str
    name: str
    link: str
    website: str


@dataclass(frozen=True, slots=True)
class Hashed:
    """The features of one channel in a batch: `ids[bounds[i]:bounds[i + 1]]` are those of comment `i`, ascending."""

    ids: NDArray[np.int64]
    bounds: NDArray[np.int64]
    values: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Grams:
    """Every n-gram of a batch of comments: its bucket, and where in all texts joined it starts and ends.

    `bounds[k]` says for the k-th size where the n-grams of each text begin; the texts are all bodies, then all names,
    links and websites, and `firsts` says where each begins, with the space before it.
    """

    ids: NDArray[np.int64]
    starts: Places
    ends: Places
    bounds: tuple[Places, ...]
    firsts: Places
    comments: int


class Pieces(NamedTuple):
    """Every occurrence of a feature in one comment: its channel, its bucket, and its place in `" ".join(texts)`."""

    channels: Places
    ids: NDArray[np.int64]
    starts: Places
    ends: Places


def tokenised(text: str) -> str:
    """Return the tokens of a text between single spaces."""
    return " ".join(TOKEN.findall(text))


def grams(batch: Sequence[Texts]) -> Grams:
    """Return the n-grams of every comment of the batch, which is hashed in one pass."""
    texts = [text for field in zip(*batch, strict=True) for text in field]
    firsts = np.cumsum([0] + [len(text) + 2 for text in texts])
    points = code_points(f" {'  '.join(texts)} ")
    points = np.where((points >= _ZERO) & (points <= _NINE), np.uint32(_ZERO), points)
    is_space = points == _SPACE
    spaces: Places = np.cumsum(is_space)
    found: list[tuple[Places, Places]] = []
    bounds, salts, count = [], [], 0
    for cut in _CUTS:
        edges = firsts[: len(cut.channels) * len(batch) + 1]
        places_of = _words if cut.is_of_words else _letters
        starts, ends = places_of(is_space[: edges[-1]], spaces[: edges[-1]], cut.n)
        inner = np.searchsorted(starts, edges)
        found.append((starts, ends))
        bounds.append(inner + count)
        count += len(starts)
        salts.append(np.repeat(np.array(cut.salts, dtype=np.uint64), np.diff(inner[:: len(batch)])))
    starts, ends = (np.concatenate(places) for places in zip(*found, strict=True))
    ids = bucket(Prefixes(points).hashes(starts, ends, np.concatenate(salts)), BITS)
    return Grams(ids, starts, ends, tuple(bounds), firsts, len(batch))


def hashed(found: Grams) -> list[Hashed]:
    """Return for each channel the features of every comment."""
    count = len(CHANNELS) * found.comments
    segments = np.concatenate([
        np.repeat(_segments(cut, found.comments), np.diff(bounds))
        for cut, bounds in zip(_CUTS, found.bounds, strict=True)
    ])  # fmt: skip
    # As narrow as they can be: half the bytes are sorted in half the time.
    keys = ((segments << BITS) | found.ids).astype(np.min_scalar_type(count << BITS))
    keys.sort()
    keys = keys[np.diff(keys, prepend=keys[:1] + 1) != 0]
    bounds = np.searchsorted(keys, (np.arange(count + 1) << BITS).astype(keys.dtype))
    ids = keys.astype(np.int64) & (BUCKETS - 1)
    edges = [bounds[start : start + found.comments + 1] for start in range(0, count, found.comments)]
    return [
        Hashed(ids[edge[0] : edge[-1]], edge - edge[0], 1.0 / np.sqrt(np.diff(edge) + channel.calm))
        for channel, edge in zip(CHANNELS, edges, strict=True)
    ]


def _segments(cut: _Cut, comments: int) -> Places:
    """Return channel * comments + comment for each text that is cut."""
    segments: Places = np.add.outer(np.array(cut.channels) * comments, np.arange(comments)).ravel()
    return segments


def pieces(found: Grams, place: int) -> Pieces:
    """Return every occurrence of the features that `hashed` finds in one comment, text by text."""
    here = [
        (text, cut.channels[text], bounds[row], bounds[row + 1])
        for text, row in enumerate(range(place, len(found.firsts) - 1, found.comments))
        for cut, bounds in zip(_CUTS, found.bounds, strict=True)
        if text < len(cut.channels)
    ]
    ids, starts, ends = (
        np.concatenate([numbers[start:end] for _, _, start, end in here])
        for numbers in (found.ids, found.starts, found.ends)
    )
    counts = [end - start for _, _, start, end in here]
    texts = np.repeat([text for text, _, _, _ in here], counts)
    firsts = found.firsts[place :: found.comments]
    lengths = found.firsts[place + 1 :: found.comments] - firsts[: len(Texts._fields)] - 2
    joined_at = np.cumsum(lengths + 1) - lengths - 1
    starts = np.maximum(starts - firsts[texts] - 1, 0) + joined_at[texts]
    ends = np.minimum(ends - firsts[texts] - 1, lengths[texts]) + joined_at[texts]
    return Pieces(np.repeat([channel for _, channel, _, _ in here], counts), ids, starts, ends)


def _words(is_space: NDArray[np.bool_], spaces: Places, n: int) -> tuple[Places, Places]:
    """Return where each run of `n` words of one comment starts and ends; two spaces part comments."""
    edges = np.flatnonzero(is_space[:-1] & ~is_space[1:]) + 1
    ends = np.flatnonzero(~is_space[:-1] & is_space[1:]) + 1
    if n == 1:
        return edges, ends
    starts, ends = edges[: len(edges) - n + 1], ends[n - 1 :]
    is_together: NDArray[np.bool_] = spaces[ends - 1] - spaces[starts] == n - 1
    return starts[is_together], ends[is_together]


def _letters(is_space: NDArray[np.bool_], spaces: Places, n: int) -> tuple[Places, Places]:
    """Return where each `n` letters of one word start and end; the spaces around the word count as letters."""
    count = max(0, len(is_space) - n + 1)
    is_inside = spaces[n - 2 : n - 2 + count] == spaces[:count]
    is_edge_alone = is_space[:count] & is_space[1 : count + 1]
    starts = np.flatnonzero(is_inside & ~is_edge_alone)
    return starts, starts + n
