"""The door to the database: opens or makes the file, brings it up to date, and hands out its tables."""

from pathlib import Path
from types import TracebackType
from typing import Self

from sqlite_utils import Database

from engine.errors import NewerSchema, ReadOnly, StoreError
from engine.store.accounts import Accounts
from engine.store.audit import Audit
from engine.store.bundles import Bundles
from engine.store.clinic import Clinic
from engine.store.connection import BUSY_S, Tables, connect, in_plain_words
from engine.store.consents import Consents
from engine.store.crowds import Crowds
from engine.store.gardens import Gardens
from engine.store.health import Health
from engine.store.live import Live
from engine.store.migrations import MIGRATIONS
from engine.store.models import Models
from engine.store.people import People, Players
from engine.store.pictures import Pictures
from engine.store.plans import Plans
from engine.store.privacy import Privacy
from engine.store.records import Records
from engine.store.sealing import cipher_of
from engine.store.sessions import Sessions
from engine.store.settings import Settings
from engine.store.signals import Signals
from engine.store.studies import Studies
from engine.store.wellbeing import Wellbeing

_BEFORE = {
    "people": "SELECT id, name, 'player' AS role, id AS player_id, created_utc AS added_utc FROM main.players",
    "players": "SELECT id, birth_year, created_utc, printf('P-%08x', id) AS pseudonym, NULL AS picture, "
    "NULL AS language, NULL AS hand, NULL AS manner_json FROM main.players",
}
"""What a file from before names were taken apart from data seems to have."""

APPLICATION_ID = int.from_bytes(b"Hern", "big")
"""Written into the file's header, where the command `file` finds it."""


class Store:
    """An open database. Close it, or use it as a context manager."""

    def __init__(self, db: Database, path: Path) -> None:
        self.path = path
        self._db = db
        self._tables = tables = Tables(db, path)
        self.players = Players(tables)
        self.accounts = Accounts(tables)
        self.sessions = Sessions(tables)
        self.cipher = cipher_of(path)
        self.signals = Signals(tables, self.cipher)
        self.pictures = Pictures(tables)
        self.models = Models(tables)
        self.settings = Settings(tables)
        self.studies = Studies(tables)
        self.wellbeing = Wellbeing(tables)
        self.plans = Plans(tables)
        self.gardens = Gardens(tables)
        self.people = People(tables)
        self.consents = Consents(tables)
        self.records = Records(tables)
        self.audit = Audit(tables)
        self.privacy = Privacy(tables, self.players, self.consents, self.models, self.audit)
        self.health = Health(tables)
        self.crowds = Crowds(tables)
        self.clinic = Clinic(tables, self.audit)
        self.live = Live(tables, self.clinic)
        self.bundles = Bundles(tables, self.cipher)

    @classmethod
    def open(cls, path: Path, read_only: bool = False, wait_s: float = BUSY_S) -> Self:
        """Makes the file and its folders where they are missing, unless it is only to be read.

        wait_s: for other programs that are writing

        Raises: NewerSchema, ReadOnly, or StoreError for a file that cannot be used at all.
        """
        if path.is_dir():
            raise StoreError(f"{path} is a folder: name a file with --db.")
        if read_only and not path.exists():
            raise StoreError(f"There is no database {path}: play first, or name another file with --db.")
        if not read_only:
            _make_folder(path)
        with in_plain_words(path):
            connection = connect(path, "read" if read_only else "create", wait_s)
            try:
                store = cls(Database(connection, execute_plugins=False), path)
                store._refuse_strangers(read_only)
                if read_only:
                    store._imagine_up_to_date()
                else:
                    store._bring_up_to_date()
            except BaseException:
                connection.close()
                raise
        return store

    def close(self) -> None:
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _refuse_strangers(self, read_only: bool) -> None:
        with Database(memory=True, execute_plugins=False) as blank:
            known = {migration.name for migration in MIGRATIONS.pending(blank)}
        applied = {migration.name for migration in MIGRATIONS.applied(self._db)}
        if applied - known:
            raise NewerSchema(
                f"{self.path} was written by a newer Heron: update Heron, or name another file with --db."
            )
        if read_only and not applied and not self._db.table_names():
            raise StoreError(f"{self.path} holds no sitting yet: play first, or name another file with --db.")
        if not applied and self._db.table_names():
            raise StoreError(f"{self.path} belongs to another program: name another file with --db.")

    def _imagine_up_to_date(self) -> None:
        """A file that may not be written and is of an older Heron seems to have what came since, empty."""
        if not MIGRATIONS.pending(self._db):
            return
        with Database(memory=True, execute_plugins=False) as newest:
            MIGRATIONS.apply(newest)
            wanted = {table.name: tuple(table.columns_dict) for table in newest.tables}
        apart = "people" in self._db.table_names()
        for table, columns in wanted.items():
            if not apart and table in _BEFORE:
                self._db.execute(f"CREATE TEMP VIEW {table} AS {_BEFORE[table]}")
                continue
            there = self._db.table(table).columns_dict if table in self._db.table_names() else {}
            if set(columns) - set(there):
                listed = ", ".join(name if name in there else f"NULL AS {name}" for name in columns)
                rows = f"FROM main.{table}" if there else "WHERE 0"
                self._db.execute(f"CREATE TEMP VIEW {table} AS SELECT {listed} {rows}")

    def _bring_up_to_date(self) -> None:
        self._db.enable_wal()
        with self._tables.atomic():  # two Herons that start at once must not both migrate
            MIGRATIONS.apply(self._db)
            # always a real write, so that a place where nothing can be written shows itself now and not in mid-play
            self._db.execute(f"PRAGMA application_id = {APPLICATION_ID}")


def _make_folder(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ReadOnly(f"The folder {path.parent} cannot be made: name another file with --db.") from error
