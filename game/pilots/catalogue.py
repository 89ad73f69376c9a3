"""Who plays which task in place of a person."""

from game.pilots import (
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
from game.pilots.pilot import Makes

PILOTS: dict[str, Makes] = {
    "strike": strike.Pilot,
    "flanker": flanker.Pilot,
    "still-water": still_water.Pilot,
    "chorus": chorus.Pilot,
    "reed-search": reed_search.Pilot,
    "two-ponds": two_ponds.Pilot,
    "firefly": firefly.Pilot,
    "candle": candle.Pilot,
    "look-away": look_away.Pilot,
    "quiet": lambda _player, _now_s: quiet.Pilot(),
}
