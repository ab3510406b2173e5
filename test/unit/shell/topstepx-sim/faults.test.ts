import { describe, expect, test } from "vitest";
import { millis } from "../../../../src/core/model/units.ts";
import { virtualClock } from "../../../../src/shell/host/virtual-clock.ts";
import {
  FAULT_NAMES,
  type FaultName,
  LINE_FAULT_NAMES,
} from "../../../../src/shell/topstepx-sim/fault-names.ts";
import type { Strike } from "../../../../src/shell/topstepx-sim/fault-odds.ts";
import { type FaultParts, withFaults } from "../../../../src/shell/topstepx-sim/faults.ts";
import type { WireAnswer } from "../../../../src/shell/topstepx-sim/stand-in.ts";
import { answerOf, scriptedStandIn, TOKEN } from "../../../kit/scripted-stand-in.ts";

const START = 1_000_000;

function day(parts: Partial<FaultParts> = {}) {
  const clock = virtualClock(millis(START));
  const venue = scriptedStandIn();
  const strikes: Strike[] = [];
  const struck = (strike: Strike): void => void strikes.push(strike);
  const faults = withFaults({ venue, clock, seed: 7, rates: {}, struck, ...parts });
  const answers: (readonly [number, WireAnswer | "cut"])[] = [];
  const ask = (path = "/api/Order/place", body = ""): void =>
    faults.receive({ method: "POST", path, token: TOKEN, body }, (answer) =>
      answers.push([clock.now() - START, answer]),
    );
  const heard: string[] = [];
  const listen = (hub: "user" | "market" = "user") =>
    faults.connect(hub, TOKEN, {
      send: (target, args) => void heard.push([target, ...args].join(" ")),
      end: (error) => void heard.push(`end ${error}`),
      stall: () => void heard.push("stall"),
      cut: () => void heard.push("cut"),
    });
  const tell = (...args: readonly unknown[]): void => {
    for (const hub of venue.hubs) if (!hub.isGone) hub.peer.send("GatewayUserOrder", args);
  };
  const pass = (by: number): void => void clock.runUntil(millis(clock.now() + by));
  return { clock, venue, faults, strikes, answers, ask, heard, listen, tell, pass };
}

/** One request, struck by this. */
function struckBy(name: FaultName, path?: string, answer?: unknown) {
  const world = day();
  if (answer !== undefined) world.venue.answer = (_, answered) => answered(answerOf(answer));
  world.faults.strike(name);
  world.ask(path);
  return world;
}

test("a good day changes nothing", () => {
  const { ask, answers, listen, tell, heard, clock, faults } = day();
  ask();
  listen();
  tell(1);
  expect(answers).toEqual([[0, answerOf({ success: true, path: "/api/Order/place" })]]);
  expect([heard, clock.pending()]).toEqual([["GatewayUserOrder 1"], 0]);
  expect(new Set(Object.values(faults.counts()))).toEqual(new Set([0]));
});

describe("a request", () => {
  test("is lost before the venue hears of it", () => {
    const { answers, venue } = struckBy("request-lost");
    expect([answers, venue.requests.length]).toEqual([[[0, "cut"]], 0]);
  });

  test("is carried out and its answer lost", () => {
    const { answers, venue } = struckBy("answer-lost");
    expect([answers, venue.requests.length]).toEqual([[[0, "cut"]], 1]);
  });

  test.each([
    ["answer-late", 100, 5_000, 1],
    ["fill-first", 20, 200, 1],
    ["executed-late", 10_001, 15_000, 0],
  ] as const)("%s: its answer takes %d to %d ms", (name, least, most, executed) => {
    const { answers, venue, pass } = struckBy(name);
    expect([answers, venue.requests.length]).toEqual([[], executed]);
    pass(most);
    expect(venue.requests.length).toBe(1);
    const [[at] = [0]] = answers;
    expect(at).toBeGreaterThanOrEqual(least);
    expect(at).toBeLessThanOrEqual(most);
  });

  test.each([
    ["rate-limited", 429, 0],
    ["rate-limited-until", 429, 0],
    ["server-error", 500, 0],
    ["server-error-executed", 500, 1],
    ["forbidden", 403, 0],
    ["unauthorized", 401, 0],
  ] as const)("%s: status %d, and heard %d times", (name, status, executed) => {
    const { answers, venue } = struckBy(name);
    expect(answers).toMatchObject([[0, { status, body: "" }]]);
    expect(venue.requests.length).toBe(executed);
  });

  test("is told when to come back, or not", () => {
    expect(struckBy("rate-limited").answers).toMatchObject([[0, { headers: {} }]]);
    expect(struckBy("rate-limited-until").answers).toMatchObject([
      [0, { headers: { "retry-after": expect.stringMatching(/^([1-9]|10)$/) } }],
    ]);
  });

  test("meets a storm of 401 that logins pass and that ends", () => {
    const { answers, ask, pass } = struckBy("unauthorized");
    ask("/api/Account/search");
    ask("/api/Auth/loginKey");
    pass(5_000);
    ask("/api/Account/search");
    expect(answers.map(([, answer]) => answer !== "cut" && answer.status)).toEqual([
      401, 401, 200, 200,
    ]);
  });

  test("is answered in part", () => {
    const { answers } = struckBy("malformed", "/api/Order/place", { success: true });
    expect(answers).toMatchObject([[0, { status: 200, body: '{"succes' }]]);
  });

  test("that searches finds no list", () => {
    const answer = { orders: [{ id: 1 }], success: true };
    const { answers } = struckBy("list-absent", "/api/Order/searchOpen", answer);
    expect(answers).toEqual([[0, answerOf({ success: true })]]);
    expect(struckBy("list-absent", "/api/Order/place", answer).answers).toEqual([
      [0, answerOf(answer)],
    ]);
  });

  test("whose answer is no object is left as it is", () => {
    const world = day();
    world.venue.answer = (_, answered) => answered({ status: 401, body: "", headers: {} });
    world.faults.strike("list-absent");
    world.ask("/api/Order/searchOpen");
    expect(world.answers).toEqual([[0, { status: 401, body: "", headers: {} }]]);
  });

  test("is cut where the venue cuts it, whatever else strikes", () => {
    const world = day();
    world.venue.answer = (_, answered) => answered("cut");
    world.faults.strike("malformed");
    world.ask();
    expect(world.answers).toEqual([[0, "cut"]]);
  });
});

describe("a read that is behind", () => {
  const OPEN = "/api/Position/searchOpen";

  test("is what the same question was answered then", () => {
    const { venue, ask, faults, answers, pass } = day();
    let size = 0;
    venue.answer = (_, answered) => answered(answerOf({ positions: [{ size }] }));
    for (size = 1; size <= 15; size++) {
      ask(OPEN, "{}");
      pass(1_000);
    }
    faults.strike("read-stale");
    ask(OPEN, "{}");
    const told = answers.at(-1)?.[1];
    const shown = told === "cut" ? null : JSON.parse(told?.body ?? "").positions[0].size;
    expect(shown).toBeGreaterThanOrEqual(6);
    expect(shown).toBeLessThanOrEqual(15);
    expect(shown).toBeLessThan(size);
  });

  test("is never older than ten seconds, however seldom it is asked", () => {
    const { venue, ask, faults, answers, pass } = day();
    venue.answer = (_, answered) => answered(answerOf({ accounts: [{ balance: 1 }] }));
    ask("/api/Account/search", "{}");
    pass(10_001);
    const now = answerOf({ accounts: [{ balance: 2 }] });
    venue.answer = (_, answered) => answered(now);
    faults.strike("read-stale");
    ask("/api/Account/search", "{}");
    expect(answers.at(-1)?.[1]).toEqual(now);
  });

  test("lacks what is young, where the question is new", () => {
    const { venue, ask, faults, answers } = day();
    const rows = (...ages: readonly number[]) => ({
      orders: ages.map((age) => ({
        creationTimestamp: new Date(START - age).toISOString(),
      })),
      success: true,
    });
    venue.answer = (_, answered) => answered(answerOf(rows(500, 20_000)));
    faults.strike("read-stale");
    ask("/api/Order/v2/query");
    expect(answers).toEqual([[0, answerOf(rows(20_000))]]);
  });

  test("keeps rows that tell no time", () => {
    const { answers } = struckBy("read-stale", OPEN, { positions: [{ id: 1 }, null, 3] });
    expect(answers).toEqual([[0, answerOf({ positions: [{ id: 1 }, null, 3] })]]);
  });

  test("remembers few questions and few answers", () => {
    const { ask, faults, answers, venue } = day();
    for (let question = 0; question < 1_000; question++) ask(OPEN, String(question));
    for (let time = 0; time < 100; time++) ask(OPEN, "same");
    faults.strike("read-stale");
    ask(OPEN, "0");
    expect([answers.length, venue.requests.length]).toEqual([1_101, 1_101]);
  });
});

describe("an event", () => {
  test.each([
    ["event-lost", [], []],
    ["event-twice", ["GatewayUserOrder 1", "GatewayUserOrder 1"], []],
    ["event-late", [], ["GatewayUserOrder 1"]],
  ] as const)("%s", (name, atOnce, later) => {
    const { faults, listen, tell, heard, pass } = day();
    listen();
    faults.strike(name, 1, "Order");
    tell(1);
    expect(heard).toEqual(atOnce);
    pass(3_000);
    expect(heard).toEqual([...atOnce, ...later]);
    tell(2);
    expect(heard.at(-1)).toBe("GatewayUserOrder 2");
  });

  test("that is late for its connection is lost", () => {
    const { faults, listen, tell, heard, pass } = day();
    const session = listen();
    faults.strike("event-late");
    tell(1);
    if (typeof session !== "number") session.gone();
    pass(3_000);
    expect(heard).toEqual([]);
  });
});

describe("a connection", () => {
  test.each([
    ["hub-dropped", ["end Connection closed with an error."]],
    ["hub-stalled", ["stall"]],
    ["hub-reset", ["cut"]],
    ["hub-logout", ["GatewayLogout", "end null"]],
  ] as const)("%s, at once and only the hub that was named", (name, said) => {
    const { faults, listen, heard, strikes } = day();
    listen("market");
    faults.strike(name, 1, "user");
    expect(heard).toEqual([]);
    listen("user");
    faults.strike(name, 1, "user");
    expect(heard).toEqual(said);
    expect(strikes.map(({ what }) => what)).toEqual(["user"]);
  });

  test("is deaf for a while, and then hears again", () => {
    const { faults, listen, tell, heard, pass } = day();
    listen();
    faults.strike("hub-deaf");
    tell(1);
    pass(4_999);
    tell(2);
    expect(heard).toEqual([]);
    pass(56_000);
    tell(3);
    expect(heard).toEqual(["GatewayUserOrder 3"]);
  });

  test("is refused at the door", () => {
    const { faults, listen, venue } = day();
    faults.strike("hub-refused", 20);
    const refusals = Array.from({ length: 20 }, () => listen());
    expect(new Set(refusals)).toEqual(new Set([401, 403, 502]));
    expect(venue.hubs).toEqual([]);
    expect(typeof listen()).toBe("object");
  });

  test("that the venue refuses is refused", () => {
    const { faults } = day();
    const peer = { send() {}, end() {}, stall() {}, cut() {} };
    expect(faults.connect("user", "wrong", peer)).toBe(401);
  });

  test("invokes as ever", () => {
    const { listen, venue } = day();
    const session = listen();
    if (typeof session === "number") throw new Error("refused");
    expect(session.invoke("SubscribeOrders", [7])).toBeNull();
    expect(venue.hubs[0]?.invoked).toEqual([{ method: "SubscribeOrders", args: [7] }]);
    session.gone();
    expect(venue.hubs[0]?.isGone).toBe(true);
  });

  test("ends by chance, about as often as the rate says", () => {
    const { listen, pass, faults, clock } = day({ rates: { "hub-dropped": 0.01 } });
    for (let count = 0; count < 100; count++) listen();
    pass(100_000);
    expect(faults.counts()["hub-dropped"]).toBeGreaterThan(60);
    expect(faults.counts()["hub-dropped"]).toBeLessThan(140);
    faults.setRate("hub-dropped", 0);
    expect(clock.pending()).toBe(0);
  });

  test("ends within a second where that is certain, and not at all once it is gone", () => {
    const { listen, pass, heard, clock } = day({ rates: { "hub-reset": 1 } });
    const session = listen();
    pass(1_000);
    expect(heard).toEqual(["cut"]);
    if (typeof session !== "number") session.gone();
    expect(clock.pending()).toBe(0);
  });
});

describe("the odds", () => {
  const rates = Object.fromEntries(FAULT_NAMES.map((name) => [name, 0.05]));

  function busy(parts: Partial<FaultParts> = {}) {
    const world = day({ rates, ...parts });
    for (let count = 0; count < 300; count++) {
      world.ask(count % 3 === 0 ? "/api/Order/searchOpen" : "/api/Order/place");
      if (count % 6 === 0) world.listen();
      world.tell(count);
      world.pass(200);
    }
    return world;
  }
  const ids = (strikes: readonly Strike[]): readonly string[] => strikes.map(({ id }) => id);

  test("are the same for the same seed, and others for another", () => {
    const one = busy();
    expect(ids(busy().strikes)).toEqual(ids(one.strikes));
    expect(busy().heard).toEqual(one.heard);
    expect(busy().answers).toEqual(one.answers);
    expect(ids(busy({ seed: 8 }).strikes)).not.toEqual(ids(one.strikes));
    expect(new Set(one.strikes.map(({ name }) => name)).size).toBe(FAULT_NAMES.length);
  });

  test("count what struck", () => {
    const { strikes, faults } = busy();
    for (const name of FAULT_NAMES) {
      expect(faults.counts()[name]).toBe(strikes.filter((one) => one.name === name).length);
    }
  });

  test("leave out a strike that is masked, of every kind", () => {
    const every = [...new Map(busy().strikes.map((one) => [one.name, one.id])).values()];
    const { strikes } = busy({ masked: new Set(every) });
    expect(ids(strikes).filter((id) => every.includes(id))).toEqual([]);
  });

  test("of another kind do not move when one is masked or switched off", () => {
    const only = (parts: Partial<FaultParts>) => {
      const world = day(parts);
      for (let count = 0; count < 200; count++) world.ask();
      return ids(world.strikes.filter(({ name }) => name === "answer-lost"));
    };
    const alone = only({ rates: { "answer-lost": 0.1 } });
    expect(alone.length).toBeGreaterThan(5);
    const [first = ""] = alone;
    const masked = only({ rates: { "answer-lost": 0.1 }, masked: new Set([first]) });
    expect(masked).toEqual(alone.slice(1));
  });

  test("fall silent when told to be calm", () => {
    const { faults, ask, listen, tell, pass, strikes, heard } = busy();
    faults.strike("request-lost", 5);
    faults.strike("unauthorized");
    ask("/api/Account/search");
    faults.strike("hub-deaf");
    faults.calm();
    strikes.length = 0;
    pass(60_000);
    listen();
    heard.length = 0;
    ask();
    tell("after");
    expect(strikes).toEqual([]);
    expect(heard.length).toBeGreaterThan(0);
    expect(LINE_FAULT_NAMES.map((name) => faults.rate(name))).toEqual([0, 0, 0, 0, 0]);
  });

  test("of orders by hand only so many wait", () => {
    const { faults } = day();
    const given = Array.from({ length: 1_001 }, () => faults.strike("request-lost"));
    expect([given[0], given[999], given[1_000]]).toEqual([true, true, false]);
  });

  test("an order by hand waits for what it names", () => {
    const { faults, ask, answers } = day();
    faults.strike("request-lost", 2, "cancel");
    ask("/api/Order/place");
    ask("/api/Order/cancel");
    ask("/api/Order/cancel");
    ask("/api/Order/cancel");
    expect(answers.map(([, answer]) => answer === "cut")).toEqual([false, true, true, false]);
  });
});
