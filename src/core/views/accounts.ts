/**
 * Every account on one line: where it trades, whether it may enter and why not, what it has, and what
 * the next alert of each size would buy.
 *
 * ```text
 * ACCOUNT  VENUE  GROUP  STATE  BALANCE    TODAY    OPEN                          A/B/C  RATIO
 * one      paper  swing  on     $49998.78  -$1.22   2 MES long, stop 6316.00      1/1/0    0.5
 * two      paper         off    $50000.00   $0.00                                     -      1  ...
 * ```
 *
 * How the sizes come about is in `next-size.ts`.
 */
import { type Account, isLive } from "../model/account.ts";
import { type AccountId, isTwin } from "../model/ids.ts";
import { type Root, ticksToPoints } from "../model/instrument.ts";
import { instrumentOf } from "../model/instruments.ts";
import type { Refusal } from "../model/refusal.ts";
import type { AccountRules, Rules } from "../model/rules.ts";
import type { Trade } from "../model/trade.ts";
import { tradeDateOf } from "../model/trade-date.ts";
import { confirmedStop, heldOf, wantedOf } from "../model/trade-sums.ts";
import { money, toDollars } from "../model/units.ts";
import { showMoney } from "../model/wording.ts";
import { explainRefusal } from "../notify/explain.ts";
import { type AccountView as Judged, refuseAccount } from "../risk/account-limits.ts";
import { type Bars, refuseBarred } from "../risk/barred.ts";
import { refuseDay } from "../risk/day-limits.ts";
import { refuseShut } from "../risk/firm-gate.ts";
import { WHOLE } from "../risk/size.ts";
import { reachedOnly } from "../risk/total-view.ts";
import { type NextSizes, nextLine, nextSizes, nextText } from "./next-size.ts";
import { clean, hanging } from "./plain-text.ts";
import { type RiskAccount, type RiskSource, type RiskView, riskViews } from "./risk.ts";
import { renderTable, type TableColumn } from "./table.ts";

export interface AccountsSource extends RiskSource {
  /** As the settings have them; an account of earlier settings is not among them. */
  readonly settings: readonly AccountRules[];
  readonly bars: Bars;
}

/** `paused` passes by itself: a breaker, a venue that has not been asked yet. */
export type AccountState = "on" | "off" | "halted" | "reducing" | "locked" | "paused" | "unused";

export interface AccountsView {
  readonly account: AccountId;
  readonly name: string;
  readonly mode: "paper" | "live" | "twin";
  readonly venue: string;
  readonly group: string | null;
  readonly owner: string | null;
  readonly rules: string;
  /** Of its firm; null = it follows none. */
  readonly plan: string | null;
  readonly ratio: number;
  readonly state: AccountState;
  /** The code of what keeps it from entering, and the same in words; null = nothing. */
  readonly code: Refusal["kind"] | null;
  readonly why: string | null;
  readonly balanceUsd: number;
  /** Of the trade date: booked, and open as if it were left now. */
  readonly todayUsd: number;
  readonly positions: readonly PositionView[];
  /** What the next alert of each size would buy at most; null = nothing now. */
  readonly next: NextSizes | null;
}

export interface PositionView {
  readonly trade: number;
  readonly side: Trade["plan"]["side"];
  readonly instrument: Root;
  readonly held: number;
  /** Ordered, and not filled yet. */
  readonly waiting: number;
  /** Where the venue confirmed its stops; empty while it has not. */
  readonly stops: readonly number[];
}

export function accountsViews(source: AccountsSource): readonly AccountsView[] {
  const risks = riskViews(source);
  return source.accounts.map((one, index) => accountsView(source, one, risks[index] as RiskView));
}

function accountsView(
  source: AccountsSource,
  one: RiskAccount,
  { realisedUsd, openUsd }: RiskView,
): AccountsView {
  const { account, rules, trades } = one;
  const known = source.settings.find(({ id }) => id === account.id);
  const refusal = known === undefined || rules === null ? null : refusalNow(source, one, rules);
  const state = known === undefined || rules === null ? "unused" : stateOf(refusal);
  return {
    account: account.id,
    name: account.name,
    ...placeOf(account),
    group: known?.group ?? null,
    owner: known?.owner ?? null,
    rules: account.rules,
    plan: one.plan?.id ?? null,
    ratio: (rules?.sizing.ratio ?? WHOLE) / WHOLE,
    state,
    code: refusal?.kind ?? null,
    why: state === "unused" ? "in the settings no more" : whyOf(refusal),
    balanceUsd: toDollars(account.balance),
    todayUsd: Math.round((realisedUsd + openUsd) * 10_000) / 10_000,
    positions: trades.map(positionOf),
    next:
      state === "on" && rules !== null
        ? nextSizes({ at: source.at, one, rules, judged: judgedAs(one) })
        : null,
  };
}

/** Orders of a live account go where its calls are counted. */
function placeOf(account: Account): Pick<AccountsView, "mode" | "venue"> {
  if (isLive(account)) return { mode: "live", venue: account.login ?? "live" };
  return { mode: isTwin(account.id) ? "twin" : "paper", venue: "paper" };
}

/** What an account is judged by at a moment. */
export type JudgedBy = Pick<AccountsSource, "at" | "bars" | "quoteOf">;

/** The same questions an alert is met with, but for what the alert itself brings. */
export function refusalNow(source: JudgedBy, one: RiskAccount, rules: Rules): Refusal | null {
  const { at, bars, quoteOf } = source;
  const view = judgedAs(one);
  const moment = { at, tradeDate: tradeDateOf(at), quoteOf, parts: [] };
  return (
    refuseAccount(rules, view) ??
    refuseBarred(bars, one.account, at) ??
    refuseDay(rules, view, moment) ??
    (one.account.firm === undefined ? null : refuseShut(one.account.firm, at))
  );
}

const judgedAs = ({ account, trades, totalReached: reached }: RiskAccount): Judged => ({
  account,
  openTrades: trades,
  total: reachedOnly(reached),
});

export function stateOf(refusal: Refusal | null): AccountState {
  switch (refusal?.kind) {
    case undefined:
      return "on";
    case "switched-off":
      return "off";
    case "gate":
      return refusal.gate;
    case "locked-out":
    case "daily-loss":
    case "trades-per-day":
    case "firm-lost":
    case "firm-locked":
      return "locked";
    default:
      return "paused";
  }
}

const whyOf = (refusal: Refusal | null): string | null =>
  refusal === null ? null : explainRefusal(refusal, SHOWN);

/** Index futures stand for all. */
const SHOWN = instrumentOf("ES");

function positionOf(trade: Trade): PositionView {
  const { plan, number, tranches } = trade;
  const instrument = instrumentOf(plan.instrument);
  const stops = new Set(tranches.flatMap(confirmedStop));
  const held = Math.max(0, heldOf(trade));
  return {
    ...{ trade: number, side: plan.side, instrument: plan.instrument, held },
    waiting: Math.max(0, wantedOf(trade) - held),
    stops: [...stops].map((stop) => ticksToPoints(instrument, stop)),
  };
}

const LAYOUT: readonly TableColumn[] = [
  { title: "ACCOUNT", align: "left" },
  { title: "VENUE", align: "left" },
  { title: "GROUP", align: "left" },
  { title: "STATE", align: "left" },
  { title: "BALANCE", align: "right" },
  { title: "TODAY", align: "right" },
  { title: "OPEN", align: "left", wraps: true },
  { title: "A/B/C", align: "right" },
  { title: "RATIO", align: "right" },
  { title: "WHY NOT", align: "left", wraps: true },
];

export const renderAccounts = (views: readonly AccountsView[], columns = 100): readonly string[] =>
  renderTable(LAYOUT, views.map(cellsOf), columns);

const usd = (amount: number): string => showMoney(money(Math.round(amount * 10_000)));

const cellsOf = (view: AccountsView): readonly string[] => [
  view.name,
  placeText(view),
  view.group ?? "",
  view.state,
  usd(view.balanceUsd),
  usd(view.todayUsd),
  view.positions.map(positionText).join("; "),
  view.next === null ? "-" : nextText(view.next),
  String(view.ratio),
  view.why ?? "",
];

const placeText = ({ mode, venue }: AccountsView): string =>
  mode === "twin" ? "paper, a twin" : mode === "live" ? `live ${venue}` : venue;

function positionText({ side, instrument, held, waiting, stops }: PositionView): string {
  const what = `${instrument} ${side}`;
  if (held === 0) return `${waiting} ${what} ordered`;
  const { decimals } = instrumentOf(instrument);
  const at = stops.map((points) => points.toFixed(decimals)).join(" and ");
  const parts = [
    `${held} ${what}`,
    ...(waiting === 0 ? [] : [`${waiting} ordered`]),
    at === "" ? "no stop confirmed" : `stop ${at}`,
  ];
  return parts.join(", ");
}

/** One account, with what each of its lines is made of. */
export function renderAccount(view: AccountsView, columns = 100): readonly string[] {
  const { owner, group, rules, plan, state, why, positions } = view;
  const lines = [
    clean(`${view.name} (${view.account}), ${placeText(view)}`),
    line("state", why === null ? state : `${state}: ${why}`),
    line("group", group ?? "none"),
    ...(owner === null ? [] : [line("owner", owner)]),
    line("rules", rules),
    ...(plan === null ? [] : [line("plan", plan)]),
    line("ratio", String(view.ratio)),
    line("balance", usd(view.balanceUsd)),
    line("today", usd(view.todayUsd)),
    ...(positions.length === 0 ? [line("open", "nothing")] : []),
    ...positions.map((one) => line(`trade #${one.trade}`, positionText(one))),
    ...sizeLines(view),
  ];
  return lines.flatMap((text) => hanging(text, columns, NAME_WIDTH + 2));
}

function sizeLines({ next }: AccountsView): readonly string[] {
  if (next === null) return [line("next sizes", "none now")];
  return (["A", "B", "C"] as const).map((letter) => line(`next ${letter}`, nextLine(next[letter])));
}

const NAME_WIDTH = 17;

const line = (name: string, text: string): string => `  ${name.padEnd(NAME_WIDTH)}${clean(text)}`;
