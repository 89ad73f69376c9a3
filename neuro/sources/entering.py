"""Entering what a thread of its own opens."""

from collections.abc import Callable
from threading import Event, Thread


def entered(owner: Thread, opened: Event, failure: Callable[[], Exception | None], leave: Callable[[], None]) -> None:
    """Start the owner and wait until it has opened; where it failed, or nobody waits any longer, leave.

    Raises: what failure tells, in the thread that enters.
    """
    owner.start()
    try:
        opened.wait()
        if (why := failure()) is not None:
            raise why
    except BaseException:
        leave()
        raise
