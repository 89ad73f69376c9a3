"""What a therapist and a parent read of check-ups."""

from pathlib import Path

from tests.game.months import months
from tests.game.portal.conftest import Portal


def test_a_therapist_reads_verdicts_with_intervals_and_a_parent_neither_figure_nor_direction(here: Portal) -> None:
    carers = (here.person("holm", "therapist"), here.person("vater", "parent"))
    pseudonym = here.player("Otto", *carers)
    months(Path(here.store.path), "Otto", "speed", 0.3)
    page = here.signed_in("holm").get(f"/clients/{pseudonym}").text
    assert "Changed by more than it wavers?" in page
    assert "<td>yes</td>" in page
    assert "waver is known from simulated players and this player&#39;s own days, not from other people" in page
    report = here.signed_in("holm").get(f"/clients/{pseudonym}/report").text
    assert "Least that could be told" in report
    child = here.signed_in("vater").get(f"/children/{pseudonym}").text
    assert "Moved by more than the usual day-to-day variation: how fast answers come" in child
    assert not any(word in child for word in ("slower", "faster", "improve", "Least that could be told", "1 SD"))
