/**
 * The whole screen as rows: what is always there on top, the page, and the keys below.
 *
 * ```text
 *  PAPER   ENTRIES OPEN   net +$18.89                      09:00:00 CT  16:00:00   <- unmistakable
 *  closed -$40.00, open +$58.89, fees $3.61         entries end Thursday 15:00 CT, in 5 h 59 min
 *  ALARM, connection lost, facts cannot be written                                 <- where there is one
 *  page
 *  1 overview  2 performance  3 journal  4 health  5 help
 *  h halt  r resume  f flatten (each asks for its word)   ? help  q quit
 * ```
 *
 * Numbers of a process that is not heard any more are never shown as if they were new: the top of the
 * screen says so, in every row that is always there.
 */
import { type Millis, millis } from "../../core/model/units.ts";
import type { SnapshotView } from "../../core/views/snapshot.ts";
import { formatTime } from "../../core/views/timeline.ts";
import type { Figures, Sight } from "../../ports/dashboard.ts";
import { duration, result, usd } from "./figures.ts";
import { FIRST, PAGES, type Ui } from "./keys.ts";
import { overview } from "./overview.ts";
import { alarmRow, health, help, journal, performance } from "./pages.ts";
import {
  cutRow,
  EMPTY,
  ends,
  inAscii,
  loud,
  plain,
  type Row,
  row,
  type Span,
  span,
  textOf,
} from "./spans.ts";

export interface FrameParts {
  readonly sight: Sight;
  readonly figures: Figures | null;
  readonly ui: Ui;
  readonly now: Millis;
  readonly columns: number;
  readonly rows: number;
}

const COLUMNS_LEAST = 80;
/** Of a terminal of 24: a screen that is full to its last row scrolls. */
const ROWS_LEAST = 23;

/** Never more rows than there are, nor wider than they may be. */
export function frame(parts: FrameParts): readonly Row[] {
  const { sight, columns, rows } = parts;
  if (columns < COLUMNS_LEAST || rows < ROWS_LEAST) return tooSmall(parts);
  if (!("view" in sight)) return withoutView(parts, sight);
  const top = head(parts, sight);
  const bottom = foot(parts);
  const room = rows - top.length - bottom.length;
  const all = pageRows(parts, sight.view);
  const scroll = Math.min(parts.ui.scroll, Math.max(0, all.length - room));
  const shown = all.slice(scroll, scroll + room);
  const filler = Array.from({ length: room - shown.length }, () => EMPTY);
  const seen = moreBelow({ all: all.length, scroll, room }, columns);
  const page = seen === null ? [...shown, ...filler] : [...shown.slice(0, -1), seen];
  return [...top, ...page, ...bottom].map((one) => cutRow(one, columns));
}

/** How far a page can be scrolled, and how much of it fits. */
export function pageSize(parts: FrameParts): { readonly rows: number; readonly last: number } {
  const { sight, rows } = parts;
  if (!("view" in sight)) return { rows: 1, last: 0 };
  const room = Math.max(1, rows - head(parts, sight).length - foot(parts).length);
  return { rows: room - 1, last: Math.max(0, pageRows(parts, sight.view).length - room) };
}

function moreBelow(
  { all, scroll, room }: { readonly all: number; readonly scroll: number; readonly room: number },
  columns: number,
): Row | null {
  if (all <= room) return null;
  const last = Math.min(all, scroll + room - 1);
  const text = `rows ${scroll + 1} to ${last} of ${all}; up and down scroll`;
  return ends(EMPTY, plain(text, "dim"), columns);
}

export function pageRows({ ui, figures, columns }: FrameParts, view: SnapshotView): readonly Row[] {
  switch (ui.page) {
    case "overview":
      return overview(view, columns);
    case "performance":
      return performance(figures, columns);
    case "journal":
      return journal(view, columns);
    case "health":
      return health(view, columns);
    case "help":
      return help();
  }
}

type Seen = Extract<Sight, { readonly view: SnapshotView }>;

const MODES: Readonly<Record<"paper" | "live" | "demo", Span>> = {
  paper: loud(" PAPER ", "accent"),
  live: loud(" LIVE ", "bad"),
  demo: loud(" DEMO ", "title"),
};

function head(parts: FrameParts, sight: Seen): readonly Row[] {
  const { columns } = parts;
  const { view } = sight;
  const { day } = view;
  return [
    ends(
      row(mode(sight), span(" "), gate(sight), span("  "), ...dayRow(view)),
      clocks(parts, sight),
      columns,
    ),
    ends(
      row(
        span(" closed "),
        result(day.closedUsd),
        span("  open "),
        day.priced ? result(day.openUsd) : span("no price", "warn"),
        span("  fees "),
        span(usd(day.feesUsd)),
      ),
      cutOff(sight, columns),
      columns,
    ),
    ...banners(parts, sight),
  ].map((one) => (sight.kind === "lost" ? one.map(faded) : one));
}

/** Old numbers look old. */
const faded = (one: Span): Span => (one.loud === true ? one : { ...one, tone: "dim" });

function mode({ kind, view }: Seen): Span {
  if (kind === "lost") return loud(" CONNECTION LOST ", "bad");
  if (kind === "left" || view.mode === null) return loud(" NOT RUNNING ", "warn");
  return MODES[view.mode];
}

/** Of all accounts, the worst first. */
function gate({ kind, view: { gates, entries, impaired } }: Seen): Span {
  if (kind !== "live") return span("the numbers below are old", "warn");
  if (impaired) return loud(" ONLY EXITS: FACTS CANNOT BE WRITTEN ", "bad");
  if (gates.halted > 0 && gates.active + gates.reducing === 0) return loud(" HALTED ", "bad");
  if (gates.reducing > 0 && gates.active === 0) return loud(" REDUCING ", "warn");
  switch (entries) {
    case "open":
      return loud(" ENTRIES OPEN ", "good");
    case "partly":
      return loud(" ENTRIES PARTLY OPEN ", "warn");
    case "closed":
      return loud(" NO ENTRIES ", "warn");
  }
}

function clocks({ now }: FrameParts, { kind, view }: Seen): Row {
  const local = new Date(now);
  const [hours, minutes, seconds] = [local.getHours(), local.getMinutes(), local.getSeconds()].map(
    (part) => String(part).padStart(2, "0"),
  );
  // A day that is played has a clock of its own.
  const chicago = kind === "live" && view.mode !== "demo" ? formatTime(now) : `as of ${view.clock}`;
  return row(span(chicago), span(`  ${hours}:${minutes}:${seconds} here`, "dim"), span(" "));
}

const CUT_OFFS = {
  "entries-begin": "entries begin",
  "entries-end": "entries end",
  "all-out": "all out",
} as const;

/** From so many columns on there is room for the day and the hour. */
const ROOMY = 100;

function cutOff({ view: { cutOff: next } }: Seen, columns: number): Row {
  if (next === null) return row(span("no cut-off ", "dim"));
  const { what, clock, secondsLeft } = next;
  const tone = what === "all-out" || secondsLeft < 900 ? "warn" : "dim";
  // Whoever waits for hours needs no seconds.
  const left = secondsLeft >= 60 ? Math.floor(secondsLeft / 60) * 60 : secondsLeft;
  const when = columns < ROOMY ? "" : ` ${clock},`;
  return row(span(`${CUT_OFFS[what]}${when} in ${duration(left)} `, tone));
}

const ALARMS_SHOWN = 3;

function banners({ now }: FrameParts, sight: Seen): readonly Row[] {
  const { view } = sight;
  const alarms = view.alarms
    .slice(0, ALARMS_SHOWN)
    .map((one) => row(loud(" ALARM ", "bad"), ...alarmRow(one)));
  const ill = (view.health?.components ?? []).filter(({ state }) => state === "failed");
  const failed = ill
    .slice(0, 2)
    .map(({ component, reason }) =>
      row(loud(" FAILED ", "bad"), span(` ${component}: ${reason}`, "bad")),
    );
  return [...connection(sight, now), ...alarms, ...failed, EMPTY];
}

function connection(sight: Seen, now: Millis): readonly Row[] {
  if (sight.kind === "live") return [];
  if (sight.kind === "left") {
    const { directory, view } = sight;
    return [
      row(
        loud(" NOT RUNNING ", "warn"),
        span(` no process; the books of ${directory} as of ${view.at} (${view.clock})`, "warn"),
      ),
    ];
  }
  const seconds = (now - sight.since) / 1_000;
  const since = `${formatTime(millis(sight.since))}, ${duration(seconds)} ago`;
  return [
    row(loud(` CONNECTION LOST since ${since} `, "bad"), span(` ${sight.reason}`, "bad")),
    row(span(` trying again each second; what stands here is as of ${sight.view.at}`, "warn")),
  ];
}

/** Pages, then keys or what came of the last one; a question takes the place of both. */
function foot({ ui, columns }: FrameParts): readonly Row[] {
  if (ui.asked !== null)
    return [question(ui.asked, columns), row(span(" Esc: no, nothing is done", "dim"))];
  const pages = PAGES.map((name, index): Span => {
    const text = ` ${index + 1} ${name} `;
    return name === ui.page ? loud(text, "accent") : span(text, "dim");
  });
  return [pages, ui.said === null ? KEYS : plain(` ${ui.said}`, "accent")];
}

const KEYS = plain(" h halt  r resume  f flatten (each asks for its word)   ? help  q quit", "dim");

function question({ word, typed }: NonNullable<Ui["asked"]>, columns: number): Row {
  const what = {
    halt: "no more entries",
    resume: "entries are allowed again",
    flatten: "out of everything",
  }[word];
  return ends(
    row(loud(` Type ${word} and press Enter: ${what} `, "bad"), span(` > ${typed}_`)),
    EMPTY,
    columns,
  );
}

function withoutView(parts: FrameParts, sight: Exclude<Sight, Seen>): readonly Row[] {
  const text = sight.kind === "looking" ? "looking for a running process ..." : sight.reason;
  const lines = [
    row(loud(" TRADESTREAM ", "title")),
    EMPTY,
    plain(` ${text}`, sight.kind === "looking" ? "dim" : "warn"),
  ];
  const filler = Array.from({ length: parts.rows - lines.length - 2 }, () => EMPTY);
  return [...lines, ...filler, ...foot(parts)].map((one) => cutRow(one, parts.columns));
}

/** The most important things have room anywhere. */
function tooSmall(parts: FrameParts): readonly Row[] {
  const { sight, columns, rows } = parts;
  const seen = "view" in sight ? [row(mode(sight)), row(gate(sight)), dayRow(sight.view)] : [];
  const need = `too small: ${columns}x${rows + 1}, needs ${COLUMNS_LEAST}x${ROWS_LEAST + 1}`;
  return [...seen, plain(need, "warn"), plain("q quit", "dim")]
    .slice(0, rows)
    .map((one) => cutRow(one, columns));
}

const dayRow = ({ day }: SnapshotView): Row =>
  day.priced ? row(span("net "), result(day.netUsd)) : row(span("net: no price", "warn"));

/** Everything on one page of text, as long as it is: for a pipe. */
export function wholeText(
  sight: Seen,
  { columns, now, ascii }: Pick<FrameParts, "columns" | "now"> & { readonly ascii: boolean },
): readonly string[] {
  const parts = { sight, figures: null, ui: FIRST, now, columns, rows: ROWS_LEAST };
  const rows = [...head(parts, sight), ...overview(sight.view, columns)];
  return rows.map((one) => (ascii ? inAscii(textOf(one)) : textOf(one)).trimEnd());
}
