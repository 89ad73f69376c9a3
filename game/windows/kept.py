"""What painters keep while it is in use: what was used last, up to so much."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

_Thing = TypeVar("_Thing")


class Kept(Generic[_Thing]):
    """Things that were used last, as long as together they weigh no more than `most`."""

    def __init__(self, most: int, weigh: Callable[[_Thing], int]) -> None:
        self._most, self._weight, self._weigh = most, 0, weigh
        self._things: OrderedDict[Hashable, _Thing] = OrderedDict()

    def known(self, key: Hashable) -> _Thing | None:
        """What is kept under this key, if anything is."""
        return self._things.get(key)

    def get(self, key: Hashable, make: Callable[[], _Thing]) -> _Thing:
        if key in self._things:
            self._things.move_to_end(key)
            return self._things[key]
        thing = make()
        self._things[key] = thing
        self._weight += self._weigh(thing)
        while self._weight > self._most and len(self._things) > 1:
            self._weight -= self._weigh(self._things.popitem(last=False)[1])
        return thing
