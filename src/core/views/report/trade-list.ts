/**
 * Every trade in one line, newest first. Of many trades each month is a list of its own that opens
 * when it is wanted, so that thousands of lines are there and cost nothing until then.
 */
import { html, type Markup } from "../html.ts";
import type { TableRow } from "../table.ts";
import { cardId } from "./cards.ts";
import type { Report, ReportTrade } from "./report.ts";
import { TRADE_LAYOUT, tradeRow } from "./trade-table.ts";
import { withThousands } from "./words.ts";

/** Up to so many all lists are open. */
const OPEN_MAX = 200;

export function tradeList({ trades, cards }: Report): Markup {
  const carded = new Set<number | null>(cards.map(({ trade }) => trade.number));
  const months = new Map<string, Markup[]>();
  for (let index = trades.length - 1; index >= 0; index--) {
    const trade = trades[index] as ReportTrade;
    const row = tradeRow(trade, index);
    const month = (row[CLOSED] as string).slice(0, "2026-03".length);
    const lines = months.get(month) ?? [];
    if (lines.length === 0) months.set(month, lines);
    lines.push(line(row, carded.has(trade.number) ? trade.number : null));
  }
  return html`${[...months].map(([month, lines], index) => {
    const isOpen = index === 0 || trades.length <= OPEN_MAX;
    const count = lines.length === 1 ? "1 trade" : `${lines.length} trades`;
    return html`<details${isOpen ? html` open` : ""}><summary><b>${month}</b>, ${count}</summary><div class="scroll" tabindex="0" role="region" aria-label="Trades of ${month}"><table class="trades"><thead><tr>${HEAD}</thead><tbody>${lines}</tbody></table></div></details>`;
  })}`;
}

/** The cell of the day and the clock. */
const CLOSED = TRADE_LAYOUT.findIndex(({ title }) => title === "CLOSED (CT)");

const HEAD = TRADE_LAYOUT.map(({ title }) => html`<th>${named(title)}`);

/** Capitals are for a terminal. */
function named(title: string): string {
  const [first = "", ...rest] = title;
  return `${first}${rest.join("").toLowerCase()}`.replace("(ct)", "(CT)");
}

/** Without the ends of cells and lines, which HTML knows by itself: there are very many. */
function line([name = "", ...cells]: TableRow, card: number | null): Markup {
  const first = card === null ? html`${name}` : html`<a href="#${cardId(card)}">${name}</a>`;
  return html`<tr><td>${first}${cells.map((cell) => html`<td>${withThousands(cell)}`)}`;
}
