"""What of a sitting is otherwise than in the player's sittings before it, read from what is kept of their rests."""

import json

import numpy as np

from engine.drift import Drift, Rested, drifts
from engine.store import Store
from engine.store.rows import Session
from game.replay import known

LOOKED_BACK = 12
"""Sittings: about a month of a plan (own choice)."""


def drifted(store: Store, session: Session) -> tuple[Drift, ...]:
    """In the order in which one should know it; nothing of a sitting without a headset, and of demonstrations."""
    now = _rested(store, session)
    if now is None or session.kind != "play":
        return ()
    before = [
        one
        for one in store.sessions.recent(session.player_id, 10 * LOOKED_BACK)
        if one.kind == "play" and one.anchor_unix_s < session.anchor_unix_s
    ]
    before = sorted(before, key=lambda one: one.anchor_unix_s)[-LOOKED_BACK:]
    since = before[-1].started_utc if before else ""
    medication = any(
        note.kind == "medication" and since < note.at_utc <= session.started_utc
        for note in store.records.notes(session.player_id)
    )
    return drifts(now, [one for each in before if (one := _rested(store, each))], medication)


def _rested(store: Store, session: Session) -> Rested | None:
    """None without a headset."""
    if session.headset_json is None:
        return None
    headset = json.loads(session.headset_json)
    name, channels = headset["name"], tuple(headset.get("channels", ()))
    rests = [row.data_json for row in store.signals.calibrations(session.id) if row.kind == "rest"]
    rest = known(rests[-1] if rests else json.loads(session.setup_json).get("rested"))
    if rest is None:
        return Rested(name, channels)
    loud = np.log(
        np.einsum("bcc->cb", rest.covariance)
    )  # (n_channels, n_bands): the rest as it was, not as it is seen
    return Rested(name, channels, rest.alpha_hz, loud, np.ones_like(loud))
