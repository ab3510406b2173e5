/** The rehearsal against the stand-in venue in memory: every question with every answer there is. */
import { describe, expect, it, onTestFinished } from "vitest";
import { frontContract } from "../../../../src/core/model/expiry.ts";
import type { BracketSupport } from "../../../../src/core/model/rules.ts";
import { tradeDateOf } from "../../../../src/core/model/trade-date.ts";
import { millis } from "../../../../src/core/model/units.ts";
import { virtualClock } from "../../../../src/shell/host/virtual-clock.ts";
import { asking } from "../../../../src/shell/topstepx/asking.ts";
import { checkContract } from "../../../../src/shell/topstepx/contract-check.ts";
import { GatewayClient } from "../../../../src/shell/topstepx/gateway-client.ts";
import { QUESTIONS } from "../../../../src/shell/topstepx/open-questions.ts";
import { rehearse } from "../../../../src/shell/topstepx/rehearsal.ts";
import type { StandInAccount } from "../../../../src/shell/topstepx-sim/settings.ts";
import { DEFAULT_STAND_IN, PRACTICE_ACCOUNT } from "../../../../src/shell/topstepx-sim/settings.ts";
import type { StandIn } from "../../../../src/shell/topstepx-sim/stand-in.ts";
import type { Switches } from "../../../../src/shell/topstepx-sim/switches.ts";
import { createStandIn, type StandInVenue } from "../../../../src/shell/topstepx-sim/venue.ts";
import { memoryTransport } from "../../../kit/memory-transport.ts";
import { patient } from "../../../kit/patient.ts";
import { silentLog } from "../../../kit/silent-log.ts";
import { MES_WIRE, WEDNESDAY } from "../../../kit/topstepx-live.ts";

interface Wish {
  readonly switches?: Partial<Switches>;
  readonly account?: Partial<StandInAccount>;
  readonly named?: string;
  readonly brackets?: BracketSupport;
  /** Something the venue is told, or made to answer. */
  readonly before?: (venue: StandInVenue) => void;
  readonly between?: (venue: StandInVenue) => StandIn;
}

async function rehearsed(wish: Wish = {}) {
  const { switches = {}, account = {}, named = null, before, between } = wish;
  const { brackets = "native" } = wish;
  const clock = virtualClock(WEDNESDAY);
  const accounts = [{ ...PRACTICE_ACCOUNT, ...account }];
  const users = [{ userName: "trader", apiKey: "practice-key" }];
  const settings = { ...DEFAULT_STAND_IN, users, accounts, switches };
  const venue = createStandIn({ clock, settings });
  venue.setQuote(MES_WIRE, { last: 6326.25, bid: 6326, ask: 6326.25 });
  before?.(venue);
  const line = between?.(venue) ?? venue;
  const transport = memoryTransport({ clock, venue: line, roundTrip: 40 });
  const credentials = { userName: "trader", apiKey: "practice-key" };
  const gateway = new GatewayClient({ transport, credentials, log: silentLog });
  onTestFinished(() => {
    gateway.close();
    transport.close();
  });
  const said: string[] = [];
  const result = await patient(
    clock,
    rehearse({
      ...{ ask: asking(gateway), transport, credentials, account: named, brackets },
      say: (one) => void said.push(one),
      check: (root, rows) => checkContract(rows, frontContract(root, tradeDateOf(clock.now()))),
    }),
  );
  const lines = result.ok
    ? result.value.checks.map(({ what, state, says }) => `${state} ${what}: ${says}`)
    : [];
  return { result, lines, said, venue, calls: gateway.health().calls };
}

const answerTo = (lines: readonly string[], name: keyof typeof QUESTIONS): string => {
  const start = `note ${QUESTIONS[name].asks}: `;
  return lines.find((line) => line.startsWith(start))?.slice(start.length) ?? "no line";
};

describe("a rehearsal", () => {
  it("trades one contract in three ways, ends flat, and answers what it can", async () => {
    const { result, lines, venue, calls } = await rehearsed();
    expect(lines).toMatchInlineSnapshot(`
      [
        "ok rehearsal: entry: filled, stop and target rest after 100 ms",
        "ok rehearsal: stop moved: by modify, its id kept",
        "ok rehearsal: exit through the leg: out at once, and the stop went with it",
        "ok rehearsal: entry: filled, stop and target rest after 100 ms",
        "ok rehearsal: close: flat by the venue's own call",
        "ok rehearsal: exit of an entry that waited: out at once, and the stop went with it",
        "ok rehearsal: one tag, one order: the same tag is refused",
        "ok rehearsal: user hub: 63 events heard",
        "ok rehearsal: the end: flat: no position and no order at work, read 2 times from the venue",
        "note (a) one leg cancelled: the other stays, as assumed",
        "note (b) legs after a close in part: not settled: a rehearsal trades one contract at a time; assumed meanwhile: they keep their size, so they are made smaller first and read again afterwards",
        "note (c) the target of one entry, and the legs of another: not settled: a rehearsal trades one contract at a time; assumed meanwhile: they stay; all are read again after every fill",
        "note (d) the size of one leg changed: the other keeps its size, as assumed",
        "note (e) a second login: the hub stays, as assumed",
        "note (f) too many calls: not settled: it takes more than 200 calls in a minute, and a program beside us would be locked out; assumed meanwhile: 429, and each 60 s count; so 160 calls at most, and Retry-After is kept where it is given",
        "note (g) legs of an entry without a tag: they have none, as assumed",
        "note (h) how far lists reach back: asked for 30 days, the oldest order is of 2026-11-18, the oldest trade of 2026-11-18",
        "note (i) legs of an entry filled in part: not settled: a rehearsal trades one contract at a time; assumed meanwhile: they are as large as what filled; they are read again after every fill",
        "note (j) events of the user hub: wrapped; actions: account 1, order 1, position 1/2, trade 0",
        "note (k) more contracts than the account may hold: not settled: a rehearsal trades one contract at a time; assumed meanwhile: a refusal, kept with the venue's words; never tried again",
        "note (l) a hub whose token has run out: not settled: it takes a day; assumed meanwhile: it may end; the token is renewed at half its life, and the hub connected with the new one",
        "note legs after a close: they stay at work and have to be cancelled, as assumed",
        "note a leg changed before its entry fills: its price counts once it works, as assumed",
        "note an entry cancelled before it fills: its legs go with it, as assumed",
        "note a stop moved through the price: refused, as assumed",
        "note an order refused for its tag: no trace of it is kept, as assumed",
        "note an ended order cancelled again: refused with code 5 (UnknownError), as assumed",
        "note the ids of an entry and its legs: they follow one another, as assumed",
        "note the token renewed: there is a new one, as assumed",
        "note 15:10 in Chicago: not settled: it happens once a day; assumed meanwhile: the venue may close what is open; its trades end then, booked from its fills",
        "note linkedOrderId of a request: not settled: it is never sent; assumed meanwhile: ignored; it is never sent",
      ]
    `);
    expect(result).toMatchObject({ ok: true, value: { passed: true, account: 101 } });
    expect(JSON.stringify(venue.dump())).toContain('"positions":[]');
    // A house may trade on the same login, and one minute's calls are 160.
    expect(calls).toBeLessThan(120);
  });

  const BOTH: readonly [keyof typeof QUESTIONS, Partial<Switches>, string][] = [
    ["cancelLeg", { cancelLeg: "sibling-cancelled" }, "the other is cancelled too"],
    ["legSize", { modifyLegSize: "sibling-follows" }, "the other follows"],
    ["waitingLeg", { modifySuspended: "dropped" }, "taken, and its price forgotten"],
    ["waitingLeg", { modifySuspended: "rejected" }, "refused: "],
    ["waitingLegs", { cancelEntry: "children-stay" }, "its legs stay"],
    ["wrongSide", { wrongSideStop: "triggered" }, "triggered at once"],
    ["tagAgain", { tagUsedAgain: "stored" }, "it is kept, rejected"],
    ["endedOrder", { terminalCancel: "code-2" }, "refused with code 2 (OrderNotFound)"],
    ["ids", { bracketIds: "gapped" }, "+2 and +3"],
    ["secondLogin", { secondLogin: "kicked" }, "the hub ends: GatewayLogout"],
    ["events", { userEvents: "flat" }, "flat; actions: account none, order none"],
    ["events", { userEvents: "array" }, "a list; actions: account none"],
    ["renewal", { validate: "null" }, "the old one stays"],
  ];

  it.each(BOTH)("sees %s where the venue has %j", async (name, switches, says) => {
    const { result, lines, venue } = await rehearsed({ switches });
    expect(answerTo(lines, name)).toContain(`${says}`);
    expect(answerTo(lines, name)).toContain(`; assumed was: ${QUESTIONS[name].assumed}`);
    expect(result).toMatchObject({ ok: true, value: { passed: true } });
    expect(JSON.stringify(venue.dump())).toContain('"positions":[]');
  });

  it("waits for a venue that is slow, and leaves no order to the end", async () => {
    const before = (venue: StandInVenue): void => venue.setDelays({ fill: millis(700) });
    const { result, said } = await rehearsed({ before });
    expect(result).toMatchObject({ ok: true, value: { passed: true } });
    expect(said).toEqual([`rehearsing with one MESZ26 on ${PRACTICE_ACCOUNT.name}`]);
  });

  it("does not mind what it never meets", async () => {
    const switches: Partial<Switches> = {
      ...{ partialClose: "group-cancelled", partialEntry: "legs-when-whole" },
      ...{ linkedOrderId: "honoured", rateWindow: "fixed", dayEnd: "positions-stay" },
      ...{ tokenExpiry: "sockets-closed", listNulls: "none", retryAfter: "given" },
    };
    const { result, lines } = await rehearsed({ switches });
    expect(result).toMatchObject({ ok: true, value: { passed: true } });
    const open = lines.filter((line) => line.includes("not settled: "));
    expect(open).toHaveLength(8);
    for (const line of open) expect(line).toContain("; assumed meanwhile: ");
  });
});

/** The operator wrote it down, and so it is. */
const KEEPING: Wish = { brackets: "none", account: { bracketMode: "position" } };

describe("a rehearsal with an account that keeps Position Brackets", () => {
  it("places stop and target itself, ends flat, and answers what it can", async () => {
    const { result, lines, venue, calls } = await rehearsed(KEEPING);
    expect(lines).toMatchInlineSnapshot(`
      [
        "ok rehearsal: entry: filled, stop and target rest after 400 ms",
        "ok rehearsal: stop and target: the platform adds none of its own",
        "ok rehearsal: stop moved: by modify, its id kept",
        "ok rehearsal: exit through the leg: out at once, and the stop was cancelled by us",
        "ok rehearsal: entry: filled, stop and target rest after 400 ms",
        "ok rehearsal: close: flat by the venue's own call",
        "ok rehearsal: exit of an entry that waited: out at once, and the stop was cancelled by us",
        "ok rehearsal: one tag, one order: the same tag is refused",
        "note rehearsal: brackets: kept by us, as the configuration says: Brackets cannot be used with Position Brackets. You must enable Auto OCO Brackets.",
        "ok rehearsal: user hub: 50 events heard",
        "ok rehearsal: the end: flat: no position and no order at work, read 2 times from the venue",
        "note (a) one leg cancelled: not settled: this account keeps no brackets; assumed meanwhile: the other stays",
        "note (b) legs after a close in part: not settled: a rehearsal trades one contract at a time; assumed meanwhile: they keep their size, so they are made smaller first and read again afterwards",
        "note (c) the target of one entry, and the legs of another: not settled: a rehearsal trades one contract at a time; assumed meanwhile: they stay; all are read again after every fill",
        "note (d) the size of one leg changed: not settled: this account keeps no brackets; assumed meanwhile: the other keeps its size",
        "note (e) a second login: the hub stays, as assumed",
        "note (f) too many calls: not settled: it takes more than 200 calls in a minute, and a program beside us would be locked out; assumed meanwhile: 429, and each 60 s count; so 160 calls at most, and Retry-After is kept where it is given",
        "note (g) legs of an entry without a tag: not settled: this account keeps no brackets; assumed meanwhile: they have none",
        "note (h) how far lists reach back: asked for 30 days, the oldest order is of 2026-11-18, the oldest trade of 2026-11-18",
        "note (i) legs of an entry filled in part: not settled: a rehearsal trades one contract at a time; assumed meanwhile: they are as large as what filled; they are read again after every fill",
        "note (j) events of the user hub: wrapped; actions: account 1, order 1, position 1/2, trade 0",
        "note (k) more contracts than the account may hold: not settled: a rehearsal trades one contract at a time; assumed meanwhile: a refusal, kept with the venue's words; never tried again",
        "note (l) a hub whose token has run out: not settled: it takes a day; assumed meanwhile: it may end; the token is renewed at half its life, and the hub connected with the new one",
        "note legs after a close: they stay at work and have to be cancelled, as assumed",
        "note a leg changed before its entry fills: not settled: this account keeps no brackets; assumed meanwhile: its price counts once it works",
        "note an entry cancelled before it fills: not settled: this account keeps no brackets; assumed meanwhile: its legs go with it",
        "note a stop moved through the price: refused, as assumed",
        "note an order refused for its tag: no trace of it is kept, as assumed",
        "note an ended order cancelled again: refused with code 5 (UnknownError), as assumed",
        "note the ids of an entry and its legs: not settled: this account keeps no brackets; assumed meanwhile: they follow one another",
        "note the token renewed: there is a new one, as assumed",
        "note 15:10 in Chicago: not settled: it happens once a day; assumed meanwhile: the venue may close what is open; its trades end then, booked from its fills",
        "note linkedOrderId of a request: not settled: it is never sent; assumed meanwhile: ignored; it is never sent",
      ]
    `);
    expect(result).toMatchObject({ ok: true, value: { passed: true, brackets: "none" } });
    expect(JSON.stringify(venue.dump())).toContain('"positions":[]');
    expect(calls).toBeLessThan(120);
  });

  it.each<[keyof typeof QUESTIONS, Partial<Switches>, string]>([
    ["wrongSide", { wrongSideStop: "triggered" }, "triggered at once"],
    ["tagAgain", { tagUsedAgain: "stored" }, "it is kept, rejected"],
    ["endedOrder", { terminalCancel: "code-2" }, "refused with code 2 (OrderNotFound)"],
    ["secondLogin", { secondLogin: "kicked" }, "the hub ends: GatewayLogout"],
  ])("sees %s where the venue has %j", async (name, switches, says) => {
    const { result, lines, venue } = await rehearsed({ ...KEEPING, switches });
    expect(answerTo(lines, name)).toContain(says);
    expect(result).toMatchObject({ ok: true, value: { passed: true } });
    const dump = JSON.stringify(venue.dump());
    expect(dump).toContain('"positions":[]');
    expect(dump).not.toMatch(/"status":[1678],/);
  });

  it("says so where the account takes brackets after all", async () => {
    const { result, lines, venue } = await rehearsed({ brackets: "none" });
    expect(lines.join("\n")).toMatch(/^note rehearsal: brackets: the account takes them; leave/m);
    expect(result).toMatchObject({ ok: true, value: { passed: true } });
    expect(JSON.stringify(venue.dump())).not.toMatch(/"status":[1678],/);
  });

  it("fails where the platform adds a leg to the position, and leaves none", async () => {
    const between = (venue: StandInVenue): StandIn => ({
      connect: venue.connect,
      receive(request, answered) {
        venue.receive(request, answered);
        const isEntry = request.body.includes('-1"') && request.path === "/api/Order/place";
        if (!isEntry) return;
        const { customTag: _, ...leg }: Record<string, unknown> = JSON.parse(request.body);
        const body = JSON.stringify({ ...leg, type: 1, side: 1, limitPrice: 6400 });
        venue.receive({ ...request, body }, () => {});
      },
    });
    const { result, lines, venue } = await rehearsed({ ...KEEPING, between });
    expect(lines.join("\n")).toMatch(/^problem rehearsal: stop and target: 1 orders at work/m);
    expect(result).toMatchObject({ ok: true, value: { passed: false } });
    expect(JSON.stringify(venue.dump())).not.toMatch(/"status":[1678],/);
  });

  it("fails where its stop is refused, and is out at once", async () => {
    const between = (venue: StandInVenue): StandIn => ({
      connect: venue.connect,
      receive(request, answered) {
        const isStop = request.body.includes('-1s"');
        const body = isStop
          ? request.body.replace(/"stopPrice":\d+/, '"stopPrice":9999')
          : request.body;
        venue.receive({ ...request, body }, answered);
      },
    });
    const { result, lines, venue } = await rehearsed({ ...KEEPING, between });
    expect(lines[0]).toContain("problem rehearsal: entry: ");
    expect(result).toMatchObject({ ok: true, value: { passed: false } });
    expect(JSON.stringify(venue.dump())).toContain('"positions":[]');
  });
});

describe("nothing is tried", () => {
  it.each<[string, Wish, string]>([
    ["where there is no practice account", { account: { name: "50KTC-1" } }, "make one on the"],
    ["on one that may not trade", { account: { canTrade: false } }, "no practice account"],
    [
      "on one that is not there",
      { named: "PRAC-V2-X" },
      "PRAC-V2-X is no practice account that may trade; there is PRAC-V2-TRADER-1",
    ],
    [
      "with a contract that is not as we know it",
      { before: (venue) => venue.misstate(MES_WIRE, { tickSize: 0.5 }) },
      "MESZ26: a tick is 0.5 points at the venue",
    ],
    [
      "where the venue does not list its contracts",
      { before: (venue) => refuse(venue, "/api/Contract/available") },
      "contracts cannot be listed: ",
    ],
    [
      "where the venue does not list its accounts",
      { before: (venue) => refuse(venue, "/api/Account/search") },
      "accounts cannot be listed: ",
    ],
    [
      "where it cannot be read what is held",
      { before: (venue) => refuse(venue, "/api/Position/searchOpen") },
      "what it holds cannot be read",
    ],
    ["beside what is there already", { before: anOrder }, "the account is not flat"],
  ])("%s", async (_, wish, says) => {
    const { result, said } = await rehearsed(wish);
    expect(result).toEqual({ ok: false, error: expect.stringContaining(says) });
    expect(said).toEqual([]);
  });
});

const refuse = (venue: StandInVenue, path: string): void =>
  venue.refuseNext(path, { errorCode: 1, errorMessage: "Not today." });

function anOrder(venue: StandInVenue): void {
  const say = (path: string, token: string | null, asked: object): string => {
    let told = "";
    const body = JSON.stringify(asked);
    venue.receive({ method: "POST", path, token, body }, (answer) => {
      told = answer === "cut" ? "" : answer.body;
    });
    return told;
  };
  const login = { userName: "trader", apiKey: "practice-key" };
  const { token }: { token: string } = JSON.parse(say("/api/Auth/loginKey", null, login));
  say("/api/Order/place", token, {
    ...{ accountId: 101, contractId: MES_WIRE, type: 1, side: 0, size: 1, limitPrice: 6300 },
  });
}

describe("a rehearsal fails", () => {
  it("where the account keeps Position Brackets, and says what to change", async () => {
    const { lines } = await rehearsed({ account: { bracketMode: "position" } });
    expect(lines[0]).toBe(
      "problem rehearsal: entry: not filled with stop and target: Brackets cannot be used with Position Brackets. You must enable Auto OCO Brackets: set the account to Auto OCO Brackets (Settings, Risk Settings), and rehearse again",
    );
    expect(answerTo(lines, "cancelLeg")).toContain("not settled: the rehearsal did not get so far");
  });

  it("there for that alone: of the refused order the hub tells a moment later", async () => {
    const { lines } = await rehearsed({
      account: { bracketMode: "position" },
      before: (venue) => venue.setDelays({ refusal: millis(700) }),
    });
    expect(lines).toContain("ok rehearsal: user hub: 1 events heard");
  });

  it.each([
    ["a stop cannot be moved", "/api/Order/modify", "stop moved: not moved: Not today."],
    ["the close call is refused", "/api/Position/closeContract", "close: not flat: Not today."],
  ])("where %s, tries nothing more, and ends flat", async (_, path, says) => {
    const { result, lines, venue } = await rehearsed({ before: (venue) => refuse(venue, path) });
    expect(lines).toContainEqual(`problem rehearsal: ${says}`);
    expect(result).toMatchObject({ ok: true, value: { passed: false } });
    expect(lines.at(-1)).toContain("linkedOrderId");
    expect(lines.join("\n")).not.toContain("one tag, one order");
    expect(JSON.stringify(venue.dump())).toContain('"positions":[]');
  });

  it("where one tag makes two orders", async () => {
    const seen = new Set<string>();
    const between = (venue: StandInVenue): StandIn => ({
      connect: venue.connect,
      receive(request, answered) {
        const tag = /"customTag":"([^"]+)"/.exec(request.body)?.[1] ?? "";
        const isAgain = request.path === "/api/Order/place" && seen.has(tag);
        seen.add(tag);
        const body = isAgain ? request.body.replace(tag, `${tag}-2`) : request.body;
        venue.receive({ ...request, body }, answered);
      },
    });
    const { result, lines } = await rehearsed({ between });
    expect(lines.join("\n")).toMatch(/^problem rehearsal: one tag, one order: .* do not trade/m);
    expect(result).toMatchObject({ ok: true, value: { passed: false } });
  });

  it("where the user hub is shut", async () => {
    const between = (venue: StandInVenue): StandIn => ({ ...venue, connect: () => 403 });
    const { lines } = await rehearsed({ between });
    expect(lines).toContainEqual(
      "problem rehearsal: user hub: not heard: the upgrade was refused with 403",
    );
    expect(answerTo(lines, "secondLogin")).toContain("not settled: the hub was not heard");
  });

  it("where the user hub is open and says nothing", async () => {
    const between = (venue: StandInVenue): StandIn => ({
      ...venue,
      connect: (hub, token, peer) => venue.connect(hub, token, { ...peer, send: () => {} }),
    });
    const { lines } = await rehearsed({ between });
    expect(lines.join("\n")).toContain("problem rehearsal: user hub: not one event was heard");
    expect(answerTo(lines, "events")).toContain("not settled: ");
  });
});

describe("an answer that is lost", () => {
  /** The n-th answer is lost; what it was asked was done. */
  const without = (nth: number) => (venue: StandInVenue) => {
    let count = 0;
    return {
      connect: venue.connect,
      receive(request, answered) {
        count += 1;
        const isLost = count === nth;
        venue.receive(request, (answer) => answered(isLost ? "cut" : answer));
      },
    } satisfies StandIn;
  };

  const every = Array.from({ length: 34 }, (_, index) => 1 + index * 3);
  it.each([
    ...every.map((nth) => [nth, "by the venue", {}] as const),
    ...every.map((nth) => [nth, "by us", KEEPING] as const),
  ])(
    "(number %i, stops kept %s) leaves nothing behind and no question without a line",
    async (nth, _, wish) => {
      const { result, lines, venue } = await rehearsed({ ...wish, between: without(nth) });
      const dump = JSON.stringify(venue.dump());
      expect(dump).toContain('"positions":[]');
      expect(dump).not.toMatch(/"status":[1678],/);
      if (!result.ok) expect(result.error).toMatch(/cannot be (listed|read)/);
      else expect(lines.filter((line) => /^note (?!rehearsal)/.test(line))).toHaveLength(22);
    },
  );
});
