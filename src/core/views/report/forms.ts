/** The forms a report comes in. */
import { reportCsv } from "./as-csv.ts";
import { reportJson } from "./as-json.ts";
import { reportMarkdown } from "./as-markdown.ts";
import { reportText } from "./as-text.ts";
import type { ReportFormat } from "./formats.ts";
import { reportPage } from "./page.ts";
import type { Report } from "./report.ts";

export interface FormOptions {
  readonly format: ReportFormat;
  /** Of a text: the width of the screen. */
  readonly columns: number;
  /** SHA-256 of a text in UTF-8, as base64. */
  readonly digest: (text: string) => string;
}

/** Whole, with a line end behind the last line. */
export function formOf(report: Report, { format, columns, digest }: FormOptions): string {
  switch (format) {
    case "text":
      return linesOf(reportText(report, columns));
    case "json":
      return `${JSON.stringify(reportJson(report))}\n`;
    case "csv":
      return linesOf(reportCsv(report));
    case "md":
      return linesOf(reportMarkdown(report));
    case "html":
      return reportPage(report, digest);
  }
}

const linesOf = (lines: readonly string[]): string => `${lines.join("\n").trimEnd()}\n`;

/** `report.html` is HTML; an ending nobody knows says nothing. */
export function formatOfFile(file: string): ReportFormat | null {
  const ending = file.slice(file.lastIndexOf(".") + 1).toLowerCase();
  return ENDINGS[ending] ?? null;
}

const ENDINGS: Readonly<Record<string, ReportFormat>> = {
  ...{ txt: "text", json: "json", csv: "csv", md: "md", markdown: "md", html: "html", htm: "html" },
};
