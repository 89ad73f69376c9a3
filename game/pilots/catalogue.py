"""Who plays which task in place of a person."""

from game.pilots import flanker, quiet, strike
from game.pilots.pilot import Makes

PILOTS: dict[str, Makes] = {
    "strike": strike.Pilot,
    "flanker": flanker.Pilot,
    "quiet": lambda _player, _now_s: quiet.Pilot(),
}
