/** `tradestream report` as it is typed: of a day that was played, of a file, and of what there is not. */
import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { reportCsv } from "../../src/core/views/report/as-csv.ts";
import { recordedDay } from "../kit/recorded-day.ts";
import { manyTrades, reportOn } from "../kit/sample-report.ts";
import { temporaryFolder } from "../kit/temporary-folder.ts";
import { terminal } from "../kit/terminal.ts";

async function played(): Promise<string> {
  const here = recordedDay(temporaryFolder());
  expect(await terminal({ here }).run("start")).toBe(0);
  return here;
}

function folderWithFile(): string {
  const here = temporaryFolder();
  const { trades } = reportOn(manyTrades(40));
  writeFileSync(join(here, "closed.csv"), `${reportCsv({ trades }).join("\n")}\n`);
  return here;
}

describe("of a day that was played", () => {
  test("is text on the screen, and in a file the form its ending says", async () => {
    const here = await played();
    const screen = terminal({ here });
    expect(await screen.run("report")).toBe(0);
    expect(screen.out()).toMatch(/^Report: 2026-11-17 to 2026-11-17, every account, every author/);
    expect(screen.out()).toMatch(/^ *#1 +2026-11-17 .* MES long +6326\.\d\d /m);
    const page = terminal({ here });
    expect(await page.run("report", "-o", "report.html")).toBe(0);
    expect(page.out()).toBe("1 trade in report.html\n");
    const html = readFileSync(join(here, "report.html"), "utf8");
    expect(html).toContain("target 2: 2 at 6338.00");
    expect(html).toContain("ES long 6326");
    expect(statSync(join(here, "report.html")).mode & 0o777).toBe(0o600);
  });

  test("as JSON and as CSV; what was exported can be counted again", async () => {
    const here = await played();
    const [json, csv, again] = [terminal({ here }), terminal({ here }), terminal({ here })];
    expect(await json.run("report", "--json")).toBe(0);
    const [report] = json.values() as { pnl: { netPnl: number }; trades: object[] }[];
    expect(report?.trades).toHaveLength(1);
    expect(await csv.run("report", "--json", "-o", "trades.csv")).toBe(0);
    expect(csv.values()).toEqual([{ file: "trades.csv", format: "csv", trades: 1 }]);
    expect(await again.run("metrics", "--trades", "trades.csv", "--json")).toBe(0);
    expect(again.values()).toMatchObject([{ pnl: { netPnl: report?.pnl.netPnl } }]);
  });

  test("of other dates is a sound report that says there is nothing", async () => {
    const screen = terminal({ here: await played() });
    expect(await screen.run("report", "--from", "2026-01-05", "--to", "2026-01-09")).toBe(0);
    expect(screen.out()).toContain("No trade was closed in this range.");
  });

  test.each([
    [["--account", "mine"], "there is no account mine; there are paper"],
    [["--author", "nobody"], /^no trade is by nobody; there are /],
    [["--from", "2026-02-30"], /expected a trade date, such as 2026-11-19/],
    [["--from", "2026-11-18", "--to", "2026-11-17"], "--from 2026-11-18 is after --to 2026-11-17"],
    [["--format", "pdf"], /Allowed choices are text, json, csv, md, html/],
  ])("%j is refused", async (words, told) => {
    const screen = terminal({ here: await played() });
    expect(await screen.run("report", ...words)).toBe(2);
    expect(screen.err()).toMatch(told instanceof RegExp ? told : new RegExp(`^${told}`));
  });

  test("a place where nothing can be written is named, and nothing half is left", async () => {
    const here = await played();
    mkdirSync(join(here, "taken"));
    const [missing, taken] = [terminal({ here }), terminal({ here })];
    expect(await missing.run("report", "-o", "not/there.html")).toBe(1);
    expect(missing.err()).toMatch(/^not\/there\.html: ENOENT/);
    expect(await taken.run("report", "-o", "taken")).toBe(1);
    expect(taken.err()).toBe("taken: there is something that is no file\n");
  });

  test("without a ledger, or without anything, says what is missing", async () => {
    const nothing = terminal({ here: temporaryFolder() });
    expect(await nothing.run("report")).toBe(2);
    expect(nothing.err()).toMatch(/^there is no journal in /);
    const here = await played();
    writeFileSync(join(here, "data", "ledger.db"), "not a database at all, and quite long for one");
    const broken = terminal({ here });
    expect(await broken.run("report")).toBe(1);
  });
});

describe("of a file", () => {
  test("of one author, from a date on, as Markdown", async () => {
    const screen = terminal({ here: folderWithFile() });
    const words = ["--author", "alice", "--from", "2026-01-01", "--format", "md"];
    expect(await screen.run("report", "--trades", "closed.csv", ...words)).toBe(0);
    expect(screen.out()).toMatch(
      /^# Trading report\n\n2026-\d\d-\d\d to .*, author alice, out of closed\.csv$/m,
    );
  });

  test("an author or an account that is not in it, and a file that is wrong", async () => {
    const here = folderWithFile();
    const [author, account, missing] = [terminal({ here }), terminal({ here }), terminal({ here })];
    expect(await author.run("report", "--trades", "closed.csv", "--author", "bob")).toBe(2);
    expect(author.err()).toBe("no trade is by bob; there are JMoney, alice\n");
    expect(await account.run("report", "--trades", "closed.csv", "--account", "x")).toBe(2);
    expect(account.err()).toBe("there is no account x; there are paper\n");
    expect(await missing.run("report", "--trades", "none.csv")).toBe(2);
    writeFileSync(join(here, "bare.csv"), "entry_time,exit_time,instrument,side,quantity,net\n");
    const bare = terminal({ here });
    expect(await bare.run("report", "--trades", "bare.csv", "--account", "x")).toBe(2);
    expect(bare.err()).toBe("there is no account x; there are none\n");
  });
});
