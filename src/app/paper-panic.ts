/**
 * The paper books closed with no house running: a house of one purpose is kept on them.
 *
 * ```text
 * books opened ─► every trade closed ─► settled ─► books closed
 * ```
 *
 * There are no quotes while nothing runs, so each contract is closed at the last price its trade was
 * filled at. It is nobody's money; what counts is that the books end flat, and say how.
 */
import { isLive } from "../core/model/account.ts";
import type { Config } from "../core/model/config.ts";
import { DEFAULT_CONFIG } from "../core/model/defaults.ts";
import type { Quote } from "../core/model/quote.ts";
import type { Trade } from "../core/model/trade.ts";
import { type Millis, millis, type Ticks, ticks } from "../core/model/units.ts";
import { accountOf, initialState, type State } from "../core/state.ts";
import { err, ok, type Result } from "../std/result.ts";
import { valuesOf } from "../std/trie.ts";
import { takeDirectory } from "./books.ts";
import type { Context, Stopped } from "./context.ts";
import { heldTrades, openTrades } from "./exposure.ts";
import { keepHouse } from "./house.ts";
import { peekState } from "./peek-state.ts";
import { type Prices, UNPLAYED } from "./prices.ts";
import { wire } from "./wire.ts";

export interface PaperPanic {
  readonly isFlat: boolean;
  readonly lines: readonly string[];
}

interface PanicSpec {
  readonly directory: string;
  readonly config: Config | null;
}

/** As long as a house may need to look round, and no longer. */
const PATIENCE = 20_000;

export async function closePaperBooks(
  context: Context,
  { directory, config }: PanicSpec,
): Promise<Result<PaperPanic, Stopped>> {
  const lock = await takeDirectory(context, directory);
  if (!lock.ok) return lock;
  lock.value.release();
  const state = (await peekState(directory)) ?? initialState;
  // What is live has been left at its venue; the paper books know nothing of it.
  const onBooks = openTrades(state).filter(({ account }) => !isLive(accountOf(state, account)));
  if (onBooks.length === 0) {
    return ok({ isFlat: true, lines: ["flat: no trade is open in the books"] });
  }
  const at = context.clock.now();
  const kept = await keepHouse(context, {
    mode: "paper",
    version: context.version,
    config: onPaper(config ?? DEFAULT_CONFIG, state),
    directory,
    prices: await lastPrices(heldTrades(state), at),
    speed: "max",
    sources: () => [],
    isPasteTradable: false,
    dayEnds: { at: millis(at + PATIENCE), flatten: true, onceSettled: true },
    reduceBecause: "panic",
    opened: () => {},
    prefix: "paper: ",
    json: false,
    logLevel: config?.logLevel ?? "info",
  });
  if (!kept.ok) return err(kept.error);
  const { left } = kept.value;
  const isFlat = left.length === 0 && kept.value.code === 0;
  return ok({ isFlat, lines: isFlat ? ["flat: every trade is closed"] : left });
}

/** At once, and at any hour; what is live is left to its venue. */
function onPaper(config: Config, state: State): Config {
  const ours = valuesOf(state.accounts).filter((account) => !isLive(account));
  const accounts = state.settings.accounts.filter(({ id }) => ours.some((one) => one.id === id));
  return {
    ...config,
    mode: "paper",
    settings: { ...state.settings, accounts },
    balances: accounts.map(({ id }) => ({ account: id, balance: accountOf(state, id).balance })),
    paper: { ...config.paper, latency: millis(0), partials: false, sessions: "always-open" },
  };
}

async function lastPrices(held: readonly Trade[], at: Millis): Promise<Prices> {
  const { fixedMarket } = await wire.fixedMarket();
  const quotes = held.map((trade) => quoteOf(trade, at));
  return {
    ...UNPLAYED,
    followed: [...new Set(quotes.map(({ instrument }) => instrument))],
    words: "the last ones of the books",
    market(clock) {
      const market = fixedMarket(clock);
      for (const quote of quotes) market.setQuote(quote);
      return market;
    },
  };
}

function quoteOf({ plan, tranches }: Trade, at: Millis): Quote {
  const last = lastFill(tranches) ?? plan.alerted;
  return { instrument: plan.instrument, at, last, bid: last, ask: last, high: last, low: last };
}

/** The mean of what came in, on the grid: the newest price that is in the state. */
function lastFill(tranches: Trade["tranches"]): Ticks | null {
  const sum = tranches.reduce((total, { entered }) => total + entered.priceSum, 0);
  const quantity = tranches.reduce((total, { entered }) => total + entered.quantity, 0);
  return quantity === 0 ? null : ticks(Math.round(sum / quantity));
}
