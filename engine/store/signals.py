"""What the devices sent in a sitting, and what was learned from it before the play."""

from collections.abc import Iterator
from dataclasses import fields

from engine.store.connection import Tables, in_plain_words
from engine.store.packing import PollBlob, unpack_polls
from engine.store.rows import CalibrationRow, PollRow, SegmentRow, Stream
from engine.store.sealing import Cipher, opened_blob


class Signals:
    """Raw samples and calibrations, one sitting at a time."""

    def __init__(self, tables: Tables, cipher: Cipher | None) -> None:
        self._tables = tables
        self._cipher = cipher

    def polls(self, session_id: int, stream: Stream) -> Iterator[PollRow]:
        """Every poll as it was, oldest first, empty ones too."""
        for blob in self.blobs(session_id, stream):
            with in_plain_words(self._tables.path):
                some = list(unpack_polls(blob))
            yield from some

    def blobs(self, session_id: int, stream: Stream) -> Iterator[PollBlob]:
        """The same as they are packed, and never sealed."""
        columns = ", ".join(field.name for field in fields(PollBlob))
        rows = self._tables.each(
            f"SELECT {columns} FROM raw_chunks WHERE session_id = ? AND stream = ? ORDER BY seq",
            session_id,
            stream,
        )
        for row in rows:
            yield opened_blob(self._cipher, session_id, PollBlob(**row))

    def has_calibration(self, player_id: int, session_kind: str, kind: str, gaze: str, since_unix_s: float) -> bool:
        """Whether the player was calibrated with that eye tracker since then."""
        return bool(
            self._tables.rows(
                "SELECT 1 FROM calibrations AS c JOIN sessions AS s ON s.id = c.session_id "
                "WHERE s.player_id = ? AND s.kind = ? AND c.kind = ? AND s.gaze = ? AND s.anchor_unix_s >= ? LIMIT 1",
                player_id,
                session_kind,
                kind,
                gaze,
                since_unix_s,
            )
        )

    def newest_rest(self, player_id: int, headset_json: str, model_sha: str, since_unix_s: float) -> str | None:
        """The player's resting baseline with that very headset and model, of a sitting that ended since then."""
        rows = self._tables.rows(
            "SELECT data_json FROM calibrations AS c JOIN sessions AS s ON s.id = c.session_id WHERE s.player_id = ? "
            "AND s.headset_json = ? AND s.model_sha = ? AND c.kind = 'rest' AND s.ended_unix_s >= ? "
            "ORDER BY s.id DESC, c.seq DESC LIMIT 1",
            player_id,
            headset_json,
            model_sha,
            since_unix_s,
        )
        return str(rows[0]["data_json"]) if rows else None

    def calibrations(self, session_id: int) -> tuple[CalibrationRow, ...]:
        rows = self._tables.rows(
            "SELECT kind, t_s, data_json FROM calibrations WHERE session_id = ? ORDER BY seq", session_id
        )
        return tuple(CalibrationRow(**row) for row in rows)

    def segments(self, session_id: int) -> tuple[SegmentRow, ...]:
        """Every unbroken stretch of each device's signal, in the order in which they ended."""
        columns = ", ".join(field.name for field in fields(SegmentRow))
        rows = self._tables.rows(
            f"SELECT {columns} FROM device_segments WHERE session_id = ? ORDER BY seq", session_id
        )
        return tuple(SegmentRow(**row) for row in rows)
