"""The least of a smooth convex function, with nothing but numpy: limited-memory BFGS (Nocedal 1980)."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Loss = Callable[[Floats], tuple[float, Floats]]

MOST_STEPS = 80
MEMORY = 8
ENOUGH = 1e-3
"""Largest part of the gradient at which the search ends."""

_SUFFICIENT = 1e-4
_MOST_HALVINGS = 25


def least(loss: Loss, start: Floats) -> Floats:
    """Return where `loss`, which gives a value and a gradient, is least, from `start` downhill. Deterministic."""
    point = start.copy()
    value, gradient = loss(point)
    steps: list[Floats] = []
    bends: list[Floats] = []
    for _ in range(MOST_STEPS):
        if np.abs(gradient).max() < ENOUGH:
            break
        direction = -_bent(gradient, steps, bends)
        moved = _search(loss, point, value, gradient, direction)
        if moved is None:
            break
        new_point, new_value, new_gradient = moved
        step, bend = new_point - point, new_gradient - gradient
        if step @ bend > 1e-12:  # noqa: PLR2004 (curvature that rounding has not swallowed)
            steps, bends = [*steps[1 - MEMORY :], step], [*bends[1 - MEMORY :], bend]
        point, value, gradient = new_point, new_value, new_gradient
    return point


def _bent(gradient: Floats, steps: list[Floats], bends: list[Floats]) -> Floats:
    """Return the gradient times an estimate of the inverse of the second derivatives (the two-loop recursion)."""
    direction = gradient.copy()
    shares: list[float] = []
    for step, bend in zip(reversed(steps), reversed(bends), strict=True):
        share = float(step @ direction / (step @ bend))
        direction -= share * bend
        shares.append(share)
    if steps:
        direction *= float(steps[-1] @ bends[-1] / (bends[-1] @ bends[-1]))
    else:
        direction /= max(1.0, float(np.linalg.norm(gradient)))
    for step, bend, share in zip(steps, bends, reversed(shares), strict=True):
        direction += step * (share - float(bend @ direction / (step @ bend)))
    return direction


def _search(
    loss: Loss, point: Floats, value: float, gradient: Floats, direction: Floats
) -> tuple[Floats, float, Floats] | None:
    """Halve the step until the loss falls enough (Armijo 1966); None when it does not."""
    slope = float(gradient @ direction)
    length = 1.0
    for _ in range(_MOST_HALVINGS):
        there = point + length * direction
        new_value, new_gradient = loss(there)
        if new_value <= value + _SUFFICIENT * length * slope:
            return there, new_value, new_gradient
        length /= 2
    return None
