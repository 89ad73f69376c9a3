"""How every task looks, by its name."""

from game.scenes.games import strike
from game.scenes.games.look import Look

LOOKS: dict[str, Look] = {"strike": strike.LOOK}
