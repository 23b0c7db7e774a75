"""Loads side by side: everybody once in every round, so that a busy neighbour hits all alike."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field

from bench.book import Book, Plan, Step, Table, spread
from bench.processes import Family
from bench.stage import settle
from bench.wrk import Load, send


def _nothing() -> None:
    """Nobody has to wait for anything."""


@dataclass(frozen=True, slots=True)
class Subject:
    """Somebody to load: where, with what, whose CPU counts, and what to wait for afterwards."""

    name: str
    url: str
    script: Mapping[str, str]
    parts: Mapping[str, Family]
    before: Callable[[], None] = _nothing
    after: Callable[[], None] = _nothing


@dataclass
class Rounds:
    """Loads by subject, one per round."""

    loads: dict[str, list[Load]] = field(default_factory=dict)

    def rates(self, name: str) -> list[float]:
        return [load.per_second for load in self.loads[name]]

    def cpu(self, name: str, *parts: str) -> list[float]:
        return [load.cpu_of(*parts) if parts else sum(load.cpu_ms.values()) for load in self.loads[name]]


def run(subjects: Sequence[Subject], *, plan: Plan, seconds: float, section: str, book: Book, step: Step) -> Rounds:
    """Load each subject once per round; each round begins with another one."""
    found = Rounds({subject.name: [] for subject in subjects})
    everyone = list({id(family): family for subject in subjects for family in subject.parts.values()}.values())
    for number in range(plan.rounds):
        turn = number % len(subjects)
        for subject in [*subjects[turn:], *subjects[:turn]]:
            step(f"{section}, round {number + 1} of {plan.rounds}: {subject.name}")
            subject.before()
            settle(*everyone)
            load = send(subject.url, subject.script, subject.parts, seconds=seconds)
            subject.after()
            found.loads[subject.name].append(load)
            book.samples.append({"section": section, "subject": subject.name, "round": number + 1, **asdict(load)})
            if load.errors or not load.requests:
                book.errors.append(f"{section}, {subject.name}: {load.errors} errors in {load.requests} requests")
    return found


def table(title: str, rounds: Rounds, *, what: str, parts: Sequence[str]) -> Table:
    """What every subject did, by its median rate."""
    rows = []
    for name, loads in rounds.loads.items():
        present = [part for part in parts if part in loads[0].cpu_ms]
        split = [spread([load.cpu_ms[part] for load in loads]) if part in present else "" for part in parts]
        rows.append([
            name, spread([load.per_second for load in loads]), spread([load.p50_ms for load in loads]),
            spread([load.p99_ms for load in loads]), spread(rounds.cpu(name)), *split,
            str(sum(load.errors for load in loads)),
        ])  # fmt: skip
    cpu = [f"{part} CPU ms" for part in parts]
    return Table(title, ["", f"{what}/s", "p50 ms", "p99 ms", "CPU ms each", *cpu, "errors"], rows)
