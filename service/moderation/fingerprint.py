"""Fingerprints that find nearly the same text again without comparing with every earlier comment.

MinHash after Broder (1997), "On the resemblance and containment of documents"; bands as in Leskovec, Rajaraman and
Ullman, "Mining of Massive Datasets", chapter 3. With 8 bands of 6 rows two texts of likeness s share a band with the
probability 1 - (1 - s**6)**8: 0.91 at s = 0.8, 0.12 at s = 0.5.
"""

import re
from hashlib import blake2b
from operator import eq
from struct import Struct
from typing import NamedTuple

from rensa import RMinHash  # type: ignore[import-untyped]

from service.moderation.found_links import find_links
from service.moderation.text import UNSPACED_LETTER, fold

SLOTS = 48
BANDS = 8
SIGNATURE_BYTES = SLOTS * 4
MIN_WORDS = 8
MIN_LETTERS = 40
WORDS_PER_SHINGLE = 3
LETTERS_PER_SHINGLE = 5

# Stored signatures are compared with new ones: neither may ever change without computing all of them again.
_SEED = 20_240_229
_SIGNATURE = Struct(f"<{SLOTS}I")
_BANDS = Struct(f"<{BANDS}q")
_ROWS = tuple(
    slice(start, start + SIGNATURE_BYTES // BANDS) for start in range(0, SIGNATURE_BYTES, SIGNATURE_BYTES // BANDS)
)
_WORD = re.compile(r"\w+")


class Fingerprint(NamedTuple):
    """`signature`: 48 little-endian 32-bit slots, 192 bytes; `bands`: 8 signed 64-bit numbers to look up by."""

    signature: bytes
    bands: tuple[int, ...]


def fingerprint(body: str) -> Fingerprint | None:
    """Return the fingerprint of a body, or None for one so short that honest people say the same."""
    folded = fold(_with_hosts_only(body))
    words = _WORD.findall(folded)
    letters = "".join(words)
    if len(words) < MIN_WORDS and len(letters) < MIN_LETTERS:
        return None
    minhash = RMinHash(num_perm=SLOTS, seed=_SEED)
    minhash.update(_shingles(words, letters))
    signature = _SIGNATURE.pack(*minhash.digest())
    return Fingerprint(signature, _bands(signature))


def likeness(a: bytes, b: bytes) -> float:
    """Return the estimated Jaccard similarity of two texts, 0 to 1, from their signatures of 192 bytes each.

    The standard error is at most 0.07 (the square root of s * (1 - s) / 48).
    """
    if len(a) != SIGNATURE_BYTES or len(b) != SIGNATURE_BYTES:
        message = f"a signature has {SIGNATURE_BYTES} bytes, not {len(a)} and {len(b)}"
        raise ValueError(message)
    alike: int = sum(map(eq, _SIGNATURE.unpack(a), _SIGNATURE.unpack(b)))
    return alike / SLOTS


def _with_hosts_only(body: str) -> str:
    """Shorten each address to its host: the same advertisement comes with a new path each time."""
    pieces: list[str] = []
    position = 0
    for link in find_links(body):
        pieces += (body[position : link.span.start], link.host)
        position = link.span.end
    return "".join(pieces) + body[position:]


def _shingles(words: list[str], letters: str) -> list[str]:
    if not letters.isascii() and 2 * len(UNSPACED_LETTER.findall(letters)) > len(letters):
        return [letters[i : i + LETTERS_PER_SHINGLE] for i in range(len(letters) - LETTERS_PER_SHINGLE + 1)]
    if len(words) < WORDS_PER_SHINGLE:
        return words
    return list(map(" ".join, zip(words, words[1:], words[2:], strict=False)))


def _bands(signature: bytes) -> tuple[int, ...]:
    # blake2b, because hash() differs from process to process.
    return _BANDS.unpack(b"".join([blake2b(signature[rows], digest_size=8).digest() for rows in _ROWS]))
