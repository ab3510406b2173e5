import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { millis } from "../../../../src/core/model/units.ts";
import { indexAt, NONE, type Tape, tapeBuilder } from "../../../../src/core/paper/tape.ts";
import { pathOfTape } from "../../../../src/core/paper/tape-path.ts";

type Print = readonly [after: number, price: number];

function tapeOf(prints: readonly Print[]): { readonly tape: Tape; readonly times: number[] } {
  const builder = tapeBuilder({ instrument: "ES", resolution: millis(0) });
  const times: number[] = [];
  let at = 1_000;
  for (const [after, price] of prints) {
    at += after;
    times.push(at);
    builder.add(at, price, price, price, null);
  }
  return { tape: builder.finish(), times };
}

const somePrints = fc.array(fc.tuple(fc.nat(400), fc.integer({ min: 25_000, max: 25_020 })), {
  minLength: 1,
  maxLength: 600,
});

describe("the way of a tape's price", () => {
  it("is that of its prints since then", () => {
    fc.assert(
      fc.property(somePrints, fc.nat(2_000), fc.nat(3_000), (prints, after, lasted) => {
        const { tape, times } = tapeOf(prints);
        const since = millis(1_000 + after);
        const now = millis(since + lasted);
        const stand = indexAt(tape, now, NONE);
        const seen = prints
          .map(([, price]) => price)
          .filter((_, index) => {
            const at = times[index] ?? 0;
            return at >= since && at <= now;
          });
        const path = pathOfTape(tape, since, { stand, now });
        if (stand === NONE) {
          expect(path).toBeNull();
          return;
        }
        const from = Math.max(since, times[0] ?? 0);
        const heard = [from, ...times.filter((at) => at >= since && at <= now), now];
        const silences = heard.slice(1).map((at, index) => at - (heard[index] ?? 0));
        expect(path).toEqual({
          reach: seen.length === 0 ? null : { high: Math.max(...seen), low: Math.min(...seen) },
          from,
          silence: Math.max(...silences),
        });
      }),
    );
  });

  it("cut into stretches, is the longest reach of them", () => {
    fc.assert(
      fc.property(somePrints, fc.nat(600), (prints, cut) => {
        const { tape, times } = tapeOf(prints);
        const [first, last] = [millis(times[0] ?? 0), millis(times.at(-1) ?? 0)];
        const middle = millis(times[cut % times.length] ?? 0);
        const until = (since: typeof first, now: typeof first) =>
          pathOfTape(tape, since, { stand: indexAt(tape, now, NONE), now })?.reach;
        const parts = [until(first, middle), until(middle, last)];
        expect(until(first, last)).toEqual({
          high: Math.max(...parts.map((one) => one?.high ?? Number.NaN)),
          low: Math.min(...parts.map((one) => one?.low ?? Number.NaN)),
        });
      }),
    );
  });

  it("of an empty tape there is none", () => {
    const { tape } = tapeOf([]);
    expect(pathOfTape(tape, millis(0), { stand: 0, now: millis(1) })).toBeNull();
  });
});
