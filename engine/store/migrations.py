"""The shape of the database, as the steps that led to it; a step that was ever released is never edited."""

from collections.abc import Callable
from sqlite3 import complete_statement

from sqlite_utils import Database, Migrations

MIGRATIONS = Migrations("heron")


def _into(db: Database) -> Callable[[str], None]:
    """Runs a script within the step's transaction; each of its statements ends with a line.

    Database.executescript looks at every letter instead: a new file then takes 70 ms and not 28 (own measurement).
    """

    def run(script: str) -> None:
        statement = ""
        for line in script.splitlines(keepends=True):
            statement += line
            if complete_statement(statement):
                db.conn.execute(statement)
                statement = ""
        assert not statement.strip(), statement

    return run


@MIGRATIONS()
def m001_first_light(db: Database) -> None:
    """People, sittings and all that one sitting leaves behind.

    `*_mono_s` and `t_s` are host monotonic seconds, `*_unix_s` seconds since 1970; `tick` counts sixtieths of a
    second from the start of the sitting; `seq` is the order in which the journal was told.
    What the blobs hold is written in engine/store/packing.py.
    """
    _into(db)("""
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
    _into(db)("""
        ALTER TABLE raw_chunks ADD COLUMN device_s BLOB;
        ALTER TABLE device_segments ADD COLUMN clock_residual_s REAL;
        ALTER TABLE device_segments ADD COLUMN blink_lag_s REAL;
        ALTER TABLE device_segments ADD COLUMN blink_agreement REAL;
        ALTER TABLE device_segments ADD COLUMN head_motion_rad_s REAL;
    """)


@MIGRATIONS()
def m004_studies(db: Database) -> None:
    """Sealed allocations, the log of who opened one, and guesses; `engine.control` says what they are."""
    _into(db)("""
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
    _into(db)("""
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
    _into(db)("""
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


_OUTCOME = """
    INSERT OR REPLACE INTO outcomes (session_id, player_id, kind, ending, began_unix_s, seconds, blocks, trials,
        success_rate, reaction_s, score, good_share, reward_share, threshold_z, difficulty, stars, complaints)
    SELECT s.id, s.player_id, s.kind, s.ending, s.anchor_unix_s,
        coalesce((SELECT sum(seconds) FROM blocks WHERE session_id = s.id), 0.0),
        (SELECT count(*) FROM blocks WHERE session_id = s.id),
        (SELECT count(*) FROM trials WHERE session_id = s.id AND valid AND NOT practice),
        (SELECT avg(success) FROM trials WHERE session_id = s.id AND valid AND NOT practice),
        (SELECT avg(reaction_s) FROM trials WHERE session_id = s.id AND valid AND NOT practice AND success),
        (SELECT avg(score) FROM estimates WHERE session_id = s.id AND state = 'good'),
        (SELECT sum(good_share * seconds) / sum(seconds) FROM blocks WHERE session_id = s.id AND good_share >= 0),
        (SELECT sum(reward_share * seconds) / sum(seconds) FROM blocks WHERE session_id = s.id AND reward_share >= 0),
        (SELECT threshold_z FROM blocks WHERE session_id = s.id AND threshold_z IS NOT NULL
            ORDER BY seq DESC LIMIT 1),
        (SELECT avg(difficulty) FROM blocks WHERE session_id = s.id),
        coalesce((SELECT sum(stars) FROM blocks WHERE session_id = s.id), 0),
        (SELECT count(*) FROM complaints WHERE session_id = s.id)
    FROM sessions AS s WHERE
"""
"""What a sitting came to, of those that follow the WHERE: shares weigh blocks by their length."""


@MIGRATIONS()
def m007_keeping(db: Database) -> None:
    """Names apart from data, who cares for whom, consents, notes, totals, the audit log, and what sittings came to.

    A name stands in `people` alone: `players` have a pseudonym, and a sitting's setup lost the name that it held.
    Consents and the audit log only grow; a consent goes with its player and never before.
    """
    _into(db)(f"""
        CREATE TABLE people (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL,
            role TEXT NOT NULL CHECK (role IN ('administrator', 'therapist', 'parent', 'player')),
            player_id INTEGER UNIQUE REFERENCES players (id) ON DELETE CASCADE,
            added_utc TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')),
            UNIQUE (role, name),
            CHECK ((role = 'player') = (player_id IS NOT NULL))
        ) STRICT;
        INSERT INTO people (name, role, player_id, added_utc) SELECT name, 'player', id, created_utc FROM players;
        ALTER TABLE players RENAME COLUMN name TO pseudonym;
        UPDATE players SET pseudonym = 'P-' || lower(hex(randomblob(4)));
        UPDATE sessions SET setup_json = json_replace(setup_json, '$.player', NULL) WHERE json_valid(setup_json);
        ALTER TABLE players ADD COLUMN picture TEXT;
        ALTER TABLE players ADD COLUMN language TEXT;
        ALTER TABLE players ADD COLUMN hand TEXT CHECK (hand IN ('left', 'right'));
        ALTER TABLE players ADD COLUMN manner_json TEXT;

        CREATE TABLE cares (
            person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
            player_id INTEGER NOT NULL REFERENCES players (id) ON DELETE CASCADE,
            since_utc TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')),
            PRIMARY KEY (person_id, player_id)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE consents (
            id INTEGER PRIMARY KEY,
            player_id INTEGER NOT NULL REFERENCES players (id) ON DELETE CASCADE,
            purpose TEXT NOT NULL CHECK (purpose IN ('play', 'keep_raw', 'personalise', 'pool', 'share')),
            given INTEGER NOT NULL CHECK (given IN (0, 1)),
            words TEXT NOT NULL,
            who TEXT NOT NULL,
            role TEXT NOT NULL CHECK (role IN ('player', 'parent')),
            at_utc TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))
        ) STRICT;
        CREATE TRIGGER consents_never_change BEFORE UPDATE ON consents BEGIN
            SELECT raise(ABORT, 'a consent is never changed: a new row takes its place');
        END;
        CREATE TRIGGER consents_go_with_their_player BEFORE DELETE ON consents
        WHEN EXISTS (SELECT 1 FROM players WHERE id = old.player_id) BEGIN
            SELECT raise(ABORT, 'a consent is never taken out: a withdrawal is a row');
        END;

        CREATE TABLE notes (
            id INTEGER PRIMARY KEY,
            player_id INTEGER NOT NULL REFERENCES players (id) ON DELETE CASCADE,
            session_id INTEGER REFERENCES sessions (id) ON DELETE SET NULL,
            person_id INTEGER REFERENCES people (id) ON DELETE SET NULL,
            kind TEXT NOT NULL CHECK (kind IN ('note', 'strategy')),
            text TEXT NOT NULL,
            at_utc TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))
        ) STRICT;

        CREATE TABLE totals (
            id INTEGER PRIMARY KEY,
            player_id INTEGER NOT NULL REFERENCES players (id) ON DELETE CASCADE,
            instrument TEXT NOT NULL,
            total REAL NOT NULL,
            day TEXT NOT NULL,
            who TEXT NOT NULL,
            at_utc TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))
        ) STRICT;

        CREATE TABLE audit (
            seq INTEGER PRIMARY KEY,
            at_utc TEXT NOT NULL,
            who TEXT NOT NULL,
            action TEXT NOT NULL,
            what TEXT NOT NULL,
            link TEXT NOT NULL
        ) STRICT;
        CREATE TRIGGER audit_never_changes BEFORE UPDATE ON audit BEGIN
            SELECT raise(ABORT, 'the audit log only grows');
        END;
        CREATE TRIGGER audit_never_shrinks BEFORE DELETE ON audit BEGIN
            SELECT raise(ABORT, 'the audit log only grows');
        END;

        ALTER TABLE models ADD COLUMN player_id INTEGER REFERENCES players (id) ON DELETE CASCADE;
        ALTER TABLE models ADD COLUMN parent_sha TEXT REFERENCES models (sha256) ON DELETE SET NULL;
        ALTER TABLE models ADD COLUMN withdrawn_utc TEXT;
        ALTER TABLE models ADD COLUMN withdrawn_why TEXT;
        CREATE TABLE lessons (
            model_sha TEXT NOT NULL REFERENCES models (sha256) ON DELETE CASCADE,
            player_id INTEGER NOT NULL REFERENCES players (id) ON DELETE CASCADE,
            PRIMARY KEY (model_sha, player_id)
        ) STRICT, WITHOUT ROWID;

        ALTER TABLE studies ADD COLUMN preregistered TEXT;
        ALTER TABLE studies ADD COLUMN sample_size TEXT;
        ALTER TABLE studies ADD COLUMN raters TEXT;
        ALTER TABLE studies ADD COLUMN comparator TEXT;
        ALTER TABLE studies ADD COLUMN instructions TEXT;
        ALTER TABLE studies ADD COLUMN criterion TEXT;
        ALTER TABLE studies ADD COLUMN availability TEXT;

        CREATE TABLE outcomes (
            session_id INTEGER PRIMARY KEY REFERENCES sessions (id) ON DELETE CASCADE,
            player_id INTEGER NOT NULL,
            kind TEXT NOT NULL,
            ending TEXT NOT NULL,
            began_unix_s REAL NOT NULL,
            seconds REAL NOT NULL,
            blocks INTEGER NOT NULL,
            trials INTEGER NOT NULL,
            success_rate REAL,
            reaction_s REAL,
            score REAL,
            good_share REAL,
            reward_share REAL,
            threshold_z REAL,
            difficulty REAL,
            stars INTEGER NOT NULL,
            complaints INTEGER NOT NULL
        ) STRICT;
        {_OUTCOME} s.ending IS NOT NULL;
        CREATE TRIGGER ended AFTER UPDATE OF ending ON sessions WHEN new.ending IS NOT NULL BEGIN
            {_OUTCOME} s.id = new.id;
        END;

        CREATE INDEX outcomes_of_player ON outcomes (player_id, kind, began_unix_s);
        DROP INDEX sessions_by_player;
        CREATE INDEX sessions_of_player ON sessions (player_id, kind, id);
        CREATE INDEX sessions_running ON sessions (heartbeat_unix_s) WHERE ended_unix_s IS NULL;
        CREATE INDEX sessions_by_gaze ON sessions (gaze, id) WHERE gaze IS NOT NULL;
        CREATE INDEX sessions_by_model ON sessions (model_sha) WHERE model_sha IS NOT NULL;
        CREATE INDEX sessions_by_age ON sessions (anchor_unix_s);
        CREATE INDEX people_by_name ON people (name, role);
        CREATE INDEX cares_of_player ON cares (player_id);
        CREATE INDEX consents_of_player ON consents (player_id, purpose, id);
        CREATE INDEX notes_of_player ON notes (player_id, id);
        CREATE INDEX notes_of_session ON notes (session_id) WHERE session_id IS NOT NULL;
        CREATE INDEX totals_of_player ON totals (player_id, instrument, day);
        CREATE INDEX lessons_of_player ON lessons (player_id);
        CREATE INDEX models_of_player ON models (player_id) WHERE player_id IS NOT NULL;
        CREATE INDEX screenings_of_player ON screenings (player_id);
        CREATE INDEX complaints_of_session ON complaints (session_id);
        CREATE INDEX complaints_open ON complaints (session_id) WHERE reviewed_by IS NULL;
        CREATE INDEX garden_of_player ON garden (player_id);
        CREATE INDEX garden_of_session ON garden (session_id);
        CREATE INDEX plans_of_player ON plans (player_id, since);
        CREATE INDEX allocations_of_player ON allocations (player_id) WHERE player_id IS NOT NULL;
    """)


@MIGRATIONS()
def m008_travelling(db: Database) -> None:
    """Sittings that came from elsewhere: in a bundle from home, or from another program's recording.

    The line of a bundle outlives its sitting, so that one that was erased does not come back with the same bundle.
    """
    _into(db)(f"""
        CREATE TABLE bundles (
            sha256 TEXT PRIMARY KEY,
            sitting_sha256 TEXT NOT NULL UNIQUE,
            session_id INTEGER REFERENCES sessions (id) ON DELETE SET NULL,
            sender TEXT NOT NULL,
            merged_utc TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))
        ) STRICT;
        CREATE INDEX bundles_of_session ON bundles (session_id) WHERE session_id IS NOT NULL;

        CREATE TABLE trusted (
            sender TEXT PRIMARY KEY,
            since_utc TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))
        ) STRICT;

        DROP TRIGGER ended;
        DROP INDEX sessions_of_player;
        ALTER TABLE sessions ADD COLUMN kinds TEXT NOT NULL DEFAULT 'play'
            CHECK (kinds IN ('play', 'demo', 'imported'));
        UPDATE sessions SET kinds = kind;
        ALTER TABLE sessions DROP COLUMN kind;
        ALTER TABLE sessions RENAME COLUMN kinds TO kind;
        CREATE INDEX sessions_of_player ON sessions (player_id, kind, id);
        CREATE TRIGGER ended AFTER UPDATE OF ending ON sessions WHEN new.ending IS NOT NULL BEGIN
            {_OUTCOME} s.id = new.id;
        END;
    """)


@MIGRATIONS()
def m009_accounts(db: Database) -> None:
    """Who may sign in to the portal, by what, from which browsers, and who has knocked in vain.

    No secret stands in the file: passwords are hashes that only time can break (argon2id), codes and the tokens of
    browsers are SHA-256 of something long and random.
    """
    _into(db)("""
        CREATE TABLE accounts (
            person_id INTEGER PRIMARY KEY REFERENCES people (id) ON DELETE CASCADE,
            login TEXT NOT NULL UNIQUE COLLATE NOCASE,
            password TEXT NOT NULL,
            totp TEXT,
            language TEXT,
            closed_utc TEXT,
            added_utc TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))
        ) STRICT;

        CREATE TABLE invitations (
            code_sha TEXT PRIMARY KEY,
            person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
            until_unix_s REAL NOT NULL
        ) STRICT;

        CREATE TABLE visits (
            token_sha TEXT PRIMARY KEY,
            person_id INTEGER NOT NULL REFERENCES accounts (person_id) ON DELETE CASCADE,
            began_unix_s REAL NOT NULL,
            seen_unix_s REAL NOT NULL
        ) STRICT;
        CREATE INDEX visits_of_person ON visits (person_id);

        CREATE TABLE knocks (
            door TEXT NOT NULL,
            at_unix_s REAL NOT NULL
        ) STRICT;
        CREATE INDEX knocks_at_door ON knocks (door, at_unix_s);
    """)


@MIGRATIONS()
def m010_overrides(db: Database) -> None:
    """What a therapist asks of a running sitting, which only grows; and every plan ever given, also one taken back.

    A plan that takes another's place remembers until when that would have held, so that it can be taken back.
    """
    _into(db)("""
        CREATE TABLE overrides (
            id INTEGER PRIMARY KEY,
            session_id INTEGER NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
            what TEXT NOT NULL CHECK (what IN
                ('pause', 'easier', 'harder', 'fewer_distractors', 'more_distractors', 'end')),
            reason TEXT NOT NULL,
            person_id INTEGER REFERENCES people (id) ON DELETE SET NULL,
            at_unix_s REAL NOT NULL
        ) STRICT;
        CREATE INDEX overrides_of_session ON overrides (session_id, id);
        CREATE TRIGGER overrides_never_change BEFORE UPDATE OF session_id, what, reason, at_unix_s ON overrides BEGIN
            SELECT raise(ABORT, 'overrides only grow');
        END;

        ALTER TABLE plans ADD COLUMN withdrawn_utc TEXT;
        ALTER TABLE plans ADD COLUMN replaced_by INTEGER REFERENCES plans (id) ON DELETE SET NULL;
        ALTER TABLE plans ADD COLUMN was_until TEXT;
        CREATE INDEX plans_replaced ON plans (replaced_by) WHERE replaced_by IS NOT NULL;
    """)


@MIGRATIONS()
def m011_pictures(db: Database) -> None:
    """Small pictures of sittings, painted once from their ticks, which take far longer to be played again."""
    _into(db)("""
        CREATE TABLE pictures (
            session_id INTEGER NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
            at_s REAL NOT NULL,
            jpeg BLOB NOT NULL,
            PRIMARY KEY (session_id, at_s)
        ) STRICT;
    """)


@MIGRATIONS()
def m012_own_models(db: Database) -> None:
    """What a player's own model is to them, since when, and how it was judged; at most one plays and one waits.

    And a note can say that medication has changed.
    """
    _into(db)("""
        ALTER TABLE models ADD COLUMN role TEXT CHECK (role IN ('challenger', 'champion', 'retired', 'sent_back'));
        ALTER TABLE models ADD COLUMN role_utc TEXT;
        ALTER TABLE models ADD COLUMN verdict_json TEXT CHECK (verdict_json IS NULL OR json_valid(verdict_json));
        CREATE UNIQUE INDEX models_at_work ON models (player_id, role) WHERE role IN ('challenger', 'champion');

        CREATE TABLE notes_now (
            id INTEGER PRIMARY KEY,
            player_id INTEGER NOT NULL REFERENCES players (id) ON DELETE CASCADE,
            session_id INTEGER REFERENCES sessions (id) ON DELETE SET NULL,
            person_id INTEGER REFERENCES people (id) ON DELETE SET NULL,
            kind TEXT NOT NULL CHECK (kind IN ('note', 'strategy', 'medication')),
            text TEXT NOT NULL,
            at_utc TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))
        ) STRICT;
        INSERT INTO notes_now SELECT id, player_id, session_id, person_id, kind, text, at_utc FROM notes;
        DROP TABLE notes;
        ALTER TABLE notes_now RENAME TO notes;
        CREATE INDEX notes_of_player ON notes (player_id, id);
        CREATE INDEX notes_of_session ON notes (session_id) WHERE session_id IS NOT NULL;
    """)


@MIGRATIONS()
def m013_alone(db: Database) -> None:
    """Studies of one player alone, whose places are stretches of sittings, one after another."""
    _into(db)("""
        ALTER TABLE studies ADD COLUMN alone INTEGER REFERENCES players (id) ON DELETE CASCADE;
        CREATE INDEX studies_alone ON studies (alone) WHERE alone IS NOT NULL;
    """)
