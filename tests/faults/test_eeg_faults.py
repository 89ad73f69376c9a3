"""What can go wrong between a head and a Cyton on its serial port; the electrodes' faults in compressed time."""

import sys
from collections import Counter
from collections.abc import Callable, Iterator

import numpy as np
import pytest

from neuro.emulators.board.faults import Electrodes
from neuro.emulators.board.feed import Replay
from neuro.types import Chunk, Estimate
from tests.faults.sitting import (
    LOSSES,
    RATE_HZ,
    TRIFLES,
    Calm,
    Sitting,
    assert_live_is_offline,
    assert_loss,
    assert_trifle,
    estimates,
    sit,
    states,
)

if sys.platform != "win32":
    from neuro.emulators.board.cyton import RAIL_UV, CytonEmulator

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are of POSIX systems")


@pytest.fixture(scope="module")
def whole_sitting(head: Calm) -> Iterator[Sitting]:
    with CytonEmulator(Replay(head.uv)) as board, sit(head, board) as sitting:
        yield sitting


@pytest.fixture
def sitting(whole_sitting: Sitting) -> Sitting:
    """All is well."""
    whole_sitting.hear_good()
    return whole_sitting


def test_without_a_fault_live_is_as_offline(sitting: Sitting) -> None:
    assert_live_is_offline(sitting)


@pytest.mark.parametrize("trifle", TRIFLES)
def test_a_trifle_is_marked_and_nobody_need_notice(sitting: Sitting, trifle: str) -> None:
    assert_trifle(sitting, TRIFLES[trifle])


def test_a_radio_that_loses_two_packets_of_five_is_poor_until_it_recovers(sitting: Sitting) -> None:
    before, lost_before = sitting.account(), sitting.board.radio.lost
    sitting.board.radio.lose(0.4)
    polls = sitting.hear(lambda poll: any(each.state == "poor" for each in poll.estimates), limit_s=1.5)
    sitting.board.radio.lose(0.0)
    assert "lost" in estimates(polls)[-1].channels
    sitting.hear_good(limit_s=6.0)
    assert sitting.account().marked - before.marked == sitting.board.radio.lost - lost_before
    assert sitting.account().skipped == before.skipped


def test_a_silence_of_half_a_second_is_filled_with_marks_and_is_no_loss_of_the_device(sitting: Sitting) -> None:
    before, lost_before = sitting.account(), sitting.board.radio.lost
    sitting.board.radio.silence()
    polls = sitting.hear_for(0.5)
    sitting.board.radio.resume()
    polls += sitting.hear(lambda poll: any(each.state == "poor" for each in poll.estimates))
    polls += sitting.hear_good(limit_s=6.0)
    assert {poll.trouble for poll in polls} == {None}
    assert "stale" not in states(polls)
    assert sitting.account().marked - before.marked == sitting.board.radio.lost - lost_before > 100
    assert sitting.account().skipped == before.skipped


@pytest.mark.parametrize("loss", LOSSES)
def test_a_loss_is_noticed_within_a_second_and_over_in_six(sitting: Sitting, loss: str) -> None:
    assert_loss(sitting, LOSSES[loss])


def test_a_board_whose_electrodes_all_rail_is_not_worn(sitting: Sitting) -> None:
    """The same fault as below, through the Cyton's 24 bits; at the end, where nobody waits until it is over."""
    sitting.board.electrodes.rail(*range(8))
    polls = sitting.hear(lambda poll: any(set(each.channels) == {"railed"} for each in poll.estimates), limit_s=2.0)
    sitting.board.electrodes.mend()
    assert estimates(polls)[-1].state == "not_worn"
    assert polls[-1].chunk.uv[:, -1] == pytest.approx(np.full(8, RAIL_UV))


Act = Callable[[Electrodes], None]
FIRST_S, PUT_RIGHT_S, END_S = 10, 16, 34


def heard(head: Calm, fault: Act) -> list[Estimate]:
    """What is said of a head whose electrodes have a fault from second 10 to 16."""
    electrodes, pipeline = Electrodes(8, RATE_HZ, RAIL_UV), head.pipeline()
    acts: dict[int, Act] = {FIRST_S: fault, PUT_RIGHT_S: Electrodes.mend}
    said: list[Estimate] = []
    for tenth in range(END_S * 10):
        if tenth % 10 == 0 and tenth // 10 in acts:
            acts[tenth // 10](electrodes)
        now = np.arange(25 * tenth, 25 * tenth + 25)
        uv = electrodes(head.uv[:, now]).astype(np.float32)
        said += pipeline.step(float(now[-1] / RATE_HZ), "play", Chunk(uv, now / RATE_HZ))
    return said


def states_between(said: list[Estimate], from_s: float, to_s: float) -> Counter[str]:
    return Counter(each.state for each in said if from_s <= each.t_s < to_s)


def test_an_electrode_that_pops_is_an_artifact_for_a_moment(head: Calm) -> None:
    said = heard(head, lambda electrodes: electrodes.pop(2))
    assert states_between(said, 10.1, 10.5) == {"artifact": 4}
    assert states_between(said, 12, 16) == {"good": 40}


@pytest.mark.parametrize("fault", [Electrodes.rail, Electrodes.detach])
def test_one_bad_electrode_of_eight_soon_costs_trust_only(
    head: Calm, fault: Callable[[Electrodes, int], None]
) -> None:
    said = heard(head, lambda electrodes: fault(electrodes, 0))
    faulty = [each for each in said if 15 < each.t_s < 16]
    assert {each.state for each in faulty} == {"good"}
    assert {each.channels[0] for each in faulty} <= {"railed", "noise", "line", "loud"}
    assert max(each.trust for each in faulty) < 0.9
    assert states_between(said, 22, END_S) == {"good": (END_S - 22) * 10}


@pytest.mark.parametrize("n", [5, 8])
@pytest.mark.parametrize("fault", [Electrodes.rail, Electrodes.detach])
def test_more_bad_electrodes_than_good_never_pay(head: Calm, fault: Callable[..., None], n: int) -> None:
    said = heard(head, lambda electrodes: fault(electrodes, *range(n)))
    assert states_between(said, FIRST_S + 0.2, PUT_RIGHT_S)["good"] == 0
    assert states_between(said, END_S - 5, END_S) == {"good": 50}
