"""Another sitting's score for a yoked replay: how far above or below its threshold that player was."""

from engine.errors import NotFound
from engine.margins import margins
from engine.store import Store


def tape(store: Store, session: int) -> tuple[float, ...]:
    """The margins of a stored sitting in SD, one a good estimate of a block, as `Setup.tape` takes them.

    Raises: NotFound: it has none, for want of a signal or of a block.
    """
    found = margins(store.sessions.estimates(session), store.sessions.events(session))
    good = tuple(round(margin.z, 4) for margin in found if margin.z is not None)
    if not good:
        raise NotFound(f"Sitting {session} has no score to replay; choose one that was played with a headset.")
    return good
