"""What games, stages, acts and measures are called on the portal's pages."""

from collections.abc import Mapping

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
    "overridden": later("Asked by the therapist"),
}

BANDS = {
    "slow waves": later("Slow waves"),
    "theta": later("Theta"),
    "alpha": later("Alpha"),
    "beta": later("Beta"),
    "fast waves": later("Fast waves"),
}

STAGES = {
    "fit": later("fit check"),
    "gaze": later("check of gaze"),
    "light": later("light"),
    "rest": later("rest"),
    "closed": later("rest with closed eyes"),
    "warmup": later("warm-up"),
    "practice": later("practice"),
    "ready": later("ready"),
    "block": later("play"),
    "break": later("break"),
    "done": later("end"),
}

ACTS = {
    "more_distractors": later("more distractors"),
    "fewer_distractors": later("fewer distractors"),
    "easier": later("easier"),
    "novelty": later("something new"),
    "re-engage": later("a call to come back"),
    "offer_break": later("a break is offered"),
}

OVERRIDES = {
    "pause": later("Pause"),
    "easier": later("Easier"),
    "harder": later("Harder"),
    "fewer_distractors": later("Fewer distractors"),
    "more_distractors": later("More distractors"),
    "end": later("End the sitting"),
}

REASONS = (
    later("hit"),
    later("miss"),
    later("false_alarm"),
    later("held"),
    later("wrong"),
    later("early"),
    later("void"),
    later("three failures in a row: easier"),
    later("success well above the target for 12 trials, attending"),
    later("success below the target, with distractors about"),
    later("attending, and still too hard"),
    later("success without attention: it has become automatic"),
    later("success and attention both low: the first lapse"),
    later("success and attention low again within a minute"),
    later("a minute of misses, unsteady times and less attention than at the beginning: time for a break"),
    later("calibrated on the player's own scores of today"),
    later("rewards came far too often"),
    later("rewards came far too seldom"),
    later("rewards came a little too often"),
    later("rewards came a little too seldom"),
    later("It sits on no head yet: put it on, so that its sensors touch the skin."),
    later("It sees no eyes: put it on, and open them."),
    later("Nothing has come for half a second: wait a moment, and bring it nearer if that happens often."),
    later("Nothing comes any more: check that it is switched on, charged and near."),
)
"""As rules and devices give them, in English; those with a number or somebody's words in them stay as they are."""

CUES = {kind: ACTS[kind] for kind in ("re-engage", "novelty", "offer_break")}

DEVICES = {"eeg": later("headset"), "gaze": later("eye tracker")}

LIVES = {
    "absent": later("not there"),
    "connecting": later("is being connected"),
    "fitting": later("is being fitted"),
    "streaming": later("sends"),
    "stale": later("sends nothing new"),
    "lost": later("lost"),
    "reconnecting": later("is being connected again"),
}

ROLES = (later("administrator"), later("therapist"), later("parent"), later("player"))
"""As `engine.store.rows.Role` calls them, in lower case."""

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


MEASURES = {
    "ability": later("ability"),
    "accuracy": later("accuracy"),
    "again": later("again"),
    "bend_success_rate": later("bend success rate"),
    "bends": later("bends"),
    "catch_ups_per_s": later("catch ups"),
    "commission_rate": later("commission rate"),
    "conflict_accuracy": later("conflict accuracy"),
    "conflict_s": later("conflict"),
    "congruent_s": later("congruent"),
    "criterion": later("criterion"),
    "d_prime": later("d′"),
    "early": later("early"),
    "efficiency_s": later("efficiency"),
    "error_rate": later("error rate"),
    "false_alarms": later("false alarms"),
    "gain": later("gain"),
    "held": later("held"),
    "hits": later("hits"),
    "incongruent_s": later("incongruent"),
    "intercept_s": later("intercept"),
    "intrusions_per_min": later("intrusions"),
    "lag_s": later("lag"),
    "lane_rms": later("lane rms"),
    "latency_mean_s": later("latency mean"),
    "latency_sd_s": later("latency sd"),
    "log_bcea": later("log bcea"),
    "longest_hold_s": later("longest hold"),
    "lure_rate": later("lure rate"),
    "mended_rate": later("mended rate"),
    "miss_rate": later("miss rate"),
    "missed": later("missed"),
    "misses": later("misses"),
    "mixing_cost_s": later("mixing cost"),
    "mu_s": later("mu"),
    "n_reached": later("n reached"),
    "neutral_s": later("neutral"),
    "omission_rate": later("omission rate"),
    "on_target": later("on target"),
    "reaction_cv": later("reaction cv"),
    "reaction_mean_s": later("reaction mean"),
    "reaction_sd_s": later("reaction sd"),
    "reaction_slope_s_per_min": later("reaction slope s"),
    "recover_s": later("recover"),
    "revisit_rate": later("revisit rate"),
    "rmse_deg": later("rmse"),
    "seen_share": later("seen share"),
    "share": later("share"),
    "sigma_s": later("sigma"),
    "slope_s": later("slope"),
    "slope_se_s": later("slope se"),
    "ssd_mean_s": later("ssd mean"),
    "ssrt_s": later("ssrt"),
    "steady_errors": later("steady errors"),
    "steer_dual_cost": later("steer dual cost"),
    "stopped_rate": later("stopped rate"),
    "stops": later("stops"),
    "success_rate": later("success rate"),
    "success_slope_per_min": later("success slope"),
    "switch_cost_s": later("switch cost"),
    "tap_dual_cost": later("tap dual cost"),
    "tau_s": later("tau"),
    "towards_error_rate": later("towards error rate"),
    "towards_latency_mean_s": later("towards latency mean"),
    "trials": later("trials"),
    "unsteady_errors": later("unsteady errors"),
    "wrong": later("wrong"),
    "wrong_rate": later("wrong rate"),
}
"""As `engine.telling` calls them, without their units."""

UNITS = {" per s": "1/s", " per min": "1/min", " s": "s", " deg": "°"}


def called(names: Mapping[str, str], word: str) -> str:
    """The word's name; the word itself where a newer Heron has written one that is not known here."""
    return say(names.get(word, word))


def game_name(task: str) -> str:
    return called(GAMES, task)


def measure_name(name: str) -> str:
    """A measure by its name of docs/tasks.md, and its unit."""
    plain = name.replace("_", " ")
    known = say(MEASURES.get(name, plain))
    unit = next((unit for ending, unit in UNITS.items() if name in MEASURES and plain.endswith(ending)), None)
    return f"{known}, {unit}" if unit else known
