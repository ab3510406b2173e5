/**
 * Between the sources and the loop: every message is kept, offered, and settled once it is decided.
 *
 * ```text
 * created ──────────► offer ─► decided, facts durable ─► kept and settled, many in one commit
 * edited, deleted ──► keep ─► offer with what it said before ─► decided ─► settled
 * by webhook ───────► keep ─► its sender is answered ─► offer ─► decided ─► settled
 * no room ──────────► keep ─► offered later, in the order it came
 * ```
 *
 * An alert never waits for this book: what has to be durable before an order leaves is the journal.
 * Here a crash only costs a second reading, as long as nothing counts as settled before its facts are
 * durable: its channel is read again from there, and what was decided is known by its id.
 *
 * A disk that refuses stops entries and nothing else: messages go on to the house as shadows, so that
 * what they say of open trades is still done, and somebody is told. Whatever an earlier run kept and
 * never decided about is offered first; its age decides what may still come of it.
 */
import { type Message, type MessageRef, messageKey, refOf } from "../core/model/message.ts";
import type { Room } from "../core/model/room.ts";
import { type Millis, millis } from "../core/model/units.ts";
import type { SourceFault } from "../ports/alert-source.ts";
import type { Clock } from "../ports/clock.ts";
import type { KeptMessage } from "../ports/history.ts";
import type { Log } from "../ports/log.ts";
import type { StepHearing } from "./inbox.ts";
import type { Loop } from "./loop.ts";
import { createdName, type MessageBook, versionOf } from "./message-book.ts";

/** What the messages of one channel may do. */
export interface Terms {
  /** False: there is nothing to fill them from, they are judged and kept. */
  readonly tradable: boolean;
  readonly room: Room;
}

export interface IntakeParts {
  /** Null keeps nothing: a played day reads history, it does not grow it. */
  readonly messages: MessageBook | null;
  readonly offer: Loop["offer"];
  readonly clock: Clock;
  readonly log: Log;
  /** Of a message of an earlier run; null when nobody listens there any more. */
  readonly termsOf: (message: Message) => Terms | "comes again" | null;
  readonly sourceFault: (fault: SourceFault) => void;
}

export interface Intake {
  /** False when it was neither offered nor kept for later. Whoever wants to hear is not kept waiting. */
  take(message: Message, terms: Terms, hearing?: StepHearing): boolean;
  /** Offers what was kept and never decided about. */
  begin(): void;
  /** Everything that was taken is decided. */
  isIdle(): boolean;
  /** Keeps what will not be decided any more, for the next start. */
  end(): void;
}

export const createIntake = (parts: IntakeParts): Intake =>
  parts.messages === null ? forgetful(parts) : keeping(parts, parts.messages);

const forgetful = ({ offer }: IntakeParts): Intake => ({
  take: (message, terms, hearing) => offer(newsOf(message, terms), hearing),
  begin() {},
  isIdle: () => true,
  end() {},
});

const newsOf = (message: Message, { tradable, room }: Terms, receivedAt?: Millis) =>
  ({
    ...({ kind: "message", message, tradable, room, from: 0 } as const),
    ...(receivedAt !== undefined && { receivedAt }),
  }) as const;

/** Messages of earlier runs that are looked at in one go. */
const OFFERED_AT_ONCE = 2_000;
/** After the inbox was full. */
const TRY_AGAIN_AFTER = 100;

function keeping(parts: IntakeParts, book: MessageBook): Intake {
  const { atTheDoor } = book;
  const passage = createPassage(parts, book);
  const backlog = createBacklog(parts, book, passage);

  function take(message: Message, terms: Terms, hearing?: StepHearing): boolean {
    const waiting = atTheDoor.get(versionOf(message));
    if (waiting !== undefined) {
      atTheDoor.delete(versionOf(message));
      backlog.offerKept(waiting, terms);
      return true;
    }
    const one: Underway = { message: passage.withContext(message), sequence: null };
    // A person waits for what became of it; the house itself says so if it is known.
    if (hearing !== undefined) return passage.offer(one, terms, hearing);
    if (message.event !== "create") return takeChange(one, terms);
    if (passage.knows(message)) return true;
    return (!backlog.isWaiting() && passage.offer(one, terms)) || putOff(one.message);
  }

  function takeChange(one: Underway, terms: Terms): boolean {
    passage.keepCreated(one.message);
    const kept = book.keep(one.message);
    if (kept === "known") return true;
    if (kept === null) return passage.offer(one, terms) || lose(parts, one.message);
    backlog.offerKept(kept, terms);
    return true;
  }

  /** There is no room just now. */
  function putOff(message: Message): boolean {
    backlog.begin();
    return book.keep(message) !== null || lose(parts, message);
  }

  return {
    take,
    begin: backlog.catchUp,
    isIdle: () => !backlog.isWaiting() && passage.isEmpty(),
    end() {
      backlog.end();
      passage.keepUndecided();
      book.end();
    },
  };
}

/** Messages that are kept and could not be offered yet. */
interface Backlog {
  /** Offers one, now or when there is room. */
  offerKept(kept: KeptMessage, terms: Terms): void;
  /** There was no room: what comes from here on is only kept, until all before it is offered. */
  begin(): void;
  isWaiting(): boolean;
  /** Offers what is kept and undecided, in the order it came. */
  catchUp(): void;
  end(): void;
}

function createBacklog(parts: IntakeParts, book: MessageBook, passage: Passage): Backlog {
  const { clock, log, sourceFault } = parts;
  const { atTheDoor } = book;
  let isWaiting = false;
  let callOff = (): void => {};

  function offerKept({ message, sequence, receivedAt }: KeptMessage, terms: Terms): void {
    if (isWaiting || !passage.offer({ message, sequence, receivedAt }, terms)) begin();
  }

  function begin(): void {
    if (isWaiting) return;
    log.write("warn", "intake-behind", {});
    sourceFault({ where: "messages", reason: "too many at once; the rest is taken later" });
    catchUpLater();
  }

  function catchUpLater(): void {
    isWaiting = true;
    callOff = clock.schedule(millis(clock.now() + TRY_AGAIN_AFTER), catchUp);
  }

  function catchUp(): void {
    isWaiting = false;
    const most = passage.kept() + atTheDoor.size + OFFERED_AT_ONCE;
    const unsettled = book.unsettled(most);
    for (const kept of unsettled) if (!isWaiting) offerAgain(kept);
    if (!isWaiting && unsettled.length === most) catchUpLater();
  }

  function offerAgain(kept: KeptMessage): void {
    const { message, sequence } = kept;
    const name = versionOf(message);
    if (passage.has(sequence) || atTheDoor.get(name)?.sequence === sequence) return;
    const terms = parts.termsOf(message);
    if (terms === "comes again") atTheDoor.set(name, kept);
    else if (terms !== null) offerKept(kept, terms);
    else {
      log.write("warn", "message-without-source", { message: messageKey(message) });
      book.decided(kept);
    }
  }

  return { offerKept, begin, isWaiting: () => isWaiting, catchUp, end: () => callOff() };
}

function lose({ log, sourceFault }: IntakeParts, message: Message): false {
  const { source, channel, id } = message;
  log.write("error", "message-lost", { message: messageKey(message) });
  const reason = `ALARM: message ${id} is lost, too many wait and none can be kept`;
  sourceFault({ where: `${source} ${channel}`, reason });
  return false;
}

/** A message on its way through the house. */
interface Underway {
  readonly message: Message;
  /** Of the history; null while it is not kept. */
  sequence: number | null;
  /** Of one that was kept before it is offered; left out: now. */
  readonly receivedAt?: Millis;
}

/** What has been offered and is not decided yet. */
interface Passage {
  offer(one: Underway, terms: Terms, hearing?: StepHearing): boolean;
  isEmpty(): boolean;
  /** How many of them are kept already. */
  kept(): number;
  has(sequence: number): boolean;
  knows(created: Message): boolean;
  /** What is changed is kept before its change, or it would look like the newer of the two. */
  keepCreated(change: Message): void;
  keepUndecided(): void;
  /** With what it said before it was changed, and what the message it replies to says. */
  withContext(message: Message): Message;
}

function createPassage(parts: IntakeParts, book: MessageBook): Passage {
  const created = new Map<string, Underway>();
  const sequences = new Set<number>();

  const textOf = (ref: MessageRef): string | null =>
    book.textOf(ref) ?? created.get(createdName(ref))?.message.text ?? null;

  function keepNow(one: Underway): void {
    if (one.sequence !== null) return;
    const kept = book.keep(one.message);
    if (kept === null || kept === "known") return;
    one.sequence = kept.sequence;
    sequences.add(kept.sequence);
  }

  return {
    offer(one, terms, hearing) {
      const { message } = one;
      const name = versionOf(message);
      const tradable = terms.tradable && !book.isImpaired();
      const isTaken = parts.offer(
        newsOf(message, { ...terms, tradable }, one.receivedAt),
        (step) => {
          if (created.get(name) === one) created.delete(name);
          if (one.sequence !== null) sequences.delete(one.sequence);
          book.decided(one);
          hearing?.(step);
        },
      );
      if (!isTaken) return false;
      if (message.event === "create") created.set(name, one);
      if (one.sequence !== null) sequences.add(one.sequence);
      return true;
    },
    isEmpty: () => created.size + sequences.size === 0,
    kept: () => sequences.size,
    has: (sequence) => sequences.has(sequence),
    knows: (message) => created.has(versionOf(message)) || book.knows(refOf(message)),
    keepCreated(change) {
      const one = created.get(createdName(change));
      if (one !== undefined) keepNow(one);
    },
    keepUndecided() {
      for (const one of created.values()) keepNow(one);
    },
    withContext(message) {
      const { event, replyTo } = message;
      const ref = refOf(message);
      const previous = message.previous ?? (event === "create" ? null : textOf(ref));
      const referenced =
        message.referenced ?? (replyTo === undefined ? null : textOf({ ...ref, id: replyTo }));
      if (previous === message.previous && referenced === message.referenced) return message;
      return { ...message, previous, referenced };
    },
  };
}
