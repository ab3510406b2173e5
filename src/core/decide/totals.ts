/**
 * What all accounts of a book add up to while an alert is judged on one after the other.
 *
 * Adding up a thousand accounts for each of a thousand would cost a second. It is done once a turn,
 * and what the turn itself plans is added as it goes; any other fact makes the sum be done anew.
 */
import { valuesOf } from "../../std/trie.ts";
import type { Account } from "../model/account.ts";
import type { Fact } from "../model/fact.ts";
import type { AccountId } from "../model/ids.ts";
import type { Instrument } from "../model/instrument.ts";
import { instrumentOf } from "../model/instruments.ts";
import type { Rules } from "../model/rules.ts";
import type { Trade } from "../model/trade.ts";
import { tradeDateOf, tradeDateStart } from "../model/trade-date.ts";
import { grossOf, wantedOf } from "../model/trade-sums.ts";
import { type Millis, money } from "../model/units.ts";
import { worstLossOf } from "../risk/day.ts";
import { SIZE_PARTS, type Tallies, type Tally } from "../risk/memory.ts";
import type { TotalView } from "../risk/total-view.ts";
import { accountOf, bookNameOf, findRuleSet, type State } from "../state.ts";
import { isOver } from "../track/phases.ts";
import { quoteIn, type Sums, type Turn } from "../turn.ts";

/** Null where these rules limit nothing over all accounts. */
export function totalFor(turn: Turn, { id, rules: name }: Account, rules: Rules): TotalView | null {
  if (rules.limits.total === undefined) return null;
  const book = bookNameOf(id);
  const known = turn.sums?.get(book);
  const sums = known === undefined || !caughtUp(turn, known) ? addedUp(turn, book, rules) : known;
  const { opening, open, wanted } = sums;
  const { realised, reached } = turn.state.books[book];
  return {
    opening: money(opening),
    realised,
    open: money(open),
    wantedIn: ({ family }: Instrument) => wanted.get(family) ?? 0,
    reached: reached[name] ?? 0,
  };
}

/** An account that follows no rule set any more is costed by those that ask. */
function addedUp(turn: Turn, book: Sums["book"], rules: Rules): Sums {
  const { state, at } = turn;
  const opening = openingOfAll(state, book, rules);
  const sums: Sums = { book, opening, open: 0, wanted: new Map(), seen: turn.facts.length };
  const tradeDate = tradeDateOf(at);
  const quoteOf = (instrument: Instrument) => quoteIn(turn, instrument);
  for (const trade of valuesOf(state.trades)) {
    if (isOver(trade.phase) || bookNameOf(trade.account) !== book) continue;
    want(sums, instrumentOf(trade.plan.instrument), wantedOf(trade));
    // While nothing of it has filled it can lose what was approved, as it was worked out then.
    if (trade.fills.length === 0) {
      sums.open += trade.plan.risk;
      continue;
    }
    const own = findRuleSet(state, accountOf(state, trade.account).rules);
    const { fees, limits } = own ?? rules;
    sums.open += worstLossOf(trade, { quoteOf, fees, slippage: limits.slippage, tradeDate });
  }
  turn.sums ??= new Map();
  turn.sums.set(book, sums);
  return sums;
}

/** Only a limit that is a part of it asks for it. */
function openingOfAll({ accounts }: State, book: Sums["book"], { limits }: Rules): number {
  if (typeof limits.total?.dailyLoss?.limit !== "object") return 0;
  return valuesOf(accounts)
    .filter(({ id }) => bookNameOf(id) === book)
    .reduce((sum, one) => sum + one.balance - one.realisedToday, 0);
}

function want({ wanted }: Sums, { family }: Instrument, quantity: number): void {
  wanted.set(family, (wanted.get(family) ?? 0) + quantity);
}

/** False when something else than a plan was decided since. */
function caughtUp({ facts }: Turn, sums: Sums): boolean {
  for (; sums.seen < facts.length; sums.seen++) {
    const fact = facts[sums.seen];
    if (fact === undefined || !changesNothing(fact, sums)) return false;
  }
  return true;
}

function changesNothing(fact: Fact, sums: Sums): boolean {
  if (fact.kind !== "TradePlanned") return VERDICTS.has(fact.kind);
  if (bookNameOf(fact.account) !== sums.book) return true;
  const { plan } = fact;
  sums.open += plan.risk;
  const quantity = plan.tranches.reduce((sum, one) => sum + one.quantity, 0);
  want(sums, instrumentOf(plan.instrument), quantity);
  return true;
}

const VERDICTS: ReadonlySet<Fact["kind"]> = new Set<Fact["kind"]>([
  ...(["AlertRead", "TradeRefused", "AlertShadowed", "AlertRefused"] as const),
  ...(["ReentryPostponed", "UpdateSettled"] as const),
]);

/** Null where no source and no letter has limits of its own. */
export function talliesFor(turn: Turn, { id }: Account, { limits }: Rules): Tallies | null {
  if (limits.bySize === undefined && limits.bySource === undefined) return null;
  turn.tallies ??= talliesIn(turn.state, tradeDateStart(tradeDateOf(turn.at)));
  return turn.tallies.get(id) ?? NONE;
}

const NONE: Tallies = new Map();

/** From the trades of the day, of which the state keeps those that are over as well. */
function talliesIn({ trades }: State, since: Millis): ReadonlyMap<AccountId, Tallies> {
  const all = new Map<AccountId, Map<string, Tally>>();
  for (const trade of valuesOf(trades)) {
    const own = all.get(trade.account) ?? new Map<string, Tally>();
    all.set(trade.account, own);
    const isOfToday = trade.plannedAt >= since;
    const net = isOver(trade.phase) ? grossOf(trade) - trade.fees : 0;
    for (const part of partsOf(trade)) {
      const { trades: count, net: before } = own.get(part) ?? { trades: 0, net: money(0) };
      own.set(part, { trades: count + Number(isOfToday), net: money(before + net) });
    }
  }
  return all;
}

/** By the names that limits are set under; letters have keys that no channel has. */
function partsOf({ cause: { source, channel }, size }: Trade): readonly string[] {
  const sources = new Set<string>([source, channel]);
  return size === null ? [...sources] : [...sources, SIZE_PARTS[size]];
}
