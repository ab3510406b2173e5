/** Who may not stand on the other side, and what counts as standing there. */
import { describe, expect, it } from "vitest";
import { opponentFor } from "../../../../src/core/decide/opposing.ts";
import { rebuiltBooks } from "../../../../src/core/evolve-books.ts";
import type { Account } from "../../../../src/core/model/account.ts";
import { accountId, tradeIdOf, twinOf } from "../../../../src/core/model/ids.ts";
import type { AccountRules } from "../../../../src/core/model/rules.ts";
import type { Trade } from "../../../../src/core/model/trade.ts";
import { initialState, type State, withAccount, withTrade } from "../../../../src/core/state.ts";
import { newTurn, record } from "../../../../src/core/turn.ts";
import {
  ACCOUNT,
  anAccount,
  anOpenTrade,
  aPlan,
  aShortPlan,
  MESSAGE,
  NOW,
  planned,
  someRules,
} from "../../../kit/builders.ts";

const OTHER = accountId("PAPER-2");
const THIRD = accountId("PAPER-3");

const rulesFor = (id: AccountRules["id"]): AccountRules => ({
  ...{ id, name: id, rules: "default", brackets: "native" },
});

function house(trades: readonly Trade[], changes: Partial<Account> = {}): State {
  const ids = [ACCOUNT, OTHER, THIRD, twinOf(ACCOUNT)];
  let state: State = {
    ...initialState,
    settings: { ruleSets: { default: someRules() }, accounts: ids.map(rulesFor) },
  };
  for (const id of ids) state = withAccount(state, anAccount({ id, name: id }));
  state = withAccount(state, anAccount({ id: OTHER, name: OTHER, ...changes }));
  return rebuiltBooks(trades.reduce(withTrade, state));
}

const tradeId = (account: Trade["account"], number: number) =>
  tradeIdOf({ ...MESSAGE, id: `m${number}` }, account);

const of = (account: Trade["account"], trade: Trade, number: number): Trade => ({
  ...trade,
  ...{ account, number, id: tradeId(account, number) },
});

const long = (account: Trade["account"], number = 1): Trade => of(account, anOpenTrade(), number);
const left = (trade: Trade): Trade => ({
  ...trade,
  exit: {
    reason: "close-message",
    since: NOW,
    tries: 0,
    triedAt: NOW,
    closeTries: 0,
    closeAskedAt: null,
  },
});

const turnIn = (state: State) => newTurn(state, NOW, []);

describe("an opponent", () => {
  it("is another account on the other side of the family", () => {
    const turn = turnIn(house([long(OTHER)]));
    expect(opponentFor(turn, ACCOUNT, "ES", "short")).toEqual({
      ...{ account: OTHER, name: OTHER, side: "long", instrument: "MES", quantity: 3 },
      ...{ trade: 1, isLeaving: false, place: 0 },
    });
    expect(opponentFor(turn, ACCOUNT, "ES", "long")).toBeNull();
    expect(opponentFor(turn, ACCOUNT, "NQ", "short")).toBeNull();
    expect(opponentFor(turn, OTHER, "ES", "short")).toBeNull();
  });

  it("is no twin, and of a house with one account there is none", () => {
    const state = house([long(OTHER)]);
    expect(opponentFor(turnIn(state), twinOf(ACCOUNT), "ES", "short")).toBeNull();
    const { settings } = state;
    const alone = { ...state, settings: { ...settings, accounts: [rulesFor(ACCOUNT)] } };
    expect(opponentFor(turnIn(alone), ACCOUNT, "ES", "short")).toBeNull();
  });

  it("that stays comes before one that is leaving", () => {
    const state = house([left(long(OTHER, 1)), long(THIRD, 2)]);
    expect(opponentFor(turnIn(state), ACCOUNT, "ES", "short")?.trade).toBe(2);
    const leaving = opponentFor(turnIn(house([left(long(OTHER))])), ACCOUNT, "ES", "short");
    expect(leaving).toMatchObject({ trade: 1, isLeaving: true });
  });

  it("is seen as soon as the turn has planned it, and gone when the turn has ended it", () => {
    const turn = turnIn(house([]));
    expect(opponentFor(turn, ACCOUNT, "ES", "long")).toBeNull();
    const plan = { ...planned(aShortPlan()), account: OTHER, trade: tradeId(OTHER, 9) };
    record(turn, plan);
    expect(opponentFor(turn, ACCOUNT, "ES", "long")).toMatchObject({ side: "short", quantity: 3 });
    const refusal = { kind: "unknown-size" } as const;
    record(turn, { at: NOW, message: MESSAGE, account: THIRD, kind: "TradeRefused", refusal });
    expect(opponentFor(turn, THIRD, "ES", "long")).not.toBeNull();
    record(turn, { at: NOW, trade: plan.trade, kind: "TradeAbandoned", reason: "not filled" });
    expect(opponentFor(turn, ACCOUNT, "ES", "long")).toBeNull();
  });

  it("is none that is over, wants nothing, or stands elsewhere", () => {
    const elsewhere = { ...anOpenTrade(), plan: { ...aPlan(), instrument: "MNQ" } } as const;
    const others = [
      of(THIRD, { ...anOpenTrade(), phase: "closed" }, 2),
      of(THIRD, { ...anOpenTrade(), tranches: [] }, 3),
      of(THIRD, elsewhere, 4),
      of(THIRD, { ...anOpenTrade(), plan: aShortPlan() }, 5),
    ];
    const state = house([long(OTHER), ...others]);
    expect(opponentFor(turnIn(state), ACCOUNT, "ES", "short")).toMatchObject({
      trade: 1,
      place: 0,
    });
    expect(opponentFor(turnIn(state), OTHER, "ES", "short")).toBeNull();
  });

  it("planned by the turn joins those that were there", () => {
    const turn = turnIn(house([long(OTHER)]));
    expect(opponentFor(turn, OTHER, "ES", "short")).toBeNull();
    const plan = { ...planned(), account: THIRD, trade: tradeId(THIRD, 9), number: 9 };
    const elsewhere = { ...planned(aShortPlan()), account: ACCOUNT, trade: tradeId(ACCOUNT, 8) };
    record(turn, plan, elsewhere);
    expect(opponentFor(turn, OTHER, "ES", "short")).toMatchObject({ trade: 9, place: 1 });
    expect(opponentFor(turn, THIRD, "ES", "short")).toMatchObject({ trade: 1, place: 0 });
    record(turn, { at: NOW, trade: plan.trade, kind: "TradeAbandoned", reason: "not filled" });
    expect(opponentFor(turn, ACCOUNT, "ES", "short")).toMatchObject({ trade: 1 });
    expect(opponentFor(turn, OTHER, "ES", "short")).toBeNull();
  });
});

describe("contracts held by hand", () => {
  const differs = { contract: "MESZ26", ours: 0, theirs: -2, askedAt: NOW };
  const seen = (change: Partial<Account>) =>
    opponentFor(turnIn(house([], change)), ACCOUNT, "ES", "long");

  it("count once the venue has said so twice", () => {
    expect(seen({ differs })).toBeNull();
    expect(seen({ differs, gate: "reducing" })).toMatchObject({
      ...{ account: OTHER, side: "short", quantity: 2, trade: null, isLeaving: false },
    });
  });

  it("count on the side they are on, beyond what our trades say", () => {
    const gate = "reducing";
    const turned = { ...differs, ours: -3, theirs: 1 };
    expect(
      opponentFor(turnIn(house([], { differs: turned, gate })), ACCOUNT, "ES", "short"),
    ).not.toBeNull();
    expect(seen({ differs: { ...differs, ours: -3 }, gate })).toBeNull();
    expect(seen({ differs: { ...differs, theirs: 0 }, gate })).toBeNull();
    expect(seen({ differs: { ...differs, contract: "FGBLZ26" }, gate })).toBeNull();
  });
});

type Hands = Pick<AccountRules, "owner" | "opposing" | "unhedged">;

/** The rule, as it is said. */
function mayNotOppose(own: Hands, other: Hands): boolean {
  if (own.unhedged !== undefined && own.unhedged === other.unhedged) return true;
  if (own.owner !== other.owner) return false;
  return own.opposing !== "allow" || other.opposing !== "allow";
}

/** Whether the first, who wants to be short, finds the second, who is long, in his way. */
function isBarred(own: Hands, other: Hands): boolean {
  const state = house([long(OTHER)]);
  const accounts = [
    { ...rulesFor(ACCOUNT), ...own },
    { ...rulesFor(OTHER), ...other },
  ];
  const settings = { ...state.settings, accounts };
  return opponentFor(turnIn({ ...state, settings }), ACCOUNT, "ES", "short") !== null;
}

describe("who may not oppose whom", () => {
  it("accounts of one owner, until both allow it", () => {
    expect(isBarred({}, {})).toBe(true);
    expect(isBarred({ opposing: "allow" }, {})).toBe(true);
    expect(isBarred({}, { opposing: "allow" })).toBe(true);
    expect(isBarred({ opposing: "allow" }, { opposing: "allow" })).toBe(false);
    expect(isBarred({ owner: "anna" }, {})).toBe(false);
    expect(isBarred({ owner: "anna" }, { owner: "anna" })).toBe(true);
  });

  it("accounts with one firm that forbids it, whatever they allow", () => {
    const free = { opposing: "allow", owner: "anna", unhedged: "topstep" } as const;
    expect(isBarred(free, { ...free, owner: "olga" })).toBe(true);
    expect(isBarred(free, { ...free, unhedged: "apex" })).toBe(false);
  });

  it("is found for every pair of hands as the rule says it", () => {
    const all = [undefined, "anna", "olga"].flatMap((owner) =>
      [undefined, "topstep", "apex"].flatMap((unhedged) =>
        ([undefined, "allow"] as const).map((opposing) => ({
          ...(owner !== undefined && { owner }),
          ...(unhedged !== undefined && { unhedged }),
          ...(opposing !== undefined && { opposing }),
        })),
      ),
    );
    for (const own of all)
      for (const other of all)
        expect([own, other, isBarred(own, other)]).toEqual([own, other, mayNotOppose(own, other)]);
  });

  it("names the first of those that bar it, whether its firm or its owner does", () => {
    const [firm, owner] = [{ unhedged: "topstep" }, { owner: "anna" }];
    const state = house([long(OTHER, 1), long(THIRD, 2)]);
    const named = (other: Hands, third: Hands) => {
      const accounts = [
        { ...rulesFor(ACCOUNT), ...firm, ...owner },
        { ...rulesFor(OTHER), ...other },
        { ...rulesFor(THIRD), ...third },
      ];
      const settings = { ...state.settings, accounts };
      return opponentFor(turnIn({ ...state, settings }), ACCOUNT, "ES", "short")?.account;
    };
    const first = named({ ...firm, ...owner }, { ...firm, ...owner });
    expect([named(firm, owner), named(owner, firm)]).toEqual([first, first]);
    expect(new Set([named(firm, {}), named({}, owner)])).toEqual(new Set([OTHER, THIRD]));
  });
});

it("the builders' long and short are what these tests take them for", () => {
  expect([aPlan().side, aShortPlan().side]).toEqual(["long", "short"]);
});
