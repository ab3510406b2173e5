/** The shipped tables of dates as modules: what `write-dated-tables.ts` writes and a test compares. */
import { isoOf } from "../src/core/model/iso-time.ts";
import { readCalendar, readNews } from "../src/shell/yaml/dated-files.ts";
import type { Result } from "../src/std/result.ts";

const CALENDAR_STORY = `/**
 * The hours of CME Globex and every day that differs from them.
 *
 * Made by \`npx tsx tools/write-dated-tables.ts\` from \`config/calendar/cme.yaml\`, which says what the
 * columns mean and where the dates were read: change that file, never this one.
 */
import type { Calendar, Holiday, SessionEnd } from "./exchange-calendar.ts";
import { tradeDate } from "./trade-date.ts";

type Ends = readonly [
  equity: SessionEnd,
  rates: SessionEnd,
  energy: SessionEnd,
  metals: SessionEnd,
  fx: SessionEnd,
];

`;

const CALENDAR_END = `
function holiday(date: string, name: string, ends: Ends): Holiday {
  return { date: tradeDate(date), name, businessDay: false, ends: byGroup(ends) };
}

function shortDay(date: string, name: string, ends: Ends): Holiday {
  return { date: tradeDate(date), name, businessDay: true, ends: byGroup(ends) };
}

function byGroup([equity, rates, energy, metals, fx]: Ends): Holiday["ends"] {
  return { equity, rates, energy, metals, fx };
}
`;

export function calendarTable(text: string): string {
  const { exchange, source, verified, validUntil, opens, ends, days } = sound(
    readCalendar(text, "config/calendar/cme.yaml"),
  );
  const rows = days.map((day) => {
    const { equity, rates, energy, metals, fx } = day.ends;
    const row = [day.date, day.name, [equity, rates, energy, metals, fx]];
    const kind = day.businessDay ? "shortDay" : "holiday";
    return `    ${kind}(${row.map((one) => spaced(one)).join(", ")}),\n`;
  });
  return `${CALENDAR_STORY}export const CME_CALENDAR: Calendar = {
  exchange: ${JSON.stringify(exchange)},
  source:
    ${JSON.stringify(source)},
  verified: tradeDate(${JSON.stringify(verified)}),
  validUntil: tradeDate(${JSON.stringify(validUntil)}),
  opens: ${opens},
  ends: ${ends},
  days: [
${rows.join("")}  ],
};
${CALENDAR_END}`;
}

const NEWS_STORY = `/**
 * Reports of the United States around which nothing is entered.
 *
 * Made by \`npx tsx tools/write-dated-tables.ts\` from \`config/news/us.yaml\`, which says where the
 * dates were read: change that file, never this one.
 */
import type { News } from "./news.ts";
import { tradeDate } from "./trade-date.ts";
import { millis } from "./units.ts";

export const US_NEWS: News = [
`;

export function newsTable(text: string): string {
  const series = sound(readNews(text, "config/news/us.yaml")).map(
    ({ name, event, source, verified, validUntil, times }) => `  {
    name: ${JSON.stringify(name)},
${event === undefined ? "" : `    event: ${JSON.stringify(event)},\n`}    source:
      ${JSON.stringify(source)},
    verified: tradeDate(${JSON.stringify(verified)}),
    validUntil: tradeDate(${JSON.stringify(validUntil)}),
    times: [
${times.map((at) => `      millis(${grouped(at)}), // ${isoOf(at)}\n`).join("")}    ],
  },
`,
  );
  return `${NEWS_STORY}${series.join("")}];\n`;
}

const spaced = (value: unknown): string => JSON.stringify(value).replaceAll(",", ", ");

/** 1_796_842_800_000 */
const grouped = (value: number): string => String(value).replace(/\B(?=(\d{3})+$)/g, "_");

function sound<Value>(read: Result<Value, { readonly problems: readonly { text: string }[] }>) {
  if (!read.ok) throw new Error(read.error.problems.map(({ text }) => text).join("\n"));
  return read.value;
}
