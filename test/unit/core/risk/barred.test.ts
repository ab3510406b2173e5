import { describe, expect, it } from "vitest";
import { twinOf } from "../../../../src/core/model/ids.ts";
import { millis } from "../../../../src/core/model/units.ts";
import {
  attendanceEnd,
  isLocked,
  lockedUntil,
  refuseBarred,
} from "../../../../src/core/risk/barred.ts";
import { anAccount, later, NOW } from "../../../kit/builders.ts";

describe("a lock-out", () => {
  const account = anAccount({ lockedUntil: later(60_000) });

  it("is the house's or the account's own, whichever ends later", () => {
    expect(lockedUntil({}, anAccount())).toBeNull();
    expect(lockedUntil({}, account)).toBe(later(60_000));
    expect(lockedUntil({ lockedUntil: later(30_000) }, account)).toBe(later(60_000));
    expect(lockedUntil({ lockedUntil: later(90_000) }, account)).toBe(later(90_000));
  });

  it("refuses up to its end, and not at it", () => {
    expect(refuseBarred({}, account, later(59_999))).toEqual({
      kind: "locked-out",
      until: later(60_000),
    });
    expect(refuseBarred({}, account, later(60_000))).toBeNull();
    expect(isLocked({}, account, later(59_999))).toBe(true);
    expect(isLocked({}, account, later(60_000))).toBe(false);
    expect(isLocked({}, anAccount(), NOW)).toBe(false);
  });

  it("is said before a missing sign of life", () => {
    const bars = { attendedAt: millis(0), attended: millis(1) };
    expect(refuseBarred(bars, account, NOW)?.kind).toBe("locked-out");
  });
});

describe("a house that could wake nobody", () => {
  const bars = { unproved: [{ channel: "phone", fingerprint: "7f" }] };

  it("takes no live entries, and paper entries all the same", () => {
    expect(refuseBarred(bars, anAccount(), NOW)).toBeNull();
    const live = anAccount({ probation: 0 });
    expect(refuseBarred(bars, live, NOW)).toEqual({ kind: "no-push", channels: ["phone"] });
    expect(refuseBarred(bars, { ...live, id: twinOf(live.id) }, NOW)).toBeNull();
    expect(refuseBarred({}, live, NOW)).toBeNull();
  });
});

describe("attended mode", () => {
  const bars = { attendedAt: NOW, attended: millis(1_000) };

  it("refuses once nobody was heard of for so long", () => {
    expect(refuseBarred(bars, anAccount(), later(999))).toBeNull();
    expect(refuseBarred(bars, anAccount(), later(1_000))).toEqual({
      kind: "unattended",
      since: NOW,
      limit: 1_000,
    });
    expect(attendanceEnd(bars)).toBe(later(1_000));
  });

  it("is off without a limit, and has not begun before the first start", () => {
    expect(refuseBarred({ attendedAt: millis(0) }, anAccount(), NOW)).toBeNull();
    expect(refuseBarred({ attended: millis(1) }, anAccount(), NOW)).toBeNull();
    expect(attendanceEnd({ attendedAt: NOW })).toBeNull();
    expect(attendanceEnd({ attended: millis(1) })).toBeNull();
  });
});
