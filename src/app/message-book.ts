/**
 * Writes the message history for the intake: what is decided, many messages in one commit.
 *
 * ```text
 * decided ─► waits a moment ─► kept, settled ─ refused ─► impaired: waits, tried again
 * ```
 *
 * While it is impaired, what waits to be written is what the house has decided about already, so the
 * oldest of it may be dropped: the journal knows it. Reading never fails: a text that cannot be
 * looked up is one that is not known, and somebody is told.
 */
import { type Message, type MessageRef, messageKey } from "../core/model/message.ts";
import { type Millis, millis } from "../core/model/units.ts";
import type { SourceFault } from "../ports/alert-source.ts";
import type { Clock } from "../ports/clock.ts";
import type { History, HistoryFault, KeptMessage, NewMessage } from "../ports/history.ts";
import type { Keeper } from "../ports/keeper.ts";
import type { Log } from "../ports/log.ts";
import { err, ok } from "../std/result.ts";

interface BookParts {
  readonly history: History;
  readonly clock: Clock;
  readonly log: Log;
  readonly sourceFault: (fault: SourceFault) => void;
}

/** A message is created once; it may be changed any number of times. */
export function versionOf(message: Message): string {
  const name = createdName(message);
  return message.event === "create" ? name : `${name}/${message.event}/${message.text}`;
}

export const createdName = (ref: MessageRef): string => `create/${messageKey(ref)}`;

export interface MessageBook {
  /** Durable when it returns; "known" when it was kept before, null when the disk refused. */
  keep(message: Message): KeptMessage | "known" | null;
  /** Posted before a channel was ours: kept, and never offered. */
  keepPast(messages: readonly Message[]): void;
  /** The house has decided: written down soon. */
  decided(one: { readonly message: Message; readonly sequence: number | null }): void;
  /** Whether it has been heard before, in this run or another. */
  knows(ref: MessageRef): boolean;
  /** What it said last; null when it is not known. */
  textOf(ref: MessageRef): string | null;
  /** From where a source has to read a channel again; null for one that is new. */
  lastSettled(source: Message["source"], channel: string): string | null;
  /** Never decided about, the oldest so many. */
  unsettled(most: number): readonly KeptMessage[];
  /** For sources that answer their sender: kept here first, and handed over afterwards. */
  readonly keeper: Keeper;
  /** Kept and not yet handed over by their source, by version. */
  readonly atTheDoor: Map<string, KeptMessage>;
  isImpaired(): boolean;
  prune(): void;
  end(): void;
}

/** In which a burst becomes one commit; an order that has just left is answered meanwhile. */
const WRITE_AFTER = 100;
/** Alerts that follow each other closely are not held up by what is written of those before. */
const WRITE_BY = 1_000;
const FEW = 500;
const TRY_AGAIN_AFTER = 1_000;
/** Decided messages that wait for a disk that refuses. */
const WAITING_MAX = 5_000;
const RETENTION = 400 * 86_400_000;

/** Of a house, and tidied up; null where no messages are kept. */
export function messageBookOn(
  history: History | null,
  parts: Omit<BookParts, "history">,
): MessageBook | null {
  if (history === null) return null;
  const book = createMessageBook({ ...parts, history });
  book.prune();
  return book;
}

export function createMessageBook(parts: BookParts): MessageBook {
  const { history, clock, log } = parts;
  const trouble = createTrouble(parts);
  const writer = createWriter(parts, trouble);
  const atTheDoor = new Map<string, KeptMessage>();
  const reading = <T>(read: () => T, otherwise: T): T => {
    try {
      return read();
    } catch (failure) {
      trouble.met({ kind: "corrupt", detail: String(failure) });
      return otherwise;
    }
  };
  const find = (ref: MessageRef): KeptMessage | null => reading(() => history.find(ref), null);

  const keeper: Keeper = {
    keep(one) {
      const kept = writer.keep(one);
      if (kept === null) return err("the message history cannot be written");
      if (kept === "known") return ok("known");
      atTheDoor.set(versionOf(kept.message), kept);
      return ok("new");
    },
    find,
    keepFault(fault) {
      const done = history.keepFault(fault);
      return done.ok ? ok(undefined) : err(done.error.detail);
    },
  };

  return {
    ...{ keeper, atTheDoor },
    keep: (message) => writer.keep(heardAt(clock, message)),
    decided: writer.decided,
    keepPast(messages) {
      const past = messages.map((message) => ({ ...heardAt(clock, message), imported: true }));
      const done = history.keep(past);
      if (!done.ok) log.write("warn", "past-not-kept", { detail: done.error.detail });
    },
    knows(ref) {
      if (writer.unwritten(ref) !== null) return true;
      const kept = find(ref);
      return kept !== null && !kept.imported;
    },
    textOf: (ref) => (find(ref)?.message ?? writer.unwritten(ref))?.text ?? null,
    lastSettled(source, channel) {
      writer.write();
      return reading(() => history.lastSettled(source, channel), null);
    },
    unsettled(most) {
      writer.write();
      return reading(() => history.unsettled(most), []).filter(writer.isUndecided);
    },
    isImpaired: trouble.isMet,
    prune() {
      const done = history.prune(millis(clock.now() - RETENTION));
      if (!done.ok) log.write("warn", "history-not-pruned", { detail: done.error.detail });
    },
    end: writer.end,
  };
}

const heardAt = (clock: Clock, message: Message): NewMessage => ({
  message,
  receivedAt: clock.now(),
  imported: false,
  raw: null,
});

interface Writer extends Pick<MessageBook, "decided"> {
  keep(one: NewMessage): KeptMessage | "known" | null;
  /** What is decided and not written yet; false when the disk refused. */
  write(): boolean;
  /** The last time. */
  end(): void;
  /** As it was created, where that is decided and not written yet. */
  unwritten(ref: MessageRef): Message | null;
  /** As far as is known here: the disk may have refused to hear of it. */
  isUndecided(kept: KeptMessage): boolean;
}

function createWriter({ history, clock }: BookParts, trouble: Trouble): Writer {
  /** Decided and not kept yet, by version. */
  const waiting = new Map<string, NewMessage>();
  const settled = new Set<number>();
  let isDue = false;
  let callOff = (): void => {};
  let decidedAt = millis(0);

  function writeSoon(delay = WRITE_AFTER): void {
    if (isDue) return;
    isDue = true;
    const since = clock.now();
    const wait = (until: Millis): void => {
      callOff = clock.schedule(until, () => {
        if (mayWait(since)) return wait(millis(decidedAt + WRITE_AFTER));
        isDue = false;
        if (!write()) writeSoon(TRY_AGAIN_AFTER);
      });
    };
    wait(millis(since + delay));
  }

  /** Something was decided just now, and perhaps more is coming. */
  function mayWait(since: Millis): boolean {
    const now = clock.now();
    const isLately = now - decidedAt < WRITE_AFTER && now >= decidedAt;
    return isLately && waiting.size < FEW && now - since < WRITE_BY - WRITE_AFTER;
  }

  /** What waits, and `more` behind it, in one commit; tells what became of `more`. */
  function keepAll(more: readonly NewMessage[]): readonly (KeptMessage | null)[] | null {
    const before = [...waiting.values()];
    const kept = history.keep([...before, ...more]);
    if (!kept.ok) {
      trouble.met(kept.error);
      writeSoon(TRY_AGAIN_AFTER);
      return null;
    }
    trouble.over();
    waiting.clear();
    for (const one of kept.value.slice(0, before.length)) {
      if (one !== null) settled.add(one.sequence);
    }
    return kept.value.slice(before.length);
  }

  function write(): boolean {
    if (waiting.size > 0 && keepAll([]) === null) return false;
    if (settled.size === 0) return true;
    const done = history.settle([...settled]);
    if (!done.ok) {
      trouble.met(done.error);
      return false;
    }
    trouble.over();
    settled.clear();
    return true;
  }

  return {
    write,
    end() {
      write();
      callOff();
      isDue = true;
    },
    keep(one) {
      const kept = keepAll([one]);
      if (settled.size > 0) writeSoon();
      return kept === null ? null : (kept[0] ?? "known");
    },
    decided({ message, sequence }) {
      if (sequence === null) waiting.set(versionOf(message), heardAt(clock, message));
      else settled.add(sequence);
      decidedAt = clock.now();
      const [oldest = ""] = waiting.size > WAITING_MAX ? waiting.keys() : [];
      waiting.delete(oldest);
      writeSoon();
    },
    unwritten: (ref) => waiting.get(createdName(ref))?.message ?? null,
    isUndecided: ({ sequence }) => !settled.has(sequence),
  };
}

interface Trouble {
  met(fault: HistoryFault): void;
  over(): void;
  isMet(): boolean;
}

/** Told when it begins and when it is over, and not for every message in between. */
function createTrouble({ log, clock, sourceFault }: BookParts): Trouble {
  let since: Millis | null = null;
  return {
    met({ kind, detail }) {
      log.write("error", "history-refused", { kind, detail });
      if (since !== null) return;
      since = clock.now();
      const what = "no entries, exits go on";
      sourceFault({ where: "message history", reason: `ALARM: ${detail}; ${what}` });
    },
    over() {
      if (since === null) return;
      log.write("warn", "history-recovered", { after: clock.now() - since });
      since = null;
      sourceFault({ where: "message history", reason: "messages are kept again" });
    },
    isMet: () => since !== null,
  };
}
