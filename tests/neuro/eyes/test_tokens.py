"""Eye tokens: what two seconds of gaze say, however it comes in, and nothing where little was seen."""

from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import NDArray

from neuro.eyes.tokens import NAMES, SECONDS, STEPS, EyeTokens
from neuro.types import Gaze

RATE_HZ = 200.0


def gaze(seconds: float, drift: float = 0.001, from_s: float = 0.0, pupil_mm: float = 3.5, seed: int = 1) -> Gaze:
    """Eyes that wander about the middle of the screen, so far from one sample to the next."""
    rng, n = np.random.default_rng(seed), round(seconds * RATE_HZ)
    xy = 0.5 + drift * rng.standard_normal((2, n)).cumsum(axis=1)
    return Gaze(
        from_s + np.arange(n) / RATE_HZ,
        xy.astype(np.float32),
        np.full(n, pupil_mm, np.float32),
        np.ones(n, np.float32),
    )


def token(seen: Gaze, t_s: float | None = None) -> dict[str, float]:
    tokens = EyeTokens()
    tokens.take(seen)
    return dict(zip(NAMES, tokens.token(float(seen.t_s[-1]) if t_s is None else t_s).tolist(), strict=True))


def test_eyes_that_wander_more_drift_and_spread_more() -> None:
    calm, restless = token(gaze(3, 0.001)), token(gaze(3, 0.004))
    for name in ("drift", "spread", "reach"):
        assert restless[name] - calm[name] == pytest.approx(np.log(4), abs=0.15)


def test_a_glance_away_reaches_far_and_does_not_drift() -> None:
    looked = gaze(3)
    away = Gaze(looked.t_s, looked.xy.copy(), looked.pupil_mm, looked.confidence)
    away.xy[:, 400:480] += 0.3
    there, here = token(away), token(looked)
    assert there["reach"] > here["reach"] + 1
    assert there["drift"] == pytest.approx(here["drift"], abs=0.4)


def test_a_blink_is_lost_for_its_share_and_changes_little_else() -> None:
    looked = gaze(3)
    looked.xy[:, 440:480] = np.nan
    assert token(looked)["lost"] == pytest.approx(0.1, abs=0.01)
    assert token(looked)["drift"] == pytest.approx(token(gaze(3))["drift"], abs=0.2)


def test_a_pupil_that_widens_says_so() -> None:
    looked = gaze(3)
    looked.pupil_mm[-200:] += 0.2
    assert token(looked)["pupil"] == pytest.approx(3.6, abs=1e-3)
    assert token(looked)["pupil_change"] == pytest.approx(0.2, abs=1e-3)


@pytest.mark.parametrize("what", ["nothing", "long ago", "shut", "no pupil"])
def test_where_too_little_is_known_nothing_is_said(what: str) -> None:
    looked = gaze(3)
    if what == "nothing":
        looked = Gaze.empty()
    if what == "shut":
        looked.xy[:, -250:] = np.nan
    if what == "no pupil":
        looked.pupil_mm[:] = np.nan
    tokens = EyeTokens()
    tokens.take(looked)
    assert np.isnan(tokens.token(9.0 if what == "long ago" else 2.995)).any()


def told(pieces: list[Gaze]) -> NDArray[np.float64]:
    tokens = EyeTokens()
    for piece in pieces:
        tokens.take(piece)
    return tokens.token(5.0)


def test_it_does_not_matter_in_what_portions_gaze_arrives() -> None:
    whole = gaze(6)
    parts = [whole.t_s[:-1].searchsorted(edge) for edge in (0.0, 0.7, 2.2, 3.9, 6.0)]
    pieces = [
        Gaze(whole.t_s[a:b], whole.xy[:, a:b], whole.pupil_mm[a:b], whole.confidence[a:b]) for a, b in pairwise(parts)
    ]
    assert np.array_equal(told(pieces), told([whole]))


def test_a_window_is_the_tokens_of_half_second_steps() -> None:
    tokens, seen = EyeTokens(), gaze(8)
    tokens.take(Gaze(seen.t_s[:800], seen.xy[:, :800], seen.pupil_mm[:800], seen.confidence[:800]))
    moments_s = np.arange(2.0, 4.01, 0.1)
    single = [tokens.token(t_s) for t_s in moments_s.tolist()]
    fresh = EyeTokens()
    fresh.take(Gaze(seen.t_s[:800], seen.xy[:, :800], seen.pupil_mm[:800], seen.confidence[:800]))
    for t_s in moments_s.tolist():
        window = fresh(t_s)
    assert window.shape == (STEPS, len(NAMES))
    assert np.array_equal(window, np.stack(single[::5]))
    assert SECONDS == 2.0
