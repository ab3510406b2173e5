import { expect, it } from "vitest";
import type { Fact } from "../../../../src/core/model/fact.ts";
import { accountId } from "../../../../src/core/model/ids.ts";
import { contracts } from "../../../../src/core/model/units.ts";
import { renderVerdicts, verdictsOf } from "../../../../src/core/views/verdicts.ts";
import { anAlert, aPlan, MESSAGE, NOW, planned } from "../../../kit/builders.ts";

const ONE = accountId("one");
const TWO = accountId("two");
const THREE = accountId("three");
const FOUR = accountId("four");
const FIVE = accountId("five");
const ids = [ONE, TWO, THREE, FOUR, FIVE];
const asked = ids.map((id) => ({ id, name: id }));
const about = { at: NOW, message: MESSAGE } as const;
const refusal = { kind: "switched-off", since: NOW } as const;

const cut = { why: "ratio", ratio: 500, from: contracts(3), to: contracts(1) } as const;
const taken: Fact = { ...planned(aPlan({ cuts: [cut] })), account: ONE };
const waits: Fact = {
  ...{ ...about, kind: "AlertHeld", account: THREE, author: null, alert: anAlert(), sentAt: NOW },
  trades: [],
};

it("is one line for each account, with the code of what refused or cut it", () => {
  const facts: readonly Fact[] = [
    taken,
    { ...about, kind: "TradeRefused", account: TWO, refusal },
    waits,
    { ...about, kind: "AlertShadowed", account: FOUR, plan: aPlan() },
  ];
  const views = verdictsOf("m1", facts, asked);
  expect(views.map(({ verdict, code }) => [verdict, code])).toEqual([
    ["taken", null],
    ["refused", "switched-off"],
    ["waits", null],
    ["shadowed", null],
    ["unasked", null],
  ]);
  expect(views[0]).toEqual({
    ...{ alert: "m1", account: ONE, name: "one", verdict: "taken", code: null, refusal: null },
    ...{ trade: 1, contracts: 3, cuts: [{ code: "cut-ratio", from: 3, to: 1 }] },
  });
  expect(views[1]?.refusal).toEqual(refusal);
  expect(renderVerdicts(views)).toEqual([
    "one    taken     #1: 3 contracts, cut-ratio (3 to 1)",
    "two    refused   switched-off: `tradestream accounts on NAME`",
    "three  waits     nothing is decided yet",
    "four   shadowed  3 contracts",
    "five   unasked   the alert's channel is not for it",
  ]);
});

it("is the last word of an alert that waited, and one refusal for all of a stale one", () => {
  const later: Fact = { ...about, kind: "TradeRefused", account: THREE, refusal };
  const [, , three] = verdictsOf("m1", [waits, later], asked);
  expect(three?.verdict).toBe("refused");
  const duplicate = { kind: "duplicate", of: "m0", sameStop: true } as const;
  const all = verdictsOf("m1", [{ ...about, kind: "AlertRefused", refusal: duplicate }], asked);
  expect(new Set(all.map(({ code }) => code))).toEqual(new Set(["duplicate"]));
  expect(all.at(-1)?.account).toBe(FIVE);
});

it("counts one contract as one", () => {
  const single = aPlan();
  const [first] = single.tranches;
  if (first === undefined) throw new Error("a plan has a tranche");
  const small = { ...single, tranches: [{ ...first, quantity: contracts(1) }] };
  const views = verdictsOf("m1", [{ ...planned(small), account: ONE }], asked.slice(0, 1));
  expect(renderVerdicts(views)).toEqual(["one  taken  #1: 1 contract"]);
});
