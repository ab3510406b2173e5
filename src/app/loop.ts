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
 * another.
 *
 * When the journal refuses, entries stop at once and reducing goes on: the turn is decided again
 * without its messages, which wait; its facts are kept in memory and in the lifeboat, and requests
 * that can only lower risk leave anyway.
 *
 * A bug met while one input is decided costs that input and every further entry, not the care for
 * what is open: the engine is pure, so a step that broke off has changed nothing.
 */

import { type Step, step } from "../core/engine.ts";
import { type Effect, reduces } from "../core/model/effect.ts";
import type { Fact } from "../core/model/fact.ts";
import type { Input } from "../core/model/input.ts";
import type { Root } from "../core/model/instrument.ts";
import type { Quote } from "../core/model/quote.ts";
import { millis } from "../core/model/units.ts";
import type { State } from "../core/state.ts";
import type { Audience } from "../ports/audience.ts";
import type { Broker } from "../ports/broker.ts";
import type { Journal, Recorded } from "../ports/journal.ts";
import type { MarketData } from "../ports/market-data.ts";
import { createAlarms } from "./alarms.ts";
import { createExecutor } from "./execute.ts";
import { createInbox, type Letter, type StepHearing } from "./inbox.ts";
import { createScribe, type ScribeParts } from "./scribe.ts";

export interface LoopParts extends ScribeParts {
  readonly journal: Journal;
  readonly broker: Broker;
  readonly market: MarketData;
  readonly audience: readonly Audience[];
  /** Instruments whose quotes accompany every input. */
  readonly followed: readonly Root[];
  /** Called once, when bugs come so often that nothing decided here can be trusted. */
  readonly giveUp?: (reason: string) => void;
}

export type News = Letter["news"];

export interface Loop {
  /** False when the inbox is full; only messages are ever turned away. */
  offer(news: News, hearing?: StepHearing): boolean;
  state(): State;
  /** True while facts could not be written. */
  impaired(): boolean;
  /** Nothing waits to be decided. */
  idle(): boolean;
  stop(): void;
}

/** A turn is cut here so that no turn holds the process for long. */
const INPUTS_PER_TURN = 64;
const FACTS_PER_TURN = 600;
/** How often a disk that refused is tried again. */
const TRY_DISK_EVERY = 250;
const BUGS_MAX = 3;

/** What became of a letter. */
interface Decided {
  readonly letter: Letter;
  readonly step: Step;
}

export function createLoop(parts: LoopParts, initial: State): Loop {
  const { clock, log } = parts;
  const inbox = createInbox();
  const scribe = createScribe(parts);
  let state = initial;
  let isScheduled = false;
  let isStopped = false;
  let bugs = 0;

  const wakeUp = (delay = 0): void => {
    if (isScheduled || isStopped) return;
    isScheduled = true;
    clock.schedule(millis(clock.now() + delay), turn);
  };
  const offer = (news: News, hearing: StepHearing | null = null): boolean => {
    const taken = inbox.offer({ news, hearing });
    if (taken) wakeUp();
    else log.write("error", "inbox-full", { kind: news.kind });
    return taken;
  };
  const again = (news: News): void => {
    inbox.putBack([{ news, hearing: null }]);
    wakeUp();
  };
  const alarms = createAlarms(clock, (key) => offer({ kind: "alarm", key }));
  const executor = createExecutor({ ...parts, alarms, offer, again });

  function turn(): void {
    isScheduled = false;
    if (isStopped) return;
    const batch = takeBatch();
    const decided = decideAll(batch);
    const recorded = scribe.write(factsOf(decided));
    if (recorded === null) actImpaired(batch);
    else {
      conclude(batch, decided, (effect) => effect);
      tell(recorded);
    }
    if (scribe.impaired()) wakeUp(TRY_DISK_EVERY);
    else if (inbox.size() > 0) wakeUp();
  }

  function takeBatch(): readonly Letter[] {
    const batch: Letter[] = [];
    while (batch.length < INPUTS_PER_TURN) {
      const letter = inbox.take(!scribe.impaired());
      if (letter === undefined) break;
      batch.push(letter);
    }
    return batch;
  }

  /** Decides letters in order until the turn is full; the rest is for the next one. */
  function decideAll(batch: readonly Letter[]): readonly Decided[] {
    const stamp = { at: clock.now(), quotes: quotesNow(parts) };
    const decided: Decided[] = [];
    let now = state;
    let facts = 0;
    for (const letter of batch) {
      if (facts > FACTS_PER_TURN) break;
      // The news and the stamp together are an input; the compiler cannot see through the union.
      const next = decideOne(now, { ...letter.news, ...stamp } as Input);
      now = next.state;
      facts += next.facts.length;
      decided.push({ letter, step: next });
    }
    return decided;
  }

  function decideOne(now: State, input: Input): Step {
    try {
      return step(now, input);
    } catch (bug) {
      bugs += 1;
      log.write("error", "bug", { input: input.kind, detail: String(bug), count: bugs });
      if (bugs === BUGS_MAX) parts.giveUp?.(`${BUGS_MAX} internal errors, the last: ${String(bug)}`);
      return afterBug(now, input, bug);
    }
  }

  /** Nothing of the input counts; from now on nothing is entered until a person has looked. */
  function afterBug(now: State, { at, quotes }: Input, bug: unknown): Step {
    const reason = `internal error: ${String(bug).slice(0, 200)}`;
    try {
      return step(now, { kind: "command", at, quotes, command: { kind: "halt", reason } });
    } catch (second) {
      log.write("error", "bug", { input: "halt", detail: String(second), count: bugs });
      return { state: now, facts: [], effects: [] };
    }
  }

  /** What was decided holds: it becomes the state, is carried out, and whoever asked is told. */
  function conclude(
    batch: readonly Letter[],
    decided: readonly Decided[],
    allowed: (effect: Effect) => Effect | null,
  ): void {
    inbox.putBack(batch.slice(decided.length));
    state = decided.at(-1)?.step.state ?? state;
    executor.perform(decided.flatMap(({ step }) => step.effects.flatMap((one) => allowed(one) ?? [])));
    for (const { letter, step } of decided) letter.hearing?.(step);
  }

  /** The disk refused: the messages of this turn wait, reducing goes on. */
  function actImpaired(batch: readonly Letter[]): void {
    inbox.putBack(batch.filter(({ news }) => news.kind === "message"));
    const urgent = batch.filter(({ news }) => news.kind !== "message");
    const decided = decideAll(urgent);
    scribe.keep(factsOf(decided));
    conclude(urgent, decided, (effect) =>
      effect.kind !== "Send" || reduces(effect.request) ? effect : null,
    );
  }

  /** After the orders are out. One who cannot listen keeps nobody else from hearing. */
  function tell(recorded: readonly Recorded[]): void {
    if (recorded.length === 0) return;
    for (const one of parts.audience) {
      try {
        one.told(recorded);
      } catch (failure) {
        log.write("error", "audience-failed", { detail: String(failure) });
      }
    }
  }

  return {
    offer,
    state: () => state,
    impaired: scribe.impaired,
    idle: () => inbox.size() === 0,
    stop: () => {
      isStopped = true;
      alarms.stop();
    },
  };
}

const factsOf = (decided: readonly Decided[]): readonly Fact[] =>
  decided.flatMap(({ step }) => step.facts);

const quotesNow = ({ followed, market }: LoopParts): readonly Quote[] =>
  followed.flatMap((root) => market.quote(root) ?? []);
