/** One message after a sleep, with what came due in it; and what is open is attended at once. */
import { describe, expect, it } from "vitest";
import { step } from "../../../../src/core/engine.ts";
import { minuteOf } from "../../../../src/core/model/calendar.ts";
import type { Fact } from "../../../../src/core/model/fact.ts";
import type { Notice } from "../../../../src/core/model/notice.ts";
import type { Settings } from "../../../../src/core/model/rules.ts";
import { type Millis, millis } from "../../../../src/core/model/units.ts";
import type { Waiting } from "../../../../src/core/model/waiting.ts";
import { initialState, type State, withAccount, withTrade } from "../../../../src/core/state.ts";
import { tellNotice } from "../../../../src/core/views/tell-notice.ts";
import {
  ACCOUNT,
  anAccount,
  anAlert,
  anOpenTrade,
  aQuote,
  MESSAGE,
  NOW,
  someRules,
  TODAY,
  TRADE,
} from "../../../kit/builders.ts";

const at = (hour: number, minute: number): Millis => minuteOf(TODAY, hour * 60 + minute);

const settings = (
  hours?: Partial<NonNullable<Settings["ruleSets"][string]["hours"]>>,
): Settings => {
  const rules = someRules();
  const kept =
    rules.hours === undefined ? rules : { ...rules, hours: { ...rules.hours, ...hours } };
  return {
    ruleSets: { default: kept },
    accounts: [{ id: ACCOUNT, name: "Paper", rules: "default", brackets: "native" }],
  };
};

const running = (change: Partial<State> = {}): State => ({
  ...withAccount(initialState, anAccount()),
  run: { mode: "paper", priceAgeMax: millis(3_000) },
  settings: settings(),
  tradeDate: TODAY,
  ...change,
});

const woken = (state: State, since: Millis, until: Millis, quotes = [aQuote()]) =>
  step(state, { kind: "gap", at: until, quotes, since });

const noticesIn = (facts: readonly Fact[]): readonly Notice[] =>
  facts.flatMap((fact) => (fact.kind === "NoticeGiven" ? [fact.notice] : []));

const asked = (entry: number, until: Millis): Waiting => ({
  ...{ entry, until, message: MESSAGE, author: null, alert: anAlert(), sentAt: NOW, askedAt: NOW },
  ...{ isReentry: false, smallest: false, group: null, reason: "asked" },
});

describe("a machine that slept", () => {
  it("says so once, and nothing else where nothing was missed", () => {
    const { facts } = woken(running(), at(9, 30), at(9, 31));
    expect(noticesIn(facts)).toEqual([
      {
        ...{ kind: "gap", since: at(9, 30), until: at(9, 31), followed: 1 },
        ...{ held: [], expired: [], passed: [] },
      },
    ]);
    expect(facts).toHaveLength(1);
  });

  it("names the cut-offs it slept through, in order and each once", () => {
    const { accounts } = settings();
    const second = { ...settings(), accounts: [...accounts, ...accounts] };
    const { facts } = woken(running({ settings: second }), at(14, 0), at(15, 30));
    const [notice] = noticesIn(facts);
    expect(notice?.kind === "gap" && notice.passed.map(({ what }) => what)).toEqual([
      "entries",
      "flat",
    ]);
  });

  it("knows no time to be flat by where the rules have none, and none at all without hours", () => {
    const state = running({ settings: settings({ flatFrom: null }) });
    const [notice] = noticesIn(woken(state, at(14, 0), at(15, 30)).facts);
    expect(notice?.kind === "gap" && notice.passed.map(({ what }) => what)).toEqual(["entries"]);
    const { hours: _, ...rules } = someRules();
    const bare = { ...settings(), ruleSets: { default: rules } };
    const [other] = noticesIn(woken(running({ settings: bare }), at(14, 0), at(15, 30)).facts);
    expect(other?.kind === "gap" && other.passed).toEqual([]);
  });

  it("names questions that ran out, which then end", () => {
    const waiting = [asked(1, at(9, 30)), asked(2, at(9, 35)), asked(3, at(10, 0))];
    const { facts } = woken(running({ waiting }), at(9, 30), at(9, 40));
    const [notice] = noticesIn(facts);
    expect(notice?.kind === "gap" && notice.expired).toEqual([2]);
    expect(facts.map(({ kind }) => kind)).toEqual([
      ...["NoticeGiven", "ApprovalEnded", "ApprovalEnded"],
    ]);
  });

  it("leaves what its cut-off has passed at once, not when a timer comes round", () => {
    const trade = { ...anOpenTrade(), plannedAt: at(9, 30) };
    const state = running();
    const open = withTrade(withAccount(state, { ...anAccount(), open: [TRADE] }), trade);
    const { facts } = woken(open, at(14, 50), at(15, 20));
    const [notice] = noticesIn(facts);
    expect(notice?.kind === "gap" && notice.held).toEqual([1]);
    expect(facts.map(({ kind }) => kind)).toContain("ExitBegun");
  });
});

describe("the words", () => {
  const gap = (change: Partial<Extract<Notice, { kind: "gap" }>> = {}) =>
    tellNotice({
      ...{ kind: "gap", since: at(9, 30), until: at(11, 42), followed: 1 },
      ...{ held: [], expired: [], passed: [] },
      ...change,
    });

  it("are calm where nothing was held", () => {
    expect(gap()).toMatchObject({ tone: "plain" });
    expect(gap().text).toBe(
      "nothing ran from Thursday 2026-11-19 09:30 CT to Thursday 2026-11-19 11:42 CT, 2 h 12 min: the machine slept or stood still; no prices and no alerts were heard",
    );
    expect(gap({ followed: 0 }).text).toMatch(/; no alerts were heard$/);
  });

  it("say what was held, what ran out and what passed", () => {
    const passed = [
      { what: "entries", at: at(15, 0) },
      { what: "flat", at: at(15, 5) },
    ] as const;
    const many = Array.from({ length: 12 }, (_, n) => n + 1);
    const told = gap({ held: many, expired: [4], passed });
    expect(told).toMatchObject({ tone: "bad" });
    expect(told.text.split("; ").slice(2)).toEqual([
      "questions that ran out: 4",
      "entries ended Thursday 2026-11-19 15:00 CT",
      "all was to be flat from Thursday 2026-11-19 15:05 CT on, and is left now",
      "#1, #2, #3, #4, #5, #6, #7, #8, #9, #10 and 2 more held contracts: stops and targets rested at the venue, breakeven and trims did not happen",
    ]);
  });
});
