/**
 * How a trade came about and how it ended, one sentence a step:
 *
 * ```text
 * alerted ─► heard ─► decided, on each account ─► sent ─► filled ─► ... ─► closed
 * ```
 *
 * Of what the journal does not say there is no sentence.
 */
import type { AlertDecision } from "../../model/alert-record.ts";
import { showPrice } from "../../model/instrument.ts";
import { instrumentOf } from "../../model/instruments.ts";
import type { ExitWay } from "../../model/trade.ts";
import { delaysOf, slippageToAlert } from "../../model/trade-measures.ts";
import type { TradeRecord } from "../../model/trade-record.ts";
import { type Contracts, type Millis, type Money, money, type Ticks } from "../../model/units.ts";
import { showDuration, showMoney } from "../../model/wording.ts";
import { explainRefusal } from "../../notify/explain.ts";
import type { ChainLink } from "./report.ts";

export interface CardFillOf {
  readonly tranche: number;
  readonly by: "entry" | ExitWay;
  readonly price: Ticks;
  readonly quantity: Contracts;
  readonly at: Millis;
}

type Told = TradeRecord & { readonly fills: readonly CardFillOf[] };

export function chainOf(record: Told, decisions: readonly AlertDecision[]): readonly ChainLink[] {
  const links = [
    ...alertLinks(record),
    ...decisions.flatMap((one) => decisionLink(record, one)),
    plannedLink(record),
    ...sentLinks(record),
    ...record.fills.map((fill) => fillLink(record, fill)),
    ...closedLinks(record),
  ];
  return links.toSorted((a, b) => a.at - b.at);
}

function alertLinks({ alertedAt, receivedAt, market, ...record }: Told): readonly ChainLink[] {
  const { alertToReceived } = delaysOf({ alertedAt, receivedAt, market, ...record });
  const later = alertToReceived === null ? "" : ` ${laterText(alertToReceived)}`;
  const instrument = instrumentOf(record.instrument);
  const price = (at: Ticks): string => showPrice(instrument, at);
  const seen = market === null ? "" : `; market ${price(market.bid)} / ${price(market.ask)}`;
  const alerted = record.alerted === null ? "" : ` at ${price(record.alerted)}`;
  return [
    ...(alertedAt === null ? [] : [{ at: alertedAt, text: `alerted${alerted}` }]),
    ...(receivedAt === null ? [] : [{ at: receivedAt, text: `heard${later}${seen}` }]),
  ];
}

const laterText = (after: Millis): string =>
  after === 0 ? "at once" : `${showDuration(after)} later`;

/** Its own plan has a sentence of its own. */
function decisionLink(
  { number, instrument }: Told,
  { account, decision, refusal, by, trade, at }: AlertDecision,
): readonly ChainLink[] {
  if (decision === "planned" && trade === number) return [];
  const where = account === null ? "" : ` on ${account}`;
  const as = trade === null || trade === number ? "" : ` as #${trade}`;
  const why = refusal === null ? by : explainRefusal(refusal, instrumentOf(instrument));
  return [{ at, text: `${decision}${where}${as}${why === null ? "" : `: ${why}`}` }];
}

function plannedLink({ plannedAt, size, contract, side, stop, targets, risk, ...of }: Told) {
  const instrument = instrumentOf(of.instrument);
  const price = (at: Ticks): string => showPrice(instrument, at);
  const aims = targets.map(price).join(", ");
  const text = `planned ${size} ${contract} ${side}: stop ${price(stop)}, targets ${aims}, at risk ${showMoney(risk)}`;
  return { at: plannedAt, text };
}

function sentLinks(record: Told): readonly ChainLink[] {
  const { receivedToDecided, decidedToSent } = delaysOf(record);
  if (record.sentAt === null) return [];
  const took = (receivedToDecided ?? 0) + (decidedToSent ?? 0);
  const lag = took === 0 ? "as soon as" : `${showDuration(took as Millis)} after`;
  const after = receivedToDecided === null ? "" : `, ${lag} it was heard`;
  return [{ at: record.sentAt, text: `sent to the venue${after}` }];
}

const WAYS: Readonly<Record<CardFillOf["by"], string>> = {
  entry: "filled",
  stop: "stop",
  target: "target",
  close: "closed by the venue as asked",
  hand: "closed by hand on the platform",
};

function fillLink(
  { instrument }: Told,
  { by, tranche, price, quantity, at }: CardFillOf,
): ChainLink {
  const which = by === "target" ? ` ${tranche + 1}` : "";
  const text = `${WAYS[by]}${which}: ${quantity} at ${showPrice(instrumentOf(instrument), price)}`;
  return { at, text };
}

function closedLinks(record: Told): readonly ChainLink[] {
  const { closedAt, how, reason, gross, fees, net } = record;
  if (closedAt === null || gross === null || net === null) return [];
  const slipped = slippageToAlert(record);
  const why = reason === null ? "" : ` (${reason})`;
  const cost = slipped === null ? "" : `; ${againstAlert(slipped)}`;
  const sum = `gross ${showMoney(gross)}, fees ${showMoney(fees)}, net ${showMoney(net)}`;
  return [{ at: closedAt, text: `closed, ${how ?? "unknown"}${why}: ${sum}${cost}` }];
}

function againstAlert(slipped: Money): string {
  if (slipped === 0) return "the entry was as alerted";
  const amount = showMoney(money(Math.abs(slipped)));
  return slipped > 0
    ? `the entry cost ${amount} more than alerted`
    : `the entry was ${amount} better than alerted`;
}
