"""How every task looks, by its name."""

from game.scenes.games import (
    candle,
    chorus,
    firefly,
    flanker,
    look_away,
    quiet,
    reed_search,
    still_water,
    strike,
    two_ponds,
)
from game.scenes.games.look import Look

LOOKS: dict[str, Look] = {
    "strike": strike.LOOK,
    "flanker": flanker.LOOK,
    "reed-search": reed_search.LOOK,
    "two-ponds": two_ponds.LOOK,
    "firefly": firefly.LOOK,
    "candle": candle.LOOK,
    "look-away": look_away.LOOK,
    "quiet": quiet.LOOK,
    "still-water": still_water.LOOK,
    "chorus": chorus.LOOK,
}
