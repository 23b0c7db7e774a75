"""What was measured: figures with their targets, tables behind them, and whatever went wrong."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from statistics import median

DASH = "\N{EN DASH}"

Step = Callable[[str], None]
"""Says what is done next; moves the progress bar."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How long to measure, and with whom."""

    rounds: int
    seconds: float
    isso: str | None


@dataclass(frozen=True, slots=True)
class Target:
    """A figure to reach: at least or at most `bound`."""

    is_at_least: bool
    bound: float

    def is_met(self, value: float) -> bool:
        return value >= self.bound if self.is_at_least else value <= self.bound


def at_least(bound: float) -> Target:
    return Target(True, bound)


def at_most(bound: float) -> Target:
    return Target(False, bound)


@dataclass(frozen=True, slots=True)
class Figure:
    """One result: its value in every round, and the target for their median if there is one."""

    section: str
    name: str
    values: tuple[float, ...]
    unit: str = ""
    target: Target | None = None

    @property
    def median(self) -> float:
        return median(self.values)

    @property
    def is_met(self) -> bool | None:
        return self.target.is_met(self.median) if self.target else None

    def shown(self) -> str:
        return f"{spread(self.values)} {self.unit}".rstrip()

    def wanted(self) -> str:
        if self.target is None:
            return ""
        return f"{'≥' if self.target.is_at_least else '≤'} {number(self.target.bound)} {self.unit}".rstrip()

    def verdict(self) -> str:
        return {None: "", True: "met", False: "MISSED"}[self.is_met]


@dataclass(frozen=True, slots=True)
class Table:
    """The measurements behind the figures of a section."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass
class Book:
    """Everything that one run found out."""

    figures: list[Figure] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    samples: list[dict[str, object]] = field(default_factory=list)

    def add(
        self, section: str, name: str, values: Sequence[float], unit: str = "", target: Target | None = None
    ) -> None:
        self.figures.append(Figure(section, name, tuple(values), unit, target))

    def as_dict(self) -> dict[str, object]:
        figures = [{**asdict(figure), "median": figure.median, "is_met": figure.is_met} for figure in self.figures]
        return {"figures": figures, "samples": self.samples, "errors": self.errors}


def spread(values: Sequence[float]) -> str:
    """The median, and from where to where the rounds went."""
    middle = number(median(values))
    lowest, highest = number(min(values)), number(max(values))
    return middle if len(values) == 1 or lowest == highest else f"{middle} ({lowest}{DASH}{highest})"


def number(value: float) -> str:
    """Three digits that mean something."""
    if value >= 1000:
        return f"{value:,.0f}"
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}"


def ratios(ours: Sequence[float], theirs: Sequence[float]) -> list[float]:
    """Round by round: only what ran side by side is compared."""
    return [mine / other for mine, other in zip(ours, theirs, strict=True)]


def percentile(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
