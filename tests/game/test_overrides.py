"""A therapist's wish on its whole way: the store, the journal, the running sitting, and the replay of it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

from pydantic_core import to_json

from engine.ports import Asked
from engine.store import Journal, Store
from engine.store.clinic import Asker
from game.loop import Loop
from game.recorder import Recorder
from game.replay import replayed
from game.running import Around, Running, VirtualClock
from game.scenes.start import begin
from game.windows import WindowInputs
from neuro.listener import Listener
from tests.engine.store.sittings import begin as begun
from tests.game.test_running import NOTHING, PLAYED, ScriptedWindow

BLOCK_FRAME, PAUSE_FRAME, END_FRAME, LAST_FRAME = 1100, 1200, 1260, 1500
"""Of the script: in the first block, and after it."""


def script() -> Iterator[WindowInputs]:
    for frame in range(LAST_FRAME):
        yield WindowInputs(pressed=("confirm",)) if frame in (60, 180) else NOTHING


def heard(journal: Journal, n: int) -> list[Asked]:
    """All that were asked for, as soon as the journal's beat has found them."""
    found: list[Asked] = []
    waiting = Event()
    for _ in range(100):
        found += journal.asked()
        if len(found) == n:
            break
        waiting.wait(0.05)
    return found


def at(frames: dict[int, Asked]) -> Callable[[], tuple[Asked, ...]]:
    """Hands each wish over at its frame."""
    count = iter(range(LAST_FRAME))
    return lambda: (frames[frame],) if (frame := next(count)) in frames else ()


def test_what_a_therapist_asks_reaches_the_game_is_answered_and_replays(tmp_path: Path) -> None:
    db = tmp_path / "heron.sqlite"
    number = begun(db, "Ada", setup_json=to_json(PLAYED).decode(), headset_json=None, gaze=None)
    with Store.open(db) as store:
        session = store.sessions.get(number)
        ada = store.people.named("Dr A", "therapist")
        store.people.cares(ada.id, session.player_id)
        store.consents.say(session.player_id, "share", True, "a parent", "parent")
        who = Asker(ada.id, "therapist")
        for what in ("easier", "pause", "end"):
            store.live.ask(who, session.player_id, number, what, "she looks tired", session.anchor_unix_s)
    with Journal(db, number) as journal:
        wishes = heard(journal, 3)
        assert [one.what for one in wishes] == ["easier", "pause", "end"]
        frames = dict(zip((BLOCK_FRAME, PAUSE_FRAME, END_FRAME), wishes, strict=True))
        recorder = Recorder(journal, None, None)
        around = Around(Listener(None, None, None), ScriptedWindow(script()), VirtualClock())
        Running(Loop(begin(PLAYED)), recorder, around, at(frames)).run(lambda _worked_s: None)
    with Store.open(db) as store:
        told = {wish.what: (wish.applied, wish.tick) for wish in store.live.wishes(number)}
        assert told == {"easier": (True, 1101), "pause": (True, 1201), "end": (True, 1261)}
        acts = [event for event in store.sessions.events(number) if event.kind == "difficulty_changed"]
        assert any("therapist: she looks tired" in act.data_json for act in acts)
        again = list(replayed(store, store.sessions.get(number)))
    assert len(again) > END_FRAME
    assert all(ticked.digest == row.digest for row, ticked in again)
    scenes = [ticked.scene.name if ticked.scene else None for _, ticked in again]
    assert (scenes[PAUSE_FRAME], scenes[END_FRAME]) == ("pause", "results")
