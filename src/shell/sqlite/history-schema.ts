/**
 * The tables of the message history.
 *
 * A row is one version of one message; source, channel, id, event and content name it, so that the
 * same delivery twice is one row. `content` is a hash of what was said, text and embeds; the name of
 * its author is left out, for people rename themselves.
 *
 * ```text
 * settled  0  the house has not decided yet: offered again at the next start
 *          1  decided, or imported and never to be decided
 * ```
 */
import type { Blueprint } from "./database.ts";

const TABLES = `
  CREATE TABLE messages (
    sequence    INTEGER PRIMARY KEY AUTOINCREMENT,
    source      TEXT NOT NULL,
    channel     TEXT NOT NULL,
    id          TEXT NOT NULL,
    event       TEXT NOT NULL,
    content     TEXT NOT NULL,
    sent_at     INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    imported    INTEGER NOT NULL,
    settled     INTEGER NOT NULL,
    body        TEXT NOT NULL,
    raw         TEXT,
    UNIQUE (source, channel, id, event, content)
  ) STRICT;

  CREATE INDEX messages_by_time ON messages (sent_at, sequence);
  CREATE INDEX messages_by_id ON messages (id, sequence);
  CREATE INDEX messages_received ON messages (received_at);
  CREATE INDEX messages_unsettled ON messages (sequence) WHERE settled = 0;
  CREATE INDEX messages_created ON messages (source, channel, length(id), id)
    WHERE event = 'create' AND imported = 0;

  CREATE TABLE faults (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    source   TEXT NOT NULL,
    channel  TEXT NOT NULL,
    at       INTEGER NOT NULL,
    raw      TEXT NOT NULL,
    reason   TEXT NOT NULL
  ) STRICT;
`;

export const HISTORY: Blueprint = {
  name: "history",
  applicationId: 0x54536869, // "TShi"
  migrations: [{ number: 1, name: "messages and faults", sql: TABLES }],
  synchronous: "full",
};
