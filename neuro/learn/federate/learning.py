"""How one player would move the line, held to a length that one player may have; and what a home makes of its own."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.random import Generator  # noqa: TID251 -- the type is no source of chance
from numpy.typing import NDArray
from scipy.special import expit

from neuro.learn.federate.line import Seen

SAID = 0.01  # a ridge, with which the line that says most nearly what the model says is found

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Recipe:
    """What homes agree on before they begin; each holds the server to it. All but rise and delta: docs/federated.md.

    directions:  of change: how sure to be, and those in which simulated players differ most
    steps, rate: of gradient descent, that each player takes in a round
    ridge:       what it costs, by its square, to move at all
    rise:        what it costs that muscle raises the log odds by 1; it grows with the square (as `Config.rise`)
    clip:        the length beyond which no player moves the line in a round
    noise:       SD of what each home adds in each direction, as a multiple of `clip`
    delta:       of (epsilon, delta)-differential privacy
    """

    rounds: int = 10
    directions: int = 24
    steps: int = 5
    rate: float = 0.2
    ridge: float = 0.1
    rise: float = 0.02
    clip: float = 0.15
    noise: float = 4.0
    delta: float = 1e-5


def directions(players: Sequence[Seen], n: int) -> Floats:
    """(N_LINE, n) ways to go: how sure to be, and those in which these players differ most.

    Along the first the model says the same more surely, or less: labels are often wrong, and without it all others
    would have to unsay it. The others are orthogonal to it for these players, and log odds curve about alike along
    each: who walks so walks straight.

    players: simulated ones, so that nobody real is told of
    """
    calm, odds = (np.concatenate([getattr(player, name) for player in players]) for name in ("calm", "odds"))
    sure = expit(odds)
    curve = (calm * (sure * (1 - sure))[:, None]).T @ calm / len(calm)
    said = np.linalg.solve(calm.T @ calm / len(calm) + SAID * np.eye(calm.shape[1]), calm.T @ odds / len(calm))
    said /= np.sqrt(said @ curve @ said)
    size, along = np.linalg.eigh(curve)
    ways = along[:, ::-1][:, : n - 1] / np.sqrt(size[::-1][: n - 1] + 1e-3)
    return np.column_stack([said, ways - np.outer(said, said @ curve @ ways)])


def along(player: Seen, basis: Floats) -> Seen:
    """The same player as a change in these directions sees them: (n, k) instead of (n, N_LINE)."""
    return replace(player, calm=player.calm @ basis, tense=player.tense @ basis)


def wrong(at: Floats, player: Seen, recipe: Recipe) -> tuple[float, Floats]:
    """What it costs to stand at a point (k,) and the way uphill (k,): cross-entropy, muscle, ridge."""
    odds = player.odds + player.calm @ at
    risen = np.maximum(player.tense_odds + player.tense @ at - odds, 0.0)
    cost = np.logaddexp(0, odds).mean() - (player.engaged * odds).mean()
    slope = player.calm.T @ (expit(odds) - player.engaged) / len(odds)
    slope += recipe.rise * 2 * (player.tense - player.calm).T @ risen / len(odds) + recipe.ridge * at
    return float(cost + recipe.rise * (risen**2).mean() + recipe.ridge * (at @ at) / 2), slope


def moved(at: Floats, player: Seen, recipe: Recipe) -> Floats:
    """How far one player would go from here in a round, (k,) of a length of `clip` at most."""
    there = at.copy()
    for _ in range(recipe.steps):
        there -= recipe.rate * wrong(there, player, recipe)[1]
    return clipped(there - at, recipe.clip)


def clipped(way: Floats, longest: float) -> Floats:
    """The same way, as far as that at most."""
    return way * min(1.0, longest / max(float(np.linalg.norm(way)), 1e-12))


def of_home(at: Floats, players: Sequence[Seen], recipe: Recipe, chance: Generator) -> Floats:
    """Where a home would go: the mean over its players, with noise that hides each of them."""
    total = np.sum([moved(at, player, recipe) for player in players], axis=0)
    return np.asarray(at + (total + recipe.noise * recipe.clip * chance.standard_normal(len(at))) / len(players))
