"""Who may have a sitting of a player: what leaves the database has been agreed to."""

from engine.store import Store
from engine.store.consents import Purpose
from game.errors import GameError
from game.exporting.choices import Audience

_NEEDS: dict[Audience, Purpose] = {Audience.therapist: "share", Audience.research: "pool"}
_WORDS = {Audience.therapist: "sharing with a therapist", Audience.research: "research"}


def agreed(store: Store, session_id: int, audience: Audience) -> None:
    """What belongs to players is always theirs; simulated players need not be asked.

    Raises: NotFound; GameError: the player has not agreed to that audience.
    """
    session = store.sessions.get(session_id)
    if session.kind == "demo" or audience is Audience.player:
        return
    if not store.consents.holds(session.player_id, _NEEDS[audience]):
        who = store.players.get(session.player_id).pseudonym
        raise GameError(
            f"{who} has not agreed to {_WORDS[audience]}: ask, and keep the answer with heron consent; "
            "what players want of their own, they get by heron export --for player."
        )
