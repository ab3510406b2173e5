/** The other pages: performance, journal, health, help. */

import { hanging } from "../../core/views/plain-text.ts";
import type { SnapshotView } from "../../core/views/snapshot.ts";
import type { Figures } from "../../ports/dashboard.ts";
import { duration, usd } from "./figures.ts";
import { title } from "./overview.ts";
import { EMPTY, plain, type Row, row, span, type Tone } from "./spans.ts";
import { tableRows } from "./table.ts";

/** Of the ledger, as it was when the page was opened. */
export function performance(figures: Figures | null, columns: number): readonly Row[] {
  if (figures === null) return [plain("reading the ledger ...", "dim")];
  if (figures.kind === "none") return [plain(figures.reason, "warn")];
  const layout = [
    { title: "", align: "left", rank: 1 },
    { title: "VALUE", align: "right", rank: 1 },
    { title: "REMARK", align: "left", rank: 2, least: 10 },
  ] as const;
  return [
    plain(figures.basis, "dim"),
    ...figures.tables.flatMap(({ title: name, rows }) => [
      EMPTY,
      title(name.toUpperCase()),
      ...tableRows(
        layout,
        rows.map(({ words, value, remark }) => [
          span(words),
          value === null ? span("-", "dim") : span(value, "accent"),
          span(remark, "dim"),
        ]),
        columns,
      ).slice(1),
    ]),
  ];
}

const TONES: Readonly<Record<SnapshotView["lines"][number]["tone"], Tone>> = {
  plain: "plain",
  good: "good",
  bad: "bad",
  quiet: "dim",
};

/** Newest last, as a journal is read. */
export function journal({ lines, sequence }: SnapshotView, columns: number): readonly Row[] {
  const told = lines.flatMap(({ clock, text, tone }) =>
    hanging(`${clock}  ${text}`, columns, clock.length + 4).map((one) => plain(one, TONES[tone])),
  );
  return [
    plain(`${sequence} facts written; the newest lines, the last one at the end`, "dim"),
    ...(told.length === 0 ? [plain("nothing yet", "dim")] : told),
  ];
}

const STATES: Readonly<Record<"off" | "ok" | "degraded" | "failed", Tone>> = {
  off: "dim",
  ok: "good",
  degraded: "warn",
  failed: "bad",
};

export function health(view: SnapshotView, columns: number): readonly Row[] {
  const { health: known, accounts, alarms, backups } = view;
  const parts =
    known === undefined
      ? [plain("  nobody looks after the parts of this house", "dim")]
      : tableRows(
          [
            { title: "PART", align: "left", rank: 1 },
            { title: "STATE", align: "left", rank: 1 },
            { title: "FOR", align: "right", rank: 2 },
            { title: "REASON", align: "left", rank: 1, least: 12 },
          ],
          known.components.map(({ component, state, seconds, reason }) => [
            span(component),
            span(state, STATES[state]),
            span(duration(seconds)),
            span(reason),
          ]),
          columns,
        );
  const newest = backups?.newest ?? null;
  return [
    title("PARTS"),
    ...parts,
    title("ALARMS"),
    ...(alarms.length === 0 ? [plain("  none", "good")] : alarms.map(alarmRow)),
    title("VENUE"),
    ...accounts.map(({ name, settled, lineDown, seenAt }) =>
      row(
        span(`  ${name}: `),
        settled ? span("compared with the venue", "good") : span("not compared yet", "warn"),
        ...(lineDown === true ? [span(", its own reports do not reach us", "bad")] : []),
        span(`, last seen ${seenAt}`, "dim"),
      ),
    ),
    title("BACKUPS"),
    newest === null
      ? plain("  none yet", backups === undefined ? "dim" : "warn")
      : row(span(`  ${newest.name}`), span(`, ${duration(newest.ageSeconds)} old`, "dim")),
    ...(backups?.fault == null
      ? []
      : [row(span("  the last one failed: ", "bad"), span(backups.fault))]),
  ];
}

export const alarmRow = ({
  what,
  account,
  trade,
  since,
  acknowledgedBy,
}: SnapshotView["alarms"][number]): Row =>
  row(
    span(`  ${what}`, acknowledgedBy === null ? "bad" : "warn"),
    span(` ${trade === null ? account : `#${trade}`}, since ${since}`),
    span(
      acknowledgedBy === null ? "; `tradestream ack` silences it" : `; heard by ${acknowledgedBy}`,
      "dim",
    ),
  );

const HELP: readonly (readonly [keys: string, what: string])[] = [
  ["1 2 3 4 5", "overview, performance, journal, health, help; also left and right, or tab"],
  ["up, down", "scroll; page up and page down by a screen, home and end to either end"],
  ["h", "halt: no more entries; what is open is cared for"],
  ["r", "resume: entries are allowed again"],
  ["f", "flatten: out of everything, and no entries until resume"],
  ["q, ctrl-c", "leave; the running process goes on"],
];

export const help = (): readonly Row[] => [
  title("KEYS"),
  ...HELP.map(([keys, what]) => row(span(`  ${keys.padEnd(11)}`, "accent"), span(what))),
  EMPTY,
  plain("h, r and f ask for the word to be typed: one key alone never moves anything."),
  EMPTY,
  title("WHAT STANDS THERE"),
  ...[
    "NET is closed plus open, of this trade date. Closed is net of fees; open is what leaving now",
    "would make, fees in it. FEES are part of both.",
    `NEXT MAY LOSE is what one more entry may lose by the limits, such as ${usd(200)}.`,
    "AWAY counts ticks from the price to the level; MAKES is what the contracts make there, against",
    "their average entry, fees aside.",
  ].map((text) => plain(`  ${text}`)),
];
