import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dollars, money } from "../../../../src/core/model/units.ts";
import { type Budget, fitInto } from "../../../../src/core/risk/gate.ts";

const budget = (change: Partial<Budget> = {}): Budget => ({
  scope: "account",
  limit: dollars(500),
  realised: dollars(0),
  open: dollars(0),
  ...change,
});

const three = { quantity: 3, risk: dollars(191.16) };

describe("the gate", () => {
  it("leaves a size alone that fits below every limit", () => {
    expect(fitInto(three, [budget(), budget({ scope: "total" })])).toEqual({
      ok: true,
      value: null,
    });
    expect(fitInto(three, [])).toEqual({ ok: true, value: null });
  });

  it("takes as many contracts as the tightest of them has room for, with its numbers", () => {
    const total = budget({ scope: "total", realised: dollars(-300), open: dollars(70) });
    expect(fitInto(three, [budget({ open: dollars(320) }), total])).toEqual({
      ok: true,
      value: {
        why: "room",
        from: 3,
        to: 2,
        scope: "account",
        limit: dollars(500),
        lost: 0,
        open: dollars(320),
        each: dollars(63.72),
      },
    });
  });

  it("tells what is kept of a limit that would cost the account", () => {
    const hard = budget({ scope: "firm-day", limit: dollars(150), buffer: dollars(100) });
    expect(fitInto(three, [hard])).toMatchObject({
      value: { to: 2, limit: dollars(150), buffer: dollars(100) },
    });
  });

  it("refuses what has no room for one", () => {
    const spent = budget({ realised: dollars(-400), open: dollars(40) });
    expect(fitInto(three, [spent])).toEqual({
      ok: false,
      error: {
        kind: "no-room",
        scope: "account",
        limit: dollars(500),
        lost: dollars(400),
        open: dollars(40),
        each: dollars(63.72),
      },
    });
  });

  it("does not count a profit as room", () => {
    const rich = budget({ realised: dollars(1_000), open: dollars(400) });
    expect(fitInto(three, [rich])).toMatchObject({ value: { to: 1, lost: 0 } });
  });

  it("has nothing against an entry that can lose nothing", () => {
    const spent = budget({ realised: dollars(-600) });
    expect(fitInto({ quantity: 2, risk: money(0) }, [spent])).toEqual({ ok: true, value: null });
  });

  it("never lets through what could lose more than is left, and never less than would fit", () => {
    const amount = fc.integer({ min: 0, max: 1_000 }).map(dollars);
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20 }),
        amount,
        amount,
        amount,
        (n, each, lost, open) => {
          const sized = { quantity: n, risk: money(each * n) };
          const fits = fitInto(sized, [budget({ realised: money(-lost), open })]);
          const room = dollars(500) - lost - open;
          if (!fits.ok) return each > room;
          const taken = fits.value?.to ?? n;
          const isWhole = taken === n || each * (taken + 1) > room;
          return isWhole && (each === 0 || each * taken <= room);
        },
      ),
    );
  });
});
