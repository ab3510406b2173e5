/** Questions beyond what the scenarios tell: very many accounts, and edges of edits. */
import { describe, expect, it } from "vitest";
import { type Step, step } from "../../../../src/core/engine.ts";
import type { Command } from "../../../../src/core/model/command.ts";
import type { Fact } from "../../../../src/core/model/fact.ts";
import type { InputOf } from "../../../../src/core/model/input.ts";
import { OPEN_ROOM, type Room } from "../../../../src/core/model/room.ts";
import { type Millis, millis } from "../../../../src/core/model/units.ts";
import type { State } from "../../../../src/core/state.ts";
import { withAccount } from "../../../../src/core/state.ts";
import { anAccount, aQuote, later, NOW } from "../../../kit/builders.ts";
import { houseOf } from "../../../kit/house-of.ts";
import { type Hearing, heardAt } from "../../../kit/posted.ts";

const ALERT = "🚨 ES long 6326: C\nStop: 6316\n@everyone";
const ASKING: Room = { ...OPEN_ROOM, mode: "confirm" };

const heard = ({ text = ALERT, ...said }: Partial<Hearing> = {}): InputOf<"message"> =>
  heardAt(text, { at: NOW, room: ASKING, ...said });

const commanded = (command: Command, at: Millis): InputOf<"command"> => ({
  kind: "command",
  at,
  quotes: [aQuote(undefined, { at })],
  command,
});
const yes = (entry: number, at: Millis = later(5_000)): InputOf<"command"> =>
  commanded({ kind: "approve", entry, by: "olga" }, at);

const kinds = ({ facts }: { readonly facts: readonly Fact[] }): readonly string[] =>
  facts.map(({ kind }) => kind);
const again = ({ effects }: Step) => effects.find(({ kind }) => kind === "FanOut");

/** The first so many accounts may not enter. */
function houseWithHalted(count: number, halted: number): State {
  const house = houseOf(count);
  return house.settings.accounts
    .slice(0, halted)
    .reduce((state, { id }) => withAccount(state, anAccount({ id, gate: "halted" })), house);
}

describe("a question about more accounts than one step judges", () => {
  it("is asked at the first account that would take it, and only once", () => {
    const first = step(houseOf(201), heard());
    expect(kinds(first)).toEqual(["AlertRead", "ApprovalAsked"]);
    expect(again(first)).toMatchObject({ input: { kind: "message", from: 200 } });
    expect(kinds(step(first.state, heard({ from: 200 })))).toEqual([]);
  });

  it("is asked by a later step, when the accounts before all refuse", () => {
    const first = step(houseWithHalted(201, 200), heard());
    expect(new Set(kinds(first).slice(1))).toEqual(new Set(["TradeRefused"]));
    const second = step(first.state, heard({ from: 200 }));
    expect(kinds(second)).toEqual(["ApprovalAsked"]);
    expect(again(second)).toBeUndefined();
  });

  it("is answered for all of them, step by step", () => {
    const { state } = step(houseOf(201), heard());
    const first = step(state, yes(1));
    expect(kinds(first).slice(0, 3)).toEqual(["CommandTaken", "ApprovalEnded", "TradePlanned"]);
    expect(kinds(first)).toHaveLength(202);
    const next = again(first);
    if (next?.kind !== "FanOut") throw new Error("it goes no further");
    expect(next.input).toMatchObject({ kind: "fan-out", from: 200 });
    const rest = step(first.state, next.input);
    expect(rest.facts).toMatchObject([{ account: "account-201", number: 201 }]);
    expect(again(rest)).toBeUndefined();
  });

  it("is taken as answered while some accounts are still to be judged", () => {
    const { state } = step(houseOf(201), heard());
    const halted = houseWithHalted(201, 200);
    const answered = step({ ...state, accounts: halted.accounts }, yes(1));
    expect(answered.facts[0]).toMatchObject({ answer: { kind: "taken" } });
  });

  it("goes on after an edit where the accounts before all refuse", () => {
    const { state } = step(houseOf(201), heard());
    const text = ALERT.replace("6316", "6317");
    const edit: Partial<Hearing> = { event: "edit", previous: ALERT, text, at: later(3_000) };
    const halted = { ...state, accounts: houseWithHalted(201, 200).accounts };
    const first = step(halted, heard(edit));
    expect(kinds(first).slice(0, 3)).toEqual(["ApprovalEnded", "AlertRead", "TradeRefused"]);
    const next = again(first);
    if (next?.kind !== "FanOut") throw new Error("it goes no further");
    expect(kinds(step(first.state, next.input))).toEqual(["ApprovalAsked"]);
    // Its room may read it otherwise by then; that opens nothing.
    const closed = { ...heard(edit), from: 200, message: { ...heard(edit).message, text: "no" } };
    expect(kinds(step(first.state, closed))).toEqual([]);
  });

  it("goes on no more once its author has taken it back, and is no update either", () => {
    const { state } = step(houseOf(201), heard());
    const text = ALERT.replace("6316", "6317");
    const first = step(state, heard({ event: "edit", previous: ALERT, text, at: later(3_000) }));
    expect(kinds(first)).toEqual(["ApprovalEnded", "AlertRead", "ApprovalAsked"]);
    const taken = step(first.state, heard({ id: "m2", text: "Cancel", at: later(4_000) }));
    expect(kinds(taken)).toContain("ApprovalEnded");
    const next = again(first);
    if (next?.kind !== "FanOut") throw new Error("it goes no further");
    expect(kinds(step(taken.state, next.input))).toEqual([]);
  });
});

describe("an edit of an alert that waits", () => {
  const asked = step(houseOf(1), heard()).state;
  const edit = (text: string, room = ASKING): InputOf<"message"> =>
    heard({ event: "edit", previous: ALERT, text, at: later(3_000), room });

  it("asks again even where the room takes alerts by itself now", () => {
    const text = ALERT.replace("6316", "6317");
    expect(kinds(step(asked, edit(text, OPEN_ROOM)))).toEqual([
      "ApprovalEnded",
      "AlertRead",
      "ApprovalAsked",
    ]);
  });

  it("that makes it doubtful asks anew, at the smallest size", () => {
    const { facts } = step(asked, edit(ALERT.replace(": C", ": A+")));
    expect(facts.at(-1)).toMatchObject({ kind: "ApprovalAsked", smallest: true });
  });

  it("that names two alerts asks about the one that waits", () => {
    const text = `🚨 ES long 6326: C\nStop: 6315\n🚨 NQ long 22150: C\nStop: 22130`;
    expect(kinds(step(asked, edit(text)))).toEqual(["ApprovalEnded", "AlertRead", "ApprovalAsked"]);
  });

  it("that drops one of two ends the question about it", () => {
    const two = `🚨 ES long 6326: C\nStop: 6316\n🚨 ES short 6400: C\nStop: 6410`;
    const pair = two.replace("ES short 6400", "NQ long 22150").replace("6410", "22130");
    const quotes = [aQuote(), { ...aQuote(), instrument: "MNQ" as const }];
    const nasdaq = quotes.map((one) =>
      one.instrument === "MNQ"
        ? { ...one, last: 88_600, bid: 88_600, ask: 88_601, high: 88_600, low: 88_600 }
        : one,
    ) as typeof quotes;
    const first = step(houseOf(1), { ...heard({ text: pair }), quotes: nasdaq });
    expect(first.state.waiting.map(({ entry }) => entry)).toEqual([1, 2]);
    const input = { ...edit(ALERT), quotes: nasdaq };
    const { facts, state } = step(first.state, input);
    expect(facts.filter(({ kind }) => kind === "ApprovalEnded")).toHaveLength(2);
    expect(state.waiting.map(({ entry }) => entry)).toEqual([3]);
  });

  it("is nothing to a message that waits for nothing", () => {
    expect(kinds(step(houseOf(1), edit("good morning")))).toEqual(["MessageIgnored"]);
  });

  it("of another channel or source is none of it", () => {
    const other = edit("good morning");
    const elsewhere = { ...other, message: { ...other.message, channel: "other" } };
    expect(step(asked, elsewhere).state.waiting).toHaveLength(1);
    const source = { ...other, message: { ...other.message, source: "discord" as const } };
    expect(step(asked, source).state.waiting).toHaveLength(1);
  });

  it("goes no further than the trade date for what was read before", () => {
    const rolled = { ...asked, recent: [] };
    expect(kinds(step(rolled, edit("never mind")))).toEqual(["ApprovalEnded", "MessageIgnored"]);
  });
});

describe("an answer", () => {
  const asked = step(houseOf(1), heard()).state;

  it("in the very moment its time is up comes too late", () => {
    const { facts, state } = step(asked, yes(1, later(60_000)));
    expect(facts).toMatchObject([
      { kind: "CommandTaken", answer: { kind: "refused", reason: "entry 1 has expired" } },
      { kind: "ApprovalEnded", how: "expired", by: "nobody answered within 1 min" },
    ]);
    expect(state.waiting).toEqual([]);
  });

  it("waits where no account is left to follow the room", () => {
    const settings = { ...asked.settings, accounts: [] };
    const { facts, state } = step({ ...asked, settings }, yes(1));
    expect(facts).toMatchObject([
      { answer: { kind: "refused", reason: "no account follows its room any more" } },
    ]);
    expect(state.waiting).toHaveLength(1);
  });

  it("is judged by the newest alerts after the trade date has changed", () => {
    const rolled = { ...asked, recent: [] };
    expect(kinds(step(rolled, yes(1)))).toEqual(["CommandTaken", "ApprovalEnded", "TradePlanned"]);
  });

  it("to a re-entry with nothing on its way out is taken", () => {
    const text = `Stopped on the first one. Re-entering now:\n${ALERT}`;
    const { state } = step(houseOf(1), heard({ text }));
    expect(state.waiting).toMatchObject([{ isReentry: true }]);
    expect(kinds(step(state, yes(1))).at(-1)).toBe("TradePlanned");
  });
});

describe("a re-entry said twice", () => {
  it("does not take back its own question", () => {
    const text = `Stopped on the first one. Re-entering now:\n${ALERT}`;
    const { state } = step(houseOf(1), heard({ text }));
    const second = step(state, heard({ text, id: "m2", at: later(2_000) }));
    expect(kinds(second)).toEqual(["AlertRead", "AlertRefused"]);
    expect(second.state.waiting).toHaveLength(1);
  });
});

describe("a question whose alert was forgotten", () => {
  it("waits for nothing", () => {
    const { facts } = step(houseOf(1), heard());
    const [, question] = facts;
    if (question?.kind !== "ApprovalAsked") throw new Error("nobody was asked");
    const at = millis(NOW);
    expect(step(houseOf(1), yes(question.entry, at)).facts).toMatchObject([
      { answer: { reason: "there is no entry 1" } },
    ]);
  });
});
