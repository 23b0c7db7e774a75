"""Plots as numbers: where each mark stands, in the units of its picture. The template draws them."""

from collections.abc import Sequence
from typing import Any

from service.storage.insights import Day

WIDTH, HEIGHT, GAP = 720.0, 160.0, 0.25


def columns(days: Sequence[Day]) -> dict[str, Any]:
    """A stacked column for each day: the machine's below, people's above; and the value at the top of the picture."""
    top = max((day.by_machine + day.by_people for day in days), default=0)
    scale = HEIGHT / top if top else 0.0
    step = WIDTH / max(len(days), 1)
    marks = [
        {
            "day": day.day,
            "by_machine": day.by_machine,
            "by_people": day.by_people,
            "x": round(number * step + step * GAP / 2, 2),
            "width": round(step * (1 - GAP), 2),
            "machine_height": round(day.by_machine * scale, 2),
            "machine_y": round(HEIGHT - day.by_machine * scale, 2),
            "people_height": round(day.by_people * scale, 2),
            "people_y": round(HEIGHT - (day.by_machine + day.by_people) * scale, 2),
        }
        for number, day in enumerate(days)
    ]
    return {"width": WIDTH, "height": HEIGHT, "top": top, "marks": marks}


def bars(rows: Sequence[tuple[str, int]]) -> list[dict[str, Any]]:
    """Each row with the length of its bar, in per cent of the longest."""
    longest = max((value for _, value in rows), default=0)
    return [
        {"label": label, "value": value, "length": round(100 * value / longest, 1) if longest else 0.0}
        for label, value in rows
    ]


def duration(seconds: float) -> str:
    """A span of time as people say it, in its two largest units."""
    units = (("d", 86_400), ("h", 3_600), ("min", 60), ("s", 1))
    left = max(0, round(seconds))
    parts: list[str] = []
    for name, size in units:
        if left >= size or (name == "s" and not parts):
            parts.append(f"{left // size} {name}")
            left %= size
        if len(parts) == 2:  # noqa: PLR2004 - two units are enough to know
            break
    return " ".join(parts)
