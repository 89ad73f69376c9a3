"""What an administrator does: people, backups, the log, tokens; and sees nothing of any child."""

import sqlite3

from engine.store import Store
from game.portal.administrator import A_PAGE
from tests.game.portal.conftest import PASSWORD, Portal, send
from tests.game.portal.families import entered, two_families


def test_a_backup_is_whole_and_on_the_list(here: Portal) -> None:
    two_families(here)
    admin = entered(here, "administrator")
    assert send(admin, "/keeping/backup").status_code == 303
    (copy,) = (here.house.db.parent / "backups").iterdir()
    assert copy.name in admin.get("/keeping").text
    with Store.open(copy, read_only=True) as store:
        assert store.players.all() == here.store.players.all()


def test_the_log_says_when_its_chain_was_found_whole_and_when_it_was_broken(here: Portal) -> None:
    two_families(here)
    admin = entered(here, "administrator")
    here.store.audit.note("a test", "looked", "nothing")
    send(admin, "/log/check")
    assert "the chain is whole" in admin.get("/log").text
    with sqlite3.connect(here.house.db) as db:
        for (trigger,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'audit'"):
            db.execute(f"DROP TRIGGER {trigger}")
        db.execute("UPDATE audit SET what = 'something else' WHERE seq = 1")
    send(admin, "/log/check")
    assert 'role="alert"' in admin.get("/log").text


def test_a_closed_account_is_out_at_once_and_ones_own_stays(here: Portal) -> None:
    two_families(here)
    admin, parent = entered(here, "administrator"), entered(here, "parent")
    mine = here.store.accounts.by_login("administrator")
    theirs = here.store.accounts.by_login("parent")
    assert mine is not None
    assert theirs is not None
    for account in (mine, theirs):
        send(admin, f"/house/people/{account.person_id}/close")
    assert parent.get("/children").status_code == 303
    assert send(here.browser(), "/login/now", login="parent", password=PASSWORD).status_code == 401
    assert admin.get("/house").status_code == 200


def test_somebody_new_is_put_in_the_care_of_somebody_who_is_there(here: Portal) -> None:
    two_families(here)
    admin = entered(here, "administrator")
    address = send(admin, "/house/people", name="Lea", role="player").headers["location"]
    assert send(admin, f"{address}/carers", name="therapist", role="therapist").status_code == 303
    assert send(admin, f"{address}/carers", name="nobody", role="therapist").status_code == 400
    lea = here.store.players.known("Lea")
    assert [one.name for one in here.store.people.looking_after(lea.id)] == ["therapist"]


def test_a_long_list_of_people_comes_page_by_page_and_is_searched(here: Portal) -> None:
    two_families(here)
    admin = entered(here, "administrator")
    for n in range(A_PAGE + 5):
        here.store.people.named(f"Zoe {n:03}", "parent")
    first = admin.get("/house?name=Zoe").text
    assert "Zoe 099" in first
    assert "Zoe 100" not in first
    second = admin.get("/house?after=Zoe%20100&name=Zoe").text
    assert "Zoe 104" in second
    assert "Zoe 099" not in second
