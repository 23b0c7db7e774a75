"""A batch of comments as numbers: hashed features by channel, their values, the structural signals, the languages."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from service.moderation.model import Facts
from service.moderation.reading.features import BODY_CHANNELS, BUCKETS, CHANNELS, Grams, Hashed, grams, hashed
from service.moderation.reading.language import TRAINED, UNKNOWN, language_of
from service.moderation.reading.linear import Floats, Vector
from service.moderation.reading.material import Material, material
from service.moderation.reading.structure import NAMES, PLACE, structure

FOREIGN = 0.5
"""How much the words of a language weigh that nobody trained on: their hashes hit weights of other words."""


@dataclass(frozen=True, slots=True)
class TakenApart:
    """`values` is channels x comments, `signals` comments x signals; every list is in the order of the batch."""

    materials: list[Material]
    languages: list[str]
    grams: Grams
    channels: list[Hashed]
    values: Floats
    signals: Floats

    def vector(self, place: int, only: Sequence[int] = tuple(range(len(CHANNELS)))) -> Vector:
        """Return one comment as a sparse vector of some channels and all signals.

        A bucket that two channels share stands twice.
        """
        ids, values = [], []
        for number in only:
            channel, value = self.channels[number], self.values[number, place]
            found = channel.ids[channel.bounds[place] : channel.bounds[place + 1]]
            ids.append(found)
            values.append(np.full(len(found), value))
        signals = np.flatnonzero(self.signals[place])
        all_ids = np.concatenate([*ids, signals + BUCKETS])
        all_values = np.concatenate([*values, self.signals[place, signals]])
        order = np.argsort(all_ids, kind="stable")
        return Vector(all_ids[order], all_values[order])


def take_apart(batch: Sequence[Facts]) -> TakenApart:
    """Return the numbers of a batch."""
    materials = [material(facts) for facts in batch]
    languages = [language_of(taken.tokens, taken.facts.language) for taken in materials]
    found = grams([taken.texts for taken in materials])
    channels = hashed(found)
    values = np.array([channel.values for channel in channels])
    values[BODY_CHANNELS, :] *= [weight_of(language) for language in languages]
    return TakenApart(materials, languages, found, channels, values, _signals(materials))


def weight_of(language: str) -> float:
    """Return how much the words of a language weigh."""
    return 1.0 if language in TRAINED or language == UNKNOWN else FOREIGN


def _signals(materials: Sequence[Material]) -> Floats:
    signals = np.zeros((len(materials), len(NAMES)))
    for row, taken in zip(signals, materials, strict=True):
        for name, value in structure(taken).items():
            row[PLACE[name]] = value
    return signals
