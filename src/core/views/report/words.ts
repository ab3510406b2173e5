/** The words all forms of a report share: what it is about, and how its numbers are written. */
import { centralClock } from "../../model/central-time.ts";
import { instrumentOf } from "../../model/instruments.ts";
import type { Millis } from "../../model/units.ts";
import { grouped } from "../charts/axis.ts";
import { formatTime } from "../timeline.ts";
import type { Report, ReportTrade } from "./report.ts";

/** What stands where nothing is known. */
export const NONE = "-";

/** `2026-03-02 to 2026-03-27, account paper, every author` */
export function scopeText({ choice, summary, source }: Report): string {
  const { from, to, account, author } = choice;
  const first = from ?? summary.basis.from;
  const last = to ?? summary.basis.to;
  return [
    first === null || last === null ? rangeText(from, to) : `${first} to ${last}`,
    account === null ? "every account" : `account ${account}`,
    author === null ? "every author" : `author ${author}`,
    `out of ${source}`,
  ].join(", ");
}

function rangeText(from: string | null, to: string | null): string {
  if (from !== null) return `from ${from} on`;
  return to === null ? "every date" : `until ${to}`;
}

/** Why there is nothing to see. */
export const NO_TRADES = "No trade was closed in this range.";

/** `2026-03-04 09:31:05`, the clock of the exchange. */
export function dayAndClock(at: Millis): string {
  const { year, month, day, minuteOfDay, millisOfMinute } = centralClock(at);
  const [hour, second] = [Math.floor(minuteOfDay / 60), Math.floor(millisOfMinute / 1000)];
  return `${year}-${two(month)}-${two(day)} ${two(hour)}:${two(minuteOfDay % 60)}:${two(second)}`;
}

const two = (part: number): string => (part < 10 ? `0${part}` : `${part}`);

export const clockText = (at: Millis): string => formatTime(at).slice(0, 8);

/** With the decimals its instrument is quoted in. */
export const pointsText = (
  price: number | null,
  { instrument }: Pick<ReportTrade, "instrument">,
) => (price === null ? NONE : price.toFixed(instrumentOf(instrument).decimals));

export const rText = (r: number | null): string => (r === null ? NONE : `${r.toFixed(2)} R`);

export const nameOf = ({ number }: ReportTrade, index: number): string =>
  number === null ? String(index + 1) : `#${number}`;

/** `3 MES long` */
export const tradeText = ({ quantity, instrument, side }: ReportTrade): string =>
  `${quantity} ${instrument} ${side}`;

export const percentText = (share: number | null, decimals = 1): string =>
  share === null ? NONE : `${(share * 100).toFixed(decimals)} %`;

/** `$50000.00` as `$50,000.00`: on a page there is room for it. */
export const withThousands = (text: string): string =>
  // There are very many cells without any.
  !text.includes("$")
    ? text
    : text.replace(
        /\$(\d{4,})(?=\.\d\d)/g,
        (_, digits: string) => `$${grouped(Number(digits), 0)}`,
      );
