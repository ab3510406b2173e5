/**
 * The cards of a report: of each trade its picture, what was alerted, and every decision from there to
 * the close.
 */
import { instrumentOf } from "../../model/instruments.ts";
import { svgOf } from "../charts/frame.ts";
import { type Level, tradeChart } from "../charts/trade.ts";
import { html, type Markup, NOTHING } from "../html.ts";
import { quoteLines } from "../letter-text.ts";
import { usd } from "../metrics.ts";
import type { Report, TradeCard } from "./report.ts";
import { clockText, dayAndClock, pointsText, rText, tradeText } from "./words.ts";

/** Of very many trades the newest so many have a card: a page is to open at once. */
export const CARDS_MAX = 500;

export const cardId = (number: number): string => `t${number}`;

export function cardSection({ cards, trades }: Report): Markup {
  if (cards.length === 0) return NOTHING;
  const some =
    cards.length < trades.length
      ? html`<p class="soft screen">The newest ${cards.length} of ${trades.length}; a shorter range (--from, --to) has the others.</p>`
      : NOTHING;
  return html`<section class="cards"><h2>Cards of the trades</h2>${some}${cards.map(cardOf)}</section>`;
}

function cardOf(card: TradeCard): Markup {
  const { trade, alert, chain } = card;
  const { number } = trade;
  const sign = trade.net < 0 ? "neg" : "pos";
  const links = chain.map(
    ({ at, text }) => html`<li><time>${clockText(at)}</time><span>${text}</span>`,
  );
  return html`<details class="card"><summary><b>#${number} ${tradeText(trade)}</b><span>${dayAndClock(trade.exitAt)}</span><span>${trade.how}</span><b class="${sign}">${usd(trade.net)}</b></summary><div id="${cardId(number)}"><div>${svgOf(pictureOf(card), `c${number}`)}<p class="soft">${factsOf(card)}</p></div><div>${alert === null ? "" : quotation(alert)}<ol>${links}</ol></div></div></details>`;
}

function pictureOf({ trade, stop, targets, fills }: TradeCard) {
  const { entry, mae, mfe, side } = trade;
  const forward = side === "long" ? 1 : -1;
  const levels: readonly (Level | null)[] = [
    { name: "stop", price: stop, look: "stop" },
    entry === null ? null : { name: "entry", price: entry, look: "entry" },
    ...targets.map(
      (price, index): Level => ({ name: `target ${index + 1}`, price, look: "target" }),
    ),
  ];
  const far = entry === null || mae === null || mfe === null;
  const ends = far
    ? null
    : [entry - forward * mae, entry + forward * mfe].toSorted((a, b) => a - b);
  return tradeChart({
    title: `Trade #${trade.number}: ${tradeText(trade)}`,
    says: `In at ${pointsText(entry, trade)}, out at ${pointsText(trade.exit, trade)}; net ${usd(trade.net)}.`,
    isLong: side === "long",
    levels: levels.filter((level) => level !== null),
    fills,
    reach: ends === null ? null : { low: ends[0] as number, high: ends[1] as number },
    from: clockText(trade.entryAt),
    to: `${clockText(trade.exitAt)} CT`,
    decimals: instrumentOf(trade.instrument).decimals,
  });
}

/** In one line what the picture cannot show. */
function factsOf({ trade, contract }: TradeCard): string {
  const { mae, mfe, risk, r, fees, author, account } = trade;
  return [
    `${contract} on ${account}`,
    author === "" ? "" : `alert of ${author}`,
    risk === null ? "" : `risked ${usd(risk)}, made ${rText(r)}`,
    `fees ${usd(fees)}`,
    mae === null ? "" : `${pointsText(mae, trade)} points against at worst`,
    mfe === null ? "" : `${pointsText(mfe, trade)} in favour at best`,
  ]
    .filter((one) => one !== "")
    .join(", ");
}

const quotation = ({ author, text }: NonNullable<TradeCard["alert"]>): Markup =>
  html`<p class="soft"><bdi>${author ?? "somebody"}</bdi> wrote:</p><blockquote dir="auto">${quoteLines(text).map((line) => html`${line}<br>`)}</blockquote>`;
