"""`python -m bench.clinic FILE`: how long a clinic's questions take, of a file by `heron simulate --into FILE`."""

import sys
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from statistics import median

from engine.store import Store
from engine.store.clinic import Asker

ROUNDS = 25


def main(db: Path) -> None:
    """Print a line for each question: the median and the worst of ROUNDS, in milliseconds."""
    now = datetime.now().astimezone()
    with Store.open(db) as store:
        people = store.people.all()
        keeper = store.people.named("Bench", "administrator")
        therapist = next(Asker(one.id, one.role) for one in people if one.role == "therapist")
        parent = next(Asker(one.id, one.role) for one in people if one.role == "parent")
        client = max(store.clinic.glance(therapist, now), key=lambda glance: glance.sittings).player_id
        newest, first = (store.clinic.sittings(therapist, client)[place].session_id for place in (0, -1))
        for name, ask in {
            "clients at a glance": lambda: store.clinic.glance(therapist, now),
            "a parent's children": lambda: store.clinic.glance(parent, now),
            "a client's sittings": lambda: store.clinic.sittings(therapist, client),
            "a sitting's timeline, newest": lambda: store.clinic.timeline(therapist, newest),
            "a sitting's timeline, first": lambda: store.clinic.timeline(therapist, first),
            "a page of the audit log": lambda: store.clinic.audit(Asker(keeper.id, keeper.role)),
            "a page of people": lambda: store.clinic.people(Asker(keeper.id, keeper.role)),
            "a player opens": lambda: opened(store, client, now),
        }.items():
            times = [_ms(ask) for _ in range(ROUNDS)]
            print(f"{name:30} {median(times):7.2f} {max(times):8.2f}")


def opened(store: Store, player: int, now: datetime) -> None:
    """All that `heron play` asks of a player's past before the first screen."""
    store.wellbeing.standing(player, now.date(), now.tzinfo)
    store.sessions.history(player, "play")
    store.sessions.last_of(player, "strike", "play")
    store.plans.current(player, now.date())
    store.plans.days(player, now.tzinfo)
    store.gardens.grown(player)
    store.sessions.recent(player)


def _ms(ask: Callable[[], object]) -> float:
    began_s = time.perf_counter()
    ask()
    return 1000 * (time.perf_counter() - began_s)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
