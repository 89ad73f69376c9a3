"""The shape of the database, as the steps that led to it; a step that was ever released is never edited."""

from sqlite_utils import Database, Migrations

MIGRATIONS = Migrations("heron")


@MIGRATIONS()
def m001_first_light(db: Database) -> None:
    """People, sittings and all that one sitting leaves behind.

    `*_mono_s` and `t_s` are host monotonic seconds, `*_unix_s` seconds since 1970; `tick` counts sixtieths of a
    second from the start of the sitting; `seq` is the order in which the journal was told.
    What the blobs hold is written in engine/store/packing.py.
    """
    db.executescript("""
        CREATE TABLE players (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE,
            birth_year INTEGER,
            created_utc TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))
        ) STRICT;

        CREATE TABLE models (
            sha256 TEXT PRIMARY KEY,
            name TEXT NOT NULL,
            metadata_json TEXT NOT NULL,
            onnx BLOB NOT NULL,
            added_utc TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))
        ) STRICT;

        CREATE TABLE settings (
            key TEXT PRIMARY KEY,
            value_json TEXT NOT NULL
        ) STRICT;

        CREATE TABLE sessions (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            player_id INTEGER NOT NULL REFERENCES players (id) ON DELETE CASCADE,
            level_id TEXT NOT NULL,
            level_toml TEXT NOT NULL,
            setup_json TEXT NOT NULL,
            seed INTEGER NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('play', 'demo')),
            started_utc TEXT NOT NULL,
            anchor_mono_s REAL NOT NULL,
            anchor_unix_s REAL NOT NULL,
            headset_json TEXT,
            gaze TEXT,
            mode TEXT NOT NULL,
            model_sha TEXT REFERENCES models (sha256),
            version TEXT NOT NULL,
            heartbeat_unix_s REAL NOT NULL,
            ended_unix_s REAL,
            ending TEXT CHECK (ending IN ('done', 'left', 'interrupted', 'failed'))
        ) STRICT;

        CREATE INDEX sessions_by_player ON sessions (player_id, level_id);

        CREATE TABLE blocks (
            session_id INTEGER NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
            seq INTEGER NOT NULL,
            block INTEGER NOT NULL,
            seconds REAL NOT NULL,
            trials INTEGER NOT NULL,
            success_rate REAL,
            rewards INTEGER NOT NULL,
            reward_share REAL,
            good_share REAL,
            threshold_z REAL,
            difficulty REAL NOT NULL,
            distractors INTEGER NOT NULL,
            stars INTEGER NOT NULL,
            PRIMARY KEY (session_id, seq)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE trials (
            session_id INTEGER NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
            seq INTEGER NOT NULL,
            trial INTEGER NOT NULL,
            block INTEGER NOT NULL,
            kind TEXT NOT NULL,
            outcome TEXT NOT NULL,
            success INTEGER NOT NULL,
            valid INTEGER NOT NULL,
            practice INTEGER NOT NULL,
            onset_tick INTEGER NOT NULL,
            reaction_s REAL,
            speed REAL NOT NULL,
            difficulty REAL NOT NULL,
            distractors INTEGER NOT NULL,
            PRIMARY KEY (session_id, seq)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE estimates (
            session_id INTEGER NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
            seq INTEGER NOT NULL,
            t_s REAL NOT NULL,
            score REAL NOT NULL,
            trust REAL NOT NULL,
            state TEXT NOT NULL,
            channels_json TEXT NOT NULL,
            tick INTEGER,
            PRIMARY KEY (session_id, seq)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE events (
            session_id INTEGER NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
            seq INTEGER NOT NULL,
            tick INTEGER NOT NULL,
            kind TEXT NOT NULL,
            data_json TEXT NOT NULL,
            PRIMARY KEY (session_id, seq)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE calibrations (
            session_id INTEGER NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
            seq INTEGER NOT NULL,
            kind TEXT NOT NULL,
            t_s REAL NOT NULL,
            data_json TEXT NOT NULL,
            PRIMARY KEY (session_id, seq)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE ticks (
            session_id INTEGER NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
            first_tick INTEGER NOT NULL,
            n INTEGER NOT NULL,
            inputs_jsonl BLOB NOT NULL,
            digests BLOB NOT NULL,
            PRIMARY KEY (session_id, first_tick)
        ) STRICT;

        CREATE TABLE raw_chunks (
            session_id INTEGER NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
            stream TEXT NOT NULL CHECK (stream IN ('eeg', 'gaze')),
            seq INTEGER NOT NULL,
            n INTEGER NOT NULL,
            k INTEGER NOT NULL,
            polls BLOB NOT NULL,
            t_s BLOB NOT NULL,
            data BLOB NOT NULL,
            PRIMARY KEY (session_id, stream, seq)
        ) STRICT;
    """)


@MIGRATIONS()
def m002_life_of_devices(db: Database) -> None:
    """How each device did from one loss to the next; the columns are explained at `rows.SegmentRow`."""
    db.execute("""
        CREATE TABLE device_segments (
            session_id INTEGER NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
            seq INTEGER NOT NULL,
            device TEXT NOT NULL CHECK (device IN ('eeg', 'gaze')),
            from_s REAL NOT NULL,
            until_s REAL NOT NULL,
            name TEXT NOT NULL,
            rate_hz REAL,
            loss INTEGER NOT NULL,
            jitter_ms REAL,
            clock_offset_s REAL,
            clock_uncertainty_s REAL,
            clock_drift_ppm REAL,
            reason TEXT,
            PRIMARY KEY (session_id, seq)
        ) STRICT, WITHOUT ROWID
    """)


@MIGRATIONS()
def m003_stamps_of_devices(db: Database) -> None:
    """What the devices stamped, beside what it became; checks of clocks and of the head for each stretch."""
    db.executescript("""
        ALTER TABLE raw_chunks ADD COLUMN device_s BLOB;
        ALTER TABLE device_segments ADD COLUMN clock_residual_s REAL;
        ALTER TABLE device_segments ADD COLUMN blink_lag_s REAL;
        ALTER TABLE device_segments ADD COLUMN blink_agreement REAL;
        ALTER TABLE device_segments ADD COLUMN head_motion_rad_s REAL;
    """)


@MIGRATIONS()
def m004_studies(db: Database) -> None:
    """Sealed allocations, the log of who opened one, and guesses; `engine.control` says what they are."""
    db.executescript("""
        ALTER TABLE sessions ADD COLUMN study TEXT;

        CREATE TABLE studies (
            name TEXT PRIMARY KEY,
            sittings INTEGER NOT NULL,
            donors_json TEXT NOT NULL,
            sealed_utc TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))
        ) STRICT;

        CREATE TABLE allocations (
            study TEXT NOT NULL REFERENCES studies (name) ON DELETE CASCADE,
            number INTEGER NOT NULL,
            commitment TEXT NOT NULL,
            arm TEXT NOT NULL,
            nonce TEXT NOT NULL,
            player_id INTEGER REFERENCES players (id) ON DELETE SET NULL,
            PRIMARY KEY (study, number),
            UNIQUE (study, player_id)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE unblindings (
            study TEXT NOT NULL REFERENCES studies (name) ON DELETE CASCADE,
            seq INTEGER NOT NULL,
            who TEXT NOT NULL,
            why TEXT NOT NULL,
            at_unix_s REAL NOT NULL,
            commitment TEXT NOT NULL,
            link TEXT NOT NULL,
            PRIMARY KEY (study, seq)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE guesses (
            study TEXT NOT NULL REFERENCES studies (name) ON DELETE CASCADE,
            number INTEGER NOT NULL,
            guesser TEXT NOT NULL CHECK (guesser IN ('player', 'parent', 'therapist')),
            answer TEXT CHECK (answer IN ('live', 'control')),
            at_unix_s REAL NOT NULL,
            PRIMARY KEY (study, number, guesser)
        ) STRICT, WITHOUT ROWID;
    """)


@MIGRATIONS()
def m005_tasks(db: Database) -> None:
    """More games than one: what a trial and a block were of, and what else a task says of a trial."""
    db.executescript("""
        ALTER TABLE trials ADD COLUMN task TEXT NOT NULL DEFAULT 'strike';
        ALTER TABLE trials ADD COLUMN strand TEXT NOT NULL DEFAULT 'first';
        ALTER TABLE trials ADD COLUMN detail_json TEXT NOT NULL DEFAULT '{}';
        UPDATE trials SET detail_json = json_object('speed', speed);
        UPDATE trials SET outcome = 'false_alarm' WHERE outcome = 'false_strike';
        ALTER TABLE trials DROP COLUMN speed;

        ALTER TABLE blocks ADD COLUMN task TEXT NOT NULL DEFAULT 'strike';
        ALTER TABLE blocks ADD COLUMN level TEXT;
        ALTER TABLE blocks ADD COLUMN by TEXT NOT NULL DEFAULT 'keys';
        UPDATE blocks SET level = (SELECT level_id FROM sessions WHERE sessions.id = blocks.session_id);
    """)


@MIGRATIONS()
def m006_people(db: Database) -> None:
    """What players answered, how they felt, what they let grow, their plans and their families' limits.

    What happens in a sitting reaches these tables with its event, in the journal's own transaction, so that nothing
    has to be remembered at its end.
    """
    db.executescript("""
        CREATE TABLE screenings (
            id INTEGER PRIMARY KEY,
            player_id INTEGER NOT NULL REFERENCES players (id) ON DELETE CASCADE,
            seizure TEXT NOT NULL,
            migraine TEXT NOT NULL,
            eyes TEXT NOT NULL,
            at_utc TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')),
            override_by TEXT,
            override_role TEXT,
            override_why TEXT,
            override_utc TEXT
        ) STRICT;

        CREATE TABLE complaints (
            id INTEGER PRIMARY KEY,
            session_id INTEGER NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
            tick INTEGER NOT NULL,
            kind TEXT NOT NULL,
            reviewed_by TEXT,
            reviewed_utc TEXT,
            note TEXT
        ) STRICT;

        CREATE TABLE checkins (
            session_id INTEGER PRIMARY KEY REFERENCES sessions (id) ON DELETE CASCADE,
            mood INTEGER,
            tired INTEGER,
            fun INTEGER,
            effort INTEGER,
            headache INTEGER,
            eyes INTEGER
        ) STRICT;

        CREATE TABLE garden (
            id INTEGER PRIMARY KEY,
            player_id INTEGER NOT NULL REFERENCES players (id) ON DELETE CASCADE,
            session_id INTEGER REFERENCES sessions (id) ON DELETE SET NULL,
            what TEXT NOT NULL
        ) STRICT;

        CREATE TABLE plans (
            id INTEGER PRIMARY KEY,
            player_id INTEGER NOT NULL REFERENCES players (id) ON DELETE CASCADE,
            plan_toml TEXT NOT NULL,
            since TEXT NOT NULL,
            until TEXT,
            by TEXT NOT NULL,
            assigned_utc TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))
        ) STRICT;

        CREATE TABLE limits (
            player_id INTEGER PRIMARY KEY REFERENCES players (id) ON DELETE CASCADE,
            bedtime TEXT,
            sitting_s REAL,
            day_s REAL,
            days INTEGER,
            by TEXT NOT NULL,
            set_utc TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))
        ) STRICT;

        CREATE TRIGGER screened AFTER INSERT ON events WHEN new.kind = 'screened' BEGIN
            INSERT INTO screenings (player_id, seizure, migraine, eyes)
            SELECT player_id, coalesce(json_extract(new.data_json, '$.seizure'), 'skipped'),
                coalesce(json_extract(new.data_json, '$.migraine'), 'skipped'),
                coalesce(json_extract(new.data_json, '$.eyes'), 'skipped')
            FROM sessions WHERE id = new.session_id;
        END;

        CREATE TRIGGER unwell AFTER INSERT ON events WHEN new.kind = 'unwell' BEGIN
            INSERT INTO complaints (session_id, tick, kind)
            VALUES (new.session_id, new.tick, coalesce(json_extract(new.data_json, '$.kind'), 'other'));
        END;

        CREATE TRIGGER checked_in AFTER INSERT ON events WHEN new.kind = 'checked_in' BEGIN
            INSERT INTO checkins (session_id, mood, tired, fun, effort, headache, eyes)
            VALUES (new.session_id, json_extract(new.data_json, '$.mood'), json_extract(new.data_json, '$.tired'),
                json_extract(new.data_json, '$.fun'), json_extract(new.data_json, '$.effort'),
                json_extract(new.data_json, '$.headache'), json_extract(new.data_json, '$.eyes'))
            ON CONFLICT (session_id) DO UPDATE SET mood = excluded.mood, tired = excluded.tired, fun = excluded.fun,
                effort = excluded.effort, headache = excluded.headache, eyes = excluded.eyes;
        END;

        CREATE TRIGGER grew AFTER INSERT ON events WHEN new.kind = 'grew' BEGIN
            INSERT INTO garden (player_id, session_id, what)
            SELECT player_id, id, json_extract(new.data_json, '$.what') FROM sessions WHERE id = new.session_id;
        END;
    """)
