"""The kiosk's tables, as steps from one version of the file to the next; `user_version` says how many were taken.

A step is never changed once it has been released: a new one is added after it.
"""

import apsw

from kiosk.store.database import Database

_FIRST = """
CREATE TABLE epoch (
    id         TEXT PRIMARY KEY,
    number     INTEGER NOT NULL UNIQUE,     -- 1 for the first of this folder; the highest is the one written to
    last_seq   INTEGER NOT NULL DEFAULT 0,  -- never goes back, whatever rows are cleared away
    last_chain TEXT    NOT NULL DEFAULT '',
    have_upto  INTEGER NOT NULL DEFAULT 0   -- the highest seq the server ever said it holds all attempts up to
) STRICT;

CREATE TABLE attempt (
    id              INTEGER PRIMARY KEY,
    epoch           TEXT    NOT NULL REFERENCES epoch (id),
    seq             INTEGER NOT NULL,
    attempt_id      TEXT    NOT NULL UNIQUE,
    at              INTEGER NOT NULL,           -- UTC ms, as well as the kiosk knew it
    card            TEXT    NOT NULL,
    member_id       TEXT,
    visit_key       TEXT,
    state           TEXT    NOT NULL,
    outcome         TEXT,
    session_ends_at INTEGER,                    -- of a welcome: until when it counts as going on
    takes_punch     INTEGER NOT NULL DEFAULT 0,
    told_at         INTEGER,                    -- UTC ms when the server confirmed it is stored
    effect          TEXT,
    is_reflected    INTEGER NOT NULL DEFAULT 0, -- the replica's facts contain what it did
    body            TEXT    NOT NULL,           -- the record as it is told
    UNIQUE (epoch, seq)
) STRICT;
CREATE INDEX attempt_untold ON attempt (id) WHERE told_at IS NULL;
CREATE INDEX attempt_of_card ON attempt (card);
CREATE INDEX attempt_of_member ON attempt (member_id);
CREATE INDEX attempt_at ON attempt (at);

CREATE TABLE member (
    member_id  TEXT PRIMARY KEY,
    version    INTEGER NOT NULL,
    generation INTEGER NOT NULL,
    facts      TEXT    NOT NULL
) STRICT;

CREATE TABLE card (
    card      TEXT PRIMARY KEY,
    member_id TEXT NOT NULL REFERENCES member (member_id) ON DELETE CASCADE,
    state     TEXT NOT NULL,
    sealed    TEXT NOT NULL
) STRICT;
CREATE INDEX card_of_member ON card (member_id);

CREATE TABLE denied (card TEXT PRIMARY KEY) STRICT;

CREATE TABLE note (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
"""

_ANCHORS = """
ALTER TABLE epoch ADD COLUMN kept_after INTEGER NOT NULL DEFAULT 0; -- up to this seq rows were cleared away
ALTER TABLE epoch ADD COLUMN kept_after_chain TEXT DEFAULT '';      -- that row's link of the chain; NULL: not known
UPDATE epoch SET kept_after = (SELECT MIN(seq) - 1 FROM attempt WHERE epoch = epoch.id), kept_after_chain = NULL
    WHERE (SELECT MIN(seq) FROM attempt WHERE epoch = epoch.id) > 1;
UPDATE epoch SET kept_after = last_seq, kept_after_chain = last_chain
    WHERE last_seq > 0 AND NOT EXISTS (SELECT 1 FROM attempt WHERE epoch = epoch.id);
"""

_STAFF = """
CREATE TABLE staff (
    card     TEXT PRIMARY KEY,   -- a staff card's fingerprint
    staff_id TEXT NOT NULL,
    verifier TEXT NOT NULL,      -- Argon2id of the PIN keyed by the card's code
    sealed   TEXT NOT NULL
) STRICT;
CREATE TABLE pin_try (
    staff_id TEXT PRIMARY KEY,
    count    INTEGER NOT NULL,   -- since the last right PIN; counted before the PIN is looked at
    last_at  INTEGER NOT NULL,   -- UTC ms
    against  TEXT NOT NULL       -- names the PIN they were tried against: a new one begins at nothing
) STRICT;
"""

_OUTAGES = """
CREATE TABLE outage (
    id      TEXT PRIMARY KEY,
    why     TEXT NOT NULL,
    began   TEXT NOT NULL,  -- a stamp of both clocks, as it is told
    ended   TEXT,           -- NULL: it lasts
    held_at INTEGER         -- UTC ms since the server holds it with its end
) STRICT;
"""

_PHONES = """
ALTER TABLE card ADD COLUMN expires_at INTEGER;                -- UTC ms: a temporary card's, or a phone's
ALTER TABLE card ADD COLUMN phone TEXT NOT NULL DEFAULT '';    -- JSON: by which a phone's codes are known
"""

# The tables' own texts fill SQLite's first page to the last bytes: one more, and a page in the middle of the file
# would be needed to read it at all, also where it is damaged.
_NUMBERS = """
ALTER TABLE member ADD COLUMN number TEXT NOT NULL DEFAULT ''; -- the one printed on the card
-- The list is fetched anew, since numbers come with it; until then what there is stays.
UPDATE note SET value = '0' WHERE key = 'replica_version';
INSERT INTO note SELECT 'is_starting_over', '1' WHERE EXISTS (SELECT 1 FROM note WHERE key = 'replica_version')
    ON CONFLICT (key) DO UPDATE SET value = '1';
INSERT INTO note SELECT 'replica_generation', '1' WHERE EXISTS (SELECT 1 FROM note WHERE key = 'replica_version')
    ON CONFLICT (key) DO UPDATE SET value = value + 1;
"""

_SELF_TESTS = """
CREATE TABLE self_test (
    at   INTEGER PRIMARY KEY, -- UTC ms
    text TEXT NOT NULL        -- as core.selftest writes it, signed
) STRICT;
"""

STEPS: tuple[str, ...] = (_FIRST, _ANCHORS, _STAFF, _OUTAGES, _PHONES, _NUMBERS, _SELF_TESTS)


class FileFromTheFuture(RuntimeError):
    """The file was written by a newer Tessera than this one. Its text is a sentence for whoever set it up."""


def migrate(database: Database) -> None:
    """Take the steps that this file has not seen, each in its own transaction."""
    with database.reading() as connection:
        taken = _version(connection)
    if taken > len(STEPS):
        raise FileFromTheFuture(f"This kiosk's data is of version {taken}, this Tessera knows up to {len(STEPS)}.")
    for number, step in enumerate(STEPS[taken:], start=taken + 1):
        with database.writing() as connection:
            connection.execute(step)
            connection.execute(f"PRAGMA user_version={number}")


def _version(connection: apsw.Connection) -> int:
    return int(connection.pragma("user_version"))
