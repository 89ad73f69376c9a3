"""How every task looks, by its name."""

from game.scenes.games import chorus, flanker, quiet, still_water, strike
from game.scenes.games.look import Look

LOOKS: dict[str, Look] = {
    "strike": strike.LOOK,
    "flanker": flanker.LOOK,
    "quiet": quiet.LOOK,
    "still-water": still_water.LOOK,
    "chorus": chorus.LOOK,
}
