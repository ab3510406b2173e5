/** What an operator lays upon himself: nothing takes it back, and it ends by itself. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { step } from "../../../../src/core/engine.ts";
import { evolve } from "../../../../src/core/evolve.ts";
import type { Command } from "../../../../src/core/model/command.ts";
import type { Fact } from "../../../../src/core/model/fact.ts";
import { type AccountId, accountId } from "../../../../src/core/model/ids.ts";
import type { Input } from "../../../../src/core/model/input.ts";
import { OPEN_ROOM } from "../../../../src/core/model/room.ts";
import type { Settings } from "../../../../src/core/model/rules.ts";
import { tradeDate } from "../../../../src/core/model/trade-date.ts";
import { type Millis, millis } from "../../../../src/core/model/units.ts";
import { accountOf, initialState, type State, withAccount } from "../../../../src/core/state.ts";
import { canonical } from "../../../../src/std/canonical.ts";
import { ACCOUNT, anAccount, aQuote, later, NOW, someRules } from "../../../kit/builders.ts";
import { posted } from "../../../kit/posted.ts";

const MINUTE = 60_000;
const OTHER = accountId("PAPER-2");

const settings = (change: Partial<Settings> = {}): Settings => ({
  ruleSets: { default: someRules() },
  accounts: [
    { id: ACCOUNT, name: "Paper", rules: "default", brackets: "native" },
    { id: OTHER, name: "Other", rules: "default", brackets: "native" },
  ],
  ...change,
});

const running = (change: Partial<Settings> = {}): State => ({
  ...withAccount(withAccount(initialState, anAccount()), anAccount({ id: OTHER, name: "Other" })),
  run: { mode: "paper", priceAgeMax: millis(3_000) },
  settings: settings(change),
  tradeDate: tradeDate("2026-11-19"),
  attendedAt: NOW,
});

const commanded = (state: State, command: Command, at = NOW) =>
  step(state, { kind: "command", at, quotes: [], command });

const lockout = (until: Millis | "next-session", account: AccountId | null = null): Command => ({
  kind: "lockout",
  until,
  account,
});

const started = (state: State, at: Millis, change: Partial<Settings> = {}, attended = false) =>
  step(state, {
    kind: "start",
    at,
    quotes: [],
    mode: "paper",
    version: "test",
    settings: settings(change),
    priceAgeMax: millis(3_000),
    balances: [],
    ...(attended && { attended: true as const }),
  });

let messages = 0;
function verdictsAt(state: State, at: Millis): readonly Fact[] {
  messages += 1;
  // Another price each time, so that nothing is a repeat.
  const points = 6326 + (messages % 40) / 4;
  const message = posted(`ES long ${points}: C\nStop: ${points - 10}`, {
    id: `m${messages}`,
    author: "alice",
    sentAt: at,
  });
  const quotes = [aQuote(undefined, { at })];
  return step(state, {
    kind: "message",
    at,
    quotes,
    message,
    tradable: true,
    room: OPEN_ROOM,
    from: 0,
  }).facts;
}

const isLockedAt = (state: State, at: Millis): boolean =>
  verdictsAt(state, at).some(
    (fact) =>
      fact.kind === "TradeRefused" &&
      fact.account === ACCOUNT &&
      fact.refusal.kind === "locked-out",
  );

describe("a lock-out", () => {
  it("is written down with its end, and the answer says so", () => {
    const { facts, state } = commanded(running(), lockout(later(MINUTE)));
    expect(facts).toMatchObject([
      {
        kind: "CommandTaken",
        answer: { kind: "taken", note: expect.stringContaining("09:01 CT") },
      },
      { kind: "LockedOut", account: null, until: later(MINUTE) },
    ]);
    expect(state.lockedUntil).toBe(later(MINUTE));
  });

  it("may last until the next session, by the calendar in force", () => {
    const { facts } = commanded(running(), lockout("next-session"));
    expect(facts.at(-1)).toMatchObject({ until: NOW + 8 * 60 * MINUTE });
  });

  it.each([
    [lockout(NOW), /09:00 CT has passed$/],
    [lockout(later(32 * 24 * 60 * MINUTE)), /is more than 31 days away$/],
    [lockout(later(MINUTE), accountId("nobody")), /^there is no account nobody$/],
  ])("%j is refused", (command, reason) => {
    const { facts, state } = commanded(running(), command);
    expect(facts).toMatchObject([
      { answer: { kind: "refused", reason: expect.stringMatching(reason) } },
    ]);
    expect(state.lockedUntil).toBeUndefined();
  });

  it("is moved later, and never earlier; what holds for all holds for each", () => {
    const once = commanded(running(), lockout(later(10 * MINUTE))).state;
    const earlier = commanded(once, lockout(later(5 * MINUTE)));
    expect(earlier.facts).toMatchObject([{ answer: { kind: "refused" } }]);
    expect(earlier.state.lockedUntil).toBe(later(10 * MINUTE));
    expect(commanded(once, lockout(later(5 * MINUTE), OTHER)).facts).toHaveLength(1);
    const further = commanded(once, lockout(later(20 * MINUTE), OTHER)).state;
    expect(commanded(further, lockout(later(15 * MINUTE))).state.lockedUntil).toBe(
      later(15 * MINUTE),
    );
    expect(commanded(further, lockout(later(15 * MINUTE), OTHER)).facts).toHaveLength(1);
  });

  it("is folded to the later end even if a journal had them in the other order", () => {
    const locked = (until: Millis, account: typeof OTHER | null): Fact => ({
      at: NOW,
      kind: "LockedOut",
      account,
      until,
    });
    const twice = (account: AccountId | null): State =>
      [locked(later(10 * MINUTE), account), locked(later(MINUTE), account)].reduce(
        evolve,
        running(),
      );
    expect(twice(null).lockedUntil).toBe(later(10 * MINUTE));
    expect(accountOf(twice(OTHER), OTHER).lockedUntil).toBe(later(10 * MINUTE));
    expect(isLockedAt(twice(null), later(9 * MINUTE))).toBe(true);
    expect(isLockedAt(twice(OTHER), later(9 * MINUTE))).toBe(false);
  });

  it("is named to whoever resumes", () => {
    const { state } = commanded(running(), lockout(later(MINUTE), OTHER));
    const resumed = commanded(state, { kind: "resume" }, later(1_000));
    expect(resumed.facts[0]).toMatchObject({
      answer: {
        kind: "taken",
        note: expect.stringMatching(/^but locked out: Other until .* 09:01 CT$/),
      },
    });
    expect(commanded(state, { kind: "resume" }, later(MINUTE)).facts[0]).toMatchObject({
      answer: { kind: "taken" },
    });
  });

  it("never ends early and never outlives its end, whatever is said, restarted or configured", () => {
    const span = fc.integer({ min: 1, max: 240 });
    const act = fc.oneof(
      fc.record({ kind: fc.constant("lockout" as const), minutes: span }),
      fc.record({
        kind: fc.constantFrom("resume", "halt", "attend", "restart", "config", "roll", "crash"),
      }),
    );
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 30 }), act), { maxLength: 12 }),
        (acts) => {
          let state = running();
          let at: Millis = NOW;
          let ends = 0;
          for (const [wait, one] of acts) {
            at = millis(at + wait * MINUTE);
            const before = state;
            state = afterAct(state, at, one);
            if (one.kind === "lockout") ends = Math.max(ends, at + one.minutes * MINUTE);
            // The fold of the facts alone gives the same.
            expect(canonical(state)).toBe(canonical(refolded(before, at, one)));
          }
          const unlocked = withAccount(state, anAccount());
          for (const moment of [at, millis(ends - 1), millis(ends), millis(ends + MINUTE)]) {
            if (moment < at) continue;
            const judged = { ...unlocked, recent: [], messages: initialState.messages };
            expect(isLockedAt(judged, moment)).toBe(moment < ends);
          }
        },
      ),
      { numRuns: 150 },
    );
  });
});

type Act = { readonly kind: "lockout"; readonly minutes: number } | { readonly kind: string };

const inputOf = (at: Millis, act: Act): Input => {
  const timed = { at, quotes: [] } as const;
  const start = {
    ...timed,
    kind: "start",
    mode: "paper",
    version: "test",
    priceAgeMax: millis(3_000),
    balances: [],
  } as const;
  if ("minutes" in act) {
    return { ...timed, kind: "command", command: lockout(millis(at + act.minutes * MINUTE)) };
  }
  switch (act.kind) {
    case "resume":
    case "attend":
      return { ...timed, kind: "command", command: { kind: act.kind } };
    case "halt":
      return { ...timed, kind: "command", command: { kind: "halt", reason: "lunch" } };
    case "config": {
      const { hours: _, ...rules } = someRules();
      return { ...start, settings: settings({ ruleSets: { default: rules } }) };
    }
    case "roll":
      return { ...timed, kind: "alarm", key: "roll" };
    default:
      return { ...start, settings: settings() };
  }
};

const afterAct = (state: State, at: Millis, act: Act): State => step(state, inputOf(at, act)).state;
const refolded = (state: State, at: Millis, act: Act): State =>
  step(state, inputOf(at, act)).facts.reduce(evolve, state);

describe("attended mode", () => {
  const attended = millis(60 * MINUTE);
  const wakes = (effects: ReturnType<typeof step>["effects"]) =>
    effects.flatMap((one) =>
      one.kind === "WakeAt" && one.key === "attendance" ? [one.at - NOW] : [],
    );
  const alarm = (at: Millis): Input => ({ kind: "alarm", at, quotes: [], key: "attendance" });

  it("is woken ten minutes before its time is up, and then at the end", () => {
    const house = running({ attended });
    const word = commanded(house, { kind: "attend" });
    expect(wakes(word.effects)).toEqual([50 * MINUTE]);
    expect(word.facts[0]).toMatchObject({ answer: { note: "entries go on for 1 h from now" } });
    const due = step(word.state, alarm(later(50 * MINUTE)));
    expect(due.facts).toMatchObject([
      { kind: "NoticeGiven", notice: { kind: "attendance-due", until: later(60 * MINUTE) } },
    ]);
    expect(wakes(due.effects)).toEqual([60 * MINUTE]);
    const over = step(word.state, alarm(later(60 * MINUTE)));
    expect(over.facts).toMatchObject([{ notice: { kind: "attendance-over", since: NOW } }]);
    expect(wakes(over.effects)).toEqual([]);
  });

  it("is off without a limit: nobody is woken, and the word is only taken", () => {
    const word = commanded(running(), { kind: "attend" });
    expect(word.effects).toEqual([]);
    expect(word.facts).toMatchObject([{ answer: { kind: "taken" } }]);
    expect(step(running(), alarm(NOW)).facts).toEqual([]);
  });

  it("counts from a start at a terminal, or the first there was, and from no other", () => {
    const { attendedAt: _, ...never } = running();
    expect(started(never, later(MINUTE), { attended }).state.attendedAt).toBe(later(MINUTE));
    expect(started(running(), later(MINUTE), { attended }).state.attendedAt).toBe(NOW);
    const there = started(running(), later(MINUTE), { attended }, true);
    expect(there.state.attendedAt).toBe(later(MINUTE));
    expect(there.facts[0]).toMatchObject({ kind: "RunStarted", attended: true });
  });

  it("counts any command, a refused one too, and lets everybody in again", () => {
    const house = running({ attended });
    const at = later(61 * MINUTE);
    const refusals = verdictsAt(house, at).filter((fact) => fact.kind === "TradeRefused");
    expect(refusals).toMatchObject([
      { refusal: { kind: "unattended", since: NOW, limit: attended } },
      { refusal: { kind: "unattended" } },
    ]);
    const { state } = commanded(house, { kind: "close", trade: 9 }, at);
    expect(JSON.stringify(verdictsAt(state, at))).not.toContain("unattended");
  });

  it("tells a late start at once that its time is up", () => {
    const late = started(running(), later(61 * MINUTE), { attended });
    expect(late.facts.at(-1)).toMatchObject({ notice: { kind: "attendance-over" } });
  });
});
