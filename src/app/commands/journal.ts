/** `tradestream journal show` and `journal verify`. */
import type { Fact } from "../../core/model/fact.ts";
import type { TradeId } from "../../core/model/ids.ts";
import { newNarrator } from "../../core/views/narrator.ts";
import { narrate, type TimelineLine, timelineView } from "../../core/views/timeline.ts";
import type { Handlers, Screen } from "../../ports/console.ts";
import type { Recorded } from "../../ports/journal.ts";
import { type Context, leave, stopped } from "../context.ts";
import { placesIn } from "../places.ts";
import { lookInto } from "../reading.ts";
import type { Readable } from "../recover.ts";
import { newestDirectory } from "../setup.ts";
import { wire } from "../wire.ts";

export const journalShow =
  (context: Context): Handlers["journalShow"] =>
  (options) =>
    lookInto(context, options, (journal) => {
      const { screen } = context;
      const { trade, tail, json } = options;
      const last = tail ?? Number.POSITIVE_INFINITY;
      if (json) printAll(screen, latest(factsOf(journal, trade), last), screen.printJson);
      else printAll(screen, latest(linesOf(journal, trade), last), (line) => screen.tell(line, ""));
      return 0;
    });

/** Until the end, or until nobody reads any more. */
function printAll<Item>(screen: Screen, items: Iterable<Item>, print: (item: Item) => void): void {
  for (const item of items) {
    if (screen.isDeaf()) return;
    print(item);
  }
}

/** The last so many of a list that may be longer than memory should hold. */
function* latest<Item>(items: Iterable<Item>, count: number): Iterable<Item> {
  if (count === Number.POSITIVE_INFINITY) return yield* items;
  const kept: Item[] = [];
  for (const item of items) {
    kept.push(item);
    if (kept.length > count * 2) kept.splice(0, kept.length - count);
  }
  yield* kept.slice(-count);
}

/** Each fact as it is chained, behind what the timeline says about it. */
function* factsOf(journal: Readable, trade: number | null): Iterable<unknown> {
  for (const { sequence, fact, lines } of told(journal)) {
    if (trade !== null && !lines.of(fact, trade)) continue;
    yield { sequence, fact, told: lines.now.map(timelineView) };
  }
}

function* linesOf(journal: Readable, trade: number | null): Iterable<TimelineLine> {
  for (const { lines } of told(journal)) {
    for (const line of lines.now) if (trade === null || line.trade === trade) yield line;
  }
}

interface Told extends Recorded {
  readonly lines: {
    readonly now: readonly TimelineLine[];
    /** Whether a fact belongs to the trade of that number. */
    readonly of: (fact: Fact, trade: number) => boolean;
  };
}

function* told(journal: Readable): Iterable<Told> {
  const numbers = new Map<TradeId, number>();
  const of = (fact: Fact, trade: number): boolean =>
    "trade" in fact && fact.trade !== null && numbers.get(fact.trade) === trade;
  let narrator = newNarrator;
  for (const { sequence, fact } of journal.read(0)) {
    if (fact.kind === "TradePlanned") numbers.set(fact.trade, fact.number);
    const next = narrate(narrator, fact);
    narrator = next.narrator;
    yield { sequence, fact, lines: { now: next.lines, of } };
  }
}

export const journalVerify =
  (context: Context): Handlers["journalVerify"] =>
  async (options) => {
    const { screen } = context;
    const directory = await newestDirectory(context, options);
    if (!directory.ok) return leave(context, directory.error);
    const { verifyInWorker } = await wire.verify();
    const verified = await verifyInWorker(placesIn(directory.value).journal);
    if (verified.ok) {
      const { facts, head } = verified.value;
      if (options.json) screen.printJson({ ok: true, facts, hash: head.hash });
      else screen.print(`${directory.value}: ${facts} facts, whole and chained; head ${head.hash}`);
      return 0;
    }
    const { error } = verified;
    if (error.kind === "unopened") return leave(context, stopped(1, error.fault.detail));
    const { sequence, why, detail } = error;
    if (options.json) screen.printJson({ ok: false, sequence, why, detail });
    return leave(
      context,
      stopped(1, `${directory.value}: broken from fact ${sequence} on: ${detail}`),
    );
  };
