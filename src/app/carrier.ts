/**
 * Carries the letters of one channel, one after the other, and comes back until each is taken.
 *
 * ```text
 * a letter is due ─ send ─► accepted ─► sent, and the channel is well
 *      ▲                └─► refused ──► 1 min, 2, 4 ... 60 ─┐
 *      └────────────────────────────────────────────────────┘
 * ```
 *
 * A letter is kept before it is sent, so a crash between the two sends it once more under the same
 * id. While the channel cannot be had, nothing new is packed: what gathers goes out together when it
 * is back. An alarm is tried at once all the same, and every minute while it rings: the one that was
 * refused, until it is taken; what rang meanwhile comes right behind it, together.
 *
 * Whatever is thrown here is logged and tried again later: a channel that fails in a way nobody thought
 * of must not end a program that looks after positions.
 *
 * What is wrong is said once, with what to do about it, and again when it is well; every try in
 * between is only for the log.
 */
import { RING_EVERY } from "../core/model/alarm-fact.ts";
import type { ChannelRules } from "../core/model/notification.ts";
import { type Millis, millis } from "../core/model/units.ts";
import { alarmRetryAt, retryAt } from "../core/notify/delivery.ts";
import type { Clock } from "../ports/clock.ts";
import type { JournalFault } from "../ports/journal.ts";
import type { Log } from "../ports/log.ts";
import type { Delivery, Notifier } from "../ports/notifier.ts";
import type { KeptLetter, Mark, Outbox } from "../ports/outbox.ts";
import type { Result } from "../std/result.ts";
import { createMailbag, isAlarm, letterIn, type Mailbag } from "./mailbag.ts";
import { mishapOf } from "./mishap.ts";

/** A channel's rules, and the way there. */
export interface Route {
  readonly rules: ChannelRules;
  readonly notifier: Notifier;
  /** Where it leads, as a fingerprint; only of push channels. */
  readonly way?: string;
}

export interface CarrierParts {
  readonly clock: Clock;
  readonly log: Log;
  readonly outbox: Outbox;
  readonly route: Route;
  /** A line for the person at the screen. */
  readonly say: (line: string) => void;
}

export interface Carrier {
  /** There may be something to do. */
  rouse(): void;
  /** Nothing is on its way, and nothing will be before `deadline`. */
  isIdle(deadline: number): boolean;
  close(): void;
}

export function createCarrier(parts: CarrierParts): Carrier {
  const { clock, log, outbox, route } = parts;
  const bag = createMailbag(outbox, route.rules);
  const health = createHealth(parts);
  const bell = createBell(clock, rouse);
  let isBusy = false;
  let isClosed = false;

  function rouse(): void {
    if (isBusy || isClosed) return;
    try {
      const step = nextStep(bag, health, clock.now());
      if (step.kind === "send") send(step.letter);
      else if (step.until !== null) bell.ringAt(step.until);
    } catch (failure) {
      stumble(failure);
    }
  }

  function stumble(failure: unknown): void {
    isBusy = false;
    log.write("error", "channel-failed", { channel: route.rules.name, detail: mishapOf(failure) });
    bell.ringAt(retryAt(1, clock.now()));
  }

  function send(letter: KeptLetter): void {
    isBusy = true;
    const sentAt = clock.now();
    const answered = (delivery: Delivery): void => {
      isBusy = false;
      if (isClosed) return;
      const mark = health.hear(delivery, letter, sentAt);
      health.disk(bag.mark(letter, mark));
      rouse();
    };
    const sendNow = (answer: Answer): void => {
      try {
        route.notifier.send(letterIn(letter), answer);
      } catch (failure) {
        const said = `it failed: ${mishapOf(failure)}`;
        log.write("error", "channel-failed", { channel: route.rules.name, detail: said });
        clock.schedule(clock.now(), () => answer({ ...UNANSWERED, said }));
      }
    };
    const tooLate = (delivery: Delivery): void => {
      if (isClosed || delivery.kind === "refused") return;
      health.disk(bag.mark(letter, { kind: "sent", at: clock.now(), said: delivery.said }));
    };
    withPatience(clock, sendNow, { answered, tooLate });
  }

  return {
    rouse,
    isIdle: (deadline) => !isBusy && bell.ringsAt() > deadline,
    close() {
      isClosed = true;
      bell.stop();
      route.notifier.close();
    },
  };
}

type Step =
  | { readonly kind: "send"; readonly letter: KeptLetter }
  /** Null: when somebody rouses it. */
  | { readonly kind: "wait"; readonly until: Millis | null };

function nextStep(bag: Mailbag, health: Health, now: Millis): Step {
  const sending = (packed: Result<KeptLetter, JournalFault>): Step => {
    if (packed.ok) return { kind: "send", letter: packed.value };
    health.disk(packed);
    return { kind: "wait", until: health.heldUntil() };
  };
  health.disk(bag.expire(now, !health.isWell()));
  const parcel = bag.parcel(now);
  const alarm = health.isWell() ? undefined : bag.nextAlarm();
  if (alarm !== undefined && alarm.dueAt <= now) return { kind: "send", letter: alarm };
  const rings = parcel.kind === "letter" && parcel.slips[0]?.topic === "alarm";
  const isTried = alarm !== undefined && alarm.dueAt <= now + RING_EVERY;
  if (parcel.kind === "letter" && rings && !isTried) return sending(bag.pack(parcel.slips, now));
  if (now < health.heldUntil()) {
    const until = Math.min(health.heldUntil(), alarm?.dueAt ?? Number.POSITIVE_INFINITY);
    return { kind: "wait", until: millis(until) };
  }
  const next = bag.next();
  if (next !== undefined && next.dueAt <= now) return { kind: "send", letter: next };
  if (parcel.kind === "letter") return sending(bag.pack(parcel.slips, now));
  // While the channel is not well a digest is only for when there is nothing else to try it with.
  const isTime = health.isWell() || next === undefined;
  if (isTime && bag.wantsDigest()) return sending(bag.packDigest(now));
  const dues = [
    ...(next === undefined ? [] : [next.dueAt]),
    ...(parcel.kind === "wait" ? [parcel.until] : []),
  ];
  return { kind: "wait", until: dues.length === 0 ? null : millis(Math.min(...dues)) };
}

/** No channel takes so long over a letter; a later answer still counts. */
const PATIENCE = 60_000;

const UNANSWERED: Delivery = {
  kind: "refused",
  scope: "channel",
  said: "no answer within a minute",
  fix: null,
  after: null,
};

type Answer = (delivery: Delivery) => void;

function withPatience(
  clock: Clock,
  send: (answer: Answer) => void,
  { answered, tooLate }: { readonly answered: Answer; readonly tooLate: Answer },
): void {
  let isOver = false;
  const settle = (delivery: Delivery): void => {
    if (isOver) return tooLate(delivery);
    isOver = true;
    giveUp();
    answered(delivery);
  };
  const giveUp = clock.schedule(millis(clock.now() + PATIENCE), () => settle(UNANSWERED));
  send(settle);
}

/** Whether the channel is to be had, and what has been said about it. */
interface Health {
  isWell(): boolean;
  heldUntil(): Millis;
  /** What to note of the letter after this try. */
  hear(delivery: Delivery, letter: KeptLetter, sentAt: Millis): Mark;
  /** A disk that refuses holds the channel too: what cannot be noted would be sent in a circle. */
  disk(done: Result<unknown, JournalFault>): void;
}

function createHealth({ clock, log, route, say }: CarrierParts): Health {
  const { name } = route.rules;
  let failures = 0;
  let heldUntil = millis(0);
  let trouble: string | null = null;

  function hear(delivery: Delivery, letter: KeptLetter, sentAt: Millis): Mark {
    const now = clock.now();
    const tries = letter.tries + 1;
    if (delivery.kind === "accepted") {
      const { said } = delivery;
      log.write("debug", "letter-sent", { channel: name, said });
      if (trouble !== null) say(`${name}: delivered again`);
      failures = 0;
      heldUntil = millis(0);
      trouble = null;
      return { kind: "sent", at: now, said };
    }
    const { scope, said, fix, after } = delivery;
    log.write("info", "letter-refused", { channel: name, tries, said });
    const what = fix ?? said;
    if (trouble !== what) say(`${name}: not delivered: ${said}; ${fix ?? "it is tried again"}`);
    trouble = what;
    if (scope === "channel") {
      failures += 1;
      heldUntil = retryAt(failures, now, after);
    }
    // However long the other side was silent before it was given up.
    const alarmAt = isAlarm(letter) ? alarmRetryAt(tries, sentAt, after) : null;
    const dueAt = alarmAt ?? retryAt(tries, now, after);
    return { kind: "retry", dueAt, said };
  }

  return {
    isWell: () => failures === 0,
    heldUntil: () => heldUntil,
    hear,
    disk(done) {
      if (done.ok) return;
      log.write("warn", "outbox-refused", { channel: name, detail: done.error.detail });
      heldUntil = retryAt(1, clock.now());
    },
  };
}

interface Bell {
  ringAt(at: Millis): void;
  /** Infinity = it is not set. */
  ringsAt(): number;
  stop(): void;
}

function createBell(clock: Clock, ring: () => void): Bell {
  let at = Number.POSITIVE_INFINITY;
  let off = (): void => {};
  const stop = (): void => {
    off();
    at = Number.POSITIVE_INFINITY;
  };
  return {
    ringsAt: () => at,
    stop,
    ringAt(next) {
      stop();
      at = next;
      off = clock.schedule(next, () => {
        at = Number.POSITIVE_INFINITY;
        ring();
      });
    },
  };
}
