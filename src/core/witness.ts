/**
 * What only the moment knows and the books need later: when an order left, and how far the price went
 * while a trade was on.
 *
 * ```text
 * fill of an entry ────────── stretch ────────── fill of an exit
 *       pricedFrom                                    ExitFilled { stretch }, pricedFrom anew
 * ```
 *
 * Prices are no facts: markets remember them, and are asked only when news of a venue may end a
 * stretch. The answer comes with the news, and is written down with the exit it belongs to; so the
 * state stays what its facts add up to, and a price that fills nothing costs nothing.
 */
import { getIn } from "../std/trie.ts";
import { directionOf } from "./model/alert.ts";
import type { Fact, FactOf } from "./model/fact.ts";
import type { AccountId } from "./model/ids.ts";
import { QUOTE_AGE_MAX } from "./model/quote.ts";
import type { PathAsked, PathSeen, Seen } from "./model/seen.ts";
import { SILENCE_MAX, type Stretch } from "./model/stretch.ts";
import type { Trade } from "./model/trade.ts";
import { heldOf } from "./model/trade-sums.ts";
import { type Millis, millis } from "./model/units.ts";
import type { VenueReport } from "./model/venue.ts";
import { findTrade, openTradesOf, type State } from "./state.ts";

const NOTHING: readonly PathAsked[] = [];

/** The ways that this report may bring to an end; each is asked for once. */
export function pathsToAsk(state: State, report: VenueReport): readonly PathAsked[] {
  if (report.kind !== "fill" && report.kind !== "snapshot") return NOTHING;
  if (report.kind === "fill" && report.fill.role === "entry") return NOTHING;
  const trades = openOn(state, report.account).filter((trade) => mayEnd(trade, report));
  if (trades.length === 0) return NOTHING;
  const asked = new Map<string, PathAsked>();
  for (const { pricedFrom: since, plan } of trades) {
    if (since !== undefined) asked.set(`${plan.instrument}/${since}`, pathOf(plan, since));
  }
  return [...asked.values()];
}

const pathOf = ({ instrument }: Trade["plan"], since: Millis): PathAsked => ({ instrument, since });

function openOn(state: State, id: AccountId): readonly Trade[] {
  const account = getIn(state.accounts, id);
  return account === undefined ? [] : openTradesOf(state, account);
}

type Ending = Extract<VenueReport, { kind: "fill" | "snapshot" }>;

/** A list is asked for every second; mostly it says what is known. */
function mayEnd(trade: Trade, report: Ending): boolean {
  const { contract, side } = trade.plan;
  if (report.kind === "fill") return report.fill.contract === contract;
  const held = report.positions.find((one) => one.contract === contract)?.net ?? 0;
  return held !== directionOf(side) * heldOf(trade) || report.fills.some(isNewTo(trade));
}

const isNewTo =
  ({ plan, fills }: Trade) =>
  ({ contract, fill, role }: Extract<VenueReport, { kind: "fill" }>["fill"]): boolean =>
    contract === plan.contract && role !== "entry" && !fills.includes(fill);

/** The fact with what was seen of it; `state` is the one before it. */
export function witnessed(state: State, fact: Fact, seen: Seen): Fact {
  switch (fact.kind) {
    case "EntryAccepted":
    case "EntryFilled":
      return withSending(state, fact, seen);
    case "ExitFilled":
      return withStretch(state, fact, seen);
    default:
      return fact;
  }
}

/** Said once, with whatever was heard first of the order. */
function withSending(
  state: State,
  fact: FactOf<"EntryAccepted" | "EntryFilled">,
  { sentAt }: Seen,
): Fact {
  const entry = findTrade(state, fact.trade)?.tranches[fact.tranche]?.entry;
  return sentAt === undefined || entry?.order !== null ? fact : { ...fact, sentAt };
}

function withStretch(state: State, fact: FactOf<"ExitFilled">, { paths }: Seen): Fact {
  const trade = findTrade(state, fact.trade);
  const since = trade?.pricedFrom;
  if (trade === undefined || since === undefined || paths === undefined) return fact;
  const { instrument } = trade.plan;
  const path = paths.find((one) => one.instrument === instrument && one.since === since);
  const limit = state.run?.priceAgeMax ?? QUOTE_AGE_MAX;
  const by = limit > QUOTE_AGE_MAX ? "bars" : "ticks";
  if (path !== undefined) return { ...fact, stretch: stretchOf(path, by, limit) };
  // Its stretch ended a moment ago, with another exit in the same piece of news.
  const isOver = since === fact.at && paths.some((one) => one.instrument === instrument);
  return isOver ? { ...fact, stretch: { high: null, low: null, by } } : fact;
}

function stretchOf(
  { reach, from, since, silence }: PathSeen,
  by: Stretch["by"],
  ageMax: number,
): Stretch {
  const { high = null, low = null } = reach ?? {};
  if (from > since) {
    const unseen = { why: "not-followed", lasted: millis(from - since) } as const;
    return { high, low, by, unseen };
  }
  const isSilent = silence > Math.max(SILENCE_MAX, ageMax);
  return isSilent
    ? { high, low, by, unseen: { why: "silent", lasted: silence } }
    : { high, low, by };
}
