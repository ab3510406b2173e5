/**
 * The post of the storm: who is to be told is noted with the facts, and a postman on two channels tells
 * it, while the channels are down, slow, silent or choosy, the disk refuses and the process dies.
 *
 * ```text
 * facts, slips ─ one commit ─► outbox ─► postman ─► carriers ─► channels from a seed
 * ```
 *
 * I43. In the end everything is told in a letter that arrived, and nothing stands in two. What goes
 * wrong here excuses nothing there: no position may depend on a letter, so these faults are not told
 * to the judge of the venue. One seed in twelve has post: it costs that one a third of its time.
 */
import { createPostman, type Postman } from "../../src/app/postman.ts";
import type { Fact } from "../../src/core/model/fact.ts";
import {
  type ChannelRules,
  type Letter,
  type NewSlip,
  TOPICS,
} from "../../src/core/model/notification.ts";
import { millis } from "../../src/core/model/units.ts";
import { type Addressing, addressingOf } from "../../src/core/notify/policy.ts";
import type { State } from "../../src/core/state.ts";
import type { Clock } from "../../src/ports/clock.ts";
import type { Log } from "../../src/ports/log.ts";
import type { Delivery, Notifier } from "../../src/ports/notifier.ts";
import { virtualClock } from "../../src/shell/host/virtual-clock.ts";
import { memoryOutbox, newOutbox } from "../kit/memory-outbox.ts";
import { endTroubles, letterTroubles, slipTroubles } from "../kit/post-inspection.ts";
import { DOWN, refusal, TAKEN } from "../kit/post-office.ts";
import type { StormJournal } from "./storm-journal.ts";
import type { Faults } from "./weather.ts";

const MAIL: ChannelRules = {
  ...{ name: "mail", now: ["entry", "target", "stop", "close", "health"], daily: ["refusal"] },
  ...{ dailyAt: 15 * 60, quiet: null, perHour: 30 },
};
const PHONE: ChannelRules = { ...MAIL, name: "phone", now: TOPICS, daily: [], perHour: 1_000 };
const CHANNELS = [MAIL, PHONE];

const SILENT_LOG: Log = { write: () => {} };
/** By then every cap, every day's hour and every pause between two tries has passed. */
const AFTERWARDS = 26 * 3_600_000;

export interface StormPost {
  readonly addressing: Addressing;
  /** In the very commit of the facts. */
  note(first: number, facts: readonly Fact[], slips: readonly NewSlip[]): void;
  /** Of one run of the program, on a clock that dies with it. */
  hire(clock: Clock, journal: StormJournal, state: State): Postman;
  /** When the weather is over and had its time. */
  troubles(journal: StormJournal, state: State, at: number): readonly string[];
}

export interface StormPostParts {
  readonly faults: Faults;
  readonly isDiskBad: () => boolean;
  /** A deliberate mistake on the way out. */
  readonly spoiled: (notifier: Notifier) => Notifier;
}

export function stormPost({ faults, isDiskBad, spoiled }: StormPostParts): StormPost {
  const kept = newOutbox();
  const tries: Letter[] = [];
  const taken: Letter[] = [];

  /** Taken, and perhaps never said so; or not, and said so in one of several ways. */
  function answerTo(letter: Letter): Delivery | null {
    tries.push(letter);
    const how = faults.strikes("letter-fails") ? faults.draw("letter", 5) : 5;
    if (how === 0) return DOWN;
    if (how === 1) return refusal({ scope: "letter", said: "450 later" });
    if (how === 2) return null;
    taken.push(letter);
    return how === 3 ? null : TAKEN;
  }

  const channel = (clock: Clock): Notifier => ({
    send(letter, answered) {
      const delivery = answerTo(letter);
      const after = 20 + faults.draw("letter-takes", 4_000);
      if (delivery !== null) clock.schedule(millis(clock.now() + after), () => answered(delivery));
    },
    close: () => {},
  });

  const hire: StormPost["hire"] = (clock, journal, state) =>
    createPostman({
      clock,
      journal,
      outbox: memoryOutbox(kept, journal.hashAt, () =>
        isDiskBad() ? { kind: "full", detail: "the disk is full" } : null,
      ),
      state,
      log: SILENT_LOG,
      say: () => {},
      routes: CHANNELS.map((rules) => ({ rules, notifier: spoiled(channel(clock)) })),
    });

  return {
    addressing: addressingOf(CHANNELS),
    note(first, facts, slips) {
      for (const { index, channel, topic } of slips) {
        const at = facts[index]?.at ?? millis(0);
        const sequence = first + index;
        kept.slips.push({ sequence, channel, topic, at, words: null, letter: null });
      }
    },
    hire,
    troubles(journal, state, at) {
      const clock = virtualClock(millis(at));
      hire(clock, journal, state);
      clock.runUntil(millis(at + AFTERWARDS));
      const facts = journal.facts.map(({ fact }) => fact);
      return [
        ...slipTroubles(kept, facts, addressingOf(CHANNELS)),
        ...letterTroubles(kept, { tries, taken }),
        ...endTroubles(kept),
      ];
    },
  };
}
