/**
 * How the house stands now: every account with its gate and its day, every trade that is not over.
 *
 * `statusView` is ready for JSON and is what travels (a command's answer, a web page);
 * `renderStatus` draws that view as lines, so every screen shows the same truth.
 */
import type { Account, Gate } from "../model/account.ts";
import type { BackupState } from "../model/backup-state.ts";
import type { AccountId } from "../model/ids.ts";
import type { Root } from "../model/instrument.ts";
import { isoOf } from "../model/iso-time.ts";
import type { MessageRef } from "../model/message.ts";
import type { Trade } from "../model/trade.ts";
import type { TradeDate } from "../model/trade-date.ts";
import { dollars, type Millis, type Money, millis, money, toDollars } from "../model/units.ts";
import type { Waiting } from "../model/waiting.ts";
import { showDuration, showMoney } from "../model/wording.ts";
import { alertText } from "./alert-text.ts";
import { clean, hanging } from "./plain-text.ts";
import { renderTable, type TableColumn } from "./table.ts";
import { formatTime } from "./timeline.ts";
import { renderTrades, type TradeView, tradeRows, tradeView } from "./trades.ts";

/** What a status is made of; the engine's state has all of it. */
export interface StatusSource {
  readonly at: Millis;
  /** The last fact written. */
  readonly sequence: number;
  readonly accounts: readonly Account[];
  readonly trades: readonly Trade[];
  readonly waiting: readonly Waiting[];
  /** What keeps entries away at this hour, and what comes. */
  readonly remarks: readonly string[];
  /** Left out before the first backup, made or failed. */
  readonly backups?: BackupState | undefined;
}

export interface StatusView {
  readonly at: string;
  /** The same instant on the clock of the exchange. */
  readonly clock: string;
  readonly sequence: number;
  readonly accounts: readonly AccountView[];
  readonly trades: readonly TradeView[];
  /** Entries that wait for a person's yes. */
  readonly waiting: readonly WaitingView[];
  /** What keeps entries away at this hour, and what comes. */
  readonly remarks: readonly string[];
  /** Left out before the first, made or failed. */
  readonly backups?: BackupsView;
}

export interface BackupsView {
  /** The newest that was whole and equal when it was made. */
  readonly newest: {
    readonly name: string;
    readonly at: string;
    readonly sequence: number;
    readonly ageSeconds: number;
  } | null;
  /** Why the last try came to nothing; null while they work. */
  readonly fault: string | null;
}

export interface WaitingView {
  readonly entry: number;
  readonly message: MessageRef;
  readonly author: string | null;
  readonly alert: string;
  readonly group: string | null;
  /** Taken at the smallest size whatever it says. */
  readonly smallest: boolean;
  readonly reason: string;
  readonly until: string;
  readonly secondsLeft: number;
}

export interface AccountView {
  readonly account: AccountId;
  readonly name: string;
  readonly rules: string;
  readonly gate: Gate;
  readonly gateReason: string | null;
  readonly settled: boolean;
  /** When its own lock-out ends, or ended; left out where there never was one. */
  readonly lockedUntil?: string;
  /** Left out while the operator has not switched it off. */
  readonly offSince?: string;
  /** Left out when no flatten is under way. */
  readonly flattening?: true;
  /** Left out while the venue's own reports reach us. */
  readonly lineDown?: true;
  /** Instruments that were closed by hand and wait for a resume. */
  readonly blocked: readonly Root[];
  readonly tradeDate: TradeDate;
  readonly tradesToday: number;
  readonly openTrades: number;
  readonly openRiskUsd: number;
  readonly realisedTodayUsd: number;
  readonly balanceUsd: number;
  readonly seenAt: string;
}

export function statusView(source: StatusSource): StatusView {
  const { at, sequence, accounts, trades, waiting, remarks, backups } = source;
  const open = tradeRows(trades.filter(isOn)).map(tradeView);
  return {
    at: isoOf(at),
    clock: formatTime(at),
    sequence,
    accounts: accounts.map((account) => accountView(account, carriedBy(account, open))),
    trades: open,
    waiting: waiting.map((one) => waitingView(one, at)),
    remarks,
    ...(backups !== undefined && { backups: backupsView(backups, at) }),
  };
}

export function backupsView({ newest, fault }: BackupState, now: Millis): BackupsView {
  if (newest === null) return { newest, fault };
  const { name, at, sequence } = newest;
  const ageSeconds = Math.max(0, Math.floor((now - at) / 1_000));
  return { newest: { name, at: isoOf(at), sequence, ageSeconds }, fault };
}

export function waitingView({ alert, until, ...one }: Waiting, at: Millis): WaitingView {
  const { entry, message, author, group, smallest, reason } = one;
  return {
    ...{ entry, message, author, group, smallest, reason },
    alert: alertText(alert),
    until: isoOf(until),
    secondsLeft: Math.max(0, Math.ceil((until - at) / 1_000)),
  };
}

const isOn = ({ phase }: Trade): boolean => phase !== "closed" && phase !== "abandoned";

/** What an account carries: how many trades, and what they risk. */
export interface Carried {
  readonly trades: number;
  readonly risk: Money;
}

function carriedBy({ id }: Account, trades: readonly TradeView[]): Carried {
  const own = trades.filter(({ account }) => account === id);
  const risk = own.reduce((sum, { openRiskUsd }) => sum + dollars(openRiskUsd), 0);
  return { trades: own.length, risk: money(risk) };
}

export function accountView(account: Account, { trades, risk }: Carried): AccountView {
  return {
    account: account.id,
    name: account.name,
    rules: account.rules,
    gate: account.gate,
    gateReason: account.gateReason,
    settled: account.settled,
    ...(account.lockedUntil !== undefined && { lockedUntil: isoOf(account.lockedUntil) }),
    ...(account.offSince !== undefined && { offSince: isoOf(account.offSince) }),
    ...(account.flattening !== undefined && { flattening: true as const }),
    ...(account.link?.state === "down" && { lineDown: true as const }),
    blocked: account.blocked.map((one) => one.instrument),
    tradeDate: account.tradeDate,
    tradesToday: account.tradesToday,
    openTrades: trades,
    openRiskUsd: toDollars(risk),
    realisedTodayUsd: toDollars(account.realisedToday),
    balanceUsd: toDollars(account.balance),
    seenAt: isoOf(account.seenAt),
  };
}

const LAYOUT: readonly TableColumn[] = [
  { title: "ACCOUNT", align: "left" },
  { title: "GATE", align: "left" },
  { title: "DAY", align: "left" },
  { title: "TRADES", align: "right" },
  { title: "OPEN", align: "right" },
  { title: "RISK", align: "right" },
  { title: "TODAY", align: "right" },
  { title: "BALANCE", align: "right" },
];

/** Lines for a screen of so many columns. */
export function renderStatus(view: StatusView, columns = 100): readonly string[] {
  const remarks = [
    ...view.accounts.flatMap(remarksOn),
    ...view.remarks,
    ...backupLines(view),
    ...view.waiting.map(questionOf),
    ...scoresOf(view.trades),
  ].flatMap((line) => hanging(clean(line), columns, 2));
  return [
    ...hanging(`${view.clock}, ${view.sequence} facts written`, columns, 2),
    "",
    ...renderTable(LAYOUT, view.accounts.map(cellsOf), columns),
    ...remarks,
    "",
    ...renderTrades(view.trades, columns),
  ];
}

const cellsOf = (account: AccountView): readonly string[] => [
  account.name,
  account.gate,
  account.tradeDate,
  String(account.tradesToday),
  String(account.openTrades),
  showMoney(dollars(account.openRiskUsd)),
  showMoney(dollars(account.realisedTodayUsd)),
  showMoney(dollars(account.balanceUsd)),
];

/** One line for all of them: what is on, and how risky it looked when it was entered. */
function scoresOf(trades: readonly TradeView[]): readonly string[] {
  const scored = trades.flatMap(({ trade, score }) =>
    score === null ? [] : [`#${trade} ${score}`],
  );
  return scored.length === 0 ? [] : [`risk score at the entry: ${scored.join(", ")}`];
}

function backupLines({ backups }: StatusView): readonly string[] {
  if (backups === undefined) return [];
  const { newest, fault } = backups;
  const known =
    newest === null
      ? "no backup yet"
      : `newest backup ${showDuration(millis(newest.ageSeconds * 1_000))} old, to fact ${newest.sequence}`;
  return [fault === null ? known : `${known}; THE LAST TRY FAILED: ${fault}`];
}

function questionOf({ entry, alert, smallest, secondsLeft }: WaitingView): string {
  const size = smallest ? ", smallest size" : "";
  return `entry ${entry} waits ${secondsLeft} s more for a yes: ${alert}${size}`;
}

/** What keeps an account from entering. */
function remarksOn(account: AccountView): readonly string[] {
  const { name, gate, gateReason, settled, lineDown, blocked, offSince } = account;
  const remarks = settled ? [] : [`${name} has not been compared with the venue yet`];
  if (lineDown === true) remarks.push(`${name}: the venue's own reports do not reach us`);
  if (offSince !== undefined)
    remarks.push(
      `${name} is switched off; \`accounts on ${account.account}\` switches it on again`,
    );
  if (gateReason !== null) remarks.push(`${name} is ${gate}: ${gateReason}`);
  const why = "was closed by hand; `resume` allows it again";
  return [...remarks, ...blocked.map((one) => `${name}: ${one} ${why}`)];
}
