/**
 * An account that takes nothing changes nothing for the others: the same facts, the same orders, whether
 * it is there or not, and wherever it stands among them.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { POSTPONED_KEY } from "../../../../src/core/decide/postponed.ts";
import { step } from "../../../../src/core/engine.ts";
import type { Account } from "../../../../src/core/model/account.ts";
import type { Effect } from "../../../../src/core/model/effect.ts";
import type { Fact } from "../../../../src/core/model/fact.ts";
import { type AccountId, accountId } from "../../../../src/core/model/ids.ts";
import { OPEN_ROOM } from "../../../../src/core/model/room.ts";
import type { AccountRules, Rules } from "../../../../src/core/model/rules.ts";
import { tradeDate } from "../../../../src/core/model/trade-date.ts";
import { dollars, millis } from "../../../../src/core/model/units.ts";
import { initialState, type State, withAccount } from "../../../../src/core/state.ts";
import { canonical } from "../../../../src/std/canonical.ts";
import { anAccount, aQuote, es, later, NOW, someRules } from "../../../kit/builders.ts";
import { posted } from "../../../kit/posted.ts";

const GUEST = accountId("guest");
const HOME = [accountId("one"), accountId("two"), accountId("three")];

/** Everything that refuses an account by itself. */
const UNABLE: readonly Partial<Account>[] = [
  { offSince: NOW },
  { gate: "halted", gateReason: "enough" },
  { gate: "reducing", gateReason: "a position differs" },
  { lockedUntil: later(3_600_000) },
  { link: { state: "down", at: NOW } },
  { clockOff: millis(9_000) },
  { settled: false },
  { tradesToday: 1_000 },
  { rules: "tiny" },
  { rules: "poor" },
];

const RULES: Readonly<Record<string, Rules>> = {
  default: someRules(),
  tiny: { ...someRules(), sizing: { ...someRules().sizing, ratio: 100 } },
  poor: someRules({ limits: { ...someRules().limits, lossPerTrade: dollars(1) } }),
};

const termsOf = (id: AccountId, rules = "default"): AccountRules => ({
  ...{ id, name: id, rules, brackets: "native" },
});

function house(guest: Partial<Account> | null, place: number): State {
  const accounts = HOME.map((id) => anAccount({ id, name: id }));
  if (guest !== null) accounts.splice(place, 0, anAccount({ id: GUEST, name: "guest", ...guest }));
  const state: State = {
    ...initialState,
    run: { mode: "paper", priceAgeMax: millis(3_000) },
    tradeDate: tradeDate("2026-11-19"),
    settings: { ruleSets: RULES, accounts: accounts.map(({ id, rules }) => termsOf(id, rules)) },
  };
  return accounts.reduce(withAccount, state);
}

const TEXTS = [
  "🚨 ES long 6326: A\nStop: 6316",
  "🚨 ES short 6326: C\nStop: 6336",
  "🚨 ES long 6326: B\nStop: 6318",
  "Closed ES.\n🚨 ES short 6326: C\nStop: 6336",
  "all out",
];

/** Whoever waits to be compared is looked after by one alarm of the house. */
const isOfGuest = (effect: Effect): boolean =>
  canonical(effect).includes(GUEST) || ("key" in effect && effect.key === POSTPONED_KEY);

/** What the others were told, and what went out for them. */
function heardBy(state: State, texts: readonly string[]) {
  let now = state;
  const facts: Fact[] = [];
  const effects: unknown[] = [];
  for (const [index, text] of texts.entries()) {
    const at = later(index * 70_000);
    const message = { ...posted(text), id: `m${index}`, sentAt: at };
    const quotes = [aQuote(es(6326), { at })];
    const input = { kind: "message", at, quotes, message, tradable: true } as const;
    const next = step(now, { ...input, room: OPEN_ROOM, from: 0 });
    now = next.state;
    facts.push(...next.facts.filter((fact) => !("account" in fact) || fact.account !== GUEST));
    effects.push(...next.effects.filter((effect) => !isOfGuest(effect)));
  }
  return canonical({ facts, effects });
}

describe("an account that takes nothing", () => {
  it("changes nothing for the others", () => {
    const alone = new Map<string, string>();
    fc.assert(
      fc.property(
        fc.constantFrom(...UNABLE),
        fc.nat(HOME.length),
        fc.array(fc.constantFrom(...TEXTS), { minLength: 1, maxLength: 4 }),
        (guest, place, texts) => {
          const key = texts.join();
          const expected = alone.get(key) ?? heardBy(house(null, 0), texts);
          alone.set(key, expected);
          expect(heardBy(house(guest, place), texts)).toBe(expected);
        },
      ),
      { numRuns: 150 },
    );
  });

  it("is there all the same, and is refused by its code", () => {
    for (const guest of UNABLE) {
      const [text = ""] = TEXTS;
      const message = { ...posted(text), id: "m0", sentAt: NOW };
      const { facts } = step(house(guest, 1), {
        ...{ kind: "message", at: NOW, quotes: [aQuote()], message, tradable: true },
        ...{ room: OPEN_ROOM, from: 0 },
      });
      const verdicts = facts.filter((fact) => "account" in fact && fact.account === GUEST);
      expect(verdicts.map(({ kind }) => kind)).toEqual([
        expect.stringMatching(/^(TradeRefused|AlertHeld)$/),
      ]);
    }
  });
});
