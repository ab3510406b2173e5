/** One account is switched off and on; what else keeps it from entering is not touched. */
import { describe, expect, it } from "vitest";
import { step } from "../../../../src/core/engine.ts";
import { evolve } from "../../../../src/core/evolve.ts";
import type { FirmState } from "../../../../src/core/model/firm-state.ts";
import { accountId } from "../../../../src/core/model/ids.ts";
import { tradeDate } from "../../../../src/core/model/trade-date.ts";
import { millis, money } from "../../../../src/core/model/units.ts";
import { beginningOf } from "../../../../src/core/risk/firm-books.ts";
import { accountOf, initialState, type State, withAccount } from "../../../../src/core/state.ts";
import { canonical } from "../../../../src/std/canonical.ts";
import { ACCOUNT, anAccount, later, NOW, someRules } from "../../../kit/builders.ts";
import { FIRM_PLAN } from "../../../kit/firm-plans.ts";

const OTHER = accountId("PAPER-2");

const twoAccounts = (change: Parameters<typeof anAccount>[0] = {}): State => ({
  ...withAccount(
    withAccount(initialState, anAccount(change)),
    anAccount({ id: OTHER, name: "Other" }),
  ),
  settings: {
    ruleSets: { default: someRules() },
    accounts: [
      { id: ACCOUNT, name: "Paper", rules: "default", brackets: "native" },
      { id: OTHER, name: "Other", rules: "default", brackets: "native" },
    ],
  },
  tradeDate: tradeDate("2026-11-19"),
});

function switched(state: State, to: "on" | "off", account: string = ACCOUNT, at = NOW) {
  const command = { kind: "switch", account, to } as const;
  const { facts, state: next } = step(state, { kind: "command", at, quotes: [], command });
  const [taken] = facts;
  if (taken?.kind !== "CommandTaken") throw new Error("a command is answered");
  return { answer: taken.answer, next, moved: facts.slice(1) };
}

describe("off", () => {
  it("is one account's, from that moment, and said once", () => {
    const { answer, next, moved } = switched(twoAccounts(), "off");
    expect(answer).toEqual({ kind: "taken" });
    expect(moved).toEqual([{ at: NOW, kind: "AccountSwitched", account: ACCOUNT, to: "off" }]);
    expect(accountOf(next, ACCOUNT).offSince).toBe(NOW);
    expect(accountOf(next, OTHER).offSince).toBeUndefined();
    expect(switched(next, "off", ACCOUNT, later(60_000)).answer).toEqual({
      kind: "refused",
      reason: "Paper is off already, since Thursday 2026-11-19 09:00 CT",
    });
  });

  it("is not guessed where several have the name", () => {
    const state = withAccount(twoAccounts(), anAccount({ id: OTHER }));
    const { answer, moved } = switched(state, "off", "Paper");
    const reason = `several are named Paper: say the id, as ${ACCOUNT} or ${OTHER}`;
    expect(answer).toEqual({ kind: "refused", reason });
    expect(moved).toEqual([]);
    expect(switched(state, "off", OTHER).moved).toMatchObject([{ account: OTHER }]);
  });

  it("is said by the name too, and of nobody who is not there", () => {
    expect(switched(twoAccounts(), "off", "Other").moved).toMatchObject([{ account: OTHER }]);
    expect(switched(twoAccounts(), "off", "nobody").answer).toEqual({
      kind: "refused",
      reason: "there is no account nobody",
    });
  });

  it("is kept from its first moment by the fold as well", () => {
    const fact = { at: NOW, kind: "AccountSwitched", account: ACCOUNT, to: "off" } as const;
    const twice = evolve(evolve(twoAccounts(), fact), { ...fact, at: later(1_000) });
    expect(accountOf(twice, ACCOUNT).offSince).toBe(NOW);
    const resumed = step(twice, {
      ...{ kind: "command", at: NOW, quotes: [], command: { kind: "resume" } },
    });
    expect(resumed.facts[0]).toMatchObject({ answer: { note: "but switched off: Paper" } });
    expect(accountOf(resumed.state, ACCOUNT).offSince).toBe(NOW);
  });
});

describe("on", () => {
  it("gives back the account as it was", () => {
    const state = twoAccounts();
    const { next } = switched(state, "off");
    const again = switched(next, "on").next;
    expect(canonical(again.accounts)).toBe(canonical(state.accounts));
    expect(switched(again, "on").answer).toEqual({ kind: "refused", reason: "Paper is not off" });
  });

  it("ends no halt and no lock, and says so", () => {
    const noted = (change: Parameters<typeof anAccount>[0]) =>
      switched(twoAccounts({ offSince: NOW, ...change }), "on");
    const halted = noted({ gate: "halted", gateReason: "enough" });
    expect(halted.answer).toEqual({ kind: "taken", note: "but Paper is halted: enough" });
    expect(accountOf(halted.next, ACCOUNT).gate).toBe("halted");
    const until = later(3_600_000);
    const locked = {
      kind: "taken",
      note: "but Paper is locked until Thursday 2026-11-19 10:00 CT",
    };
    expect(noted({ lockedUntil: until }).answer).toEqual(locked);
    const lock = { until, scope: "account", reached: 900, limit: money(5_000_000) } as const;
    const risk = {
      ...{
        reached: 900,
        peak: money(0),
        streak: 0,
        entries: [],
        troubles: [],
        slips: [],
        tallies: [],
      },
      ...{ tripped: [], lock },
    };
    expect(noted({ risk }).answer).toEqual(locked);
    expect(noted({ lockedUntil: millis(NOW - 1) }).answer).toEqual({ kind: "taken" });
    // The last of them to end.
    expect(noted({ lockedUntil: later(60_000), risk }).answer).toEqual(locked);
  });

  it("ends nothing of the firm's, and says so", () => {
    const firm = beginningOf(
      FIRM_PLAN,
      { plan: FIRM_PLAN.id, buffer: money(0) },
      { balance: FIRM_PLAN.balanceStart, shift: money(0), date: tradeDate("2026-11-19") },
    );
    const noted = (change: Partial<FirmState>) =>
      switched(twoAccounts({ offSince: NOW, firm: { ...firm, ...change } }), "on").answer;
    const level = money(1);
    expect(noted({ lock: { until: later(3_600_000), limit: level } })).toEqual({
      kind: "taken",
      note: "but Paper is locked until Thursday 2026-11-19 10:00 CT",
    });
    expect(noted({ breach: { at: NOW, of: "floor", equity: level, level } })).toEqual({
      kind: "taken",
      note: "but Paper is lost for its firm: say `firm reset` once that has begun it anew",
    });
    expect(noted({})).toEqual({ kind: "taken" });
  });
});
