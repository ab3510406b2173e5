/** The first page: accounts and their limits, what is on, what waits, what was alerted. */
import type { LossView } from "../../core/views/loss.ts";
import type { LevelView, OpenTradeView } from "../../core/views/open-trade.ts";
import type { SnapshotAccount, SnapshotView } from "../../core/views/snapshot.ts";
import { duration, percentTone, price, result, resultOr, ticks, usd } from "./figures.ts";
import { EMPTY, plain, type Row, row, type Span, span, type Tone } from "./spans.ts";
import { type Column, tableRows } from "./table.ts";

export function overview(view: SnapshotView, columns: number): readonly Row[] {
  return [
    ...accounts(view, columns),
    ...positions(view, columns),
    ...waiting(view),
    ...alerts(view, columns),
    ...orders(view, columns),
    ...others(view),
  ];
}

export const title = (text: string): Row => plain(text, "title");

const ACCOUNTS: readonly Column[] = [
  { title: "ACCOUNT", align: "left", rank: 1, least: 8 },
  { title: "KIND", align: "left", rank: 7 },
  { title: "STATE", align: "left", rank: 1 },
  { title: "NET", align: "right", rank: 1 },
  { title: "CLOSED", align: "right", rank: 2 },
  { title: "OPEN", align: "right", rank: 2 },
  { title: "FEES", align: "right", rank: 5 },
  { title: "TRADES", align: "right", rank: 6 },
  { title: "LOSSES", align: "right", rank: 6 },
  { title: "AT RISK", align: "right", rank: 4 },
  { title: "NEXT MAY LOSE", align: "right", rank: 3 },
  { title: "BALANCE", align: "right", rank: 8 },
];

const STATES: Readonly<Record<SnapshotAccount["state"], Tone>> = {
  on: "good",
  paused: "warn",
  reducing: "warn",
  locked: "bad",
  halted: "bad",
  off: "bad",
  unused: "dim",
};

function accounts(view: SnapshotView, columns: number): readonly Row[] {
  const cells = view.accounts.map(accountCells);
  const [head = EMPTY, ...rows] = tableRows(ACCOUNTS, cells, columns);
  const lines = rows.flatMap((line, index) => [
    line,
    ...limitLines(view.accounts[index] as SnapshotAccount),
  ]);
  const more = view.omitted.accounts;
  return [
    title("ACCOUNTS"),
    head,
    ...lines,
    ...(more > 0 ? [plain(`  and ${more} more accounts`, "dim")] : []),
    ...(view.accounts[0] === undefined ? [plain("  none yet", "dim")] : []),
  ];
}

function accountCells(one: SnapshotAccount): readonly Span[] {
  const { day, risk } = one;
  const used = ({ used, limit }: { readonly used: number; readonly limit: number | null }) =>
    span(limit === null ? String(used) : `${used}/${limit}`);
  return [
    span(one.name),
    span(one.kind, one.kind === "live" ? "warn" : "plain"),
    span(one.state, STATES[one.state]),
    result(day.netUsd),
    result(day.closedUsd),
    day.priced ? result(day.openUsd) : span("no price", "warn"),
    span(usd(day.feesUsd)),
    used(risk.tradesToday),
    used(risk.lossesInARow),
    span(usd(one.openRiskUsd)),
    span(risk.roomUsd === null ? "no limit" : usd(risk.roomUsd)),
    span(usd(one.balanceUsd)),
  ];
}

/** How far each limit is, and what keeps entries away. */
function limitLines({ risk, refuses, blocked }: SnapshotAccount): readonly Row[] {
  const { dailyLoss, total, firm } = risk;
  const left = [
    ...(dailyLoss === null ? [] : [lossSpans("daily loss", dailyLoss)]),
    ...(total === null ? [] : [lossSpans("all accounts", total)]),
    ...(firm === null
      ? []
      : [
          [
            span("firm floor ", "dim"),
            span(usd(firm.leftUsd), percentTone(firm.usedPercent)),
            span(" left", "dim"),
          ],
        ]),
  ];
  const line = left.flatMap((one, index) => (index === 0 ? one : [span("  ·  ", "dim"), ...one]));
  return [
    ...(line.length === 0 ? [] : [[span("    "), ...line]]),
    ...refuses.map(({ text }) => row(span("    no entries: ", "warn"), span(text))),
    ...blocked.map((root) =>
      row(span(`    ${root} was closed by hand: `, "warn"), span("resume allows it again")),
    ),
  ];
}

const lossSpans = (name: string, { lostUsd, limitUsd, leftUsd, percent }: LossView): Row => [
  span(`${name} `, "dim"),
  span(`${usd(leftUsd)} left`, percentTone(percent)),
  span(` of ${usd(limitUsd)}${lostUsd > 0 ? ` (${percent}% lost)` : ""}`, "dim"),
];

const POSITIONS: readonly Column[] = [
  { title: "#", align: "right", rank: 1 },
  { title: "POSITION", align: "left", rank: 1 },
  { title: "PHASE", align: "left", rank: 6 },
  { title: "ENTRY", align: "right", rank: 3 },
  { title: "PRICE", align: "right", rank: 2 },
  { title: "RESULT", align: "right", rank: 1 },
  { title: "", align: "left", rank: 1 },
  { title: "LEVEL", align: "right", rank: 1 },
  { title: "AWAY", align: "right", rank: 1 },
  { title: "MAKES", align: "right", rank: 1 },
  { title: "ACCOUNT", align: "left", rank: 5, least: 6 },
];

function positions(view: SnapshotView, columns: number): readonly Row[] {
  if (view.positions.length === 0) return [title("POSITIONS"), plain("  none", "dim")];
  const layout = view.accounts.length > 1 ? POSITIONS : POSITIONS.slice(0, -1);
  const cells = view.positions.flatMap((one) => positionCells(one));
  const more = view.omitted.positions;
  return [
    title("POSITIONS"),
    ...tableRows(layout, cells, columns),
    ...(more > 0 ? [plain(`  and ${more} more trades`, "dim")] : []),
  ];
}

/** One row for each level: stops first, then targets. */
function positionCells(one: OpenTradeView): readonly (readonly Span[])[] {
  const root = one.instrument;
  const levels: readonly (readonly Span[])[] = [
    ...(one.bare > 0 ? [[span("NO STOP", "bad"), span(`x${one.bare}`, "bad")]] : []),
    ...one.stops.map((level) => levelCells("stop", root, level, one.held)),
    ...one.exits.map((level) => levelCells("target", root, level, one.held)),
  ];
  const isHeld = one.held !== 0;
  const about = [
    span(String(one.trade)),
    span(`${root} ${one.side} ${isHeld ? one.held : `(${one.planned})`}`, "accent"),
    span(one.leaving === null ? one.phase : "leaving", one.leaving === null ? "plain" : "warn"),
    span(price(root, one.entryAverage)),
    span(price(root, one.price)),
    isHeld ? resultOr(one.openUsd) : span("-"),
  ];
  const nothing = about.map(() => span(""));
  return (levels.length === 0 ? [[]] : levels).map((level, index) => [
    ...(index === 0 ? about : nothing),
    ...[0, 1, 2, 3].map((place) => level[place] ?? span("")),
    span(index === 0 ? one.account : ""),
  ]);
}

const levelCells = (
  what: "stop" | "target",
  root: OpenTradeView["instrument"],
  { price: points, quantity, ticks: away, usd: makes }: LevelView,
  held: number,
): readonly Span[] => [
  span(quantity === held ? what : `${what} x${quantity}`, what === "stop" ? "warn" : "good"),
  span(price(root, points)),
  span(ticks(away)),
  makes === null ? span("-") : result(makes),
];

function waiting(view: SnapshotView): readonly Row[] {
  if (view.waiting.length === 0) return [];
  return [
    title("WAITING FOR A YES"),
    ...view.waiting.map((one) =>
      row(
        span(`  ${one.secondsLeft} s  `, "warn"),
        span(`${one.alert}${one.smallest ? ", smallest size" : ""}  `),
        span(`approve ${one.entry} or refuse ${one.entry}`, "dim"),
      ),
    ),
  ];
}

const ALERTS: readonly Column[] = [
  { title: "TIME CT", align: "left", rank: 1 },
  { title: "AUTHOR", align: "left", rank: 4, least: 6 },
  { title: "OUTCOME", align: "left", rank: 1 },
  { title: "ALERT", align: "left", rank: 1, least: 18 },
  { title: "NET", align: "right", rank: 2 },
  { title: "WHY", align: "left", rank: 3, least: 12 },
];

const OUTCOME_TONES: Readonly<Record<SnapshotView["alerts"][number]["outcome"], Tone>> = {
  executed: "good",
  working: "accent",
  applied: "good",
  waiting: "warn",
  unsure: "warn",
  refused: "bad",
  missed: "bad",
  expired: "bad",
  shadowed: "dim",
  tracked: "dim",
  ignored: "dim",
  undecided: "warn",
};

const ALERTS_SHOWN = 8;

function alerts(view: SnapshotView, columns: number): readonly Row[] {
  if (view.alerts.length === 0) return [title("ALERTS"), plain("  none yet", "dim")];
  const cells = view.alerts
    .slice(0, ALERTS_SHOWN)
    .map((one) => [
      span(one.clock.replace(" CT", "")),
      span(one.author ?? "-"),
      span(one.outcome, OUTCOME_TONES[one.outcome]),
      span(one.text),
      one.netUsd === null ? span("") : result(one.netUsd),
      span([...one.trades.map((number) => `#${number}`), one.reason ?? ""].join(" ").trim(), "dim"),
    ]);
  return [title("ALERTS"), ...tableRows(ALERTS, cells, columns)];
}

const ORDERS: readonly Column[] = [
  { title: "#", align: "right", rank: 1 },
  { title: "ORDER", align: "left", rank: 1 },
  { title: "", align: "left", rank: 1 },
  { title: "PRICE", align: "right", rank: 1 },
  { title: "STATE", align: "left", rank: 1 },
  { title: "ACCOUNT", align: "left", rank: 2, least: 6 },
];

function orders(view: SnapshotView, columns: number): readonly Row[] {
  if (view.orders.length === 0) return [];
  const cells = view.orders.map((one) => [
    span(String(one.trade)),
    span(one.what, one.what === "stop" ? "warn" : one.what === "target" ? "good" : "accent"),
    span(`${one.action} ${one.quantity} ${one.instrument}`),
    span(one.price === null ? "market" : price(one.instrument, one.price)),
    span(
      one.changing ? `${one.state}, changing` : one.state,
      one.state === "unknown" ? "bad" : "plain",
    ),
    span(one.account),
  ]);
  return [title("ORDERS"), ...tableRows(ORDERS, cells, columns)];
}

function others({ remarks, backups }: SnapshotView): readonly Row[] {
  const newest = backups?.newest ?? null;
  const saved =
    backups === undefined
      ? []
      : [
          newest === null
            ? row(span("  backups: ", "dim"), span("none yet", "warn"))
            : row(
                span("  backups: ", "dim"),
                span(`newest ${duration(newest.ageSeconds)} old, to fact ${newest.sequence}`),
              ),
          ...(backups.fault === null
            ? []
            : [row(span("  the last backup failed: ", "bad"), span(backups.fault))]),
        ];
  const notes = [...saved, ...remarks.map((text) => row(span("  "), span(text, "warn")))];
  return notes.length === 0 ? [] : [title("NOTES"), ...notes];
}
