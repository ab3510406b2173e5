/**
 * The loop: one turn after the other, written down before it is acted on.
 *
 * ```text
 * news ─► inbox ─► step, step, step ─► journal (one commit) ─► effects ─► audience
 *            ▲                                                   │
 *            └────────────── answers, alarms, prices ◄───────────┘
 * ```
 *
 * Callbacks only carry: they put news into the inbox. Everything waiting is decided in one turn and
 * committed together, so a burst of alerts costs one sync, and a single alert never waits for
 * another. Bytes for a venue leave when a turn is over: where one of them sends something, whoever
 * asked and those who only listen are told in a turn of their own.
 *
 * The kill switch turns the order round. A flatten or a halt passes by whatever waits; what it asks
 * of the venue leaves first, and its facts are written in the turn after that. So nothing that can
 * break or hang stands between the command and its orders, and no order leaves twice: the facts
 * explain what has left, and whoever asked hears of it when they are safe.
 *
 * When the journal refuses, entries stop at once and reducing goes on: the turn is decided again
 * without its messages, which wait; its facts are kept in memory and in the lifeboat, and requests
 * that can only lower risk leave anyway.
 *
 * A bug met while one input is decided costs that input and every further entry, not the care for
 * what is open: the engine is pure, so a step that broke off has changed nothing.
 */

import { type Effect, reduces } from "../core/model/effect.ts";
import type { Fact } from "../core/model/fact.ts";
import type { Root } from "../core/model/instrument.ts";
import type { Quote } from "../core/model/quote.ts";
import { type Millis, millis } from "../core/model/units.ts";
import type { State } from "../core/state.ts";
import type { Audience } from "../ports/audience.ts";
import type { Broker } from "../ports/broker.ts";
import type { Clock } from "../ports/clock.ts";
import type { Journal } from "../ports/journal.ts";
import type { MarketData } from "../ports/market-data.ts";
import { createAlarms } from "./alarms.ts";
import { createDecider, type Decided, type DeciderParts } from "./decider.ts";
import { createExecutor } from "./execute.ts";
import { createInbox, type Inbox, type Letter, mayEnter, type StepHearing } from "./inbox.ts";
import { createScribe, type ScribeParts, TRY_DISK_EVERY } from "./scribe.ts";
import { createSendings } from "./sendings.ts";
import { createAskers, createTeller, hasSent } from "./telling.ts";

export interface LoopParts extends ScribeParts, Omit<DeciderParts, "sendings"> {
  readonly journal: Journal;
  readonly broker: Broker;
  readonly market: MarketData;
  readonly audience: readonly Audience[];
  /** Instruments whose quotes accompany every input. */
  readonly followed: readonly Root[];
}

export type News = Letter["news"];

export interface Loop {
  /** False when the inbox is full; only messages and a yes are ever turned away. */
  offer(news: News, hearing?: StepHearing): boolean;
  state(): State;
  /** True while facts could not be written. */
  impaired(): boolean;
  /** Nothing waits to be decided. */
  idle(): boolean;
  stop(): void;
}

/** A turn is cut here so that no turn holds the process for long: some five milliseconds. */
const INPUTS_PER_TURN = 256;
/** Beside a step of a fan-out, which is long by itself and an entry at a price that moves. */
const INPUTS_BESIDE_FAN_OUT = 32;

export function createLoop(parts: LoopParts, initial: State): Loop {
  const { clock, log } = parts;
  const inbox = createInbox();
  const scribe = createScribe(parts);
  const sendings = createSendings(clock);
  const decide = createDecider({ ...parts, sendings });
  let state = initial;
  const askers = createAskers(clock);
  const bell = createBell(clock, () => turn());
  const offer = (news: News, hearing: StepHearing | null = null): boolean => {
    const taken = inbox.offer({ news: received(news, clock.now()), hearing });
    if (taken) bell.ring();
    else log.write("error", "inbox-full", { kind: news.kind });
    return taken;
  };
  const fanOuts = createFanOuts(bell);
  const alarms = createAlarms(clock, (key) => offer({ kind: "alarm", key }));
  const executor = createExecutor({ ...parts, alarms, sendings, offer, again: fanOuts.put });
  const teller = createTeller(parts);

  function turn(): void {
    const kill = inbox.takeKill();
    if (kill !== undefined) return leaveFirst(kill);
    if (fanOuts.isVenuesTurn()) return bell.ring();
    const batch = takeBatch(inbox, fanOuts, !scribe.impaired());
    const decided = decideAll(batch);
    const recorded = scribe.write(factsOf(decided));
    if (recorded === null) actImpaired(batch);
    else {
      conclude(batch, decided, (effects) => effects);
      teller.tell(recorded, decided.some(hasSent) ? "later" : "now");
    }
    if (scribe.impaired()) bell.ringLater();
    if (hasMore(!scribe.impaired())) bell.ring();
  }

  /** The facts come in a turn of their own: a request is on the wire only when this one has ended. */
  function leaveFirst(kill: Letter): void {
    const decided = decideAll([kill]);
    state = decided.at(-1)?.step.state ?? state;
    scribe.owe(factsOf(decided));
    for (const { step } of decided) executor.perform(withoutEntries(step.effects));
    askers.owe(decided);
    bell.ring();
  }

  const hasMore = (withMessages: boolean): boolean =>
    inbox.has(withMessages) || (withMessages && fanOuts.has());

  const decideAll = (batch: readonly Letter[]): readonly Decided[] =>
    decide(state, batch, { at: clock.now(), quotes: quotesNow(parts) });

  /** What was decided holds: it becomes the state, is carried out, and whoever asked is told. */
  function conclude(batch: readonly Letter[], decided: readonly Decided[], sieve: Sieve): void {
    inbox.putBack(batch.slice(decided.length));
    state = decided.at(-1)?.step.state ?? state;
    for (const { step } of decided) executor.perform(sieve(step.effects));
    askers.tell(decided);
  }

  /** The disk refused: the messages of this turn wait, reducing goes on. */
  function actImpaired(batch: readonly Letter[]): void {
    inbox.putBack(batch.filter(({ news }) => mayEnter(news)));
    const urgent = batch.filter(({ news }) => !mayEnter(news));
    const decided = decideAll(urgent);
    scribe.keep(factsOf(decided));
    conclude(urgent, decided, withoutEntries);
  }

  return {
    offer,
    state: () => state,
    impaired: scribe.impaired,
    idle: () => !hasMore(true) && askers.areTold(),
    stop() {
      scribe.finish();
      for (const one of [bell, alarms, askers, teller]) one.stop();
    },
  };
}

/** What waits in the inbox was heard before it is read. */
const received = (news: News, at: Millis): News =>
  news.kind === "message" && news.receivedAt === undefined ? { ...news, receivedAt: at } : news;

type Sieve = (effects: readonly Effect[]) => readonly Effect[];

const withoutEntries: Sieve = (effects) =>
  effects.filter((effect) => effect.kind !== "Send" || reduces(effect.request));

/** The next accounts of alerts; they never wait behind what the first ones caused. */
interface FanOuts {
  put(news: News): void;
  take(): Letter | undefined;
  has(): boolean;
  /** Once after each step: its orders have just left, and no turn shall carry both. */
  isVenuesTurn(): boolean;
}

function createFanOuts(bell: Bell): FanOuts {
  const letters: Letter[] = [];
  let haveOrdersLeft = false;
  return {
    put(news) {
      letters.push({ news, hearing: null });
      haveOrdersLeft = true;
      bell.ring();
    },
    take: () => letters.shift(),
    has: () => letters.length > 0,
    isVenuesTurn() {
      const isIt = haveOrdersLeft;
      haveOrdersLeft = false;
      return isIt;
    },
  };
}

/** One step of a fan-out first, with little beside it; else whatever the inbox holds. */
function takeBatch(inbox: Inbox, fanOuts: FanOuts, withMessages: boolean): readonly Letter[] {
  const next = withMessages ? fanOuts.take() : undefined;
  const batch: Letter[] = next === undefined ? [] : [next];
  const inputsMax = next === undefined ? INPUTS_PER_TURN : INPUTS_BESIDE_FAN_OUT;
  while (batch.length < inputsMax) {
    const letter = inbox.take(withMessages);
    if (letter === undefined) break;
    batch.push(letter);
  }
  return batch;
}

interface Bell {
  /** A turn as soon as may be; one that is due already is enough. */
  ring(): void;
  /** A turn to try the disk again, whatever else happens until then. */
  ringLater(): void;
  stop(): void;
}

function createBell(clock: Clock, turn: () => void): Bell {
  let isStopped = false;
  const due = { soon: false, later: false };
  const ringIn = (which: keyof typeof due, delay: number): void => {
    if (due[which] || isStopped) return;
    due[which] = true;
    clock.schedule(millis(clock.now() + delay), () => {
      due[which] = false;
      if (!isStopped) turn();
    });
  };
  return {
    ring: () => ringIn("soon", 0),
    ringLater: () => ringIn("later", TRY_DISK_EVERY),
    stop() {
      isStopped = true;
    },
  };
}

function factsOf(decided: readonly Decided[]): readonly Fact[] {
  const facts: Fact[] = [];
  for (const { step } of decided) for (const fact of step.facts) facts.push(fact);
  return facts;
}

function quotesNow({ followed, market }: LoopParts): readonly Quote[] {
  const quotes: Quote[] = [];
  for (const root of followed) {
    const quote = market.quote(root);
    if (quote === null) continue;
    const range = market.range(root);
    quotes.push(range === null ? quote : { ...quote, range });
  }
  return quotes;
}
