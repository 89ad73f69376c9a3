"""The page says what the run found, the bad too."""

from dataclasses import replace

from bench.measure import Result, Row
from bench.page import page
from bench.targets import Verdict

ROWS = (
    Row("Heron", 5.25, 9.0, 4.0, ours=True, apart=0.0),
    Row("scipy", 52.5, 90.0, apart=2e-14),
    Row("MNE", 5250.0, 9000.0, apart=0.5, agrees=False, differs="from rest"),
    Row("Heron", 10.0, 20.0, ours=True, work="64 channels"),
)
RESULT = Result("W1", "conditioning", ROWS, 700, 0.99, {"rows_lost": 0.0}, ("A note.",))
VERDICTS = (
    Verdict("T1", "faster", 10.0, "met", 12.0, "cold"),
    Verdict("T2", "quicker", 1.5, "missed"),
    Verdict("T4", "net", None, "not measured"),
)


def lines() -> list[str]:
    return page([RESULT], VERDICTS, "a machine", 7.4, 3.5).splitlines()


def test_times_are_told_as_multiples_of_the_best_at_the_same_work() -> None:
    assert "| **Heron** | 5.25 | 9 | 4 | 1 | 0.0e+00 |  |" in lines()
    assert "| scipy | 52.5 | 90 |  | 10 | 2.0e-14 |  |" in lines()
    assert "| **Heron, 64 channels** | 10 | 20 |  |  |  |  |" in lines()


def test_a_wrong_answer_is_told() -> None:
    assert (
        "| MNE | 5250 | 9000 |  | 1e+03 | 5.0e-01 | **its answer is another than promised**; from rest |" in lines()
    )


def test_a_missed_target_stands_out() -> None:
    assert "| T1 | faster | 10 | 12 | met, cold |" in lines()
    assert "| T2 | quicker | 1.5 |  | **missed** |" in lines()
    assert "| T4 | net |  |  | not measured |" in lines()


def test_the_page_says_on_what_and_how_long_it_ran() -> None:
    assert "in one run of 7 minutes on a machine" in "\n".join(lines()[:4])
    assert "## W1: conditioning, 700 rounds" in lines()
    assert "- rows lost: 0" in lines()
    assert lines()[-1] == "A note."


def test_a_run_that_others_disturbed_says_so() -> None:
    said = page([replace(RESULT, had_core=0.6)], VERDICTS, "a machine", 7.4, 3.5)
    assert "700 rounds, **disturbed: others had its core 40% of the time**" in said
    assert "disturbed" not in "\n".join(lines())
