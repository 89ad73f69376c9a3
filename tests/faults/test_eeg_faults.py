"""What can go wrong between a head and a Cyton on its serial port; the electrodes' faults in compressed time."""

import sys
from collections import Counter
from collections.abc import Callable, Iterator

import numpy as np
import pytest

from neuro.emulators.board.faults import Electrodes
from neuro.emulators.board.feed import Replay
from neuro.types import Chunk, Estimate
from tests.faults.catalogue import CYTON, ELECTRODES, Fault
from tests.faults.observed import assert_as_it_must_be, assert_live_is_offline, observe
from tests.faults.sitting import EEG_HZ, Calm, Sitting, sit, sit_in_no_time

if sys.platform != "win32":
    from neuro.emulators.board.cyton import RAIL_UV, CytonEmulator

posix = pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are of POSIX systems")


@pytest.fixture(scope="module")
def sitting(head: Calm) -> Iterator[Sitting]:
    with CytonEmulator(Replay(head.uv)) as board, sit(head, board) as sitting:
        yield sitting


@posix
@pytest.mark.real_time
def test_without_a_fault_live_is_as_offline(sitting: Sitting, head: Calm) -> None:
    sitting.hear_good()
    assert_live_is_offline(sitting, head)


@posix
@pytest.mark.real_time
@pytest.mark.parametrize("fault", CYTON, ids=lambda fault: fault.name)
def test_a_fault_on_the_way_comes_to_what_it_must(sitting: Sitting, fault: Fault) -> None:
    assert_as_it_must_be(observe(sitting, fault))


@pytest.mark.parametrize("fault", ELECTRODES, ids=lambda fault: fault.name)
def test_a_fault_on_the_head_comes_to_what_it_must(head: Calm, fault: Fault) -> None:
    assert_as_it_must_be(observe(sit_in_no_time(head), fault))


Act = Callable[[Electrodes], None]
FIRST_S, PUT_RIGHT_S, END_S = 10, 16, 34


def heard(head: Calm, fault: Act) -> list[Estimate]:
    """What is said of a head whose electrodes have a fault from second 10 to 16."""
    electrodes, pipeline = Electrodes(8, EEG_HZ, RAIL_UV), head.pipeline()
    acts: dict[int, Act] = {FIRST_S: fault, PUT_RIGHT_S: Electrodes.mend}
    said: list[Estimate] = []
    for tenth in range(END_S * 10):
        if tenth % 10 == 0 and tenth // 10 in acts:
            acts[tenth // 10](electrodes)
        now = np.arange(25 * tenth, 25 * tenth + 25)
        uv = electrodes(head.uv[:, now]).astype(np.float32)
        said += pipeline.step(float(now[-1] / EEG_HZ), "play", Chunk(uv, now / EEG_HZ))
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
