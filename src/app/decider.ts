/**
 * Decides letters one after the other, and survives a bug in one of them.
 *
 * The engine is pure, so a step that broke off has changed nothing: its input is dropped, everything
 * else goes on, and from then on nothing is entered until a person has looked.
 */
import { type Step, step } from "../core/engine.ts";
import type { Effect } from "../core/model/effect.ts";
import type { Input, InputOf } from "../core/model/input.ts";
import type { Quote } from "../core/model/quote.ts";
import type { PathSeen } from "../core/model/seen.ts";
import type { Millis } from "../core/model/units.ts";
import type { State } from "../core/state.ts";
import { pathsToAsk } from "../core/witness.ts";
import type { Log } from "../ports/log.ts";
import type { MarketData } from "../ports/market-data.ts";
import { unreachable } from "../std/assert.ts";
import { type Letter, mayEnter, type News } from "./inbox.ts";
import { namedIn } from "./named-in.ts";
import type { Sendings } from "./sendings.ts";

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
  readonly market: Pick<MarketData, "path">;
  readonly sendings: Pick<Sendings, "of">;
  readonly log: Log;
  /** Called once, when bugs come so often that nothing decided here can be trusted. */
  readonly giveUp?: (reason: string) => void;
}

/** A turn is cut here so that no turn holds the process for long. */
const FACTS_PER_TURN = 600;
const BUGS_MAX = 3;

/** What it was about, by the names the journal uses. */
const aboutOf = (input: Input) => ({
  ...namedIn(input),
  ...(input.kind === "command" && namedIn(input.command)),
  ...(input.kind === "report" && namedIn(input.report)),
});

export function createDecider(parts: DeciderParts): Decider {
  const { log, giveUp } = parts;
  let bugs = 0;

  function decideOne(state: State, input: Input): Step {
    try {
      return step(state, input);
    } catch (bug) {
      bugs += 1;
      const about = aboutOf(input);
      log.write("error", "bug", {
        input: input.kind,
        ...about,
        detail: detailOf(bug),
        count: bugs,
      });
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
      const input = inputOf(letter.news, stamp);
      const next = decideOne(state, input.kind === "report" ? seen(parts, state, input) : input);
      state = next.state;
      facts += next.facts.length;
      decided.push({ letter, step: next });
      // The next accounts of an alert come before other news.
      if (mayEnter(letter.news) && next.effects.some(isFanOut)) break;
    }
    return decided;
  };
}

/** With what only this moment knows of it: when its order left, how far the price went. */
function seen({ market, sendings }: DeciderParts, state: State, input: InputOf<"report">): Input {
  const { report } = input;
  const sentAt = sendings.of(report);
  const asked = pathsToAsk(state, report);
  if (sentAt === null && asked.length === 0) return input;
  const paths = asked.flatMap(({ instrument, since }): PathSeen[] => {
    const path = market.path(instrument, since);
    return path === null ? [] : [{ instrument, since, ...path }];
  });
  return { ...input, seen: sentAt === null ? { paths } : { paths, sentAt } };
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
      const { kind, message, tradable, room, from, receivedAt = at } = news;
      return { kind, at, quotes, message, tradable, room, from, receivedAt };
    }
    case "gap":
    case "fan-out":
    case "command":
    case "reload":
    case "backup":
    case "health":
    case "start":
    case "stop":
      return { ...news, at, quotes };
    default:
      return unreachable(news);
  }
}

const detailOf = (bug: unknown): string =>
  bug instanceof Error ? (bug.stack ?? bug.message) : String(bug);
