/** Who may not stand on the other side, and what counts as standing there. */
import { describe, expect, it } from "vitest";
import { opponentFor, opponentIn } from "../../../../src/core/decide/opposing.ts";
import { rebuiltBooks } from "../../../../src/core/evolve-books.ts";
import type { Account } from "../../../../src/core/model/account.ts";
import type { Side } from "../../../../src/core/model/alert.ts";
import type { FirmPlan } from "../../../../src/core/model/firm-plan.ts";
import { type AccountId, accountId, tradeIdOf, twinOf } from "../../../../src/core/model/ids.ts";
import type { Root } from "../../../../src/core/model/instrument.ts";
import type { AccountRules } from "../../../../src/core/model/rules.ts";
import type { Trade } from "../../../../src/core/model/trade.ts";
import { dollars } from "../../../../src/core/model/units.ts";
import { opposedBy } from "../../../../src/core/risk/account-limits.ts";
import {
  accountOf,
  initialState,
  type State,
  withAccount,
  withTrade,
} from "../../../../src/core/state.ts";
import { newTurn, record, type Turn } from "../../../../src/core/turn.ts";
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
import { aFirmState, FIRM_PLAN } from "../../../kit/firm-plans.ts";

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

const opponentOf = (turn: Turn, id: AccountId, family: Root, side: Side) =>
  opponentFor(turn, accountOf(turn.state, id), family, side);

describe("an opponent", () => {
  it("is another account on the other side of the family", () => {
    const turn = turnIn(house([long(OTHER)]));
    expect(opponentOf(turn, ACCOUNT, "ES", "short")).toEqual({
      ...{ account: OTHER, name: OTHER, side: "long", instrument: "MES", quantity: 3 },
      ...{ trade: 1, isLeaving: false, place: 0 },
    });
    expect(opponentOf(turn, ACCOUNT, "ES", "long")).toBeNull();
    expect(opponentOf(turn, ACCOUNT, "NQ", "short")).toBeNull();
    expect(opponentOf(turn, OTHER, "ES", "short")).toBeNull();
  });

  it("is no twin", () => {
    const state = house([long(OTHER)]);
    expect(opponentOf(turnIn(state), twinOf(ACCOUNT), "ES", "short")).toBeNull();
  });

  it("is also one that the settings name no more, as long as it holds something", () => {
    const { settings, ...state } = house([long(OTHER)]);
    const aloneAs = (own: Partial<AccountRules>): State => ({
      ...state,
      settings: { ...settings, accounts: [{ ...rulesFor(ACCOUNT), ...own }] },
    });
    for (const own of [{}, { owner: "anna" }, { unhedged: "Topstep" }])
      expect(opponentOf(turnIn(aloneAs(own)), ACCOUNT, "ES", "short")?.account).toBe(OTHER);
    expect(opponentOf(turnIn(aloneAs({ opposing: "allow" })), ACCOUNT, "ES", "short")).toBeNull();
  });

  it("that stays comes before one that is leaving", () => {
    const state = house([left(long(OTHER, 1)), long(THIRD, 2)]);
    expect(opponentOf(turnIn(state), ACCOUNT, "ES", "short")?.trade).toBe(2);
    const leaving = opponentOf(turnIn(house([left(long(OTHER))])), ACCOUNT, "ES", "short");
    expect(leaving).toMatchObject({ trade: 1, isLeaving: true });
  });

  it("is seen as soon as the turn has planned it, and gone when the turn has ended it", () => {
    const turn = turnIn(house([]));
    expect(opponentOf(turn, ACCOUNT, "ES", "long")).toBeNull();
    const plan = { ...planned(aShortPlan()), account: OTHER, trade: tradeId(OTHER, 9) };
    record(turn, plan);
    expect(opponentOf(turn, ACCOUNT, "ES", "long")).toMatchObject({ side: "short", quantity: 3 });
    const refusal = { kind: "unknown-size" } as const;
    record(turn, { at: NOW, message: MESSAGE, account: THIRD, kind: "TradeRefused", refusal });
    expect(opponentOf(turn, THIRD, "ES", "long")).not.toBeNull();
    record(turn, { at: NOW, trade: plan.trade, kind: "TradeAbandoned", reason: "not filled" });
    expect(opponentOf(turn, ACCOUNT, "ES", "long")).toBeNull();
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
    expect(opponentOf(turnIn(state), ACCOUNT, "ES", "short")).toMatchObject({
      trade: 1,
      place: 0,
    });
    expect(opponentOf(turnIn(state), OTHER, "ES", "short")).toBeNull();
  });

  it("planned by the turn joins those that were there", () => {
    const turn = turnIn(house([long(OTHER)]));
    expect(opponentOf(turn, OTHER, "ES", "short")).toBeNull();
    const plan = { ...planned(), account: THIRD, trade: tradeId(THIRD, 9), number: 9 };
    const elsewhere = { ...planned(aShortPlan()), account: ACCOUNT, trade: tradeId(ACCOUNT, 8) };
    record(turn, plan, elsewhere);
    expect(opponentOf(turn, OTHER, "ES", "short")).toMatchObject({ trade: 9, place: 1 });
    expect(opponentOf(turn, THIRD, "ES", "short")).toMatchObject({ trade: 1, place: 0 });
    record(turn, { at: NOW, trade: plan.trade, kind: "TradeAbandoned", reason: "not filled" });
    expect(opponentOf(turn, ACCOUNT, "ES", "short")).toMatchObject({ trade: 1 });
    expect(opponentOf(turn, OTHER, "ES", "short")).toBeNull();
  });
});

describe("in what a firm counts as one bet", () => {
  const group = { name: "equity index", roots: ["ES", "MES", "NQ", "MNQ"] } as const;
  const planOf = (within: "account" | "own-accounts", firm = "House"): FirmPlan => ({
    ...FIRM_PLAN,
    firm,
    id: `${firm}/${within}`,
    hedging: { kind: "forbidden", within, counts: "correlated", groups: [group] },
  });
  const across = planOf("own-accounts");
  const inside = planOf("account");
  const elsewhere = planOf("own-accounts", "Elsewhere");

  /** `followed`: the plan of each account, in the order ACCOUNT, OTHER, THIRD. */
  function firmHouse(trades: readonly Trade[], followed: readonly (FirmPlan | null)[]): State {
    let state = house(trades);
    const plans = Object.fromEntries([across, inside, elsewhere].map((one) => [one.id, one]));
    state = { ...state, settings: { ...state.settings, plans } };
    for (const [index, id] of [ACCOUNT, OTHER, THIRD].entries()) {
      const plan = followed[index] ?? null;
      const firm = plan === null ? {} : { firm: aFirmState(dollars(48_000), { plan: plan.id }) };
      state = withAccount(state, anAccount({ id, name: id, ...firm }));
    }
    return state;
  }
  const against = (state: State, id = ACCOUNT) => opponentOf(turnIn(state), id, "NQ", "short");
  const correlated = { plan: across.id, group: "equity index" };

  it("an account stands against itself, whatever the scope", () => {
    expect(against(firmHouse([long(ACCOUNT)], [across]))).toMatchObject({
      ...{ account: ACCOUNT, side: "long", instrument: "MES", correlated },
    });
    expect(against(firmHouse([long(ACCOUNT)], [inside]))).not.toBeNull();
    const state = firmHouse([long(ACCOUNT)], [across]);
    const one = { ...state.settings, accounts: [rulesFor(ACCOUNT)] };
    expect(against({ ...state, settings: one })?.account).toBe(ACCOUNT);
    expect(opponentOf(turnIn(state), ACCOUNT, "NQ", "long")).toBeNull();
    expect(opponentOf(turnIn(state), ACCOUNT, "GC", "short")).toBeNull();
  });

  it("other accounts of the firm count where it asks for all of them", () => {
    expect(against(firmHouse([long(OTHER)], [across, across]))?.account).toBe(OTHER);
    expect(against(firmHouse([long(OTHER)], [inside, inside]))).toBeNull();
    expect(against(firmHouse([long(OTHER)], [across, elsewhere]))).toBeNull();
    expect(against(firmHouse([long(OTHER)], [across]))).toBeNull();
    expect(against(firmHouse([long(OTHER)], [null, across]))).toBeNull();
    const state = firmHouse([long(OTHER)], [across, across]);
    expect(against(state, twinOf(ACCOUNT))).toBeNull();
  });

  it("one that stays comes before one that is leaving, and the family before the group", () => {
    const both = firmHouse([left(long(OTHER, 1)), long(THIRD, 2)], [across, across, across]);
    expect(against(both)?.account).toBe(THIRD);
    const leaving = firmHouse([left(long(OTHER))], [across, across]);
    expect(against(leaving)).toMatchObject({ account: OTHER, isLeaving: true });
    const nasdaq = aPlan({ instrument: "MNQ", contract: "MNQZ26" });
    const family = of(OTHER, anOpenTrade(nasdaq), 3);
    const found = against(firmHouse([long(OTHER), family], [across, across]));
    expect(found).toMatchObject({ trade: 3, instrument: "MNQ" });
    expect(found?.correlated).toBeUndefined();
  });

  it("of several products the first that stays, though another is leaving before it", () => {
    const wide: FirmPlan = {
      ...across,
      hedging: {
        ...{ kind: "forbidden", within: "own-accounts", counts: "correlated" },
        groups: [{ name: "equity index", roots: ["ES", "YM", "RTY", "NQ"] }],
      },
    };
    const dow = of(OTHER, anOpenTrade(aPlan({ instrument: "MYM", contract: "MYMZ26" })), 2);
    const small = of(OTHER, anOpenTrade(aPlan({ instrument: "M2K", contract: "M2KZ26" })), 3);
    const state = firmHouse([left(long(OTHER, 1)), dow, small], [across, across]);
    const plans = { ...state.settings.plans, [wide.id]: wide };
    expect(against({ ...state, settings: { ...state.settings, plans } })?.trade).toBe(2);
  });

  it("is seen as soon as the turn has planned it", () => {
    const turn = turnIn(firmHouse([], [across, across]));
    expect(opponentOf(turn, ACCOUNT, "NQ", "long")).toBeNull();
    record(turn, { ...planned(aShortPlan()), account: OTHER, trade: tradeId(OTHER, 9) });
    expect(opponentOf(turn, ACCOUNT, "NQ", "long")).toMatchObject({
      ...{ account: OTHER, side: "short" },
    });
  });

  it("is written down with the group, and without what only the turn knows", () => {
    const stand = against(firmHouse([long(OTHER)], [across, across]));
    if (stand === null) throw new Error("somebody stands there");
    const opponent = opponentIn(stand);
    expect(opponent).toEqual({
      ...{ account: OTHER, name: OTHER, side: "long", instrument: "MES", quantity: 3, trade: 1 },
      correlated,
    });
    expect(opposedBy(opponent, "NQ")).toEqual({ kind: "firm-hedging", family: "NQ", ...opponent });
  });
});

describe("contracts held by hand", () => {
  const differs = { contract: "MESZ26", ours: 0, theirs: -2, askedAt: NOW };
  const seen = (change: Partial<Account>) =>
    opponentOf(turnIn(house([], change)), ACCOUNT, "ES", "long");

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
      opponentOf(turnIn(house([], { differs: turned, gate })), ACCOUNT, "ES", "short"),
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
  return opponentOf(turnIn({ ...state, settings }), ACCOUNT, "ES", "short") !== null;
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
      return opponentOf(turnIn({ ...state, settings }), ACCOUNT, "ES", "short")?.account;
    };
    const first = named({ ...firm, ...owner }, { ...firm, ...owner });
    expect([named(firm, owner), named(owner, firm)]).toEqual([first, first]);
    expect(new Set([named(firm, {}), named({}, owner)])).toEqual(new Set([OTHER, THIRD]));
  });
});

it("the builders' long and short are what these tests take them for", () => {
  expect([aPlan().side, aShortPlan().side]).toEqual(["long", "short"]);
});
