"""Which model a player plays with: the own one, where there is one that may be used; else the common one."""

from dataclasses import dataclass
from typing import Literal

from engine.store import Store
from neuro.errors import BadModel
from neuro.scorer import Scorer


@dataclass(frozen=True, slots=True)
class Which:
    """whose: whose model it is; why: in one sentence, where it is the common one although there was an own one"""

    scorer: Scorer
    whose: Literal["own", "common"]
    why: str | None = None


def which(store: Store, player_id: int, common: Scorer) -> Which:
    """An own model is one of the common model that Heron has now: a newer one is to be beaten anew."""
    champion = store.models.at_work(player_id, "champion", common.sha256)
    if champion:
        try:
            return Which(Scorer(store.models.get(champion.sha256).onnx), "own")
        except BadModel as bad:
            return Which(common, "common", f"The player's own model cannot be used ({bad})")
    return Which(common, "common", _why(store, player_id))


def _why(store: Store, player_id: int) -> str | None:
    """Of the newest that played, where it does not play any more without having been replaced by a better one."""
    champion = next((one for one in store.models.own(player_id) if one.role == "champion"), None)
    if champion is None:
        return None
    if champion.withdrawn_utc:
        return f"The player's own model was withdrawn: {champion.withdrawn_why}."
    return "The player's own model was made of an older common one, and is made anew after the next sittings."
