/** What concerns all accounts of a login at once, over the stand-in venue: the login itself, and the time. */
import { describe, expect, it } from "vitest";
import { accountId, type Tag } from "../../../../src/core/model/ids.ts";
import { contracts, type Millis, millis, ticks } from "../../../../src/core/model/units.ts";
import type { VenueReport, VenueRequest } from "../../../../src/core/model/venue.ts";
import { createStandIn, type StandInVenue } from "../../../../src/shell/topstepx-sim/venue.ts";
import {
  type LiveVenue,
  liveBroker,
  liveVenue,
  MES_CODE,
  WEDNESDAY,
} from "../../../kit/topstepx-live.ts";

const KEY = "practice-key";
const LOGIN = "/api/Auth/loginKey";

/** Far below the market: it rests. */
const RESTING: VenueRequest = {
  ...{ kind: "place", id: "ts-resting", account: accountId("101"), tag: "ts-resting" as Tag },
  ...{ contract: MES_CODE, role: "entry", side: "buy", type: "limit", price: ticks(24_000) },
  ...{ quantity: contracts(1), bracket: null },
};

/** The stand-in; while it is locked no token is worth anything and no login is taken. */
function lockedLine({ venue, clock }: LiveVenue) {
  const triedAt: Millis[] = [];
  let code: number | null = null;
  const locked: StandInVenue = {
    ...venue,
    receive(request, answered) {
      if (code === null || request.path !== LOGIN) {
        if (request.path === LOGIN) triedAt.push(clock.now());
        return venue.receive(request, answered);
      }
      triedAt.push(clock.now());
      const body = { success: false, errorCode: code, errorMessage: null, token: null };
      answered({ status: 200, body: JSON.stringify(body), headers: {} });
    },
  };
  const lock = (next: number | null): void => {
    triedAt.length = 0;
    code = next;
    if (next !== null) venue.revokeTokens();
  };
  return { venue: locked, triedAt, lock };
}

/** Every account is asked each second, as while something is open. */
function trading(live: LiveVenue, venueTime?: (now: Millis) => Millis) {
  const { broker, close } = liveBroker(live, live.venue, venueTime);
  const reports: VenueReport[] = [];
  broker.open((report) => void reports.push(report));
  const pass = (span: number): void => {
    for (const end = live.clock.now() + span; live.clock.now() < end; ) {
      for (const account of live.accounts) broker.ask(account, WEDNESDAY);
      live.clock.runUntil(millis(live.clock.now() + 1_000));
    }
  };
  const of = <Kind extends VenueReport["kind"]>(kind: Kind) =>
    reports.filter((one): one is Extract<VenueReport, { kind: Kind }> => one.kind === kind);
  return { broker, close, pass, of };
}

describe("a login that is refused while the house runs", () => {
  it.each([
    [3, "a key made under Settings, API"],
    [7, "agreements are waiting for you"],
    [9, "buy API access"],
    [10, "switch it on in the platform's settings"],
  ])("with code %s bars every account of it, and says what to do", (code, advice) => {
    const live = liveVenue({});
    const { pass, of, close } = trading(live);
    pass(5_000);
    expect(of("snapshot").length).toBeGreaterThan(2);
    expect(of("barred")).toEqual([]);
    live.venue.refuseNext(LOGIN, { errorCode: code, errorMessage: null });
    live.venue.revokeTokens();
    pass(5_000);
    expect(of("barred").map(({ account }) => account)).toEqual(live.accounts);
    for (const { reason } of of("barred")) {
      expect(reason).toContain(`login refused (code ${code})`);
      expect(reason).toContain(advice);
      expect(reason).not.toContain(KEY);
    }
    // Whoever has acted by the next try is let in again; to resume is a person's.
    const before = of("snapshot").length;
    pass(310_000);
    expect(of("snapshot").length).toBeGreaterThan(before);
    expect(of("barred")).toHaveLength(live.accounts.length);
    close();
  });

  it("that may go well a moment later bars nobody", () => {
    const live = liveVenue({});
    const { pass, of, close } = trading(live);
    pass(5_000);
    live.venue.refuseNext(LOGIN, { errorCode: 8, errorMessage: "Unknown error." });
    live.venue.revokeTokens();
    pass(10_000);
    expect(of("barred")).toEqual([]);
    close();
  });

  it.each([
    ["an order works", true, [5, 10, 20, 40, 60, 60, 60], 60_000],
    ["all is flat", false, [300], 300_000],
  ])("is tried again, by what is at stake: %s", (_, isOn, pauses, longest) => {
    const live = liveVenue({});
    const line = lockedLine(live);
    const { broker, pass, of, close } = trading({ ...live, venue: line.venue });
    pass(5_000);
    if (isOn) broker.send(RESTING);
    pass(40_000);
    line.lock(3);
    pass(280_000);
    const since = line.triedAt.map((at, index) => at - (line.triedAt[index - 1] ?? at));
    const waited = since.slice(1).map((span) => Math.round(span / 1_000));
    expect(waited).toEqual(pauses.slice(0, waited.length));
    expect(waited.length).toBe(isOn ? pauses.length : 0);
    // Said at the first try and at each that fails like it.
    expect(of("barred")[0]?.reason).toContain("a key made under Settings, API");
    expect(of("barred")).toHaveLength(line.triedAt.length * live.accounts.length);
    line.lock(null);
    const snapshots = of("snapshot").length;
    pass(longest + 1_000);
    expect(line.triedAt.length).toBe(1);
    expect(of("snapshot").length).toBeGreaterThan(snapshots);
    // The next time it begins anew.
    line.lock(7);
    pass(17_000);
    expect(line.triedAt.length).toBe(isOn ? 3 : 1);
    close();
  });

  it("before anybody listened is told when somebody does", () => {
    const live = liveVenue({});
    const user = { userName: "trader", apiKey: KEY, loginFault: 9 };
    const settings = { ...live.settings, users: [user] };
    const venue = createStandIn({ clock: live.clock, settings });
    const { broker, close, login } = liveBroker({ ...live, venue });
    login.token();
    live.clock.runUntil(millis(live.clock.now() + 1_000));
    const reports: VenueReport[] = [];
    broker.open((report) => void reports.push(report));
    live.clock.runUntil(millis(live.clock.now() + 100));
    expect(reports.filter(({ kind }) => kind === "barred")).toHaveLength(live.accounts.length);
    broker.close();
    live.clock.runUntil(millis(live.clock.now() + 310_000));
    expect(reports.filter(({ kind }) => kind === "barred")).toHaveLength(live.accounts.length);
    close();
  });
});

describe("the venue's time", () => {
  it("is told when it parts from ours, of every account, and when they are together again", () => {
    const live = liveVenue({});
    let apart = 0;
    const { pass, of, close } = trading(live, (now) => millis(now + apart));
    pass(10_000);
    // The header of these answers is exact, and counts as the beginning of a second.
    expect(of("clock").every(({ offset }) => Math.abs(offset) <= 600)).toBe(true);
    apart = 7_000;
    pass(10_000);
    const parted = of("clock").slice(-2);
    expect(parted.map(({ account }) => account)).toEqual(live.accounts);
    for (const { offset } of parted) expect(Math.abs(offset - 7_000)).toBeLessThan(600);
    const told = of("clock").length;
    pass(60_000);
    expect(of("clock").length).toBe(told);
    apart = -20_000;
    pass(5_000);
    expect(of("clock").at(-1)?.offset).toBeLessThan(-19_000);
    apart = 0;
    pass(5_000);
    expect(Math.abs(of("clock").at(-1)?.offset ?? 9_999)).toBeLessThan(600);
    close();
  });
});
