import { describe, expect, it } from "vitest";
import { step } from "../../../../src/core/engine.ts";
import { accountId } from "../../../../src/core/model/ids.ts";
import type { InputOf } from "../../../../src/core/model/input.ts";
import type { Settings } from "../../../../src/core/model/rules.ts";
import { type Millis, millis } from "../../../../src/core/model/units.ts";
import { reasonAgainst } from "../../../../src/core/parse/outcome.ts";
import { initialState, type State, withAccount } from "../../../../src/core/state.ts";
import { anAccount, aQuote, later, NOW, someRules } from "../../../kit/builders.ts";

const ALERT = "🚨 ES long 6326: A\nStop: 6316\n@everyone";

const heard = (at: Millis = NOW, from = 0): InputOf<"message"> => ({
  kind: "message",
  at,
  quotes: [aQuote(undefined, { at })],
  message: {
    source: "chat-file",
    channel: "alerts",
    id: "m1",
    author: "alice",
    text: ALERT,
    embeds: [],
    referenced: null,
    event: "create",
    previous: null,
    sentAt: NOW,
  },
  tradable: true,
  authors: null,
  from,
});

function houseOf(count: number): State {
  const ids = Array.from({ length: count }, (_, index) => accountId(`account-${index + 1}`));
  const settings: Settings = {
    ruleSets: { default: someRules() },
    accounts: ids.map((id) => ({ id, name: id, rules: "default", brackets: "native" })),
  };
  const run = { mode: "paper", priceAgeMax: millis(3_000) } as const;
  const accounts = ids.map((id) => anAccount({ id }));
  return accounts.reduce(withAccount, { ...initialState, run, settings });
}

describe("an alert for more accounts than one step judges", () => {
  const first = step(houseOf(501), heard());

  it("is judged for 500, and handed in again for the rest", () => {
    const planned = first.facts.filter(({ kind }) => kind === "TradePlanned");
    expect([first.facts[0]?.kind, planned.length]).toEqual(["AlertRead", 500]);
    expect(first.effects.at(-1)).toMatchObject({ kind: "WakeAt" });
    const again = first.effects.find(({ kind }) => kind === "FanOut");
    expect(again).toMatchObject({ input: { from: 500, message: { id: "m1" } } });
  });

  it("is judged for the rest without being read anew", () => {
    const rest = step(first.state, heard(later(5), 500));
    expect(rest.facts).toMatchObject([
      { kind: "TradePlanned", account: "account-501", number: 501 },
    ]);
    expect(rest.effects.some(({ kind }) => kind === "FanOut")).toBe(false);
  });

  it("is too old for the rest when they had to wait for the disk", () => {
    const rest = step(first.state, heard(later(10_001), 500));
    expect(rest.facts).toMatchObject([
      { kind: "TradeRefused", account: "account-501", refusal: { kind: "stale", age: 10_001 } },
    ]);
  });

  it("goes no further when the first step refused it", () => {
    const stale = step(houseOf(501), heard(later(11_000)));
    expect(stale.facts.map(({ kind }) => kind)).toEqual(["AlertRead", "AlertRefused"]);
    expect(step(stale.state, heard(later(11_000), 500)).facts).toEqual([]);
  });
});

describe("an alert in a house", () => {
  it("without accounts is read, and nothing else", () => {
    expect(step(houseOf(0), heard()).facts.map(({ kind }) => kind)).toEqual(["AlertRead"]);
  });

  it("that was never started finds every price stale", () => {
    const facts = step({ ...houseOf(1), run: null }, heard(later(1), 0)).facts;
    expect(facts.at(-1)).toMatchObject({ kind: "TradePlanned" });
    const old = { ...heard(later(1)), quotes: [aQuote()] };
    expect(step({ ...houseOf(1), run: null }, old).facts.at(-1)).toMatchObject({
      kind: "TradeRefused",
      refusal: { kind: "stale-price", limit: 0 },
    });
  });
});

describe("a message that opens nothing", () => {
  it("says why", () => {
    expect(reasonAgainst({ kind: "none", reason: "a recap", review: false })).toBe("a recap");
    expect(reasonAgainst({ kind: "update", updates: [] })).toBe("an update, not an entry");
  });
});
