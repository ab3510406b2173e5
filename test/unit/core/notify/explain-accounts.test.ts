import { expect, it } from "vitest";
import { accountId } from "../../../../src/core/model/ids.ts";
import { instrumentOf } from "../../../../src/core/model/instruments.ts";
import type { Opponent, Refusal } from "../../../../src/core/model/refusal.ts";
import { contracts, millis } from "../../../../src/core/model/units.ts";
import { explainRefusal } from "../../../../src/core/notify/explain.ts";
import { explainCut } from "../../../../src/core/notify/explain-cut.ts";

const said = (refusal: Refusal): string => explainRefusal(refusal, instrumentOf("MES"));

const TWO: Opponent = {
  ...{ account: accountId("two"), name: "Second", side: "long", instrument: "ES" },
  ...{ quantity: 3, trade: 4 },
};

it("says who stands on the other side, with what, and how it came there", () => {
  const refusal = { kind: "opposing-account", family: "ES", ...TWO } as const;
  expect(said(refusal)).toBe(
    "Second is long 3 ES (trade #4), and accounts of one owner do not stand against each other",
  );
  expect(said({ ...refusal, trade: null })).toContain("Second is long 3 ES (by hand)");
});

it("says of what the part is too small", () => {
  const refusal = { kind: "ratio-too-small", quantity: 3, ratio: 333 } as const;
  const help = "trade the micro contract or raise the ratio";
  expect(said(refusal)).toBe(`0.333 of 3 contracts is less than one; ${help}`);
  expect(said({ ...refusal, quantity: 1 })).toContain("0.333 of 1 contract is");
});

it("says since when an account is off, and how it is switched on", () => {
  const since = millis(Date.UTC(2026, 10, 19, 15, 30));
  expect(said({ kind: "switched-off", since })).toBe(
    "the account was switched off Thursday 2026-11-19 09:30 CT; `accounts on` switches it on again",
  );
});

it("says which part of the size was taken", () => {
  const cut = { why: "ratio", ratio: 500, from: contracts(3), to: contracts(1) } as const;
  expect(explainCut(cut)).toBe("ratio 0.5");
});
