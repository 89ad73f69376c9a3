"""What games, stages, acts and measures are called on the portal's pages."""

from game.words import later, say

GAMES = {
    "strike": later("Strike"),
    "still-water": later("Still water"),
    "chorus": later("Chorus"),
    "reed-search": later("Reed search"),
    "two-ponds": later("Two ponds"),
    "flanker": later("Flanker"),
    "firefly": later("Firefly"),
    "candle": later("Candle"),
    "look-away": later("Look away"),
    "quiet": later("Quiet"),
}

ENDINGS = {
    "done": later("played to its end"),
    "left": later("left before its end"),
    "interrupted": later("cut off"),
    "failed": later("ended by a failure"),
    None: later("still running"),
}

STATES = {
    "good": later("good signal"),
    "poor": later("poor contact"),
    "artifact": later("movement"),
    "not_worn": later("not worn"),
    "stale": later("no new signal"),
    "absent": later("no headset"),
}

KINDS = {
    "stage_started": later("Part of the sitting"),
    "threshold_set": later("Threshold"),
    "difficulty_changed": later("Difficulty"),
    "distractors_changed": later("Distractors"),
    "supervisor_acted": later("Supervisor"),
    "cue": later("Cue"),
    "tired": later("Tired"),
    "unwell": later("Unwell"),
    "device_life": later("Device"),
    "gaze_checked": later("Check of gaze"),
}

COMPLAINTS = {
    "headache": later("headache"),
    "dizzy": later("dizzy"),
    "eyes": later("sore eyes"),
    "sad_or_angry": later("sad or angry"),
    "other": later("something else"),
}

PURPOSES = {
    "play": later("Play, and keep what was played"),
    "keep_raw": later("Keep raw signals for two years"),
    "personalise": later("Fit a model to this player"),
    "pool": later("Pool data for research, without the name"),
    "share": later("Share results with a therapist"),
}


def game_name(task: str) -> str:
    return say(GAMES[task])


def measure_name(name: str) -> str:
    """A measure by its name of docs/tasks.md."""
    return name.replace("d_prime", "d′").replace("_", " ")
