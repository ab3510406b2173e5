/** How far a trade's price went, as the running program writes it down: with and without a gap. */
import { describe, expect, test } from "vitest";
import type { Fact, FactOf } from "../../src/core/model/fact.ts";
import { ticks } from "../../src/core/model/units.ts";
import { replay } from "../kit/transcript.ts";

const LONG = "09:30:01 alert m1 🚨 ES long 6326: C / Stop: 6316 / @everyone";
const SHORT = "09:30:01 alert m1 🚨 ES short 6326: C / Stop: 6336 / @everyone";

/** What the exits of a short story say, oldest first. */
function stretchesOf(...inputs: readonly string[]): readonly FactOf<"ExitFilled">["stretch"][] {
  const facts: Fact[] = [];
  replay(inputs.map((input) => `> ${input}`).join("\n"), (fact) => facts.push(fact));
  return facts.flatMap((fact) => (fact.kind === "ExitFilled" ? [fact.stretch] : []));
}

const points = (high: number, low: number) => ({ high: ticks(high * 4), low: ticks(low * 4) });

describe("a trade's way", () => {
  test("is every trade at the market while it was on, the one that ended it too", () => {
    const told = stretchesOf(
      "09:30:00 price 6326",
      LONG,
      "09:30:10 price 6330.75",
      "09:30:20 price 6319.5",
      "09:30:30 price 6324",
      "09:30:40 price 6315",
    );
    expect(told).toEqual([{ ...points(6_330.75, 6_315), by: "ticks" }]);
  });

  test("is the mirror of it for a short", () => {
    const told = stretchesOf(
      "09:30:00 price 6326",
      SHORT,
      "09:30:10 price 6321.25",
      "09:30:20 price 6332.5",
      "09:30:40 price 6337",
    );
    expect(told).toEqual([{ ...points(6_337, 6_321.25), by: "ticks" }]);
  });

  test("does not begin before the fill", () => {
    const told = stretchesOf(
      "09:30:00 price 6340",
      "09:30:00.5 price 6326",
      LONG,
      "09:30:10 price 6315",
    );
    expect(told).toEqual([{ ...points(6_326, 6_315), by: "ticks" }]);
  });

  test("is known in part where the program was down for some of it", () => {
    const [stretch] = stretchesOf(
      "09:30:00 price 6326",
      LONG,
      "09:30:10 price 6330",
      "09:30:20 crash",
      "09:30:50 restart",
      "09:31:00 price 6315",
    );
    expect(stretch?.unseen?.why).toBe("not-followed");
    expect(stretch?.unseen?.lasted).toBeGreaterThan(45_000);
    expect(stretch?.high).toBeLessThanOrEqual(ticks(6_330 * 4));
  });

  test("and where the feed fell silent within it", () => {
    const [stretch] = stretchesOf(
      "09:30:00 price 6326",
      LONG,
      "09:30:10 feed stops",
      "09:30:40 feed goes on",
      "09:31:00 price 6315",
    );
    expect(stretch?.unseen?.why).toBe("silent");
    expect(stretch?.unseen?.lasted).toBeGreaterThanOrEqual(29_000);
  });
});

test("the market, the sending and the venue's time are written down with the entry", () => {
  const facts: Fact[] = [];
  replay(`> 09:30:00 price 6326 6325.75 6326\n> ${LONG}\n> 09:30:06 price 6326`, (fact) =>
    facts.push(fact),
  );
  const read = facts.find((fact) => fact.kind === "AlertRead");
  expect(read?.market).toMatchObject({ bid: 6_325.75 * 4, ask: 6_326 * 4 });
  const first = facts.find((fact) => fact.kind === "EntryAccepted" || fact.kind === "EntryFilled");
  const planned = facts.find((fact) => fact.kind === "TradePlanned");
  expect(first?.sentAt).toBe(planned?.at);
  expect(facts.filter((fact) => "sentAt" in fact && fact.kind.startsWith("Entry"))).toHaveLength(1);
});
