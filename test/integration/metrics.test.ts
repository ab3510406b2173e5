/** `tradestream metrics` as it is typed: of a file, of a ledger, and of a file that is wrong. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import { resampleInWorker } from "../../src/app/resampling.ts";
import { inTurns } from "../../src/app/sliced.ts";
import { resampleTask } from "../../src/core/analyze/bootstrap.ts";
import { finished, inSlices, SLICE } from "../../src/core/analyze/slices.ts";
import { studyOf } from "../../src/core/analyze/study.ts";
import { dollars } from "../../src/core/model/units.ts";
import { at, columnsOf, isNear, leavesOf, oracle, oracleTrades } from "../kit/closed-trades.ts";
import { temporaryFolder } from "../kit/temporary-folder.ts";
import { terminal } from "../kit/terminal.ts";

const HEADER =
  "entry_time,exit_time,instrument,side,quantity,entry_price,exit_price,fees,initial_risk,mae_points,mfe_points,size_letter";

const rows = oracle.trades.map((one) => {
  const mean = one.exits.reduce((sum, { qty, price }) => sum + qty * price, 0) / one.qty;
  const prices = [one.entry, mean, one.fees, one.initialRisk, one.maePoints, one.mfePoints];
  const what = [one.entryTime, one.exitTime, "MES", one.side, one.qty];
  return [...what, ...prices, one.sizeLetter].join(",");
});

function folderOfTrades(): string {
  const here = temporaryFolder();
  const wrong = rows[0]?.replace("6316", "NaN");
  writeFileSync(join(here, "closed.csv"), `${[HEADER, ...rows].join("\n")}\n`);
  writeFileSync(join(here, "wrong.csv"), `${[HEADER, wrong].join("\n")}\n`);
  return here;
}

describe("of a file", () => {
  const words = ["metrics", "--trades", "closed.csv", "--starting-equity", "50000"];

  test("every figure is the oracle's", async () => {
    const screen = terminal({ here: folderOfTrades() });
    expect(await screen.run(...words, "--json")).toBe(0);
    const [found] = screen.values();
    const wanted = leavesOf(oracle.expected).filter(([key]) => !key.includes("WRONG"));
    const off = wanted.filter(([key, value]) => {
      const own = at(found, key);
      return !(own === value || isNear(own, value));
    });
    expect(off).toEqual([]);
    expect(at(found, "intervals.profitFactor")).toMatchObject({ low: expect.any(Number) });
    expect(at(found, "basis")).toMatchObject({ startingEquity: 50_000, days: "all" });
  });

  test("a person reads tables", async () => {
    const screen = terminal({ here: folderOfTrades() });
    expect(await screen.run(...words, "--days", "traded")).toBe(0);
    expect(screen.out()).toMatch(/^2026-03-02 to 2026-03-27, days with trades/);
    expect(screen.out()).toMatch(/^trade dates +17$/m);
  });

  test("a wrong field ends it with row and column, and 2", async () => {
    const here = folderOfTrades();
    const screen = terminal({ here });
    expect(await screen.run("metrics", "--trades", "wrong.csv")).toBe(2);
    expect(screen.err()).toMatch(/^wrong\.csv, row 2, column exit_price: expected a price/);
    const other = terminal({ here });
    expect(await other.run("metrics", "--trades", "wrong.csv", "--json")).toBe(2);
    expect(other.values()).toMatchObject([{ row: 2, column: "exit_price" }]);
  });

  test("words that are no choice are refused", async () => {
    const screen = terminal({ here: folderOfTrades() });
    expect(await screen.run("metrics", "--days", "some")).toBe(2);
    expect(await screen.run("metrics", "--starting-equity", "nothing")).toBe(2);
  });
});

describe("of a ledger", () => {
  test("figures are those of its trades", async () => {
    const here = temporaryFolder();
    const data = join(here, "day");
    expect(await terminal({ here }).run("demo", "--speed", "max", "--data", data)).toBe(0);
    const listed = terminal({ here });
    await listed.run("trades", "--data", data, "--json");
    const trades = listed.values() as readonly { how?: string; netUsd?: number }[];
    const closed = trades.filter(({ how }) => how !== undefined && how !== "abandoned");
    const screen = terminal({ here });
    expect(await screen.run("metrics", "--data", data, "--json")).toBe(0);
    const [found] = screen.values();
    expect(closed.length).toBeGreaterThan(3);
    expect(at(found, "counts.trades")).toBe(closed.length);
    const net = closed.reduce((sum, { netUsd = 0 }) => sum + netUsd, 0);
    expect(at(found, "pnl.netPnl")).toBeCloseTo(net, 6);
    expect(at(found, "sqn.rMean")).toBeTypeOf("number");

    const nobody = terminal({ here });
    expect(await nobody.run("metrics", "--data", data, "--account", "nobody", "--json")).toBe(0);
    expect(at(nobody.values()[0], "counts.trades")).toBe(0);
    expect(at(nobody.values()[0], "basis.startingEquity")).toBe(50_000);
  });

  test("that is not there ends it", async () => {
    const here = temporaryFolder();
    const screen = terminal({ here });
    expect(await screen.run("metrics", "--data", join(here, "nowhere"))).toBe(2);
  });
});

describe("in turns", () => {
  test("a long computation lets others have theirs", async () => {
    let turns = 0;
    const counting = setInterval(() => (turns += 1), 0);
    const began = performance.now();
    const slow = inSlices(SLICE * 40, () => {
      const from = performance.now();
      while (performance.now() - from < 2);
    });
    await inTurns(slow, 4);
    clearInterval(counting);
    expect(performance.now() - began).toBeGreaterThan(60);
    expect(turns).toBeGreaterThan(2);
  });
});

describe("the resampling thread", () => {
  const columns = columnsOf(oracleTrades);
  const study = finished(studyOf(columns, { startingEquity: dollars(50_000), days: "all" }));
  const resampling = () => ({
    task: resampleTask(columns, study, 1),
    figures: { "winRate.overAllTrades": 14 / 26 },
  });

  test("says what the caller would have found", async () => {
    const worker = join(temporaryFolder(), "worker.mjs");
    const source = new URL("../../src/core/analyze/bootstrap.ts", import.meta.url).href;
    // Types are stripped by nobody in a thread of its own: this one only answers.
    writeFileSync(
      worker,
      `import { parentPort, workerData } from "node:worker_threads";
       parentPort.postMessage({ of: ${JSON.stringify(source)}, trades: workerData.task.net.length });`,
    );
    expect(await resampleInWorker(resampling(), pathToFileURL(worker))).toMatchObject({
      trades: 26,
    });
    const here = await resampleInWorker(resampling(), null);
    expect(here["winRate.overAllTrades"]?.low).toBeCloseTo(0.346, 2);
  });

  test("that dies is told of", async () => {
    const worker = join(temporaryFolder(), "dying.mjs");
    writeFileSync(worker, "process.exit(3);");
    await expect(resampleInWorker(resampling(), pathToFileURL(worker))).rejects.toThrow("with 3");
  });
});
