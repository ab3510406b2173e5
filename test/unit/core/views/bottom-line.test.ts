/** The bottom line of a terminal: what it says, and what it leaves out where there is no room. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { accountId } from "../../../../src/core/model/ids.ts";
import { dollars, millis, ticks } from "../../../../src/core/model/units.ts";
import { bottomLine, type Moment } from "../../../../src/core/views/bottom-line.ts";
import { anAccount, anOpenTrade, aQuote, aTrade } from "../../../kit/builders.ts";
import { NOON } from "../../../kit/sample-facts.ts";

const at = millis(NOON);
const ago = (ms: number) => millis(NOON - ms);

const moment = (change: Partial<Moment> = {}): Moment => ({
  ...{ at, mode: "paper", trades: [], quoteAgeMax: millis(3_000), local: null },
  accounts: [anAccount({ realisedToday: dollars(52.5) })],
  quotes: [aQuote(undefined, { at: ago(400) })],
  sources: { discord: { state: "up", at: ago(60_000) } },
  cutOff: millis(NOON + 8_025_000),
  ...change,
});

const said = (change: Partial<Moment> = {}, columns = 400): string =>
  bottomLine(moment(change), columns);

describe("it says", () => {
  it("how everything stands", () => {
    expect(said({ local: "16:00:00 Europe/Berlin" })).toBe(
      "PAPER active | flat | day $52.50 | MES 0.4 s | discord ok | venue ok | entries 2 h 13 min | 09:00:00 CT, 16:00:00 Europe/Berlin",
    );
  });

  it("what is held and where its stop is", () => {
    const trade = anOpenTrade();
    const [first] = trade.tranches;
    expect(said({ trades: [trade] })).toMatch(/\| long 3 MES, stop \d{4}\.\d\d \|/);
    const second = { ...anOpenTrade(), number: 2 };
    expect(said({ trades: [second, trade] })).toMatch(/\| long 3 MES, stop [\d.]+ and 1 more \|/);
    const bare = { ...trade, tranches: [{ ...first, stop: null }] } as typeof trade;
    expect(said({ trades: [bare] })).toContain("NO STOP");
    expect(said({ trades: [aTrade()] })).toContain("| flat, an entry rests |");
  });

  it("what is open at the prices of this moment, and what is not known", () => {
    const trade = anOpenTrade();
    const twice = [trade, { ...anOpenTrade(), number: 2 }];
    expect(said({ trades: [trade] })).toMatch(/stop [\d.]+ \| open -?\$[\d.]+ \| day \$52\.50 \|/);
    const [one, two] = [[trade], twice].map((trades) =>
      Number(/open (-?)\$([\d.]+)/.exec(said({ trades }))?.slice(1).join("")),
    );
    expect(two).toBe(2 * (one ?? Number.NaN));
    expect(said({ trades: [trade], quotes: [] })).toContain("| open unknown |");
    expect(said({ trades: [aTrade()] })).not.toContain("open $");
  });

  it("the worst gate, and on how many accounts", () => {
    const [one, two] = [anAccount(), anAccount({ id: accountId("B"), gate: "halted" })];
    expect(said({ accounts: [one, two] })).toMatch(/^PAPER HALTED on 1 of 2 \|/);
    expect(said({ mode: "live", accounts: [two] })).toMatch(/^LIVE HALTED \|/);
    expect(said({ accounts: [] })).toMatch(/^PAPER active \|/);
  });

  it("what is wrong in capitals", () => {
    const down = anAccount({ link: { state: "down", at: ago(12_400) } });
    expect(said({ accounts: [down] })).toContain("| venue DOWN 12 s |");
    expect(said({ accounts: [anAccount({ settled: false })] })).toContain("venue NOT COMPARED");
    const deaf = { discord: { state: "down", at: ago(185_000) } } as const;
    expect(said({ sources: deaf })).toContain("| discord DEAF 3 min 5 s |");
    expect(said({ quotes: [] })).toContain("| NO PRICES |");
    const quotes = [aQuote(undefined, { at: ago(100) }), aQuote(undefined, { at: ago(4_000) })];
    expect(said({ quotes })).toContain("| MES 4 s OLD |");
  });

  it("when entries end, to the second in the last minute", () => {
    expect(said({ cutOff: millis(NOON + 59_400) })).toContain("| entries 59 s |");
    expect(said({ cutOff: null })).toContain("| no entries any more |");
  });
});

describe("on a narrow screen it", () => {
  it("leaves out what matters least, and keeps what is wrong", () => {
    const deaf = { discord: { state: "down", at: ago(185_000) } } as const;
    expect(said({ sources: deaf }, 70)).toBe(
      "PAPER active | flat | day $52.50 | MES 0.4 s | discord DEAF 3 min 5 s",
    );
    expect(said({ sources: deaf }, 50)).toBe("PAPER active | flat | discord DEAF 3 min 5 s");
    expect(said({}, 20)).toBe("PAPER active | flat");
    expect(said({}, 13)).toBe("PAPER active");
    expect(said({}, 6)).toBe("PAPER.");
  });

  it("is never wider than that, and plain ASCII", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 200 }),
        fc.integer({ min: 0, max: 10 ** 8 }),
        (columns, age) => {
          const line = said(
            { trades: [anOpenTrade()], quotes: [aQuote(undefined, { at: ago(age) })] },
            columns,
          );
          expect(line).toMatch(/^[ -~]*$/);
          expect(line.length).toBeLessThanOrEqual(columns);
        },
      ),
    );
  });
});

it("counts ticks as its instrument does", () => {
  const trade = anOpenTrade();
  const tranches = trade.tranches.map((one) => ({
    ...one,
    stop: one.stop === null ? null : { ...one.stop, price: ticks(25_261) },
  }));
  expect(said({ trades: [{ ...trade, tranches } as typeof trade] })).toContain("stop 6315.25");
});
