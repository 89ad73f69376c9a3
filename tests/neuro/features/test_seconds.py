"""A row a second: causal, the same in any chunks, empty where it cannot be said."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from neuro.errors import BadRecording
from neuro.features import COLUMNS, Features, Second, alpha_at_rest, seconds_of
from neuro.features.alpha import Alpha
from neuro.features.wavelet import Morlet
from neuro.twin.attention import Zone
from neuro.twin.eeg import CHANNELS, Brain
from neuro.twin.eeg import RATE_HZ as TWIN_HZ
from neuro.twin.happenings import never
from neuro.twin.profiles import PROFILES
from neuro.types import Chunk
from tests.neuro.features.signals import RATE_HZ, Samples, chunk, headset, power_law, rhythm

MUSE = headset(("TP9", "AF7", "AF8", "TP10"))
ALPHA = Alpha(8.0, 8.0, 8.0)


def head(seconds: float, seed: int = 1) -> Samples:
    """1/f noise with alpha at 8 Hz, most behind the ears."""
    rng = np.random.default_rng(seed)
    seen = np.array([[6.0], [3.0], [3.0], [6.0]])
    return power_law(1.1, seconds, rng, 4) + seen * rhythm(7.3, 8.7, seconds, rng)


def same(some: list[Second], others: list[Second]) -> bool:
    return len(some) == len(others) and all(
        one.t_s == other.t_s
        and list(one.values) == list(other.values)
        and np.array_equal(list(one.values.values()), list(other.values.values()), equal_nan=True)
        for one, other in zip(some, others, strict=True)
    )


def test_a_row_a_second_from_the_fourth_on() -> None:
    seconds = seconds_of(MUSE, chunk(head(12)), ALPHA)
    assert [second.t_s for second in seconds] == pytest.approx(np.arange(4, 12.1) - 1 / RATE_HZ)
    assert all(set(second.values) == set(COLUMNS) for second in seconds)


@settings(max_examples=10, deadline=None)
@given(st.lists(st.integers(0, 2000), max_size=10))
def test_chunks_never_matter(ends: list[int]) -> None:
    recorded = chunk(head(8))
    features, found, start = Features(MUSE, ALPHA), [], 0
    for end in [*sorted(ends), 2000]:
        found += features(Chunk(recorded.uv[:, start:end], recorded.t_s[start:end]))
        start = end
    assert same(found, list(Features(MUSE, ALPHA)(recorded)))


def test_the_future_never_changes_the_past() -> None:
    calm = head(30)
    wild = calm.copy()
    wild[:, 6000:] = 500 * np.random.default_rng(2).standard_normal((4, 1500))
    before, after = (
        [second for second in Features(MUSE, ALPHA)(chunk(uv)) if second.t_s < 24] for uv in (calm, wild)
    )
    assert len(before) == 21
    assert same(before, after)


def test_ratios_and_the_aperiodic_line_wait_for_20_seconds() -> None:
    seconds = seconds_of(MUSE, chunk(head(30)), ALPHA)
    for name in ("theta_beta", "engagement", "aperiodic_exponent", "aperiodic_offset"):
        assert [np.isfinite(second.values[name]) for second in seconds] == [second.t_s > 19.9 for second in seconds]
    assert seconds[-1].values["aperiodic_exponent"] == pytest.approx(1.1, abs=0.1)


def test_after_a_gap_the_windows_fill_anew() -> None:
    recorded = chunk(head(60))
    t_s = recorded.t_s.copy()
    t_s[7500:] += 5
    seconds = seconds_of(MUSE, Chunk(recorded.uv, t_s), ALPHA)
    after = [second for second in seconds if second.t_s > 30]
    assert after[0].t_s == pytest.approx(39, abs=0.01)
    assert np.isnan(after[0].values["engagement"])
    assert same(
        [Second(round(second.t_s - 35, 6), second.values) for second in after],
        [
            Second(round(second.t_s, 6), second.values)
            for second in seconds_of(MUSE, chunk(head(60)[:, 7500:]), ALPHA)
        ],
    )


def test_a_region_that_the_montage_lacks_stays_empty() -> None:
    uv = head(6)
    values = seconds_of(headset(("C3", "Cz", "C4", "T7")), chunk(uv), None)[0].values
    unknown = {name for name in COLUMNS if np.isnan(values[name])} - {"theta_beta", "engagement"}
    regional = {"frontal_theta_share", "posterior_alpha_share"}
    own = {"own_theta_share", "own_alpha_share", "own_beta_share"}
    assert unknown == regional | own | {"aperiodic_exponent", "aperiodic_offset"}


def test_alpha_is_at_the_back_and_follows_its_owner() -> None:
    values = seconds_of(MUSE, chunk(head(40)), ALPHA)[-1].values
    assert values["posterior_alpha_share"] > values["alpha_share"] > 0.15
    assert values["own_alpha_share"] > 1.3 * values["alpha_share"]  # 6.4-10.4 Hz, not 8-13 Hz
    assert values["wavelet_8_hz_uv2"] > 2 * values["wavelet_5_hz_uv2"]


def test_the_wavelets_tell_of_the_second_that_ended_three_quarters_of_a_second_ago() -> None:
    uv = head(6)
    frames = Morlet(RATE_HZ)(uv)  # frame k is centred on k / 10 + 0.75 s
    for second in Features(MUSE)(chunk(uv)):
        last = round((second.t_s + 1 / RATE_HZ - 1.5) * 10)
        wanted = np.median(frames[:, :, last - 9 : last + 1].mean(axis=2), axis=0)
        found = [second.values[name] for name in COLUMNS if name.startswith("wavelet")]
        assert found == pytest.approx(wanted, rel=0.01)


def test_a_channel_that_was_mostly_spoilt_has_no_say_in_what_is_said_of_30_seconds() -> None:
    spoilt, without = head(30), headset(("TP9", "AF7", "TP10"))
    for at in range(0, 6000, 500):
        spoilt[2, at : at + 60] += 300 * np.hanning(60)
    said, wanted = seconds_of(MUSE, chunk(spoilt), None)[-1], seconds_of(without, chunk(spoilt[[0, 1, 3]]), None)[-1]
    for name in ("theta_beta", "engagement", "aperiodic_exponent", "aperiodic_offset"):
        assert said.values[name] == pytest.approx(wanted.values[name], rel=1e-9)
    assert said.values["alpha_share"] != wanted.values["alpha_share"]


def test_a_blink_costs_its_own_segments_only() -> None:
    uv = head(12)
    uv[1, 1500:1560] += 200 * np.hanning(60)
    kept = {round(second.t_s): second.values["kept"] for second in Features(MUSE)(chunk(uv))}
    assert [kept[second] for second in (5, 6, 7, 8, 9, 10, 11)] == pytest.approx([1, 1, 0.9, 0.8, 0.85, 0.95, 1])


def test_a_channel_that_is_lost_leaves_the_others_to_speak() -> None:
    uv = head(30)
    uv[2] = np.nan
    with_three = seconds_of(MUSE, chunk(uv), ALPHA)[-1].values
    alone = seconds_of(headset(("TP9", "AF7", "TP10")), chunk(head(30)[[0, 1, 3]]), ALPHA)[-1].values
    assert with_three["kept"] == 0.75
    assert {**with_three, "kept": 1.0} == pytest.approx(alone)


@pytest.mark.parametrize(
    ("uv", "words"),
    [
        (head(3.9), "has no 4 seconds without a pause"),
        (np.full((4, 2500), np.nan), "has no clean signal"),
        (np.zeros((4, 2500)), "has no clean signal"),
        (head(10) * 100, "has no clean signal"),
        (np.empty((4, 0)), "has no 4 seconds"),
    ],
)
def test_what_holds_nothing_is_one_plain_sentence(uv: Samples, words: str) -> None:
    with pytest.raises(BadRecording, match=f"Simulated {words}") as said:
        seconds_of(MUSE, chunk(uv), None)
    assert str(said.value).count(".") == 1


def test_the_alpha_of_a_simulated_child_is_slower_than_that_of_an_adult() -> None:
    found = {}
    for name in ("adult", "child"):
        profile, rngs = PROFILES[name], np.random.default_rng(3).spawn(2)
        uv = Brain(profile, Zone(profile.attention, rngs[0]), never(), rngs[1]).samples(round(90 * TWIN_HZ))
        alpha = alpha_at_rest(headset(CHANNELS, TWIN_HZ), chunk(uv, TWIN_HZ))
        assert alpha is not None
        assert alpha.peak_hz == pytest.approx(profile.rhythms.alpha_hz, abs=0.25)
        found[name] = alpha.peak_hz
    assert found["child"] < found["adult"] - 0.5
