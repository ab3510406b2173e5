/** The outbox of the journal without a disk: the same promises, in two lists. */
import type { Slip } from "../../src/core/model/notification.ts";
import type { Millis } from "../../src/core/model/units.ts";
import type { JournalFault } from "../../src/ports/journal.ts";
import type {
  KeptLetter,
  LetterKey,
  NewLetter,
  Outbox,
  Standing,
  WordedSlip,
} from "../../src/ports/outbox.ts";
import { invariant } from "../../src/std/assert.ts";
import { err, ok, type Result } from "../../src/std/result.ts";

interface MemorySlip extends Slip {
  words: string | null;
  letter: number | null;
}

interface MemoryLetter extends Omit<KeptLetter, "tries" | "dueAt"> {
  tries: number;
  dueAt: Millis;
  state: "waiting" | "sent" | "expired" | "named";
  sentAt: Millis | null;
  said: string | null;
}

export interface MemoryOutbox {
  slips: MemorySlip[];
  letters: MemoryLetter[];
}

export const newOutbox = (): MemoryOutbox => ({ slips: [], letters: [] });

export function memoryOutbox(
  kept: MemoryOutbox,
  hashAt: (sequence: number) => string,
  refuse: () => JournalFault | null,
): Outbox {
  const done = (work: () => void): Result<void, JournalFault> => {
    const fault = refuse();
    if (fault !== null) return err(fault);
    work();
    return ok(undefined);
  };
  const found = (key: LetterKey): MemoryLetter => {
    const letter = kept.letters.find((one) => isSame(one, key));
    invariant(letter !== undefined, "a letter is kept before it is spoken of");
    return letter;
  };
  const add = ({ at, expired, ...letter }: NewLetter): void => {
    invariant(!kept.letters.some((one) => isSame(one, letter)), "a letter is packed once");
    const state = expired === true ? "expired" : "waiting";
    const fresh = { packedAt: at, dueAt: at, tries: 0, sentAt: null, said: null };
    kept.letters.push({ ...letter, ...fresh, state });
  };
  const inState = (channel: string, state: MemoryLetter["state"], most: number) =>
    kept.letters
      .filter((one) => one.channel === channel && one.state === state)
      .toSorted((a, b) => a.dueAt - b.dueAt || a.sequence - b.sequence)
      .slice(0, most)
      .map(({ sequence, kind, body, packedAt, tries, dueAt }) => {
        return { channel, sequence, kind, body, packedAt, tries, dueAt };
      });
  return {
    firstUnworded: () => kept.slips.find(({ words }) => words === null)?.sequence ?? null,
    unworded: (from, to) =>
      kept.slips
        .filter((one) => one.words === null && one.sequence >= from && one.sequence <= to)
        .map(({ sequence, channel, topic, at }) => ({ sequence, channel, topic, at })),
    word: (worded) =>
      done(() => {
        for (const { sequence, channel, words } of worded) {
          const slip = kept.slips.find(
            (one) => one.sequence === sequence && one.channel === channel,
          );
          if (slip !== undefined) slip.words ??= words;
        }
      }),
    loose: (channel, most) =>
      kept.slips
        .filter((one) => one.channel === channel && one.letter === null && one.words !== null)
        .slice(0, most) as readonly WordedSlip[],
    idOf: ({ channel, sequence, kind }) => {
      const start = kind === "digest" ? "tsd" : "ts";
      return `${start}-${sequence}-${hashAt(sequence).slice(0, 24)}-${channel}`;
    },
    pack: (letter, sequences) =>
      done(() => {
        invariant(sequences[0] === letter.sequence, "a letter is named by its first fact");
        const slips = sequences.map((one) => {
          const slip = kept.slips.find(
            ({ sequence, channel }) => sequence === one && channel === letter.channel,
          );
          invariant(slip?.letter === null, `slip ${one} goes into one letter, and only once`);
          return slip;
        });
        add(letter);
        for (const slip of slips) slip.letter = letter.sequence;
      }),
    waiting: (channel, most) => inState(channel, "waiting", most),
    expired: (channel, most) => inState(channel, "expired", most),
    packDigest: (digest, named) =>
      done(() => {
        add(digest);
        for (const key of named) found(key).state = "named";
      }),
    mark: (key, mark) =>
      done(() => {
        const letter = found(key);
        if (mark.kind === "expired") {
          letter.state = "expired";
          return;
        }
        letter.tries += 1;
        letter.said = mark.said;
        if (mark.kind === "retry") letter.dueAt = mark.dueAt;
        else Object.assign(letter, { state: "sent", sentAt: mark.at });
      }),
    sentSince: (channel, since) =>
      kept.letters
        .flatMap((one) => (one.channel === channel && one.sentAt !== null ? [one.sentAt] : []))
        .filter((at) => at > since)
        .toSorted((a, b) => a - b),
    prune: (before) =>
      done(() => {
        const isOld = (one: MemoryLetter): boolean =>
          (one.state === "sent" || one.state === "named") && one.packedAt < before;
        const old = kept.letters.filter(isOld);
        kept.letters = kept.letters.filter((one) => !isOld(one));
        kept.slips = kept.slips.filter(
          ({ channel, letter }) =>
            !old.some(
              (one) => one.kind === "letter" && one.channel === channel && one.sequence === letter,
            ),
        );
      }),
    standings: () => standingsOf(kept),
  };
}

const isSame = (a: LetterKey, b: LetterKey): boolean =>
  a.channel === b.channel && a.sequence === b.sequence && a.kind === b.kind;

function standingsOf({ slips, letters }: MemoryOutbox): readonly Standing[] {
  const names = new Set([...slips, ...letters].map(({ channel }) => channel));
  return [...names].toSorted().map((channel) => {
    const own = letters.filter((one) => one.channel === channel);
    const isOpen = ({ letter }: MemorySlip): boolean =>
      letter === null ||
      own.some(
        (one) => one.kind === "letter" && one.sequence === letter && one.state === "waiting",
      );
    const waiting = slips.filter((one) => one.channel === channel && isOpen(one));
    const sent = own.filter(({ state }) => state === "sent");
    const sentAt = sent.map((one) => one.sentAt ?? 0);
    const refused = own
      .filter(({ state, said }) => state === "waiting" && said !== null)
      .toSorted((a, b) => b.dueAt - a.dueAt);
    return {
      channel,
      waiting: waiting.length,
      oldest: waiting.length === 0 ? null : (Math.min(...waiting.map(({ at }) => at)) as Millis),
      sent: sent.length,
      expired: own.filter(({ state }) => state === "expired" || state === "named").length,
      lastSentAt: sent.length === 0 ? null : (Math.max(...sentAt) as Millis),
      refusal: refused[0]?.said ?? null,
    };
  });
}
