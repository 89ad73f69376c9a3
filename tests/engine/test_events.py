from pydantic_core import from_json, to_json

from engine import events
from engine.events import Cue, TrialDone


def test_an_event_is_stored_under_the_snake_case_of_its_class() -> None:
    done = TrialDone(1, 1, "strike", "fish", "miss", False, True, False, 90, None, 0.1, 0)
    assert events.name(done) == "trial_done"
    assert events.name(Cue("novelty", "why")) == "cue"


def test_an_event_is_plain_json() -> None:
    done = TrialDone(1, 1, "strike", "fish", "miss", False, True, False, 90, None, 0.1, 0)
    assert from_json(to_json(done))["reaction_s"] is None
