/**
 * `tradestream limits` and `tradestream risk`: which limits hold, and what is left of them. Read from
 * the journal; open trades are valued at the prices of the running process, if there is one.
 */
import { type Instrument, priceToTicks } from "../../core/model/instrument.ts";
import { parseIso } from "../../core/model/iso-time.ts";
import type { Quote } from "../../core/model/quote.ts";
import { type Millis, millis } from "../../core/model/units.ts";
import { newsOf } from "../../core/risk/hours.ts";
import type { State } from "../../core/state.ts";
import { limitsView, renderLimits } from "../../core/views/limits.ts";
import type { PriceView } from "../../core/views/prices.ts";
import { type RiskAccount, type RiskSource, renderRisk, riskViews } from "../../core/views/risk.ts";
import type { GlobalOptions, Handlers } from "../../ports/console.ts";
import type { LiveStatus } from "../../ports/control.ts";
import { valuesOf } from "../../std/trie.ts";
import { askRunning } from "../asking.ts";
import type { Context } from "../context.ts";
import { lookInto } from "../reading.ts";
import { foldJournal, type Readable } from "../recover.ts";
import { riskAccountOf } from "../risk-of.ts";

export const limits =
  (context: Context): Handlers["limits"] =>
  (options) =>
    lookInto(context, options, (journal) => {
      const { screen } = context;
      const state = foldJournal(journal);
      for (const [index, one] of accountsIn(state).entries()) {
        const view = limitsView(one);
        if (options.json) screen.printJson(view);
        else print(screen, index, renderLimits(view, screen.columns()));
      }
      return 0;
    });

export const risk =
  (context: Context): Handlers["risk"] =>
  async (options) => {
    const live = await liveOf(context, options);
    return lookInto(context, options, (journal) => {
      const { screen } = context;
      const source = riskSource(foldJournal(journal), journal, live);
      for (const [index, view] of riskViews(source).entries()) {
        if (options.json) screen.printJson(view);
        else print(screen, index, renderRisk(view, screen.columns()));
      }
      return 0;
    });
  };

/** At the prices of the running process; without one, at the moment of the last fact. */
export function riskSource(
  state: State,
  journal: Pick<Readable, "head" | "read">,
  live: LiveStatus | null,
): RiskSource {
  const { sequence } = journal.head();
  const [last] = journal.read(Math.max(0, sequence - 1));
  const at = parseIso(live?.at ?? "") ?? last?.fact.at ?? millis(0);
  const prices = live?.prices ?? [];
  const quoteOf = (instrument: Instrument) => quoteIn(prices, instrument, at);
  return { at, accounts: accountsIn(state), quoteOf, news: newsOf(state.settings) };
}

function print(screen: Context["screen"], index: number, lines: readonly string[]): void {
  if (index > 0) screen.print("");
  for (const line of lines) screen.print(line);
}

const accountsIn = (state: State): readonly RiskAccount[] =>
  valuesOf(state.accounts)
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map((account) => riskAccountOf(state, account));

/** Without a running process, or with one that cannot answer, there are no prices. */
export async function liveOf(context: Context, options: GlobalOptions): Promise<LiveStatus | null> {
  const asked = await askRunning(context, options, { kind: "status" });
  return asked.ok && asked.value.kind === "status" ? asked.value.status : null;
}

function quoteIn(prices: readonly PriceView[], instrument: Instrument, at: Millis): Quote | null {
  const price = prices.find((one) => one.instrument === instrument.root);
  if (price === undefined) return null;
  const { root } = instrument;
  const [last, bid, ask] = [price.last, price.bid, price.ask].map((points) =>
    priceToTicks(instrument, points),
  );
  if (!last?.ok || !bid?.ok || !ask?.ok) return null;
  const { value } = last;
  const sides = { bid: bid.value, ask: ask.value };
  return { instrument: root, at, last: value, ...sides, high: value, low: value };
}
