"""Somebody is at home: what the pages show comes from the store, and what is decided there is done to it."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Protocol, runtime_checkable

from engine import path
from engine.checkup import CHECKUPS
from engine.level import LEVELS, Hour
from engine.safety import Refused, limited
from engine.said import Said
from engine.store import Store
from engine.store.rows import Player
from game.bests import bests
from game.course import course, given
from game.draw import DrawList
from game.keeping import keep, manner_of
from game.manner import worn
from game.scenes.games.catalogue import LOOKS
from game.scenes.grown import THINGS
from game.scenes.home.corner import Corner
from game.scenes.home.door import Door
from game.scenes.home.map import Map
from game.scenes.home.newcomer import PORTRAITS, Portrait
from game.scenes.home.room import Page, Room, room
from game.scenes.home.told import Face, Home, Inhabitant, Kept, Left, Limited, Made, Opened, Sits
from game.scenes.marsh import Marsh, begun, turned
from game.scenes.places import Mood

BY = "a grown-up at home"
"""Who sets limits there."""

_HOURS: tuple[tuple[int, Hour], ...] = ((5, "night"), (10, "dawn"), (17, "noon"), (21, "dusk"), (24, "night"))
"""Until which hour of the clock it is what in the marsh. Own choice."""


@runtime_checkable
class InTheMarsh(Protocol):
    """A scene that shows the marsh."""

    @property
    def marsh(self) -> Marsh: ...


class Visit:
    """One page after another, until a sitting is to begin or Heron to end."""

    def __init__(self, store: Store, has_gaze: bool, marks: bool, now: Callable[[], datetime]) -> None:
        """Args: has_gaze: whether there are eyes to play with; marks: for glasses with a camera; now: local time."""
        self._store = store
        self._has_gaze, self._marks, self._now = has_gaze, marks, now

    def opened(self, name: str | None, news: str | None = None, seen: object = None) -> Room:
        """Somebody's map; the door where it is nobody's.

        seen: the scene before, over whose marsh it opens where it had one

        Raises: NotFound: nobody of that name lives here.
        """
        home, page = self._shown(name, news=news)
        mood = Mood("shallows", next(hour for until, hour in _HOURS if self._now().hour < until))
        if not isinstance(seen, InTheMarsh):
            return _entered(home, page, begun(mood, _grown(home)))
        return _entered(home, page, replace(turned(seen.marsh, mood), grown=_grown(home)))

    def after(self, left: Room) -> Room | Sits | None:
        """What a room leads to once what was decided there is done; None where Heron ends.

        left: as it was last; where nothing was decided, the window was closed
        """
        decided = left.decided
        match decided:
            case None:
                self._keep(left.show.player.face.name if left.show.player else None, left.show)
                return None
            case Left():
                return None
            case Sits():
                return decided
            case Opened(name, corner):
                return self._next(left, name, corner)
            case Made():
                return self._next(left, self._made(decided))
            case Kept(name):
                self._keep(name, left.show)
                return self._next(left, name)
            case Limited(name, limits):
                self._store.wellbeing.limit(self._store.players.known(name).id, limits, BY)
                return self._next(left, name, corner=True)

    def news(self, name: str, session: int) -> str | None:
        """What a sitting brought: the best that a player ever did at a game, or what has grown; None for neither."""
        player, now = self._store.players.known(name).id, self._now()
        levels = [block.level for block in self._store.sessions.blocks(session) if block.level]
        found = bests(self._store, player, levels, now.tzinfo).values()
        game = next((best.task for best in found if best.is_new and best.day == now.date()), None)
        if game is not None:
            return Said("Today was your best at {game} yet.", game=Said(LOOKS[game].title))
        grew = [event.data_json for event in self._store.sessions.events(session) if event.kind == "grew"]
        return THINGS[json.loads(grew[-1])["what"]].came if grew else None

    def _next(self, left: Room, name: str | None, corner: bool = False) -> Room:
        """Over the same marsh, and in place of the same words."""
        home, page = self._shown(name, corner)
        with worn(left.show.manner):
            before = left.words()
        return _entered(home, page, replace(left.marsh, grown=_grown(home)), before)

    def _shown(self, name: str | None, corner: bool = False, news: str | None = None) -> tuple[Home, Page]:
        player = None if name is None else self._store.players.known(name)
        home = Home(
            manner=manner_of(self._store, player.id if player else None),
            marks=self._marks,
            today=self._now().date(),
            faces=_faces(self._store),
            player=self._inhabitant(player, news) if player else None,
        )
        if player is None:
            return home, Door() if home.faces else Portrait()
        return home, Corner() if corner else Map()

    def _inhabitant(self, player: Player, news: str | None) -> Inhabitant:
        store, now = self._store, self._now()
        given(store, player.id, now.date())
        found = course(store, player.id, now, self._has_gaze)
        days = store.plans.days(player.id, now.tzinfo)
        walked = [game for day in days if day.day == now.date() for game in day.walked]
        return Inhabitant(
            face=_face(player),
            stones=found.path.stones if found.path else (),
            why=found.answer.sentence if isinstance(found.answer, Refused) else None,
            rest=found.path.sentence if found.path else None,
            stars=_stars(days),
            grown=store.gardens.grown(player.id),
            walked=tuple((_title(game.level_id), game.seconds, game.stars) for game in walked),
            dose=limited(found.standing.age, found.standing.limits),
            limits=found.standing.limits,
            news=news or self._cut_off(player.id),
        )

    def _cut_off(self, player_id: int) -> str | None:
        """That the newest sitting ended by itself today, where it did."""
        newest = self._store.sessions.recent(player_id, 1)
        if not newest or newest[0].ending != "interrupted":
            return None
        now = self._now()
        if datetime.fromtimestamp(newest[0].anchor_unix_s, now.tzinfo).date() != now.date():
            return None
        return Said("Last time broke off. All of it is kept: go on where you were.")

    def _made(self, new: Made) -> str:
        player = self._store.players.named(new.name)
        self._store.players.choose(player.id, new.picture, None, None)
        if new.born is not None:
            self._store.players.born(player.id, new.born)
        return player.name

    def _keep(self, name: str | None, home: Home) -> None:
        """What has not changed is not kept, so that it goes on following the home's."""
        player = None if name is None else self._store.players.known(name).id
        if home.manner != manner_of(self._store, player):
            keep(self._store, player, home.manner)


def _entered(home: Home, page: Page, marsh: Marsh, before: DrawList = ()) -> Room:
    with worn(home.manner):
        return room(home, page, marsh, before)


def _grown(home: Home) -> tuple[str, ...]:
    return home.player.grown if home.player else ()


def _faces(store: Store) -> tuple[Face, ...]:
    """Who played last first; simulated players live elsewhere."""
    lived: list[tuple[float, Face]] = []
    for player in store.players.all():
        newest = store.sessions.recent(player.id, 1)
        if not newest or newest[0].kind == "play":
            lived.append((newest[0].anchor_unix_s if newest else 0.0, _face(player)))
    return tuple(face for _, face in sorted(lived, key=lambda one: -one[0]))


def _face(player: Player) -> Face:
    return Face(player.name, player.picture or PORTRAITS[player.id % len(PORTRAITS)])


def _stars(days: Sequence[path.Day]) -> dict[str, int]:
    """The most that were earned, by level."""
    most: dict[str, int] = {}
    for day in days:
        for game in day.walked:
            most[game.level_id] = max(game.stars, most.get(game.level_id, 0))
    return most


def _title(level_id: str) -> str:
    """A level of somebody's own has its name."""
    shelf = next((shelf for shelf in (LEVELS, CHECKUPS) if level_id in shelf.ids()), None)
    return shelf.find(level_id).title if shelf else level_id
