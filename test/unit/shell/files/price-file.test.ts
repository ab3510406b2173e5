import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import type { Root } from "../../../../src/core/model/instrument.ts";
import type { Tape } from "../../../../src/core/paper/tape.ts";
import {
  explainPriceFault,
  type PriceFileOptions,
  readPriceFile,
} from "../../../../src/shell/files/price-file.ts";
import { temporaryFolder } from "../../../kit/temporary-folder.ts";

/** A Tuesday, 09:00 in Chicago. */
const NINE = Date.UTC(2026, 10, 17, 15);

const read = (
  content: string | Buffer,
  name = "prices.csv",
  more: Partial<PriceFileOptions> = {},
) => {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, content);
  const bars = { path: "worst-first", against: null } as const;
  return readPriceFile({ path, instrument: "ES", bars, ...more });
};

async function good(content: string | Buffer, name?: string, more?: Partial<PriceFileOptions>) {
  const result = await read(content, name, more);
  if (!result.ok) throw new Error(explainPriceFault(result.error));
  return result.value;
}

async function faultOf(content: string | Buffer, name?: string, more?: Partial<PriceFileOptions>) {
  const result = await read(content, name, more);
  if (result.ok) throw new Error("it was read");
  const { kind, line, expected, found } = result.error;
  return { kind, line, expected, found };
}

const iso = (seconds: number): string => new Date(NINE + seconds * 1000).toISOString();

/** The newest price, in points, this long after nine o'clock. */
const priceAt = (tape: Tape, after: number): number | undefined => {
  const index = [...tape.at].findLastIndex((at) => at <= NINE + after);
  const last = tape.last[index];
  return last === undefined ? undefined : last / 4;
};

describe("a price file", () => {
  test("of trades becomes a tape, with sizes if it has them", async () => {
    const plain = await good(`time,price\n${iso(0)},6326.25\n${iso(1)},6326\n`);
    expect(plain).toMatchObject({ kind: "trades", rows: 2, strays: 0 });
    expect([...plain.tape.last]).toEqual([25_305, 25_304]);
    expect([...plain.tape.at]).toEqual([NINE, NINE + 1000]);
    expect([plain.tape.size, plain.tape.resolution]).toEqual([null, 0]);
    const sized = await good(`time,price,size\n${iso(0)},6326.25,3\n`);
    expect([...(sized.tape.size ?? [])]).toEqual([3]);
  });

  test("of quotes becomes a tape, whatever the order of its columns", async () => {
    const { kind, tape } = await good(`Time, bid ,ask,last,note\n${iso(0)},1.25,1.75,1.5,x\n`);
    expect([kind, ...tape.last, ...tape.bid, ...tape.ask]).toEqual(["quotes", 6, 5, 7]);
  });

  test("of bars becomes a tape that walks them, with their length as its resolution", async () => {
    const header = "time,open,high,low,close,Volume,MACD";
    const rows = `${NINE / 1000},6326,6327.5,6325,6327,812,0.3\n${NINE / 1000 + 180},6327,6327,6327,6327,1,`;
    const { kind, rows: count, tape } = await good(`${header}\r\n${rows}\r\n`);
    expect([kind, count, tape.resolution]).toEqual(["bars", 2, 180_000]);
    const corners = (one: typeof tape) => [0, 1, 2, 3].map((third) => priceAt(one, third * 60_000));
    expect(corners(tape)).toEqual([6326, 6327.5, 6325, 6327]);
    const against = { path: "worst-first", against: "long" } as const;
    const careful = await good(`${header}\n${rows}`, "prices.csv", { bars: against });
    expect(corners(careful.tape)).toEqual([6326, 6325, 6327.5, 6327]);
  });

  test("may be compressed, quoted, marked with a byte order mark, and have blank lines", async () => {
    const text = `\uFEFF"time","price"\n\n"${iso(0)}","6326.25"\n${iso(1)},6326\n\n`;
    const { tape } = await good(gzipSync(text), "prices.csv.gz");
    expect([...tape.last]).toEqual([25_305, 25_304]);
  });

  test("of many rows is read whole", async () => {
    const rows = Array.from({ length: 20_000 }, (_, i) => `${NINE + i},${6300 + (i % 40) / 4}`);
    const { rows: count, tape } = await good(`time,price\n${rows.join("\n")}`);
    expect([count, tape.length, tape.last[19_999]]).toEqual([
      20_000,
      20_000,
      25_200 + (19_999 % 40),
    ]);
  });

  test("of another contract is read on that contract's grid", async () => {
    const ticksOf = async (instrument: Root, price: string) =>
      (await good(`time,price\n${iso(0)},${price}`, "p.csv", { instrument })).tape.last[0];
    expect(await ticksOf("CL", "-37.63")).toBe(-3763);
    expect(await ticksOf("ZN", "110.015625")).toBe(7041);
    expect(await ticksOf("MES", "6326.")).toBe(25_304);
  });

  test("leaves out rows outside the sessions, and counts them", async () => {
    const saturday = Date.UTC(2026, 10, 21, 12) / 1000;
    const sunday = Date.UTC(2026, 10, 22, 22) / 1000; // 16:00 in Chicago, an hour too early
    const monday = Date.UTC(2026, 10, 23, 15) / 1000;
    const times = [NINE / 1000, saturday, saturday + 60, sunday, monday, monday + 1];
    const { rows, strays, tape } = await good(
      `time,price\n${times.map((at) => `${at},1\n`).join("")}`,
    );
    expect([rows, strays, [...tape.at]]).toEqual([
      3,
      3,
      [NINE, monday * 1000, monday * 1000 + 1000],
    ]);
  });

  test("for a venue that never closes keeps every row", async () => {
    const saturday = Date.UTC(2026, 10, 21, 12) / 1000;
    const rows = `time,price\n${saturday},1\n${saturday + 60},1\n`;
    const kept = await good(rows, "prices.csv", { sessions: "always-open" });
    expect(kept).toMatchObject({ rows: 2, strays: 0 });
  });
});

describe("a price file that is wrong names the line and what was expected", () => {
  test("when it is missing or cannot be read", async () => {
    const bars = { path: "worst-first", against: null } as const;
    const path = join(temporaryFolder(), "none.csv");
    const missing = await readPriceFile({ path, instrument: "ES", bars });
    expect(missing).toMatchObject({
      ok: false,
      error: { kind: "missing-file", file: path, line: null },
    });
    const gone = await readPriceFile({ path: `${path}.gz`, instrument: "ES", bars });
    expect(gone).toMatchObject({ ok: false, error: { kind: "missing-file" } });
    const folder = await readPriceFile({ path: temporaryFolder(), instrument: "ES", bars });
    expect(folder).toMatchObject({ ok: false, error: { kind: "unreadable" } });
    expect(await faultOf("time,price\n", "plain.csv.gz")).toMatchObject({ kind: "unreadable" });
    const cut = gzipSync(`time,price\n${iso(0)},1\n`).subarray(0, -8);
    expect(await faultOf(cut, "cut.csv.gz")).toMatchObject({ kind: "unreadable" });
  });

  test("when nothing is in it", async () => {
    expect(await faultOf("")).toMatchObject({ kind: "empty", found: "nothing" });
    expect(await faultOf("time,price\n\n")).toMatchObject({ kind: "empty", found: "none" });
    const saturday = Date.UTC(2026, 10, 21, 12) / 1000;
    expect(await faultOf(`time,price\n${saturday},1\n`)).toMatchObject({
      kind: "empty",
      expected: "at least one price inside the exchange's sessions",
      found: "1 outside them",
    });
  });

  test("when its header is none we know", async () => {
    expect(await faultOf("date,price\n1,2\n")).toMatchObject({
      kind: "unknown-header",
      line: 1,
      found: "date,price",
    });
    expect(await faultOf(`\n2026,${"x".repeat(200)}`)).toMatchObject({
      kind: "unknown-header",
      line: 2,
    });
    expect((await faultOf(`a,${"x".repeat(200)}`)).found.length).toBeLessThan(90);
  });

  test("when a row is malformed", async () => {
    const header = "time,price\n";
    const row = async (text: string) => faultOf(`${header}${iso(0)},1\n${text}\n`);
    expect(await row("yesterday,1")).toMatchObject({
      kind: "malformed-row",
      line: 3,
      found: "yesterday",
      expected: "a time with its zone (2026-03-02T15:31:10Z) or Unix seconds",
    });
    expect(await row(iso(1))).toMatchObject({ kind: "malformed-row", found: "nothing" });
    expect(await row(`${iso(1)},0x10`)).toMatchObject({
      kind: "malformed-row",
      expected: 'a price under "price"',
    });
    expect(await row(`${iso(1)},NaN`)).toMatchObject({ kind: "malformed-row", found: "NaN" });
    expect(await row(`"${iso(1)},1`)).toMatchObject({ kind: "malformed-row", line: 3 });
    expect(await row(`${iso(1)},${"1".repeat(70_000)}`)).toMatchObject({
      kind: "malformed-row",
      line: 3,
    });
    const swapped = await faultOf("price,time\n1\n");
    expect(swapped).toMatchObject({ kind: "malformed-row", found: "nothing" });
  });

  test("when a price is off the tick grid", async () => {
    expect(await faultOf(`time,price\n${iso(0)},6326.30\n`)).toEqual({
      kind: "off-tick",
      line: 2,
      expected: "a price of ES, a multiple of 0.25",
      found: "6326.30",
    });
    expect(await faultOf(`time,last,bid,ask\n${iso(0)},1,1,1.1\n`)).toMatchObject({
      kind: "off-tick",
    });
  });

  test("when a price is four times the one before it, or a quarter", async () => {
    expect(await faultOf(`time,price\n${iso(0)},6326\n${iso(1)},99999999\n`)).toEqual({
      kind: "malformed-row",
      line: 3,
      expected: "a price near the one before it, 6326.00",
      found: "99999999.00",
    });
    const trades = (then: number) => faultOf(`time,price\n${iso(0)},100\n${iso(1)},${then}\n`);
    for (const far of [400.25, 24.75])
      expect(await trades(far)).toMatchObject({ kind: "malformed-row", line: 3 });
    const bar = `time,open,high,low,close\n${iso(0)},100,1000,100,100\n`;
    expect(await faultOf(bar)).toMatchObject({ kind: "malformed-row", line: 2 });
    const near = await good(`time,price\n${iso(0)},100\n${iso(1)},400\n${iso(2)},100\n`);
    expect(near.rows).toBe(3);
    const oil = `time,price\n${iso(0)},18.27\n${iso(1)},-37.63\n${iso(2)},10.01\n`;
    expect((await good(oil, "p.csv", { instrument: "CL" })).rows).toBe(3);
  });

  test("when time runs backwards, or two bars begin at once", async () => {
    expect(await faultOf(`time,price\n${iso(5)},1\n${iso(4)},1\n`)).toMatchObject({
      kind: "time-backwards",
      line: 3,
      expected: `a time after ${iso(5)}`,
      found: iso(4),
    });
    const bars = `time,open,high,low,close\n${iso(0)},1,1,1,1\n${iso(0)},2,2,2,2\n`;
    expect(await faultOf(bars)).toMatchObject({ kind: "time-backwards", line: 3 });
  });

  test("when a size is none", async () => {
    for (const size of ["0", "-3", "", "1.5", "many"]) {
      expect(await faultOf(`time,price,size\n${iso(0)},1,${size}\n`)).toMatchObject({
        kind: "bad-size",
        line: 2,
        found: size,
        expected: "a size of 1 or more",
      });
    }
    expect(await faultOf(`time,price,size\n${iso(0)},1\n`)).toMatchObject({ kind: "bad-size" });
  });

  test("when a bar's prices do not lie from its low to its high", async () => {
    const bar = (prices: string) => faultOf(`time,open,high,low,close\n${iso(0)},${prices}\n`);
    for (const prices of ["2,1,1,1", "1,1,1,2", "1,2,2,1", "1,1,2,1"]) {
      expect(await bar(prices), prices).toMatchObject({ kind: "high-below-low", line: 2 });
    }
    const { found } = await bar("4500,4499,4498,4499.25");
    expect(found).toBe("open, high, low, close of 4500.00, 4499.00, 4498.00, 4499.25");
  });

  test("when it has more rows than it may", async () => {
    const trades = `time,price\n${iso(0)},1\n${iso(1)},1\n${iso(2)},1\n`;
    expect(await faultOf(trades, "p.csv", { rowsMax: 2 })).toMatchObject({
      kind: "too-many-rows",
      line: 4,
    });
    const bars = `time,open,high,low,close\n${iso(0)},1,1,1,1\n${iso(60)},1,1,1,1\n`;
    expect(await faultOf(bars, "p.csv", { rowsMax: 1 })).toMatchObject({
      kind: "too-many-rows",
      line: 3,
    });
  });

  test("in one sentence for people", () => {
    const fault = { kind: "off-tick", file: "p.csv", expected: "this", found: "that" } as const;
    expect(explainPriceFault({ ...fault, line: 7 })).toBe("p.csv:7: expected this, found that");
    expect(explainPriceFault({ ...fault, line: null })).toBe("p.csv: expected this, found that");
  });
});
