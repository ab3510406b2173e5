/**
 * The journal's tables. Facts can be added and nothing else: the triggers hold against every
 * program that opens the file, not only against this one.
 *
 * `at`, `kind` and `trade` repeat what the body says, for people with a SQL shell; `verify` checks
 * that they do. A snapshot stands on a fact that exists.
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

export const JOURNAL: Blueprint = {
  name: "journal",
  applicationId: 0x54536a6c, // "TSjl"
  migrations: [{ number: 1, name: "facts and snapshots", sql: FACTS }],
  synchronous: "full",
};
