/**
 * The message history in a SQLite file of its own: every commit flushed to disk, one for a batch.
 *
 * ```text
 * keep([a, b, c]) ─► BEGIN, three rows, COMMIT + one fsync
 * settle([7, 8])  ─► decided; what is not is offered again at the next start
 * ```
 *
 * What was imported and is then heard for real becomes a message like any other: it was never
 * decided about. Messages older than the retention go by the time they came in, oldest first and so
 * many at a call, so that no start waits for a year's worth of deletes.
 */
import { hash } from "node:crypto";
import type Database from "better-sqlite3";
import type { Message } from "../../core/model/message.ts";
import type { History, HistoryReader, KeptMessage, NewMessage } from "../../ports/history.ts";
import type { Result } from "../../std/result.ts";
import { type OpenFault, type OpenOptions, openForReading, openForWriting } from "./database.ts";
import { attempt } from "./faults.ts";
import { historyReaderOn, keptOf, type MessageRow, ROW } from "./history-reader.ts";
import { HISTORY } from "./history-schema.ts";
import { quietCheckpoints } from "./quiet-checkpoints.ts";

export const openHistory = (path: string, options: OpenOptions): Result<History, OpenFault> =>
  openForWriting(path, HISTORY, options, historyOn);

/** Sees what the writer has committed, also while it goes on. */
export const openHistoryReadOnly = (path: string): Result<HistoryReader, OpenFault> =>
  openForReading(path, HISTORY, historyReaderOn);

const RAW_BYTES_MAX = 16_384;
const FAULTS_MAX = 1_000;
const PRUNED_AT_ONCE = 10_000;

function historyOn(database: Database.Database): History {
  const reader = historyReaderOn(database);
  const checkpoints = quietCheckpoints(database);
  const write = <T>(work: () => T): ReturnType<typeof attempt<T>> => {
    const done = attempt(work);
    if (done.ok) checkpoints.wrote();
    return done;
  };
  const keepAll = database.transaction(keeperOn(database)).immediate;
  const settle = database.prepare("UPDATE messages SET settled = 1 WHERE sequence = ?");
  const settleAll = database.transaction((sequences: readonly number[]) => {
    for (const sequence of sequences) settle.run(sequence);
  }).immediate;
  const unsettled = database.prepare<[number], MessageRow>(
    `SELECT ${ROW} FROM messages WHERE settled = 0 ORDER BY sequence LIMIT ?`,
  );
  const prune = database.prepare(
    `DELETE FROM messages WHERE sequence IN
       (SELECT sequence FROM messages WHERE received_at < ? ORDER BY received_at LIMIT ?)`,
  );
  return {
    ...reader,
    keep: (messages) => write(() => (messages.length === 0 ? [] : keepAll(messages))),
    settle: (sequences) =>
      write(() => {
        if (sequences.length > 0) settleAll(sequences);
      }),
    unsettled: (most = LAST) => unsettled.all(most).map(keptOf),
    lastSettled: lastSettledIn(database),
    keepFault: (fault) => write(() => keepFaultIn(database, fault)),
    prune: (before) => write(() => prune.run(before, PRUNED_AT_ONCE).changes),
    close() {
      checkpoints.stop();
      reader.close();
    },
  };
}

type Keeper = (messages: readonly NewMessage[]) => readonly (KeptMessage | null)[];

function keeperOn(database: Database.Database): Keeper {
  const insert = database.prepare(
    `INSERT INTO messages
       (source, channel, id, event, content, sent_at, received_at, imported, settled, body, raw)
     VALUES (:source, :channel, :id, :event, :content, :sentAt, :receivedAt, :imported, :imported,
             :body, :raw)
     ON CONFLICT DO NOTHING`,
  );
  const dropImported = database.prepare(
    `DELETE FROM messages WHERE source = :source AND channel = :channel AND id = :id
        AND event = :event AND content = :content AND imported = 1`,
  );
  const keepOne = (one: NewMessage): KeptMessage | null => {
    const row = rowOf(one);
    let done = insert.run(row);
    if (done.changes === 0 && !one.imported) {
      const { source, channel, id, event, content } = row;
      if (dropImported.run({ source, channel, id, event, content }).changes === 0) return null;
      done = insert.run(row);
    }
    if (done.changes === 0) return null;
    return { ...one, raw: row.raw, sequence: Number(done.lastInsertRowid) };
  };
  return (messages) => messages.map(keepOne);
}

const rowOf = ({ message, receivedAt, imported, raw }: NewMessage) => ({
  source: message.source,
  channel: message.channel,
  id: message.id,
  event: message.event,
  content: contentOf(message),
  sentAt: message.sentAt,
  receivedAt,
  imported: imported ? 1 : 0,
  body: JSON.stringify(message),
  raw: raw === null ? null : cutToBytes(raw),
});

const contentOf = ({ text, embeds }: Message): string =>
  hash("sha256", JSON.stringify([text, embeds]), "base64");

/**
 * Discord's ids count up, as numbers written in digits; other ids mean nothing, there the order in
 * which they came counts. Only what was created moves it: the edit of an old message says nothing
 * about those after it.
 */
function lastSettledIn(database: Database.Database): History["lastSettled"] {
  // The plus keeps the planner from sorting a channel: the newest rows are looked at first.
  const ofChannel = "+source = ? AND +channel = ? AND event = 'create' AND imported = 0";
  const unsettled = `messages INDEXED BY messages_unsettled WHERE ${ofChannel} AND settled = 0`;
  const bySequence = database
    .prepare<[string, string, string, string], string>(
      `SELECT id FROM messages
        WHERE ${ofChannel} AND sequence < coalesce((SELECT min(sequence) FROM ${unsettled}), ${LAST})
        ORDER BY sequence DESC LIMIT 1`,
    )
    .pluck();
  const lowestUnsettled = database.prepare<[string, string], { readonly id: string }>(
    `SELECT id FROM ${unsettled} ORDER BY length(id), id LIMIT 1`,
  );
  const highestBelow = database
    .prepare<[string, string, string, string], string>(
      `SELECT id FROM messages
        WHERE source = ? AND channel = ? AND event = 'create' AND imported = 0
          AND (length(id), id) < (length(?), ?)
        ORDER BY length(id) DESC, id DESC LIMIT 1`,
    )
    .pluck();
  return (source, channel) => {
    if (source !== "discord") {
      return bySequence.get(source, channel, source, channel) ?? null;
    }
    const bound = lowestUnsettled.get(source, channel)?.id ?? BEYOND_EVERY_ID;
    return highestBelow.get(source, channel, bound, bound) ?? null;
  };
}

const LAST = Number.MAX_SAFE_INTEGER;
/** Longer than any snowflake, which has at most 20 digits. */
const BEYOND_EVERY_ID = "9".repeat(200);

function keepFaultIn(
  database: Database.Database,
  { source, channel, at, raw, reason }: Parameters<History["keepFault"]>[0],
): void {
  const insert = database.prepare(
    "INSERT INTO faults (source, channel, at, raw, reason) VALUES (?, ?, ?, ?, ?)",
  );
  const drop = database.prepare(
    `DELETE FROM faults WHERE sequence <= (SELECT max(sequence) FROM faults) - ${FAULTS_MAX}`,
  );
  const both = database.transaction(() => {
    insert.run(source, channel, at, cutToBytes(raw), reason);
    drop.run();
  });
  both.immediate();
}

/** Never in the middle of a character. */
function cutToBytes(text: string): string {
  const bytes = Buffer.from(text);
  if (bytes.length <= RAW_BYTES_MAX) return text;
  let end = RAW_BYTES_MAX;
  while (isInsideCharacter(bytes[end])) end -= 1;
  return bytes.toString("utf8", 0, end);
}

/** In UTF-8 every byte of a character but its first begins with the bits 10. */
const isInsideCharacter = (byte: number | undefined): boolean =>
  byte !== undefined && (byte & 0xc0) === 0x80;
