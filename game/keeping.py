"""The manner of each player, and of the home before anybody has said who plays, in the store."""

from engine.store import Store
from game.manner import Manner, as_json, read

_HOME = "manner"


def manner_of(store: Store, player_id: int | None) -> Manner:
    """Who has never chosen one has the home's; the home, too, has its only player's. None: of the home."""
    players = store.players.all()
    home = store.settings.get(_HOME)
    whose = players[0].id if player_id is None and home is None and len(players) == 1 else player_id
    kept = None if whose is None else store.players.manner(whose)
    return read(kept if kept is not None else home if isinstance(home, str) else None)


def keep(store: Store, player_id: int | None, manner: Manner) -> None:
    """None: for the home."""
    if player_id is None:
        store.settings.put(_HOME, as_json(manner))
        return
    store.players.keep_manner(player_id, as_json(manner))
    picture = store.players.get(player_id).picture
    store.players.choose(player_id, picture, manner.language, manner.hand)
