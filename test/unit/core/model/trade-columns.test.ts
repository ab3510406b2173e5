/** Columns hold what was put in, however much it is. */
import { expect, test } from "vitest";
import { columnsBuilder, NAMES_MAX, OTHERS } from "../../../../src/core/model/trade-columns.ts";
import { closedTrade, columnsOf } from "../../../kit/closed-trades.ts";

test("columns grow with what is put in", () => {
  const columns = columnsOf(
    Array.from({ length: 3_000 }, (_, index) =>
      closedTrade({ net: index, labels: { author: `author ${index % 3}` } }),
    ),
  );
  expect(columns.length).toBe(3_000);
  expect(columns.net[2_999]).toBe(2_999);
  expect(columns.labels.author.names).toEqual(["author 0", "author 1", "author 2"]);
  expect(columns.labels.author.codes[2_999]).toBe(2);
});

test("in slices they are the same", () => {
  const builder = columnsBuilder();
  for (let index = 0; index < 2_100; index++) {
    builder.add(closedTrade({ net: index, labels: { author: `author ${index % 7}` } }));
  }
  const slices = builder.finishInSlices();
  let turns = 0;
  let step = slices.next();
  for (; step.done !== true; step = slices.next()) turns += 1;
  expect(turns).toBeGreaterThan(1);
  expect(step.value.labels).toEqual(builder.finish().labels);
  expect(step.value.net.join()).toBe(builder.finish().net.join());
  expect([...step.value.net]).toEqual(Array.from({ length: 2_100 }, (_, index) => index));
});

test("a builder knows how many it holds", () => {
  const builder = columnsBuilder();
  builder.add(closedTrade({}));
  expect(builder.length()).toBe(1);
});

test("names without end share the last one", () => {
  const columns = columnsOf(
    Array.from({ length: NAMES_MAX + 5 }, (_, index) =>
      closedTrade({ labels: { tag: `tag ${index}` } }),
    ),
  );
  const { names, codes } = columns.labels.tag;
  expect(names.length).toBe(NAMES_MAX + 1);
  expect(names[codes[NAMES_MAX + 4] ?? 0]).toBe(OTHERS);
});
