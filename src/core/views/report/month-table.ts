/** What each month made, a row a year; the deeper the colour the more, and a sign says it too. */
import type { Period } from "../../analyze/periods.ts";
import { grouped } from "../charts/axis.ts";
import { nameOfMonth } from "../charts/dates.ts";
import { html, type Markup } from "../html.ts";
import { percentText } from "./words.ts";

const MONTHS = Array.from({ length: 12 }, (_, index) => index + 1);

export function monthTable(months: readonly Period[]): Markup {
  const years = [...new Set(months.map(({ period }) => period.slice(0, 4)))];
  const byPeriod = new Map(months.map((month) => [month.period, month]));
  const most = Math.max(...months.map(({ net }) => Math.abs(net)));
  return html`<p class="soft">Net result in dollars, and the return of the month.</p><div class="scroll" tabindex="0" role="region" aria-label="Months"><table class="months"><thead><tr><th>Year${MONTHS.map((month) => html`<th>${nameOfMonth(month)}`)}<th>Total</thead><tbody>${years.map((year) => yearRow(year, byPeriod, most))}</tbody></table></div>`;
}

function yearRow(year: string, byPeriod: ReadonlyMap<string, Period>, most: number): Markup {
  const months = MONTHS.map((month) => byPeriod.get(`${year}-${String(month).padStart(2, "0")}`));
  const there = months.filter((month) => month !== undefined);
  const net = there.reduce((sum, month) => sum + month.net, 0);
  const ret = there.reduce<number | null>(
    (all, month) => (all === null || month.ret === null ? null : all * (1 + month.ret)),
    1,
  );
  return html`<tr><th scope="row">${year}${months.map((month) =>
    month === undefined ? html`<td>` : cell(month, most),
  )}<td data-month="Total"><b>${wholeDollars(net)}</b><small>${percentText(ret === null ? null : ret - 1)}</small>`;
}

const cell = ({ period, net, ret, count }: Period, most: number): Markup =>
  html`<td class="${lookOf(net, most)}" data-month="${nameOfMonth(Number(period.slice(5)))}" title="${count} trades">${wholeDollars(net)}<small>${percentText(ret)}</small>`;

const STEPS = 3;

/** `g1` to `g3` for gains, `b1` to `b3` for losses, in parts of the largest. */
function lookOf(net: number, most: number): string {
  if (net === 0) return "";
  const step = Math.max(1, Math.ceil((Math.abs(net) / most) * STEPS));
  return `${net > 0 ? "g" : "b"}${step}`;
}

const wholeDollars = (amount: number): string => {
  const digits = grouped(amount, 0);
  return digits.startsWith("-") ? `-$${digits.slice(1)}` : `$${digits}`;
};
