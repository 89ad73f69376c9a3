"""The one error tree of engine.

EngineError
├── BadLevel    a level file with mistakes, all of them listed
├── BadPlan     the same of a plan
├── BrokenSeal  an allocation or a log is not what was sealed
└── StoreError  the database cannot be used as asked
    ├── NewerSchema  it was written by a newer Heron
    ├── ReadOnly     it cannot be written
    ├── InUse        another program is writing, or has it open
    ├── Locked       it is encrypted, and nobody has unlocked it
    ├── NotFound     no such session or player
    └── BadBundle    a bundle is not whole, not for here, or of nobody who is known

Every message is plain and says what to do next.
"""


class EngineError(Exception):
    """Anything that engine tells people."""


class BadLevel(EngineError):
    """A level file with mistakes, all of them listed."""


class BadPlan(EngineError):
    """A plan with mistakes, all of them listed."""


class BrokenSeal(EngineError):
    """An allocation or an unblinding log is not what was sealed."""


class StoreError(EngineError):
    """The database cannot be used as asked."""


class NewerSchema(StoreError):
    """The database was written by a newer Heron."""


class ReadOnly(StoreError):
    """The database cannot be written."""


class InUse(StoreError):
    """Another program is writing to the database, or has it open."""


class Locked(StoreError):
    """The database is encrypted, and nobody has unlocked it."""


class NotFound(StoreError):
    """No such session or player."""


class BadBundle(StoreError):
    """A bundle that is not whole, was changed, is not for here, or was signed by nobody who is known."""
