/**
 * The bookkeeper of the storm: every dollar stands in five places, and they say the same.
 *
 * ```text
 * fills of the journal ─► what each trade says it made ─► rows of the real ledger, by trade and by date
 *                     └─► cash in the books, today's result, and cash at the venue
 * ```
 *
 * I42. A start takes the venue's cash over, so cash that agrees (I20) may hide what no trade explains;
 * here everything begins at what the account opened with. It looks once, when all is flat, and reckons
 * by the facts alone.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { directionOf } from "../../src/core/model/alert.ts";
import type { Fact, FactOf } from "../../src/core/model/fact.ts";
import type { AccountId } from "../../src/core/model/ids.ts";
import { instrumentOf } from "../../src/core/model/instruments.ts";
import { tradeDateOf } from "../../src/core/model/trade-date.ts";
import { millis } from "../../src/core/model/units.ts";
import type { VenueState } from "../../src/core/paper/state.ts";
import type { State } from "../../src/core/state.ts";
import type { Ledger } from "../../src/ports/ledger.ts";
import { openLedger } from "../../src/shell/sqlite/ledger.ts";
import { invariant } from "../../src/std/assert.ts";
import { getIn } from "../../src/std/trie.ts";

export interface Settling {
  readonly facts: readonly Fact[];
  /** Those of them that the ledger was told. */
  readonly told: readonly Fact[];
  readonly state: State;
  readonly venue: VenueState;
}

interface Reckoned {
  readonly account: AccountId;
  /** What a tick up is worth on one contract. */
  readonly worth: number;
  held: number;
  gross: number;
  fees: number;
  /** Null: it is on, or nothing of it ever filled. */
  said: FactOf<"TradeClosed"> | null;
}

/** What does not add up, a line each. */
export function unreconciled({ facts, told, state, venue }: Settling): readonly string[] {
  const trades = tradesIn(facts);
  const ledger = ledgerOf(told);
  const opened = facts.filter((fact) => fact.kind === "AccountOpened");
  return [
    ...[...trades].flatMap(([id, trade]) => ofTrade(id, trade, ledger)),
    ...opened.flatMap(({ account, balance }) => {
      const made = closed(trades).filter((one) => one.account === account);
      return ofAccount({ account, opening: balance, made, ledger, state, venue });
    }),
  ];
}

const closed = (trades: ReadonlyMap<string, Reckoned>): readonly Reckoned[] =>
  [...trades.values()].filter(({ said }) => said !== null);

function tradesIn(facts: readonly Fact[]): ReadonlyMap<string, Reckoned> {
  const trades = new Map<string, Reckoned>();
  for (const fact of facts) {
    if (fact.kind === "TradePlanned") {
      const { account, plan } = fact;
      const worth = directionOf(plan.side) * instrumentOf(plan.instrument).tickValue;
      trades.set(fact.trade, { account, worth, held: 0, gross: 0, fees: 0, said: null });
    }
    const trade = "trade" in fact && fact.trade !== null ? trades.get(fact.trade) : undefined;
    if (trade !== undefined) note(trade, fact);
  }
  return trades;
}

function note(trade: Reckoned, fact: Fact): void {
  if (fact.kind === "TradeClosed") trade.said = fact;
  if (fact.kind === "TradeReopened") trade.said = null;
  if (fact.kind !== "EntryFilled" && fact.kind !== "ExitFilled") return;
  const signed = fact.kind === "EntryFilled" ? fact.quantity : -fact.quantity;
  trade.held += signed;
  trade.gross -= signed * fact.price * trade.worth;
  trade.fees += fact.fees;
}

const differing = (
  whose: string,
  figures: Readonly<Record<string, readonly [unknown, unknown]>>,
): readonly string[] =>
  Object.entries(figures).flatMap(([what, [is, should]]) =>
    is === should ? [] : [`${whose}: ${what} ${is}, by its fills ${should}`],
  );

function ofTrade(
  id: string,
  { held, gross, fees, said }: Reckoned,
  ledger: RowsOfTrades,
): readonly string[] {
  const row = ledger.trades.get(id);
  if (said === null) return fees === 0 ? [] : [`${id} has filled and is not closed`];
  const net = gross - fees;
  return differing(id, {
    held: [held, 0],
    gross: [said.gross, gross],
    fees: [said.fees, fees],
    net: [said.net, net],
    "gross in the ledger": [row?.gross, gross],
    "fees in the ledger": [row?.fees, fees],
    "net in the ledger": [row?.net, net],
    "fills in the ledger": [row?.cash, gross],
  });
}

interface OfAccount extends Pick<Settling, "state" | "venue"> {
  readonly account: AccountId;
  readonly opening: number;
  readonly made: readonly Reckoned[];
  readonly ledger: RowsOfTrades;
}

function ofAccount({ account, opening, made, ledger, state, venue }: OfAccount): readonly string[] {
  const books = getIn(state.accounts, account);
  const net = netOf(made);
  const today = made.filter(({ said }) => said !== null && dateOf(said) === books?.tradeDate);
  const days = [...new Set(made.flatMap(({ said }) => (said === null ? [] : [dateOf(said)])))];
  const inLedger = new Map(ledger.byDate(account).map((day) => [day.tradeDate, day]));
  const ofDays = days.map((date) => {
    const own = made.filter(({ said }) => said !== null && dateOf(said) === date);
    return [`result of ${date} in the ledger`, [inLedger.get(date)?.net, netOf(own)]] as const;
  });
  return differing(account, {
    "cash in the books": [books?.balance, opening + net],
    "cash at the venue": [getIn(venue.accounts, account)?.balance, opening + net],
    "result of the day": [books?.realisedToday, netOf(today)],
    "dates in the ledger": [inLedger.size, days.length],
    "equity in the ledger": [[...inLedger.values()].at(-1)?.equity ?? opening, opening + net],
    ...Object.fromEntries(ofDays),
  });
}

const dateOf = ({ at }: FactOf<"TradeClosed">) => tradeDateOf(at);

const netOf = (trades: readonly Reckoned[]): number =>
  trades.reduce((sum, { gross, fees }) => sum + gross - fees, 0);

interface RowsOfTrades {
  readonly trades: ReadonlyMap<string, RowOfTrade>;
  readonly byDate: Ledger["equityByDate"];
}

interface RowOfTrade {
  readonly gross: number | null;
  readonly fees: number;
  readonly net: number | null;
  /** Of its sums of fills. */
  readonly cash: number;
}

/** Everything that moves money, and nothing else: a seed is over in a tenth of a second. */
const OF_MONEY: ReadonlySet<Fact["kind"]> = new Set<Fact["kind"]>([
  ...(["AccountOpened", "TradePlanned", "EntryFilled", "ExitFilled"] as const),
  ...(["TradeClosed", "TradeAbandoned", "TradeReopened"] as const),
]);

function ledgerOf(told: readonly Fact[]): RowsOfTrades {
  const recorded = told
    .filter(({ kind }) => OF_MONEY.has(kind))
    .map((fact, index) => ({ sequence: index + 1, fact }));
  const ledger = theLedger();
  const head = { sequence: recorded.length, hash: "" };
  const filled = ledger.rebuild({ head: () => head, read: () => recorded });
  invariant(filled.ok, "a ledger in an empty folder can be filled");
  const trades = ledger.trades().map((one) => {
    const { id, gross, fees, net, entry, exit, side, instrument } = one;
    const worth = directionOf(side) * instrumentOf(instrument).tickValue;
    return [id, { gross, fees, net, cash: worth * (exit.priceSum - entry.priceSum) }] as const;
  });
  return { trades: new Map(trades), byDate: ledger.equityByDate };
}

let opened: Ledger | null = null;

/** One file a process, filled anew for every seed. */
function theLedger(): Ledger {
  if (opened !== null) return opened;
  const folder = mkdtempSync(join(tmpdir(), "tradestream-storm-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  const made = openLedger(join(folder, "ledger.db"), { at: millis(0) });
  invariant(made.ok, "a ledger can be made in a folder of its own");
  opened = made.value;
  return opened;
}
