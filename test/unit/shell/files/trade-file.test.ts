import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import type { TradeColumns } from "../../../../src/core/model/trade-columns.ts";
import {
  explainTradeFault,
  readTradeFile,
  type TradeFileOptions,
} from "../../../../src/shell/files/trade-file.ts";
import { temporaryFolder } from "../../../kit/temporary-folder.ts";

const HEADER =
  "entry_time,exit_time,instrument,side,quantity,entry_price,exit_price,fees,initial_risk,mae_points,mfe_points";
const ROW = "2026-03-02T15:00:00Z,2026-03-02T15:10:00Z,MES,long,4,6310.5,6320,4.88,200,3.75,13";

const read = (
  content: string | Buffer,
  name = "closed.csv",
  more: Partial<TradeFileOptions> = {},
) => {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, content);
  return readTradeFile({ path, ...more });
};

async function good(content: string | Buffer, name?: string): Promise<TradeColumns> {
  const result = await read(content, name);
  if (!result.ok) throw new Error(explainTradeFault(result.error));
  return result.value;
}

async function faultOf(content: string, more?: Partial<TradeFileOptions>): Promise<string> {
  const result = await read(content, "closed.csv", more);
  if (result.ok) throw new Error("it was read");
  return explainTradeFault({ ...result.error, file: "closed.csv" });
}

/** The row with one field changed. */
const changed = (column: string, value: string): string => {
  const fields = ROW.split(",");
  fields[HEADER.split(",").indexOf(column)] = value;
  return `${HEADER}\n${fields.join(",")}\n`;
};

describe("a file of closed trades", () => {
  test("becomes columns", async () => {
    const trades = await good(`${HEADER}\n${ROW}\n\n`);
    expect(trades.length).toBe(1);
    expect([trades.net[0], trades.fees[0], trades.risk[0]]).toEqual([1_851_200, 48_800, 2_000_000]);
    expect([trades.mae[0], trades.mfe[0], trades.direction[0]]).toEqual([3.75, 13, 1]);
    expect(trades.labels.instrument.names).toEqual(["MES"]);
  });

  test("may be compressed, quoted, in another order, and hold more than is asked for", async () => {
    const header = "author,side,instrument,note,quantity,exit_time,entry_time,net,size_letter";
    const row =
      '"Ann, the first",Short,mesz26,x,2,2026-03-02T10:10:00-05:00,2026-03-02T15:00:00+00:00,-12.5,B';
    const trades = await good(gzipSync(`\uFEFF${header}\r\n${row}\r\n`), "closed.csv.gz");
    expect([trades.net[0], trades.fees[0], trades.direction[0]]).toEqual([-125_000, 0, -1]);
    expect([trades.labels.author.names, trades.labels.sizeLetter.names]).toEqual([
      ["Ann, the first"],
      ["B"],
    ]);
    expect(trades.risk[0]).toBeNaN();
    expect((trades.exitAt[0] ?? 0) - (trades.entryAt[0] ?? 0)).toBe(600_000);
  });

  test("of a header alone has no trades", async () => {
    expect((await good(`${HEADER}\n`)).length).toBe(0);
  });

  test("leaves empty what nobody said", async () => {
    const short = ROW.split(",").slice(0, 8).join(",");
    const trades = await good(`${HEADER}\n${short},,,\n`);
    expect([trades.risk[0], trades.mae[0], trades.mfe[0]]).toEqual([
      Number.NaN,
      Number.NaN,
      Number.NaN,
    ]);
  });

  test.each([
    // Three contracts: two at 6317.50 and one at 6322.50.
    ["written out", "6319.1666666666667"],
    ["rounded at the sixth decimal", "6319.166667"],
  ])("takes a mean price that is %s for its fills", async (_, mean) => {
    const row = `2026-03-02T15:00:00Z,2026-03-02T15:10:00Z,MES,long,3,6310.5,${mean},3.66`;
    const trades = await good(`${HEADER.split(",").slice(0, 8).join(",")}\n${row}\n`);
    expect(trades.net[0]).toBe(1_300_000 - 36_600);
  });

  test("takes a price that no fills have as it is", async () => {
    const trades = await good(changed("exit_price", "6320.01237"));
    expect(trades.net[0]).toBeCloseTo((9.51237 * 20 - 4.88) * 10_000, 5);
  });

  test("takes what was booked before what can be worked out", async () => {
    const trades = await good(`${HEADER},net\n${ROW},100\n`);
    expect(trades.net[0]).toBe(1_000_000);
    const worked = await good(`${HEADER},net\n${ROW},\n`);
    expect(worked.net[0]).toBe(1_851_200);
  });

  test("knows oil below nothing", async () => {
    const row = ROW.replace("MES", "CL").replace("6310.5", "-37.63").replace("6320", "-37.60");
    expect((await good(`${HEADER}\n${row}\n`)).net[0]).toBe(30 * 4 * 10_000 - 48_800);
  });
});

describe("a fault names row and column", () => {
  test.each(HEADER.split(",").slice(0, 8))("without a column %s", async (column) => {
    const columns = HEADER.split(",").filter((name) => name !== column);
    expect(await faultOf(`${columns.join(",")}\n`)).toContain(
      `closed.csv, row 1, column ${column}: expected a column ${column}, found only`,
    );
  });

  test.each([
    ["entry_time", "yesterday"],
    ["entry_time", "2026-03-02T15:00:00"],
    ["entry_time", "1926-03-02T15:00:00Z"],
    ["exit_time", "2026-03-02T14:59:59Z"],
    ["instrument", "XYZ"],
    ["instrument", ""],
    ["side", "flat"],
    ["quantity", "0"],
    ["quantity", "1.5"],
    ["quantity", "100001"],
    ["entry_price", "NaN"],
    ["entry_price", "-6310"],
    ["exit_price", "Infinity"],
    ["exit_price", "1e9"],
    ["exit_price", ""],
    ["fees", "-1.22"],
    ["fees", ""],
    ["initial_risk", "0"],
    ["mae_points", "-3"],
    ["mfe_points", "nan"],
  ])("%s of %j", async (column, value) => {
    expect(await faultOf(changed(column, value))).toMatch(
      new RegExp(`^closed\\.csv, row 2, column ${column}: expected .+, found .+$`),
    );
  });

  test("a result that cannot be", async () => {
    const row = ROW.replace("MES,long,4", "ES,long,99999").replace("6320", "9999999");
    expect(await faultOf(`${HEADER}\n${row}\n`)).toContain("row 2, column exit_price");
    const huge = `${HEADER},net\n${ROW},1e10\n`;
    expect(await faultOf(huge)).toContain("row 2, column net");
  });

  test("results that no longer add up exactly", async () => {
    const rows = `${ROW},999999999\n`.repeat(1_000);
    expect(await faultOf(`${HEADER},net\n${rows}`)).toMatch(/row 902, column net: .*add up/);
  });

  test("too few fields, too many, a column twice, a word without end", async () => {
    expect(await faultOf(`${HEADER}\n${ROW.slice(0, -3)}\n`)).toContain("row 2, column mfe_points");
    expect(await faultOf(`${HEADER}\n${ROW},7\n`)).toContain("12");
    expect(await faultOf(`${HEADER},side\n`)).toContain(
      "row 1, column side: expected a column once",
    );
    expect(await faultOf(`${HEADER},author\n${ROW},${"x".repeat(201)}\n`)).toContain(
      "column author",
    );
  });

  test("quotation marks that do not close, a line and a file without end", async () => {
    expect(await faultOf(`${HEADER}\n"${ROW}\n`)).toContain(
      "closed.csv, row 2: expected quotation",
    );
    expect(await faultOf(`${HEADER}\n${"9".repeat(70_000)}\n`)).toContain(
      "row 2: expected at most",
    );
    expect(await faultOf(`${HEADER}\n${ROW}\n${ROW}\n${ROW}\n`, { tradesMax: 2 })).toBe(
      "closed.csv, row 4: expected at most 2 trades; split the file, found one more",
    );
  });

  test("nothing at all", async () => {
    expect(await faultOf("")).toContain("closed.csv: expected a header");
    const missing = await readTradeFile({ path: join(temporaryFolder(), "nowhere.csv") });
    expect(missing).toMatchObject({ ok: false, error: { row: null, found: "no such file" } });
    const folder = await readTradeFile({ path: temporaryFolder() });
    expect(folder).toMatchObject({ ok: false, error: { row: null, column: null } });
  });
});
