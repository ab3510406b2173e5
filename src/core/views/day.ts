/**
 * A trade date on one page: what was alerted and what became of it, what that cost and where, which
 * gates moved, when nobody was listening, and by which settings it was all decided.
 *
 * ```text
 * every fact, in order ──► hear ──► gates, gaps, settings ──┐
 * alerts and trades of the date, from the ledger ───────────┴──► page ──► text, JSON, mail
 * ```
 *
 * Costs: *lateness* is what the price had run away when an alert reached us, *slippage* what the
 * entry cost beyond that, *at stops* what stops cost beyond their price. What a person's own hand
 * cost nobody can know; the page says what those trades made, and what their planned stops and their
 * farthest target would have made.
 */

import type { Account } from "../model/account.ts";
import { directionOf, type Side } from "../model/alert.ts";
import type { AlertRecord } from "../model/alert-record.ts";
import type { Fact } from "../model/fact.ts";
import type { AccountId } from "../model/ids.ts";
import { type Root, ticksToPoints } from "../model/instrument.ts";
import { instrumentOf } from "../model/instruments.ts";
import { isoOf } from "../model/iso-time.ts";
import { obtainable } from "../model/market-seen.ts";
import type { Settings } from "../model/rules.ts";
import type { Trade } from "../model/trade.ts";
import { type TradeDate, tradeDateOf } from "../model/trade-date.ts";
import { lateness, slippageToMarket } from "../model/trade-measures.ts";
import type { TradeRecord } from "../model/trade-record.ts";
import { type Millis, type Money, type Ticks, toDollars } from "../model/units.ts";
import { explainRefusal } from "../notify/explain.ts";
import { fingerprintOf } from "../risk/reloaded-config.ts";
import { type AuthorView, authorsOf, whyNot } from "./authors.ts";
import { hear, type Narrator, narratorOf, newNarrator } from "./narrator.ts";
import { narrate } from "./timeline.ts";
import { type TradeRecordView, tradeRecordView } from "./trade-record.ts";

/** One entry, and what one account made of it; of an alert no account was asked about, the alert. */
export interface DayAlert {
  readonly at: string;
  readonly author: string | null;
  readonly instrument: Root;
  readonly side: Side;
  readonly alertedPoints: number;
  readonly stopPoints: number;
  readonly obtainablePoints: number | null;
  /** Null: every account, or none. */
  readonly account: AccountId | null;
  /** `taken`, `working`, a code of docs/reference/reasons.md, or how its message ended. */
  readonly verdict: string;
  readonly detail: string | null;
  readonly trade: number | null;
  readonly filledPoints: number | null;
  readonly netUsd: number | null;
}

export interface DayCosts {
  readonly latenessUsd: number;
  readonly slippageUsd: number;
  readonly stopSlippageUsd: number;
  readonly feesUsd: number;
  readonly byHand: {
    readonly trades: number;
    readonly grossUsd: number;
    /** What they would have made at their planned stops, and at their farthest targets. */
    readonly atStopsUsd: number;
    readonly atTargetsUsd: number;
  };
}

export interface DayGate {
  readonly at: string;
  readonly kind: Fact["kind"];
  readonly account: AccountId | null;
  readonly text: string;
}

export interface DayGap {
  readonly from: string;
  /** Null: it was not over when the day was told. */
  readonly to: string | null;
  readonly what: "program" | "venue-link" | "prices";
  readonly account: AccountId | null;
}

export interface DayView {
  readonly tradeDate: TradeDate;
  /** Fingerprint of the settings in force at its end; null where no fact says. */
  readonly settingsHash: string | null;
  readonly alerts: readonly DayAlert[];
  readonly trades: readonly TradeRecordView[];
  readonly grossUsd: number;
  readonly netUsd: number;
  readonly costs: DayCosts;
  readonly gates: readonly DayGate[];
  readonly gaps: readonly DayGap[];
  readonly authors: readonly AuthorView[];
}

export interface DayRows {
  readonly alerts: readonly AlertRecord[];
  readonly trades: readonly TradeRecord[];
}

/** Hears every fact from the beginning of the journal or of `DayBegin`, and tells of one trade date. */
export interface DayBook {
  hear(fact: Fact): void;
  /** Nothing that comes can change the page. */
  isOver(): boolean;
  page(rows: DayRows): DayView;
}

/** What all facts before a moment come to; that moment is before the trade date. */
export interface DayBegin {
  readonly settings: Settings;
  readonly accounts: readonly Account[];
  readonly trades: readonly Trade[];
  /** When the last of them was. */
  readonly heardAt: Millis;
}

const GATES: ReadonlySet<Fact["kind"]> = new Set<Fact["kind"]>([
  ...(["GateMoved", "LockedOut", "AccountSwitched", "BreakerOpened", "BreakerClosed"] as const),
  ...(["LossStepReached", "TotalStepReached", "FirmStepReached", "FirmBreached"] as const),
  ...(["ConfigReloaded", "ConfigRefused"] as const),
]);

export function dayBook(tradeDate: TradeDate, begin: DayBegin | null = null): DayBook {
  const gates: DayGate[] = [];
  const gaps = dayGaps(tradeDate, begin);
  let narrator: Narrator = newNarrator;
  let settings: Settings | null = null;
  if (begin !== null) {
    settings = begin.settings;
    narrator = narratorOf(settings, begin.trades);
  }
  let isPast = false;
  return {
    isOver: () => isPast && !gaps.areOpen(),
    hear(fact) {
      const date = tradeDateOf(fact.at);
      // A start first brings in what an earlier run could not write.
      isPast = date > tradeDate && fact.kind !== "RunStarted" && fact.kind !== "JournalRecovered";
      if (date <= tradeDate) settings = settingsIn(fact) ?? settings;
      gaps.hear(fact);
      if (date === tradeDate && GATES.has(fact.kind)) gates.push(gateOf(narrator, fact));
      narrator = hear(narrator, fact);
    },
    page: ({ alerts, trades }) => ({
      tradeDate,
      settingsHash: settings === null ? null : fingerprintOf(settings),
      alerts: alerts.toReversed().flatMap((one) => alertRows(one, trades)),
      trades: trades.toReversed().map(tradeRecordView),
      grossUsd: sum(trades, ({ gross }) => gross),
      netUsd: sum(trades, ({ net }) => net),
      costs: costsOf(trades),
      gates,
      gaps: [...gaps.all(), ...trades.flatMap(priceGap)],
      authors: authorsOf(alerts, trades),
    }),
  };
}

function settingsIn(fact: Fact): Settings | null {
  if (fact.kind === "SettingsAdopted") return fact.settings;
  return fact.kind === "ConfigReloaded" ? (fact.settings ?? null) : null;
}

function gateOf(narrator: Narrator, fact: Fact): DayGate {
  const told = narrate({ ...narrator, untold: null }, fact).lines.map(({ text }) => text);
  return {
    at: isoOf(fact.at),
    kind: fact.kind,
    account: "account" in fact ? fact.account : null,
    text: told.join("; "),
  };
}

/** When nobody was there, or a venue told nothing unasked. */
function dayGaps(tradeDate: TradeDate, begin: DayBegin | null) {
  const gaps: DayGap[] = [];
  const down = new Map<AccountId, Millis>(begin === null ? [] : linesDownIn(begin));
  let heardAt: Millis | null = begin?.heardAt ?? null;
  const gap = (account: AccountId | null, from: Millis, to: Millis | null): readonly DayGap[] => {
    if (tradeDateOf(from) > tradeDate || (to !== null && tradeDateOf(to) < tradeDate)) return [];
    const what = account === null ? "program" : "venue-link";
    return [{ from: isoOf(from), to: to === null ? null : isoOf(to), what, account }];
  };
  return {
    hear(fact: Fact): void {
      // What went before the start of a run was heard last by the run before it.
      if (fact.kind === "RunStarted") {
        if (heardAt !== null) gaps.push(...gap(null, heardAt, fact.at));
        down.clear();
      }
      if (fact.kind === "LinkMoved" && fact.state === "down") down.set(fact.account, fact.at);
      if (fact.kind === "LinkMoved" && fact.state === "up") {
        const from = down.get(fact.account);
        if (from !== undefined) gaps.push(...gap(fact.account, from, fact.at));
        down.delete(fact.account);
      }
      heardAt = fact.at;
    },
    areOpen: () => down.size > 0,
    all: (): readonly DayGap[] => [
      ...gaps,
      ...[...down].flatMap(([account, from]) => gap(account, from, null)),
    ],
  };
}

const linesDownIn = ({ accounts }: DayBegin): readonly (readonly [AccountId, Millis])[] =>
  accounts.flatMap(({ id, link }) => (link?.state === "down" ? [[id, link.at] as const] : []));

/** Of a feed that told nothing nobody writes down when; but which trade it was missing to is known. */
function priceGap({ reach, filledAt, closedAt, account }: TradeRecord): readonly DayGap[] {
  if (filledAt === null || reach?.unseen?.why !== "silent") return [];
  const to = closedAt === null ? null : isoOf(closedAt);
  return [{ from: isoOf(filledAt), to, what: "prices", account }];
}

function alertRows(record: AlertRecord, trades: readonly TradeRecord[]): readonly DayAlert[] {
  const { alert, author, market, at, outcome, decisions } = record;
  if (alert === null) return [];
  const instrument = instrumentOf(alert.instrument);
  const points = (price: Ticks): number => ticksToPoints(instrument, price);
  const said = {
    ...{ at: isoOf(at), author, instrument: alert.instrument, side: alert.side },
    alertedPoints: points(alert.entry),
    stopPoints: points(alert.stop),
    obtainablePoints: market === null ? null : points(obtainable(market, alert.side)),
  };
  const told = decisions.filter(({ decision }) => decision !== "asked" && decision !== "approved");
  if (told.length === 0) {
    const nothing = { detail: null, trade: null, filledPoints: null, netUsd: null };
    return [{ ...said, account: null, verdict: outcome, ...nothing }];
  }
  return told.map((decision): DayAlert => {
    const { refusal, by, trade: number, account } = decision;
    const trade = trades.find((one) => one.number === number);
    const verdict = whyNot(decision) ?? verdictOf(decision.decision, trade, decision.phase);
    const detail =
      refusal === null ? (by ?? trade?.reason ?? null) : explainRefusal(refusal, instrument);
    const net = trade?.net ?? null;
    const result = { filledPoints: trade?.entryPoints ?? null, netUsd: net && toDollars(net) };
    return { ...said, account, verdict, detail, trade: number, ...result };
  });
}

/** `planned` as far as it got. */
function verdictOf(
  decision: string,
  trade: TradeRecord | undefined,
  phase: TradeRecord["phase"] | null,
): string {
  if (decision !== "planned") return decision;
  const hasFilled = trade === undefined ? phase === "closed" : trade.entry.quantity > 0;
  return hasFilled ? "taken" : "working";
}

const sum = (
  trades: readonly TradeRecord[],
  measure: (record: TradeRecord) => Money | null,
): number => toDollars(trades.reduce((all, one) => all + (measure(one) ?? 0), 0) as Money);

/** A person said so, here or on the platform. */
const isByHand = ({ how, reason }: TradeRecord): boolean =>
  how === "external" || (how === "exit" && (reason === "close-command" || reason === "flatten"));

function costsOf(trades: readonly TradeRecord[]): DayCosts {
  const byHand = trades.filter(isByHand);
  return {
    latenessUsd: sum(trades, lateness),
    slippageUsd: sum(trades, slippageToMarket),
    stopSlippageUsd: sum(trades, ({ stopSlippage }) => stopSlippage),
    feesUsd: sum(trades, ({ fees }) => fees),
    byHand: {
      trades: byHand.length,
      grossUsd: sum(byHand, ({ gross }) => gross),
      atStopsUsd: sum(byHand, (one) => resultAt(one, one.stop)),
      atTargetsUsd: sum(byHand, (one) => resultAt(one, one.targets.at(-1) ?? null)),
    },
  };
}

function resultAt({ entry, side, instrument }: TradeRecord, price: Ticks | null): Money | null {
  if (price === null) return null;
  const made = directionOf(side) * (price * entry.quantity - entry.priceSum);
  return (made * instrumentOf(instrument).tickValue) as Money;
}
