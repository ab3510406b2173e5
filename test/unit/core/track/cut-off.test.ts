/** The end of a trade date, as one trade meets it: entries withdrawn, the rest left, the alarms set. */
import { describe, expect, it } from "vitest";
import type { LeaveBy } from "../../../../src/core/risk/hours.ts";
import { attend } from "../../../../src/core/track/attend.ts";
import { withdraw } from "../../../../src/core/track/attend-entry.ts";
import { leaveInTime } from "../../../../src/core/track/exit.ts";
import { wakeTimeOf } from "../../../../src/core/track/trade-alarms.ts";
import { anOpenTrade, aScene, aTrade, later, told } from "../../../kit/builders.ts";

const leaveBy: LeaveBy = { at: later(10_000), reason: "cut-off" };
const open = anOpenTrade();

describe("at the cut-off", () => {
  it("a trade is left, and not a moment earlier", () => {
    expect(leaveInTime(open, aScene({ at: later(9_999), leaveBy }))).toEqual([]);
    expect(leaveInTime(open, aScene({ at: later(10_000), leaveBy }))).toEqual([
      { at: later(10_000), trade: open.id, kind: "ExitBegun", reason: "cut-off" },
    ]);
    expect(leaveInTime(open, aScene())).toEqual([]);
  });

  it("one that is being left keeps its reason, one that is over is left alone", () => {
    const begun = { at: later(0), trade: open.id, kind: "ExitBegun", reason: "flatten" } as const;
    expect(leaveInTime(told(open, begun), aScene({ leaveBy }))).toEqual([]);
    expect(leaveInTime({ ...open, phase: "closed" }, aScene({ leaveBy }))).toEqual([]);
  });

  it("one that was handed to a person is the person's", () => {
    const released = { ...open, released: true };
    const kinds = attend(released, aScene({ leaveBy })).map(({ kind }) => kind);
    expect(kinds).not.toContain("ExitBegun");
    expect(wakeTimeOf(released, later(0), { entriesEnd: null, leaveBy })).toBeNull();
  });

  it("an entry that rests is withdrawn where entries end", () => {
    const resting = aTrade();
    const entriesEnd = later(10_000);
    expect(withdraw(resting, aScene({ at: later(9_999), entriesEnd }))).toEqual([]);
    expect(withdraw(resting, aScene({ at: later(10_000), entriesEnd }))).toMatchObject([
      { kind: "EntryWithdrawn", reason: "entries end at this hour" },
    ]);
  });

  it("the trade is woken: for its entries while they may fill, and for itself", () => {
    const times = { entriesEnd: later(5_000), leaveBy };
    expect(wakeTimeOf(aTrade(), later(0), times)).toBe(later(5_000));
    expect(wakeTimeOf(open, later(0), times)).toBe(later(10_000));
    expect(wakeTimeOf(aTrade({ entryEnding: "withdrawn" }), later(5_000), times)).toBe(
      later(10_000),
    );
  });
});
