"""Plots: the curves behind the figures, as PNG files that can be read in print and by the colour-blind."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from service.evaluation.curve import Point
from service.evaluation.metrics import Estimate, Floats, Integers, Ordered, auc, calibration_error, pr_auc, reliability

COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#000000")
"""The palette of Okabe & Ito 2008."""
STYLES = ("-", "--", "-.", ":")
SIZE = (11.0, 5.0)
DOTS_PER_INCH = 120
LOW_FALSE_POSITIVES = 0.05
"""Up to here the second panel shows the ROC curve: further right no site can live."""
LOWEST_SCORE = 1e-4


class Line(NamedTuple):
    """Rows that are drawn as one line: labels (n,) of 0 and 1, scores (n,)."""

    name: str
    labels: Integers
    scores: Floats


def draw_all(folder: Path, lines: Sequence[Line], learning: Mapping[str, Sequence[Point]], *, title: str) -> list[Path]:
    """Write roc.png, precision-recall.png, calibration.png and, where there is a curve, learning.png.

    Returns the files. Lines of one kind of row only are left out. Raises OSError.
    """
    folder.mkdir(parents=True, exist_ok=True)
    drawn = [line for line in lines if 0 < line.labels.sum() < len(line.labels)]
    pictures: list[tuple[str, Figure]] = []
    if drawn:
        pictures += [
            ("roc", _roc(drawn, title)),
            ("precision-recall", _precision_recall(drawn, title)),
            ("calibration", _calibration(drawn, title)),
        ]
    if learning:
        pictures.append(("learning", _learning(learning, title)))
    return [_save(figure, folder / f"{name}.png") for name, figure in pictures]


def _roc(lines: Sequence[Line], title: str) -> Figure:
    figure, (whole, low) = _panels(f"ROC: {title}")
    for number, line in enumerate(lines):
        sweep = Ordered(line.labels, line.scores).sweep()
        for axes in (whole, low):
            axes.step(
                sweep.false_positives, sweep.recall, where="post", label=f"{line.name}, AUC {auc(sweep):.3f}",
                **_look(number),
            )  # fmt: skip
    whole.plot([0, 1], [0, 1], color="#999999", linewidth=1)
    _name(whole, "good comments flagged", "bad comments caught", "everything")
    _name(low, "good comments flagged", "", f"up to {LOW_FALSE_POSITIVES:.0%} flagged")
    low.axvline(0.01, color="#999999", linewidth=1)
    _percent(whole, low)
    low.set_xlim(0, LOW_FALSE_POSITIVES)
    low.set_xticks(np.linspace(0, LOW_FALSE_POSITIVES, 6))
    whole.legend(loc="lower right", fontsize=8)
    return figure


def _precision_recall(lines: Sequence[Line], title: str) -> Figure:
    figure, (axes,) = _panels(f"Precision and recall: {title}", count=1)
    for number, line in enumerate(lines):
        sweep = Ordered(line.labels, line.scores).sweep()
        share = float(line.labels.mean())
        look = _look(number)
        axes.step(
            sweep.recall[1:], sweep.precision, where="pre",
            label=f"{line.name}, {share:.0%} bad, PR-AUC {pr_auc(sweep):.3f}", **look,
        )  # fmt: skip
        axes.axhline(share, color=look["color"], linewidth=0.8, linestyle=":")
    _name(axes, "bad comments caught (recall)", "flagged ones that are bad (precision)", "dotted: flagging everything")
    _percent(axes)
    figure.legend(loc="outside right upper", fontsize=8)
    return figure


def _calibration(lines: Sequence[Line], title: str) -> Figure:
    figure, (axes, counts) = _panels(f"Calibration: {title}")
    for number, line in enumerate(lines):
        bins = reliability(line.labels, line.scores)
        error = calibration_error(line.labels, line.scores)
        look = _look(number)
        axes.plot(
            [item.predicted for item in bins], [item.observed for item in bins], marker="o", markersize=4,
            label=f"{line.name}, ECE {error:.3f}", **look,
        )  # fmt: skip
        spread = np.clip(line.scores, LOWEST_SCORE, 1)
        counts.hist(spread, bins=np.geomspace(LOWEST_SCORE, 1, 41).tolist(), histtype="step", **look)
    axes.plot([0, 1], [0, 1], color="#999999", linewidth=1)
    _name(axes, "predicted chance of being bad", "really bad", "bins of equal mass; the grey line is right")
    _percent(axes)
    counts.set_xscale("log")
    counts.set_yscale("log")
    _name(counts, f"predicted chance ({LOWEST_SCORE:g} and below on the left)", "comments", "how often each is said")
    figure.legend(loc="outside right upper", fontsize=8)
    return figure


def _learning(curves: Mapping[str, Sequence[Point]], title: str) -> Figure:
    figure, (ranks, errors) = _panels(f"Learning from a moderator: {title}")
    decisions = sorted({point.decisions for points in curves.values() for point in points})
    for number, (name, points) in enumerate(curves.items()):
        places = [decisions.index(point.decisions) for point in points]
        _with_interval(ranks, places, [point.figures.auc for point in points], name, number)
        _with_interval(errors, places, [point.figures.calibration_error for point in points], name, number)
        if len(curves) == 1:
            _write_values(ranks, places, [point.figures.auc for point in points])
            _write_values(errors, places, [point.figures.calibration_error for point in points])
    for axes in (ranks, errors):
        axes.set_xticks(range(len(decisions)), [f"{count:,}" for count in decisions])
    _name(ranks, "decisions so far", "AUC on the comments that follow", "with 95 % intervals")
    _name(errors, "decisions so far", "calibration error on the comments that follow", "grey: the promise, 0.05")
    errors.axhline(0.05, color="#999999", linewidth=1)
    errors.set_ylim(bottom=0)
    ranks.legend(loc="lower right", fontsize=8)
    return figure


def _with_interval(
    axes: Axes, places: Sequence[int], estimates: Sequence[Estimate | None], name: str, number: int
) -> None:
    known = [(place, estimate) for place, estimate in zip(places, estimates, strict=True) if estimate]
    at = [place for place, _ in known]
    look = _look(number)
    axes.fill_between(at, [e.low for _, e in known], [e.high for _, e in known], color=look["color"], alpha=0.15)
    axes.plot(at, [e.value for _, e in known], marker="o", label=name, **look)


def _write_values(axes: Axes, places: Sequence[int], estimates: Sequence[Estimate | None]) -> None:
    """Write each figure beside its point; with several lines they would hide each other."""
    for place, estimate in zip(places, estimates, strict=True):
        if estimate:
            at = (place, estimate.value)
            axes.annotate(f"{estimate.value:.3f}", at, (0, 7), textcoords="offset points", ha="center", fontsize=8)


def _panels(title: str, *, count: int = 2) -> tuple[Figure, Sequence[Axes]]:
    figure = Figure(figsize=SIZE, layout="constrained")
    FigureCanvasAgg(figure)
    figure.suptitle(title)
    axes: Sequence[Axes] = [figure.add_subplot(1, count, place + 1) for place in range(count)]
    for panel in axes:
        panel.grid(visible=True, color="#e5e5e5", linewidth=0.6)
        panel.set_axisbelow(True)
        panel.spines[["top", "right"]].set_visible(False)
    return figure, axes


def _look(number: int) -> dict[str, Any]:
    return {
        "color": COLOURS[number % len(COLOURS)],
        "linestyle": STYLES[(number // len(COLOURS)) % len(STYLES)],
    }


def _name(axes: Axes, x: str, y: str, title: str) -> None:
    axes.set_xlabel(x)
    axes.set_ylabel(y)
    axes.set_title(title, fontsize=9)


def _percent(*panels: Axes) -> None:
    for axes in panels:
        axes.xaxis.set_major_formatter(_as_percent)
        axes.yaxis.set_major_formatter(_as_percent)
        axes.set_xlim(0, 1)
        axes.set_ylim(0, 1.01)


def _as_percent(value: float, _place: float) -> str:
    return f"{value:.0%}"


def _save(figure: Figure, path: Path) -> Path:
    figure.savefig(path, dpi=DOTS_PER_INCH)
    return path
