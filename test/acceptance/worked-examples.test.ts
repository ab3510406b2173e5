/**
 * The worked examples: what a trader can check on paper, through the whole program.
 *
 * Each example prints the configuration it needs, as the file a user would write; what it leaves out
 * is as delivered. The alert is heard by the real loop and filled by the real paper venue, and the
 * money is read twice: from the program's facts and from the venue's own account.
 */
import { describe, expect, test } from "vitest";
import type { Fact, FactOf } from "../../src/core/model/fact.ts";
import { priceToTicks, showPrice } from "../../src/core/model/instrument.ts";
import { instrumentOf } from "../../src/core/model/instruments.ts";
import type { Message } from "../../src/core/model/message.ts";
import { QUOTE_AGE_MAX } from "../../src/core/model/quote.ts";
import type { Rules } from "../../src/core/model/rules.ts";
import { millis, money, type Ticks, toDollars } from "../../src/core/model/units.ts";
import { readConfig } from "../../src/shell/yaml/config-source.ts";
import { valuesOf } from "../../src/std/trie.ts";
import { posted } from "../kit/posted.ts";
import { DEFAULT_SETUP, type ScenarioSetup } from "../kit/scenario-setup.ts";
import { atMinute, type Price, scenarioWorld } from "../kit/scenario-world.ts";

/** As delivered: ES alerts trade MES, a trade may lose $200, stops slip a tick, fees by date. */
const DELIVERED = "{}";

/** No mapping, one limit raised, no slippage, the flat commission of $2.50 a round turn. */
const IN_ES = `
paper:
  slippage: 0
rules:
  default:
    tradeAs: { ES: ES }
    limits: { lossPerTrade: 2000, dailyLoss: 5000 }
    fees: flat
`;

/** The same in MES, with four contracts for an A. */
const FOUR_MES = `
paper:
  slippage: 0
rules:
  default:
    sizing: { kind: contracts, A: 4, B: 2, C: 1 }
    limits: { lossPerTrade: 2000, dailyLoss: 5000 }
    fees: flat
`;

describe("1 ES from 4500 to Target 1 at 4507", () => {
  const day = () => played(IN_ES, "🚨 ES long 4500: C\nStop: 4490\n@everyone", [4500, 4507.25]);

  test("is bought at 4500.00 and sold at 4507.00", () => {
    expect(day().fills()).toEqual(["in 1 at 4500.00", "out 1 at 4507.00"]);
  });

  test("nets $347.50: 7 points at $50, less the flat commission of $2.50", () => {
    expect(day().closed()).toEqual([{ how: "targets", gross: 350, fees: 2.5, net: 347.5 }]);
    expect(day().balance()).toBe(50_347.5);
  });
});

describe("a point", () => {
  test("of ES is worth $50", () => {
    const day = played(IN_ES, "🚨 ES long 4500: C\nStop: 4490\nTarget: 4501", [4500, 4501.25]);
    expect(day.closed()).toEqual([{ how: "targets", gross: 50, fees: 2.5, net: 47.5 }]);
  });

  test("of MES is worth $5", () => {
    const day = played(FOUR_MES, "🚨 ES long 4500: C\nStop: 4490\nTarget: 4501", [4500, 4501.25]);
    expect(day.closed()).toEqual([{ how: "targets", gross: 5, fees: 2.5, net: 2.5 }]);
  });

  test("works the other way round for a short", () => {
    const day = played(IN_ES, "🚨 ES short 4500: C\nStop: 4510\nTarget: 4499", [4500, 4498.75]);
    expect(day.fills()).toEqual(["in 1 at 4500.00", "out 1 at 4499.00"]);
    expect(day.closed()).toEqual([{ how: "targets", gross: 50, fees: 2.5, net: 47.5 }]);
  });
});

describe("4 MES from 6326 to 6333", () => {
  test("gross $140.00: 7 points at $5 on 4 contracts", () => {
    const alert = "🚨 ES long 6326: A\nStop: 6316\nTarget: 6333\n@everyone";
    const day = played(FOUR_MES, alert, [6326, 6333.25]);
    expect(day.fills()).toEqual(["in 4 at 6326.00", "out 4 at 6333.00"]);
    expect(day.closed()).toEqual([{ how: "targets", gross: 140, fees: 10, net: 130 }]);
    expect(day.balance()).toBe(50_130);
  });
});

describe("size A with three contracts", () => {
  const alert = "🚨 ES long 4500: A\nStop: 4490\n@everyone";

  test("leaves 1 at Target 1 and 2 at Target 2", () => {
    const day = played(IN_ES, alert, [4500, 4507.25, 4512.25]);
    expect(day.fills()).toEqual([
      "in 1 at 4500.00",
      "in 2 at 4500.00",
      "out 1 at 4507.00",
      "out 2 at 4512.00",
    ]);
    // 7 points on one and 12 on two are 31 points.
    expect(day.closed()).toEqual([{ how: "targets", gross: 1_550, fees: 7.5, net: 1_542.5 }]);
  });

  test("costs only the commission on the two that turn back at breakeven", () => {
    const day = played(IN_ES, alert, [4500, 4507.25, 4500]);
    expect(day.fills().at(-1)).toBe("out 2 at 4500.00");
    expect(day.closed()).toEqual([{ how: "breakeven", gross: 350, fees: 7.5, net: 342.5 }]);
  });
});

describe("three ES with a stop at 4495", () => {
  test("lose $757.50 there: 5 points at $50 on 3 contracts, and $7.50 of commission", () => {
    const day = played(IN_ES, "🚨 ES long 4500: A\nStop: 4495\n@everyone", [4500, 4495]);
    expect(day.fills().slice(2)).toEqual(["out 1 at 4495.00", "out 2 at 4495.00"]);
    expect(day.closed()).toEqual([{ how: "stop", gross: -750, fees: 7.5, net: -757.5 }]);
    expect(day.balance()).toBe(49_242.5);
  });
});

describe("as delivered, on a fresh day", () => {
  const alert = "🚨 ES long 6326: A\nStop: 6316\n@everyone";

  test("an A alert with a 10-point ES stop is taken at 3 MES", () => {
    const day = played(DELIVERED, alert, [6326]);
    const [planned] = day.facts("TradePlanned");
    expect(planned?.plan).toMatchObject({ instrument: "MES", side: "long" });
    expect(planned?.plan.tranches.map(({ quantity }) => quantity)).toEqual([1, 2]);
    expect(day.fills()).toEqual(["in 1 at 6326.00", "in 2 at 6326.00"]);
  });

  test("it risks $191.16 of the $200 a trade may lose: 12.50 points at $5 on 3, and the fees", () => {
    const [planned] = played(DELIVERED, alert, [6326]).facts("TradePlanned");
    expect(toDollars(planned?.plan.risk ?? money(0))).toBe(191.16);
  });

  test("that figure is what is lost at worst: filled at the limit, stopped two ticks late", () => {
    const worst = played(DELIVERED, alert, [6328, 6315.75]);
    expect(worst.fills()[0]).toBe("in 1 at 6328.00");
    expect(worst.closed()).toMatchObject([{ how: "stop", net: -191.16 }]);
  });
});

interface Day {
  facts<Kind extends Fact["kind"]>(kind: Kind): readonly FactOf<Kind>[];
  /** Contracts in and out, in their order. */
  fills(): readonly string[];
  closed(): readonly unknown[];
  /** The venue's own figure, in dollars. */
  balance(): number;
}

const OPEN = atMinute(9 * 60 + 30);
const STEP = 60_000;

/**
 * A day at these prices, a minute each. At the first we can enter (the offer of a long, the bid of a
 * short), and the alert comes with it; the later ones are trades.
 */
function played(yaml: string, text: string, prices: readonly number[]): Day {
  const facts: Fact[] = [];
  const world = scenarioWorld(setupOf(yaml), millis(OPEN - 5_000), {
    fact: (fact) => void facts.push(fact),
    request: () => {},
    died: () => {},
  });
  world.runUntil(OPEN);
  for (const [index, points] of prices.entries()) {
    world.price(index === 0 ? entryAt(points, text.includes("long")) : tradeAt(points));
    if (index === 0) world.hear(messageOf(text));
    world.runUntil(millis(OPEN + (index + 1) * STEP));
  }
  world.check();
  const of = <Kind extends Fact["kind"]>(kind: Kind): readonly FactOf<Kind>[] =>
    facts.filter((fact): fact is FactOf<Kind> => fact.kind === kind);
  return {
    facts: of,
    fills: () => facts.flatMap(fillText),
    closed: () =>
      of("TradeClosed").map(({ how, ...sums }) => ({
        how,
        gross: toDollars(sums.gross),
        fees: toDollars(sums.fees),
        net: toDollars(sums.net),
      })),
    balance: () => valuesOf(world.venue().accounts).reduce((_, one) => toDollars(one.balance), 0),
  };
}

/** The program as its user sets it up. */
function setupOf(yaml: string): ScenarioSetup {
  const read = readConfig(yaml, "config.yaml");
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  const { settings, paper } = read.value;
  return {
    ...DEFAULT_SETUP,
    priceAgeMax: QUOTE_AGE_MAX,
    accounts: settings.accounts.map(({ id, rules }) => ({
      name: id,
      rules: settings.ruleSets[rules] as Rules,
    })),
    venue: {
      brackets: paper.brackets,
      slippage: paper.slippage,
      limitFill: paper.limitFill,
      partialFill: null,
    },
    venueGoesOn: false,
    rooms: {},
  };
}

const ES = instrumentOf("ES");

function ticksOf(points: number): Ticks {
  const price = priceToTicks(ES, points);
  if (!price.ok) throw new Error(`${points} is no price of ES`);
  return price.value;
}

const tradeAt = (points: number): Price => ({ root: "ES", last: ticksOf(points) });

function entryAt(points: number, isLong: boolean): Price {
  const [bid, ask] = isLong ? [points - 0.25, points] : [points, points + 0.25];
  return { root: "ES", last: ticksOf(isLong ? bid : ask), bid: ticksOf(bid), ask: ticksOf(ask) };
}

const messageOf = (text: string): Message => posted(text, { sentAt: OPEN });

function fillText(fact: Fact): readonly string[] {
  if (fact.kind !== "EntryFilled" && fact.kind !== "ExitFilled") return [];
  const way = fact.kind === "EntryFilled" ? "in" : "out";
  return [`${way} ${fact.quantity} at ${showPrice(ES, fact.price)}`];
}
