"""What is heard of what happens."""

from engine.events import (
    Called,
    Cue,
    DistractorCalled,
    Event,
    Grew,
    IdlePress,
    Outcome,
    RewardPaid,
    StageStarted,
    TrialDone,
)
from game.captions import SAID
from game.cues import MUSIC, Sound, sounds
from game.scenes.games.catalogue import LOOKS


def done(outcome: Outcome, task: str = "strike") -> TrialDone:
    return TrialDone(1, 1, task, "fish", outcome, outcome in ("hit", "held"), True, False, 1, 0.5, 0.0, 0, detail={})


def heard(*events: Event, before: str | None = "play", page: str = "play") -> list[str]:
    return [sound.name for sound in sounds(events, before, page)]


def test_misses_are_silent() -> None:
    for outcome in ("miss", "false_alarm", "wrong", "early", "void", "held"):
        assert heard(done(outcome)) == []
    assert heard(IdlePress(3)) == []


def test_a_success_sounds_like_its_game_and_every_game_has_a_sound() -> None:
    assert heard(done("hit", "strike")) == ["splash"]
    assert heard(done("hit", "flanker")) == ["plip"]
    for task in LOOKS:
        assert all(name in SAID for name in heard(done("hit", task)))


def test_what_the_game_asks_about_is_a_tone_and_nothing_else_is() -> None:
    assert sounds((Called("cuckoo"), RewardPaid(1, 1.0, 0.5)), "play", "play") == (
        Sound("cuckoo", tone=True),
        Sound("reward"),
    )


def test_each_event_that_can_be_heard_has_a_caption() -> None:
    told = heard(
        RewardPaid(1, 1.0, 0.5), DistractorCalled(2), Cue("novelty", ""), Grew("iris"), StageStarted("rest", 0)
    )
    assert told == ["reward", "croak", "hush", "grow", "wood"]
    assert set(told) < set(SAID)
    assert heard(StageStarted("done", 1)) == ["star"]


def test_a_page_that_turns_without_an_event_taps() -> None:
    assert heard(before="play", page="results") == ["tap"]
    assert heard(StageStarted("block", 1), before="ready", page="play") == ["wood"]
    assert heard(before="play", page="play") == []


def test_music_begins_with_the_first_page_and_after_a_pause() -> None:
    assert sounds((), None, "start") == (MUSIC,)
    assert MUSIC in sounds((), "pause", "play")
    assert MUSIC not in sounds((), "play", "pause")
    assert sounds((), None, "pause") == ()
