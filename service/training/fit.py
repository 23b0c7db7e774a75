"""Fitting: rows in, shipped weights out; the same rows and seed give the same bytes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from random import Random

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags
from scipy.special import expit

from service.moderation.reading.features import BUCKETS
from service.moderation.reading.heads import HEADS, Head
from service.moderation.reading.linear import Floats, Weights
from service.training.augment import disguised, honest_praise, lowered, with_fields, without_fields
from service.training.logistic import Line, fit_logistic
from service.training.matrix import WIDTH, Matrices, matrices_of
from service.training.priors import counts_for, highest_of, prior_of
from service.training.rows import Row, facts_of

SEED = 20_251_125
MOST_ROWS_OF_KIND = 3_000
"""Rows of one source and label that are read; more of the same teaches little."""

DISGUISED_SHARE = 0.25
BARE_SHARE = 0.3
HONEST_PRAISE_SHARE = 0.5
VOICE = {"synthetic": 0.5, "written": 2.0}
"""Importance of a row of our own writing: a grammar repeats itself, and each written line stands for many."""

WRITTEN = "written"
"""Comments that were written one by one: all of them are read."""

HELD_OUT = 5
"""One group in this many calibrates the weights that the others trained."""

PENALTY_OF_WORDS = 1.0
PENALTY_OF_SIGNALS = 0.3
NEVER = 1e6
"""Penalty of a signal that a head does not count."""

FULL_VOICE = 1_500
"""Rows from which on a source speaks with the square root of its size."""

BASE_RATE = {Head.SPAM: 0.15, Head.TOXICITY: 0.15}
RARE = 0.04
"""Share of bad comments that calibration assumes where people write: what a blog sees, not what the sources hold."""

CAUTION = 0.85
"""Slope kept of the calibration: an unseen site differs from the rows held out."""

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Fitted:
    """The weights, and how many rows of which source and label they were trained on."""

    weights: Weights
    counts: dict[str, dict[str, int]]


@dataclass(frozen=True, slots=True)
class Prepared:
    """Rows with their features, ready to fit any head."""

    rows: list[Row]
    features: Matrices
    sources: NDArray[np.str_]
    is_held_out: NDArray[np.bool_]


def fit(rows: Sequence[Row], *, seed: int = SEED, progress: Progress = lambda _: None) -> Fitted:
    """Return weights trained on the rows. Takes minutes; `progress` is told what is being done."""
    progress("Reading rows")
    prepared = prepare(rows, seed=seed)
    columns = []
    for head in HEADS:
        progress(f"Fitting {head.value}")
        columns.append(fit_head(prepared, head))
    return Fitted(_quantised(columns, sorted(set(prepared.sources))), _counts(rows))


def prepare(rows: Sequence[Row], *, seed: int = SEED) -> Prepared:
    """Return the rows that are read, augmented, with their features."""
    chance = Random(seed)  # noqa: S311 - the same each time is what is wanted
    read = _thinned(rows, chance)
    read += honest_praise([row for row in read if row["source"] == "synth"], chance, HONEST_PRAISE_SHARE)
    dressed = list(lowered(with_fields(read, chance), chance))
    dressed += without_fields(read, chance, BARE_SHARE)
    dressed += disguised(dressed, chance, DISGUISED_SHARE)
    return Prepared(
        rows=dressed,
        features=matrices_of([facts_of(row) for row in dressed]),
        sources=np.array([row["source"] for row in dressed]),
        is_held_out=np.array([_number(row["group"] or row["text"]) % HELD_OUT == 0 for row in dressed]),
    )


def fit_head(prepared: Prepared, head: Head, *, without: str | None = None) -> Line:
    """Return the calibrated line of one head; `without` leaves a source out, to measure on it."""
    labels = np.array([label_of(row, head) for row in prepared.rows])
    is_known = (labels >= 0) & (prepared.sources != without)
    if not (labels[is_known] > 0).any():
        return Line(np.zeros(WIDTH), float(np.log(RARE / (1 - RARE))))
    trial = _fit_part(prepared, head, labels, is_known & ~prepared.is_held_out)
    slope, shift = _calibration(prepared, head, labels, is_known & prepared.is_held_out, trial)
    whole = _fit_part(prepared, head, labels, is_known)
    return Line(whole.weights * slope, whole.bias * slope + shift)


def label_of(row: Row, head: Head) -> float:
    """Return 1 or 0, or -1 where nobody can know.

    Nobody sells in an encyclopedia's talk pages or in tweets about politics, and who was called neither spam nor toxic
    in a source of either kind is taken to be free of what is rare.
    """
    labels = row["labels"]
    if head.value in labels:
        return float(labels[head.value])
    if head is Head.SPAM:
        return 0.0 if "toxicity" in labels and row["source"] != "davidson" else -1.0
    if head is Head.TOXICITY:
        return 0.0 if row["source"] == "sms" or labels.get("spam") == 1 else -1.0
    return 0.0 if 0 in (labels.get("spam"), labels.get("toxicity")) else -1.0


def _fit_part(prepared: Prepared, head: Head, labels: Floats, chosen: NDArray[np.bool_]) -> Line:
    matrix = prepared.features.seen_by(head)[chosen]
    rarity = _rarity(matrix)
    penalty = np.full(WIDTH, PENALTY_OF_WORDS)
    penalty[BUCKETS:] = np.where(counts_for(head), PENALTY_OF_SIGNALS, NEVER)
    line = fit_logistic(
        (matrix @ diags(rarity)).tocsr(),
        labels[chosen],
        importance=_importance(prepared.sources[chosen], labels[chosen]),
        penalty=penalty,
        prior=prior_of(head),
        highest=highest_of(head),
    )
    return Line(line.weights * rarity, line.bias)


def _rarity(matrix: csr_matrix) -> Floats:
    """Return a factor for each column: rare words may speak louder (inverse document frequency); signals have 1."""
    count = matrix.shape[0]
    met = np.bincount(matrix.indices, minlength=WIDTH)[:BUCKETS]
    rarity = np.ones(WIDTH)
    rarity[:BUCKETS] = (np.log((1 + count) / (1 + met)) + 1) / 6
    return rarity


def _importance(sources: NDArray[np.str_], labels: Floats) -> Floats:
    """Return a weight for each row, so that a large source doesn't outvote the others by size alone."""
    importance = np.ones(len(labels))
    for source in sorted(set(sources)):
        for label in (0.0, 1.0):
            chosen = (sources == source) & (labels == label)
            importance[chosen] = VOICE.get(source, min(1.0, (FULL_VOICE / max(1, chosen.sum())) ** 0.5))
    return importance


def _calibration(
    prepared: Prepared, head: Head, labels: Floats, held_out: NDArray[np.bool_], line: Line
) -> tuple[float, float]:
    """Return slope and shift (Platt 1999) that make the logits of unseen rows probabilities at the base rate."""
    truth = labels[held_out]
    logits = prepared.features.seen_by(head)[held_out] @ line.weights + line.bias
    share = BASE_RATE.get(head, RARE)
    importance = np.where(truth > 0, share / max(1, (truth > 0).sum()), (1 - share) / max(1, (truth == 0).sum()))
    slope, shift = 1.0, 0.0
    for _ in range(50):  # Newton's method on two numbers
        guess = expit(slope * logits + shift)
        wrong, curve = importance * (guess - truth), importance * guess * (1 - guess)
        gradient = np.array([wrong @ logits + 1e-4 * (slope - 1), wrong.sum() + 1e-4 * shift])
        bent = np.array(
            [
                [curve @ (logits * logits) + 1e-4, curve @ logits],
                [curve @ logits, curve.sum() + 1e-4],
            ]
        )
        step = np.linalg.solve(bent, gradient)
        slope, shift = slope - float(np.clip(step[0], -1, 1)), shift - float(np.clip(step[1], -2, 2))
    return max(0.1, slope) * CAUTION, shift * CAUTION


def _quantised(lines: Sequence[Line], trained_on: Sequence[str]) -> Weights:
    table = np.stack([line.weights[:BUCKETS] for line in lines], axis=1)
    scales = np.maximum(np.quantile(np.abs(table), 0.9999, axis=0), 1e-9) / 127
    whole = np.clip(np.rint(table / scales), -127, 127).astype(np.int8)
    return Weights(
        table=whole,
        scales=scales,
        signals=np.stack([line.weights[BUCKETS:] for line in lines], axis=1),
        bias=np.array([line.bias for line in lines]),
        trained_on=tuple(trained_on),
    )


def _thinned(rows: Sequence[Row], chance: Random) -> list[Row]:
    """Return the rows in their order, with at most `MOST_ROWS_OF_KIND` of one source and set of labels."""
    kinds: dict[tuple[str, ...], list[int]] = {}
    for place, row in enumerate(rows):
        kinds.setdefault((row["source"], *(f"{k}{v}" for k, v in sorted(row["labels"].items()))), []).append(place)
    kept: set[int] = set()
    for (source, *_), places in kinds.items():
        is_whole = source == WRITTEN or len(places) <= MOST_ROWS_OF_KIND
        kept.update(places if is_whole else chance.sample(places, MOST_ROWS_OF_KIND))
    return [rows[place] for place in sorted(kept)]


def _counts(rows: Sequence[Row]) -> dict[str, dict[str, int]]:
    counts: dict[str, dict[str, int]] = {}
    for row in rows:
        of_source = counts.setdefault(row["source"], {"rows": 0})
        of_source["rows"] += 1
        for label, value in row["labels"].items():
            of_source[label] = of_source.get(label, 0) + value
    return counts


def _number(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=4).digest())
