/**
 * One trade from alert to close: as JSON whose keys name their units, and as lines for a person.
 */
import { ticksToPoints } from "../model/instrument.ts";
import { instrumentOf } from "../model/instruments.ts";
import { isoOf } from "../model/iso-time.ts";
import { obtainable } from "../model/market-seen.ts";
import {
  delaysOf,
  type Excursions,
  excursionsOf,
  initialRiskOf,
  lateness,
  resultInR,
  slippageToAlert,
  slippageToMarket,
} from "../model/trade-measures.ts";
import type { Reach, ReachUnseen, TradeRecord } from "../model/trade-record.ts";
import { dollars, type Millis, type Money, millis, type Ticks, toDollars } from "../model/units.ts";
import { showDuration, showMoney } from "../model/wording.ts";
import { clean } from "./plain-text.ts";

export type TradeRecordView = ReturnType<typeof tradeRecordView>;

export function tradeRecordView(record: TradeRecord) {
  const { market, side, gross, net } = record;
  const points = (price: Ticks | null): number | null =>
    price === null ? null : ticksToPoints(instrumentOf(record.instrument), price);
  const { alertToReceived, receivedToDecided, decidedToSent, ...delays } = delaysOf(record);
  const r = resultInR(record);
  return {
    trade: record.number,
    account: record.account,
    author: record.author,
    instrument: record.instrument,
    side,
    sizeLetter: record.sizeLetter,
    phase: record.phase,
    quantity: record.entry.quantity,
    alertedPoints: points(record.alerted),
    obtainablePoints: points(market === null ? null : obtainable(market, side)),
    quoteAgeMs: market?.age ?? null,
    entryPoints: record.entryPoints,
    exitPoints: record.exitPoints,
    stopPoints: points(record.stop),
    how: record.how,
    reason: record.reason,
    grossUsd: usd(gross),
    feesUsd: toDollars(record.fees),
    netUsd: usd(net),
    initialRiskUsd: toDollars(initialRiskOf(record)),
    resultR: r === null ? null : Number(r.toFixed(4)),
    slippageToAlertUsd: usd(slippageToAlert(record)),
    slippageToMarketUsd: usd(slippageToMarket(record)),
    latenessUsd: usd(lateness(record)),
    stopSlippageUsd: toDollars(record.stopSlippage),
    ...excursionView(record),
    alertedAt: iso(record.alertedAt),
    receivedAt: iso(record.receivedAt),
    decidedAt: isoOf(record.plannedAt),
    sentAt: iso(record.sentAt),
    filledAt: iso(record.filledAt),
    closedAt: iso(record.closedAt),
    tradeDate: record.tradeDate,
    alertToReceivedMs: alertToReceived,
    receivedToDecidedMs: receivedToDecided,
    decidedToSentMs: decidedToSent,
    sentToFilledMs: delays.sentToFilled,
    alertToFilledMs: delays.alertToFilled,
    heldMs: delays.held,
  };
}

const usd = (amount: Money | null): number | null => (amount === null ? null : toDollars(amount));
const iso = (at: Millis | null): string | null => (at === null ? null : isoOf(at));

/** `partial`: the price went at least so far, and why nobody knows more. */
function excursionView(record: TradeRecord) {
  const seen: Excursions | null = excursionsOf(record);
  return {
    maePoints: seen?.maePoints ?? null,
    mfePoints: seen?.mfePoints ?? null,
    maeUsd: usd(seen?.mae ?? null),
    mfeUsd: usd(seen?.mfe ?? null),
    measuredBy: record.reach?.by ?? null,
    partial: record.reach?.unseen?.why ?? null,
    partialMs: record.reach?.unseen?.lasted ?? null,
  };
}

/** What kept somebody from seeing all of a trade. */
const UNSEEN: Readonly<Record<ReachUnseen, string>> = {
  "not-followed": "its prices were not followed",
  silent: "the feed was silent",
  "heard-late": "a fill was heard of late",
  "no-prices": "nobody told prices",
};

export function renderTradeRecord(record: TradeRecord): readonly string[] {
  const view = tradeRecordView(record);
  const { decimals } = instrumentOf(record.instrument);
  const price = (points: number | null): string => points?.toFixed(decimals) ?? "-";
  const letter = record.sizeLetter === null ? "" : ` size ${record.sizeLetter}`;
  const by = record.author === null ? "" : ` by ${clean(record.author)}`;
  const ended = [view.how ?? record.phase, ...(view.reason === null ? [] : [`(${view.reason})`])];
  return [
    `#${view.trade} ${view.quantity} ${view.instrument} ${view.side}${letter} on ${view.account}${by}`,
    line("price", [
      `alerted ${price(view.alertedPoints)}`,
      `to be had ${price(view.obtainablePoints)}`,
      `filled ${price(view.entryPoints)}`,
      `left ${price(view.exitPoints)}`,
    ]),
    line("result", [
      ended.join(" "),
      `gross ${shown(view.grossUsd)}`,
      `fees ${shown(view.feesUsd)}`,
      `net ${shown(view.netUsd)}`,
      `${view.resultR === null ? "-" : view.resultR.toFixed(2)} R of ${shown(view.initialRiskUsd)}`,
    ]),
    line("cost", [
      `lateness ${shown(view.latenessUsd)}`,
      `slippage ${shown(view.slippageToMarketUsd)}`,
      `at stops ${shown(view.stopSlippageUsd)}`,
      `against the alert ${shown(view.slippageToAlertUsd)}`,
    ]),
    line("went", wentText(view, record.reach)),
    line("time", [
      `heard after ${lasted(view.alertToReceivedMs)}`,
      `decided ${lasted(view.receivedToDecidedMs)}`,
      `sent ${lasted(view.decidedToSentMs)}`,
      `filled ${lasted(view.sentToFilledMs)}`,
      `held ${lasted(view.heldMs)}`,
    ]),
  ];
}

const line = (title: string, parts: readonly string[]): string =>
  `  ${title.padEnd(7)}${parts.join(", ")}`;

const shown = (amount: number | null): string =>
  amount === null ? "-" : showMoney(dollars(amount));

const lasted = (time: number | null): string => (time === null ? "-" : showDuration(millis(time)));

function wentText(view: TradeRecordView, reach: Reach | null): readonly string[] {
  const { maePoints, mfePoints, maeUsd, mfeUsd } = view;
  const unseen = reach?.unseen ?? null;
  if (maePoints === null || mfePoints === null)
    return [`not known${unseen === null ? "" : `: ${UNSEEN[unseen.why]}`}`];
  const least = unseen === null ? "" : "at least ";
  const of = (points: number, amount: number | null): string =>
    `${least}${points.toFixed(2)} points (${shown(amount)})`;
  const went = [
    `${of(maePoints, maeUsd)} against`,
    `${of(mfePoints, mfeUsd)} for it`,
    `by ${view.measuredBy}`,
  ];
  if (unseen === null) return went;
  const time = unseen.lasted === null ? "" : ` for ${showDuration(unseen.lasted)}`;
  return [...went, `${UNSEEN[unseen.why]}${time}`];
}
