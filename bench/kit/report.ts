/** Findings as a table for people, and as JSON to be kept. */
import { availableParallelism } from "node:os";
import type { Distribution, Spread } from "./distribution.ts";
import type { Bench, Finding, Goal } from "./measure.ts";

export interface Results {
  readonly machine: Machine;
  readonly rounds: number;
  readonly findings: readonly Finding[];
}

/** What a reader needs to judge the figures by, and nothing that names the machine. */
interface Machine {
  readonly processors: number;
  readonly node: string;
  readonly system: string;
  readonly disk: string;
  readonly memory: string | null;
}

export const resultsOf = (bench: Bench, findings: readonly Finding[]): Results => ({
  machine: {
    processors: availableParallelism(),
    node: process.version,
    system: `${process.platform} ${process.arch}`,
    disk: bench.disk.fileSystem,
    memory: bench.memory?.fileSystem ?? null,
  },
  rounds: bench.rounds,
  findings: findings.map(rounded),
});

const rounded = (finding: Finding): Finding => ({
  ...finding,
  product: each(finding.product),
  floor: finding.floor && each(finding.floor),
  ratio: finding.ratio && each(finding.ratio),
});

/** Three significant digits: the rest is noise. */
const each = <T extends Distribution | Spread>(figures: T): T =>
  Object.fromEntries(
    Object.entries(figures).map(([name, value]) => [name, Number(Number(value).toPrecision(3))]),
  ) as unknown as T;

const TITLES = ["goal", "measure", "product", "floor", "ratio min/med/max", "wanted"] as const;

export function tableOf(findings: readonly Finding[]): string {
  const rows = [TITLES, ...findings.map(cellsOf)];
  const widths = TITLES.map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  const lines = rows.map((row) =>
    row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  "),
  );
  return lines.map((line) => line.trimEnd()).join("\n");
}

const cellsOf = ({ id, what, unit, product, floor, ratio, goals }: Finding): readonly string[] => [
  id,
  what,
  `${figuresOf(product)} ${unit}`,
  floor === null ? "-" : figuresOf(floor),
  ratio === null ? "-" : `${shown(ratio.min)} / ${shown(ratio.median)} / ${shown(ratio.max)}`,
  goals.map(verdictOf).join(", "),
];

const figuresOf = (figures: Distribution | Spread): string =>
  "p50" in figures
    ? `${shown(figures.p50)} / ${shown(figures.p99)}`
    : `${shown(figures.median)} (${shown(figures.min)}-${shown(figures.max)})`;

const shown = (value: number): string =>
  value >= 1_000
    ? Math.round(value).toLocaleString("en")
    : String(Number(value.toPrecision(value < 1 ? 2 : 3)));

const verdictOf = ({ text, isMet }: Goal): string => `${text} ${isMet ? "yes" : "NO"}`;

const FIGURES = /(?<=<!-- figures -->\n).*?(?=\n<!-- \/figures -->)/s;

/** The page with these findings in its table. */
export function withFigures(page: string, findings: readonly Finding[]): string {
  const head = ["| # | measure | product | floor | ratio | goal |", "|---|---|---|---|---|---|"];
  const table = [...head, ...findings.map(rowOf)].join("\n");
  if (!FIGURES.test(page)) throw new Error("the page has no place for the figures");
  return page.replace(FIGURES, () => table);
}

const rowOf = ({ id, what, unit, product, floor, ratio, goals }: Finding): string => {
  const spread =
    ratio === null ? "" : `${shown(ratio.min)} / **${shown(ratio.median)}** / ${shown(ratio.max)}`;
  const cells = [id, what, `${middleOf(product)} ${unit}`, floor === null ? "" : middleOf(floor)];
  return `| ${[...cells, spread, goals.map(markOf).join(", ")].join(" | ")} |`;
};

const middleOf = (figures: Distribution | Spread): string =>
  "p50" in figures ? figuresOf(figures) : shown(figures.median);

/** A strict goal that is missed is crossed; one for orientation is not. */
const markOf = ({ text, isMet, isStrict }: Goal): string =>
  `${text.replace("<=", "≤").replace(">=", "≥")} ${isMet ? "✓" : isStrict ? "✗" : "–"}`;
