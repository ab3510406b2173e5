/**
 * The journal's tables. Facts can be added and nothing else: the triggers hold against every
 * program that opens the file, not only against this one.
 *
 * `at`, `kind` and `trade` repeat what the body says, for people with a SQL shell; `verify` checks
 * that they do. A snapshot stands on a fact that exists.
 *
 * The outbox has no say in the chain: it holds who is still to be told, and its rows come and go.
 *
 * ```text
 * slips    words null ─► words ─► letter = the sequence of the letter they went out with
 * letters  waiting ─► sent | expired ─► named (in a digest)
 * ```
 */
import type { Blueprint } from "./database.ts";

const FACTS = `
  CREATE TABLE facts (
    sequence INTEGER PRIMARY KEY,
    at       INTEGER NOT NULL,
    kind     TEXT NOT NULL,
    trade    TEXT,
    body     TEXT NOT NULL,
    hash     TEXT NOT NULL
  ) STRICT;

  CREATE TRIGGER facts_never_change BEFORE UPDATE ON facts
  BEGIN SELECT RAISE(ABORT, 'facts are never changed'); END;

  CREATE TRIGGER facts_never_go BEFORE DELETE ON facts
  BEGIN SELECT RAISE(ABORT, 'facts are never removed'); END;

  CREATE TABLE snapshots (
    sequence INTEGER PRIMARY KEY REFERENCES facts (sequence),
    chain    TEXT NOT NULL,
    hash     TEXT NOT NULL,
    body     TEXT NOT NULL
  ) STRICT;
`;

const OUTBOX = `
  CREATE TABLE slips (
    sequence INTEGER NOT NULL,
    channel  TEXT NOT NULL,
    topic    TEXT NOT NULL,
    at       INTEGER NOT NULL,
    words    TEXT,
    letter   INTEGER,
    PRIMARY KEY (sequence, channel)
  ) STRICT, WITHOUT ROWID;

  CREATE INDEX slips_unworded ON slips (sequence) WHERE words IS NULL;
  CREATE INDEX slips_loose ON slips (channel, sequence) WHERE letter IS NULL;
  CREATE INDEX slips_packed ON slips (channel, letter) WHERE letter IS NOT NULL;

  CREATE TABLE letters (
    channel   TEXT NOT NULL,
    sequence  INTEGER NOT NULL,
    kind      TEXT NOT NULL,
    state     TEXT NOT NULL,
    packed_at INTEGER NOT NULL,
    tries     INTEGER NOT NULL,
    due_at    INTEGER NOT NULL,
    sent_at   INTEGER,
    said      TEXT,
    body      TEXT NOT NULL,
    PRIMARY KEY (channel, sequence, kind)
  ) STRICT, WITHOUT ROWID;

  CREATE INDEX letters_by_state ON letters (channel, state, due_at);
  CREATE INDEX letters_sent ON letters (channel, sent_at) WHERE sent_at IS NOT NULL;
`;

export const JOURNAL: Blueprint = {
  name: "journal",
  applicationId: 0x54536a6c, // "TSjl"
  migrations: [
    { number: 1, name: "facts and snapshots", sql: FACTS },
    { number: 2, name: "outbox", sql: OUTBOX },
  ],
  synchronous: "full",
};
