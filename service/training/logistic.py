"""Logistic regression with a penalty of its own for every column, and a prior that the penalty pulls towards."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, minimize
from scipy.sparse import csr_matrix
from scipy.special import expit

Floats = NDArray[np.float64]

MOST_STEPS = 800


class Line(NamedTuple):
    """Weights of the columns and the bias."""

    weights: Floats
    bias: float


def fit_logistic(
    matrix: csr_matrix,
    labels: Floats,
    *,
    importance: Floats,
    penalty: Floats,
    prior: Floats | None = None,
    highest: Floats | None = None,
) -> Line:
    """Return the line that minimises weighted log loss plus `penalty / 2 * (weight - prior) ** 2` for each column.

    `labels` and `importance` have one number a row, `penalty` and `prior` one a column. `highest` bounds the
    weights from above. The bias is free. L-BFGS from the prior, so that the same rows give the same line.
    """
    start = np.zeros(matrix.shape[1]) if prior is None else prior
    turned = matrix.T.tocsr()
    signs = 2.0 * labels - 1.0

    def loss(point: Floats) -> tuple[float, Floats]:
        weights, bias = point[:-1], point[-1]
        margins = signs * (matrix @ weights + bias)
        pull = weights - start
        losses = np.logaddexp(0.0, -margins)
        slopes = -importance * signs * expit(-margins)
        gradient = np.append(turned @ slopes + penalty * pull, slopes.sum())
        return float(importance @ losses + 0.5 * penalty @ (pull * pull)), gradient

    found = minimize(
        loss,
        np.append(start, 0.0),
        jac=True,
        method="L-BFGS-B",
        bounds=None if highest is None else Bounds(ub=np.append(highest, np.inf)),
        options={"maxiter": MOST_STEPS, "maxcor": 8},
    )
    return Line(found.x[:-1], float(found.x[-1]))
