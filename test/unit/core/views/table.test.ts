import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { widthOf } from "../../../../src/core/views/plain-text.ts";
import { renderTable, type TableColumn } from "../../../../src/core/views/table.ts";

const LAYOUT: readonly TableColumn[] = [
  { title: "#", align: "right" },
  { title: "ACCOUNT", align: "left" },
  { title: "ENTRY", align: "right" },
  { title: "PHASE", align: "left" },
];
const ROWS = [
  ["1", "Paper", "6326.25", "open"],
  ["12", "Combine 50K", "18.50", "abandoned"],
];

describe("a table", () => {
  it("has numbers right, words left and no spaces at the end of a line", () => {
    expect(renderTable(LAYOUT, ROWS, 80)).toEqual([
      " #  ACCOUNT        ENTRY  PHASE",
      " 1  Paper        6326.25  open",
      "12  Combine 50K    18.50  abandoned",
    ]);
  });

  it("without rows is its titles", () => {
    expect(renderTable(LAYOUT, [], 80)).toEqual(["#  ACCOUNT  ENTRY  PHASE"]);
  });

  it("shows nothing where a cell is missing", () => {
    expect(renderTable(LAYOUT, [["1"], ["2", "Paper"]], 80)).toEqual([
      "#  ACCOUNT  ENTRY  PHASE",
      "1",
      "2  Paper",
    ]);
  });

  it("takes from its widest words first when the screen is narrow, and leaves numbers whole", () => {
    expect(renderTable(LAYOUT, ROWS, 31)).toEqual([
      " #  ACCOUNT     ENTRY  PHASE",
      " 1  Paper     6326.25  open",
      "12  Combine…    18.50  abandon…",
    ]);
  });

  it("ends its lines in an ellipsis when no word can give any more", () => {
    expect(renderTable(LAYOUT, ROWS, 20)).toEqual([
      " #  ACCOU…    ENTRY…",
      " 1  Paper   6326.25…",
      "12  Combi…    18.50…",
    ]);
  });

  it("cleans what strangers wrote into it", () => {
    expect(renderTable(LAYOUT, [["1", "Pa\u001bper\n9"]], 80)[1]).toBe("1  Pa per 9");
  });

  it("never is wider than the screen, and has a line for each row", () => {
    const rows = fc.array(fc.array(fc.string({ unit: "binary" }), { maxLength: 5 }), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(rows, fc.integer({ min: 1, max: 60 }), (cells, columns) => {
        const lines = renderTable(LAYOUT, cells, columns);
        expect(lines).toHaveLength(cells.length + 1);
        expect(lines.filter((line) => widthOf(line) > columns)).toEqual([]);
      }),
    );
  });
});
