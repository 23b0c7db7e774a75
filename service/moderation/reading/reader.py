"""The trained reader: facts in, probabilities and their exact explanations out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files

from service.moderation.model import Facts
from service.moderation.reading.explain import Explanation, Ground, Layer, explain
from service.moderation.reading.heads import COLUMN, Head
from service.moderation.reading.linear import Vector, Weights, digest, from_bytes, probability
from service.moderation.reading.taken_apart import TakenApart, take_apart

MOST_TOGETHER = 64
MOST_CHARACTERS = 60_000
"""Comments and characters that are hashed in one pass: more would only take more memory."""


@dataclass(frozen=True)
class Reading:
    """What the reader makes of one comment."""

    logits: tuple[float, ...]
    language: str
    model_version: str
    _weights: Weights
    _batch: TakenApart
    _place: int

    def logit(self, head: Head) -> float:
        """Return the logit of a head; 0 is even odds."""
        return self.logits[COLUMN[head]]

    def probability(self, head: Head) -> float:
        """Return the calibrated probability of a head, 0 to 1."""
        return probability(self.logit(head))

    def explain(self, head: Head, layer: Layer | None = None) -> Explanation:
        """Return what moved the logit of a head, or what a site's layer makes of it; the contributions add up to it."""
        return explain(self._weights, self._ground, head, layer)

    @cached_property
    def _ground(self) -> Ground:
        return Ground(self._batch, self._place)

    @cached_property
    def vector(self) -> Vector:
        """The comment as a sparse vector, for the site's own model."""
        return self._batch.vector(self._place)


class Reader:
    """Weights that read. `version` names them in decisions: the first 12 digits of their SHA-256."""

    def __init__(self, weights: Weights, version: str) -> None:
        """Keep both."""
        self.weights = weights
        self.version = version

    def read(self, batch: Sequence[Facts]) -> list[Reading]:
        """Return a reading for every comment, in the order of the batch; reading many at once is cheaper."""
        return [reading for part in _parts(batch) for reading in self._read_together(part)]

    def _read_together(self, batch: Sequence[Facts]) -> list[Reading]:
        taken = take_apart(batch)
        logits = self.weights.logits(taken.channels, taken.values, taken.signals).tolist()
        return [
            Reading(tuple(row), taken.languages[place], self.version, self.weights, taken, place)
            for place, row in enumerate(logits)
        ]


def reader_of(raw: bytes) -> Reader:
    """Return the reader of weights as they are shipped. Raises WeightsProblem."""
    return Reader(from_bytes(raw), digest(raw)[:12])


@lru_cache(maxsize=1)
def shipped_reader() -> Reader:
    """Return the reader that comes with this release, loaded once a process."""
    return reader_of(files(__package__).joinpath("weights.bin").read_bytes())


def _parts(batch: Sequence[Facts]) -> Iterator[Sequence[Facts]]:
    start = characters = 0
    for place, facts in enumerate(batch):
        characters += len(facts.body)
        if place > start and (place - start >= MOST_TOGETHER or characters > MOST_CHARACTERS):
            yield batch[start:place]
            start, characters = place, len(facts.body)
    if start < len(batch):
        yield batch[start:]
