/**
 * The outbox in the journal's own file, on the connection that writes the facts: a slip costs some
 * microseconds of a transaction that is flushed anyway.
 *
 * A letter's id is the chain's value at its first fact, its number, and its channel. Two journals
 * that part after a restored backup part there too, so no id ever names two texts.
 */
import type Database from "better-sqlite3";
import type { Fact } from "../../core/model/fact.ts";
import type { NewSlip, Slip } from "../../core/model/notification.ts";
import type { Millis } from "../../core/model/units.ts";
import type {
  KeptLetter,
  LetterKey,
  Mark,
  NewLetter,
  Outbox,
  OutboxReader,
  WordedSlip,
} from "../../ports/outbox.ts";
import { invariant } from "../../std/assert.ts";
import { attempt } from "./faults.ts";
import { standingsIn } from "./outbox-standings.ts";

/** Notes who is to be told, within the transaction that is open. */
export function slipWriter(
  database: Database.Database,
): (first: number, facts: readonly Fact[], slips: readonly NewSlip[]) => void {
  const insert = database.prepare(
    "INSERT INTO slips (sequence, channel, topic, at) VALUES (?, ?, ?, ?)",
  );
  return (first, facts, slips) => {
    for (const { index, channel, topic } of slips) {
      const fact = facts[index];
      invariant(fact !== undefined, `a slip is for a fact it is written with, was for ${index}`);
      insert.run(first + index, channel, topic, fact.at);
    }
  };
}

export const outboxReaderIn = (database: Database.Database): OutboxReader => ({
  standings: () => standingsIn(database),
});

export function outboxIn(database: Database.Database): Outbox {
  const inOne = (work: () => void) => attempt(() => database.transaction(work).immediate());
  const { slips, letters } = statementsIn(database);
  const addLetter = ({ channel, sequence, kind, body, at, expired }: NewLetter): void => {
    letters.add.run(channel, sequence, kind, expired ? "expired" : "waiting", at, at, body);
  };
  return {
    ...outboxReaderIn(database),
    firstUnworded: () => slips.firstUnworded.pluck().get() as number | null,
    unworded: (from, to) => slips.unworded.all(from, to) as readonly Slip[],
    word: (worded) =>
      inOne(() => {
        for (const { sequence, channel, words } of worded) slips.word.run(words, sequence, channel);
      }),
    loose: (channel, most) => slips.loose.all(channel, most) as readonly WordedSlip[],
    idOf: ({ channel, sequence, kind }) => {
      const hash = slips.hash.pluck().get(sequence);
      invariant(typeof hash === "string", `a letter is named by a fact there is, not ${sequence}`);
      const start = kind === "digest" ? "tsd" : "ts";
      return `${start}-${sequence}-${hash.slice(0, 24)}-${channel}`;
    },
    pack: (letter, sequences) =>
      inOne(() => {
        invariant(sequences[0] === letter.sequence, "a letter is named by its first fact");
        addLetter(letter);
        for (const one of sequences) {
          const { changes } = slips.pack.run(letter.sequence, one, letter.channel);
          invariant(changes === 1, `slip ${one} goes into one letter, and only once`);
        }
      }),
    packDigest: (digest, named) =>
      inOne(() => {
        addLetter(digest);
        for (const { channel, sequence, kind } of named) {
          letters.state.run("named", channel, sequence, kind);
        }
      }),
    waiting: (channel, most) => letters.inState.all(channel, "waiting", most) as KeptLetter[],
    expired: (channel, most) => letters.inState.all(channel, "expired", most) as KeptLetter[],
    mark: (key, mark) => attempt(() => markLetter(letters, key, mark)),
    sentSince: (channel, since) => letters.sentSince.pluck().all(channel, since) as Millis[],
    prune: (before) =>
      inOne(() => {
        letters.forgetSlips.run(before);
        letters.forget.run(before);
      }),
  };
}

type Letters = ReturnType<typeof statementsIn>["letters"];

function markLetter(letters: Letters, { channel, sequence, kind }: LetterKey, mark: Mark): void {
  switch (mark.kind) {
    case "sent":
      letters.sent.run(mark.at, mark.said, channel, sequence, kind);
      return;
    case "retry":
      letters.retry.run(mark.dueAt, mark.said, channel, sequence, kind);
      return;
    case "expired":
      letters.state.run("expired", channel, sequence, kind);
  }
}

const ONE = "channel = ? AND sequence = ? AND kind = ?";
/** What may be forgotten, once it is old: a digest has been told in its letters' place. */
const SETTLED = "state IN ('sent', 'named') AND packed_at < ?";

function statementsIn(database: Database.Database) {
  const sql = (text: string) => database.prepare(text);
  return {
    slips: {
      firstUnworded: sql("SELECT min(sequence) FROM slips WHERE words IS NULL"),
      unworded: sql(
        "SELECT sequence, channel, topic, at FROM slips WHERE words IS NULL AND sequence BETWEEN ? AND ? ORDER BY sequence",
      ),
      word: sql("UPDATE slips SET words = ? WHERE sequence = ? AND channel = ? AND words IS NULL"),
      loose: sql(
        "SELECT sequence, channel, topic, at, words FROM slips WHERE channel = ? AND letter IS NULL AND words IS NOT NULL ORDER BY sequence LIMIT ?",
      ),
      hash: sql("SELECT hash FROM facts WHERE sequence = ?"),
      pack: sql(
        "UPDATE slips SET letter = ? WHERE sequence = ? AND channel = ? AND letter IS NULL",
      ),
    },
    letters: {
      add: sql(
        "INSERT INTO letters (channel, sequence, kind, state, packed_at, tries, due_at, body) VALUES (?, ?, ?, ?, ?, 0, ?, ?)",
      ),
      inState: sql(
        "SELECT channel, sequence, kind, body, packed_at AS packedAt, tries, due_at AS dueAt FROM letters WHERE channel = ? AND state = ? ORDER BY due_at, sequence LIMIT ?",
      ),
      sent: sql(
        `UPDATE letters SET state = 'sent', sent_at = ?, said = ?, tries = tries + 1 WHERE ${ONE}`,
      ),
      retry: sql(`UPDATE letters SET due_at = ?, said = ?, tries = tries + 1 WHERE ${ONE}`),
      state: sql(`UPDATE letters SET state = ? WHERE ${ONE}`),
      sentSince: sql(
        "SELECT sent_at FROM letters WHERE channel = ? AND sent_at > ? ORDER BY sent_at",
      ),
      forgetSlips: sql(
        `DELETE FROM slips WHERE (channel, letter) IN (SELECT channel, sequence FROM letters WHERE kind = 'letter' AND ${SETTLED})`,
      ),
      forget: sql(`DELETE FROM letters WHERE ${SETTLED}`),
    },
  } as const;
}
