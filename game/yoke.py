"""Another sitting's score for a yoked replay: how far above or below its threshold that player was."""

import json
from collections.abc import Sequence

from engine.errors import NotFound
from engine.session import MIN_TRUST
from engine.store import Store
from engine.store.rows import EstimateRow, EventRow


def tape(store: Store, session: int) -> tuple[float, ...]:
    """The margins of a stored sitting. Raises NotFound: it has none, for want of a signal or of a block."""
    margins = _margins(store.sessions.estimates(session), store.sessions.events(session))
    if not margins:
        raise NotFound(f"Sitting {session} has no score to replay; choose one that was played with a headset.")
    return margins


def _margins(estimates: Sequence[EstimateRow], events: Sequence[EventRow]) -> tuple[float, ...]:
    """In SD of that player's own calibration, one a good estimate of a block, as `Setup.tape` takes them."""
    stages = [(row.tick, json.loads(row.data_json)["stage"]) for row in events if row.kind == "stage_started"]
    thresholds = [(row.tick, json.loads(row.data_json)) for row in events if row.kind == "threshold_set"]
    margins = []
    for estimate in estimates:
        if estimate.tick is None or estimate.state != "good" or estimate.trust < MIN_TRUST:
            continue
        stage = next((stage for tick, stage in reversed(stages) if tick < estimate.tick), "fit")
        now = next((values for tick, values in reversed(thresholds) if tick < estimate.tick), None)
        if stage == "block" and now:
            z = (estimate.score - now["centre"]) / now["spread"]
            margins.append(round(z - now["threshold_z"], 4))
    return tuple(margins)
