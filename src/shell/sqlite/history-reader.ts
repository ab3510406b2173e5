/**
 * What can be asked of the message history, by its writer and by anybody beside it.
 *
 * Messages are read page by page: an open cursor would forbid writing and keep the log from being
 * emptied. A file that cannot be read throws; whoever must go on all the same catches it.
 */
import type Database from "better-sqlite3";
import type { Message } from "../../core/model/message.ts";
import { type Millis, millis } from "../../core/model/units.ts";
import type { HistoryFilter, HistoryReader, KeptFault, KeptMessage } from "../../ports/history.ts";

export interface MessageRow {
  readonly sequence: number;
  readonly sent_at: number;
  readonly received_at: number;
  readonly imported: number;
  readonly body: string;
  readonly raw: string | null;
}

/** Of `messages`, what makes a `MessageRow`. */
export const ROW = "sequence, sent_at, received_at, imported, body, raw";

export const keptOf = (row: MessageRow): KeptMessage => ({
  sequence: row.sequence,
  message: JSON.parse(row.body) as Message, // written by us, from a message
  receivedAt: millis(row.received_at),
  imported: row.imported === 1,
  raw: row.raw,
});

export function historyReaderOn(database: Database.Database): HistoryReader {
  const newestOf = database.prepare<[string, string, string], MessageRow>(
    `SELECT ${ROW} FROM messages WHERE source = ? AND channel = ? AND id = ?
      ORDER BY sequence DESC LIMIT 1`,
  );
  const newestById = database.prepare<[string], MessageRow>(
    `SELECT ${ROW} FROM messages WHERE id = ? ORDER BY sequence DESC LIMIT 1`,
  );
  const counted = database.prepare<[], { messages: number; unsettled: number; faults: number }>(
    `SELECT (SELECT count(*) FROM messages) AS messages,
            (SELECT count(*) FROM messages WHERE settled = 0) AS unsettled,
            (SELECT count(*) FROM faults) AS faults`,
  );
  const newestFaults = database.prepare<[number], FaultRow>(
    "SELECT source, channel, at, raw, reason FROM faults ORDER BY sequence DESC LIMIT ?",
  );
  return {
    read: (filter = {}) => pagesOf(database, filter),
    find({ source, channel, id }) {
      const row = newestOf.get(source, channel, id);
      return row === undefined ? null : keptOf(row);
    },
    findById(id) {
      const row = newestById.get(id);
      return row === undefined ? null : keptOf(row);
    },
    counts: () => counted.get() ?? { messages: 0, unsettled: 0, faults: 0 },
    faults: (newest) => newestFaults.all(newest).map(faultOf).toReversed(),
    close: () => database.close(),
  };
}

type FaultRow = Omit<KeptFault, "at"> & { readonly at: number };

const faultOf = (row: FaultRow): KeptFault => ({ ...row, at: millis(row.at) });

const PAGE = 500;

/** Where reading goes on: behind this row. */
interface Place {
  readonly sentAt: number;
  readonly sequence: number;
}

function* pagesOf(database: Database.Database, filter: HistoryFilter): Iterable<KeptMessage> {
  const { where, values } = conditionsOf(filter);
  const page = database.prepare<unknown[], MessageRow>(
    `SELECT ${ROW} FROM messages WHERE ${[...where, AFTER].join(" AND ")}
      ORDER BY sent_at, sequence LIMIT ${PAGE}`,
  );
  let place = startOf(database, filter);
  while (place !== null) {
    const rows = page.all(...values, place.sentAt, place.sequence);
    for (const row of rows) yield keptOf(row);
    const last = rows.at(-1);
    const isMore = last !== undefined && rows.length === PAGE;
    place = isMore ? { sentAt: last.sent_at, sequence: last.sequence } : null;
  }
}

const AFTER = "(sent_at, sequence) > (?, ?)";
const BEGINNING: Place = { sentAt: Number.MIN_SAFE_INTEGER, sequence: 0 };

/** Just before the oldest of the newest so many; null when none is wanted. */
function startOf(database: Database.Database, filter: HistoryFilter): Place | null {
  const { newest } = filter;
  if (newest === undefined) return BEGINNING;
  if (newest < 1) return null;
  const { where, values } = conditionsOf(filter);
  const conditions = where.length === 0 ? "" : `WHERE ${where.join(" AND ")}`;
  const before = database
    .prepare<unknown[], Pick<MessageRow, "sent_at" | "sequence">>(
      `SELECT sent_at, sequence FROM messages ${conditions}
        ORDER BY sent_at DESC, sequence DESC LIMIT 1 OFFSET ?`,
    )
    .get(...values, newest);
  return before === undefined ? BEGINNING : { sentAt: before.sent_at, sequence: before.sequence };
}

interface Conditions {
  readonly where: readonly string[];
  readonly values: readonly unknown[];
}

function conditionsOf({ source, channel, since }: HistoryFilter): Conditions {
  const asked: readonly (readonly [string, string | Millis | undefined])[] = [
    ["source = ?", source],
    ["channel = ?", channel],
    ["sent_at >= ?", since],
  ];
  const given = asked.filter(([, value]) => value !== undefined);
  return { where: given.map(([text]) => text), values: given.map(([, value]) => value) };
}
