/**
 * Decides letters one after the other, and survives a bug in one of them.
 *
 * The engine is pure, so a step that broke off has changed nothing: its input is dropped, everything
 * else goes on, and from then on nothing is entered until a person has looked.
 */
import { type Step, step } from "../core/engine.ts";
import type { Effect } from "../core/model/effect.ts";
import type { Input } from "../core/model/input.ts";
import type { Quote } from "../core/model/quote.ts";
import type { Millis } from "../core/model/units.ts";
import type { State } from "../core/state.ts";
import type { Log } from "../ports/log.ts";
import { unreachable } from "../std/assert.ts";
import { type Letter, mayEnter, type News } from "./inbox.ts";

/** What became of a letter. */
export interface Decided {
  readonly letter: Letter;
  readonly step: Step;
}

export interface Stamp {
  readonly at: Millis;
  readonly quotes: readonly Quote[];
}

/** Decides letters in order until the turn is full; the rest is for the next one. */
export type Decider = (state: State, batch: readonly Letter[], stamp: Stamp) => readonly Decided[];

export interface DeciderParts {
  readonly log: Log;
  /** Called once, when bugs come so often that nothing decided here can be trusted. */
  readonly giveUp?: (reason: string) => void;
}

/** A turn is cut here so that no turn holds the process for long. */
const FACTS_PER_TURN = 600;
const BUGS_MAX = 3;

export function createDecider({ log, giveUp }: DeciderParts): Decider {
  let bugs = 0;

  function decideOne(state: State, input: Input): Step {
    try {
      return step(state, input);
    } catch (bug) {
      bugs += 1;
      log.write("error", "bug", { input: input.kind, detail: detailOf(bug), count: bugs });
      if (bugs === BUGS_MAX) giveUp?.(`${BUGS_MAX} internal errors, the last: ${String(bug)}`);
      return halted(state, input, bug);
    }
  }

  function halted(state: State, { at, quotes }: Input, bug: unknown): Step {
    const reason = `internal error: ${String(bug).slice(0, 200)}`;
    try {
      return step(state, { kind: "command", at, quotes, command: { kind: "halt", reason } });
    } catch (second) {
      log.write("error", "bug", { input: "halt", detail: detailOf(second), count: bugs });
      return { state, facts: [], effects: [] };
    }
  }

  return (before, batch, stamp) => {
    const decided: Decided[] = [];
    let state = before;
    let facts = 0;
    for (const letter of batch) {
      if (facts > FACTS_PER_TURN) break;
      const next = decideOne(state, inputOf(letter.news, stamp));
      state = next.state;
      facts += next.facts.length;
      decided.push({ letter, step: next });
      // The next accounts of an alert come before other news.
      if (mayEnter(letter.news) && next.effects.some(isFanOut)) break;
    }
    return decided;
  };
}

const isFanOut = ({ kind }: Effect): boolean => kind === "FanOut";

/** Each kind written out: spreading the two costs more than most steps do. */
export function inputOf(news: News, { at, quotes }: Stamp): Input {
  switch (news.kind) {
    case "source":
      return { kind: news.kind, at, quotes, source: news.source, state: news.state };
    case "report":
      return { kind: news.kind, at, quotes, report: news.report };
    case "alarm":
      return { kind: news.kind, at, quotes, key: news.key };
    case "price":
      return { kind: news.kind, at, quotes, key: news.key, quote: news.quote };
    case "message": {
      const { kind, message, tradable, room, from } = news;
      return { kind, at, quotes, message, tradable, room, from };
    }
    case "fan-out":
    case "command":
    case "reload":
    case "start":
    case "stop":
      return { ...news, at, quotes };
    default:
      return unreachable(news);
  }
}

const detailOf = (bug: unknown): string =>
  bug instanceof Error ? (bug.stack ?? bug.message) : String(bug);
