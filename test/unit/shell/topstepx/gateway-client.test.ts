import { describe, expect, test } from "vitest";
import { millis } from "../../../../src/core/model/units.ts";
import type { LogLevel } from "../../../../src/ports/log.ts";
import { LIMITS } from "../../../../src/shell/topstepx/call-limits.ts";
import type { Called, Urgency } from "../../../../src/shell/topstepx/gateway.ts";
import { createGateway, type GatewayParts } from "../../../../src/shell/topstepx/gateway-client.ts";
import type { Asked, CallName } from "../../../../src/shell/topstepx/wire-types.ts";
import {
  answer,
  jwt,
  lost,
  notSent,
  refusal,
  type Script,
  type Scripted,
  START,
  scriptedTransport,
  status,
  success,
} from "../../../kit/scripted-transport.ts";

const KEY = "canary-key+of/the=user&0123456789";
const DAY = 86_400_000;
const HOUR = 3_600_000;

const login = (name = "first", life = DAY): Scripted => success({ token: jwt(name, life) });

interface Line {
  readonly level: LogLevel;
  readonly text: string;
}

/** A gateway whose logins work; `answers` says what the rest gets. */
function house(answers: Script, parts: Partial<GatewayParts> = {}) {
  const script: { read: Script; login: Script; validate: Script } = {
    login: () => login(),
    validate: () => success({ newToken: null }),
    read: (exchange, at) => {
      if (exchange.path === "/api/Auth/loginKey") return script.login(exchange, at);
      if (exchange.path === "/api/Auth/validate") return script.validate(exchange, at);
      return answers(exchange, at);
    },
  };
  const world = scriptedTransport(script);
  const lines: Line[] = [];
  const gateway = createGateway({
    transport: world.transport,
    credentials: { userName: "trader", apiKey: KEY },
    log: {
      write: (level, event, detail) =>
        void lines.push({ level, text: `${event} ${JSON.stringify(detail ?? {})}` }),
    },
    ...parts,
  });
  const results: Called<unknown>[] = [];
  const ask = <Name extends CallName>(
    name: Name,
    asked: Asked<Name>,
    urgency: Urgency = "read",
  ): Called<unknown>[] => {
    const own: Called<unknown>[] = [];
    gateway.call(name, asked, urgency, (result) => {
      own.push(result);
      results.push(result);
    });
    expect(own).toEqual([]);
    return own;
  };
  return { ...world, script, gateway, lines, results, ask };
}

const ACCOUNT = { accountId: 101 };
const ENTRY: Asked<"Order/place"> = {
  accountId: 101,
  contractId: "CON.F.US.MES.Z26",
  type: 2,
  side: 0,
  size: 1,
  customTag: "ts-abc",
};
const search = (h: ReturnType<typeof house>) => h.ask("Position/searchOpen", ACCOUNT);
const place = (h: ReturnType<typeof house>, urgency: Urgency = "enter") =>
  h.ask("Order/place", ENTRY, urgency);
const noPositions = success({ positions: [] });

describe("a call", () => {
  test("logs in first, once, and carries the token", () => {
    const h = house(() => noPositions);
    const asked = search(h);
    h.run(1_000);
    expect(asked).toEqual([{ kind: "done", value: { positions: [] } }]);
    expect(h.paths()).toEqual(["Auth/loginKey", "Position/searchOpen"]);
    expect(h.sent[0]).toMatchObject({ method: "POST", token: null });
    expect(JSON.parse(h.sent[0]?.body ?? "")).toEqual({ userName: "trader", apiKey: KEY });
    expect(h.sent[1]).toMatchObject({ token: jwt("first", DAY), body: '{"accountId":101}' });
  });

  test("goes out at once when there is a token", () => {
    const h = house(() => noPositions);
    search(h);
    h.run(1_000);
    search(h);
    expect(h.sent.at(-1)).toMatchObject({ path: "/api/Position/searchOpen", at: 1_000 });
  });

  test("waits for its answer as long as its urgency allows", () => {
    const h = house(() => null);
    search(h);
    h.run(1_000);
    place(h);
    h.ask("Order/cancel", { accountId: 1, orderId: 2 }, "reduce");
    expect(h.sent.map(({ timeout }) => timeout)).toEqual([3_000, 4_000, 10_000, 5_000]);
  });

  test("that only looks is sent once more after a second, and the first answer will do", () => {
    const held = success({ positions: [{ id: 1 }] });
    const slow: Scripted = { ...held, after: 2_500 };
    const h = house((_, at) => (at < 1_000 ? slow : noPositions));
    const asked = search(h);
    h.run(5_000);
    expect(h.sent.slice(1).map(({ at }) => at)).toEqual([20, 1_020]);
    expect(asked).toEqual([{ kind: "done", value: { positions: [] } }]);
  });

  test("is told of with the time it left, not that at which it was asked for", () => {
    const h = house((_, at) => (at < 500 ? { ...noPositions, after: 1_500 } : noPositions));
    const left: number[] = [];
    const about = () =>
      h.gateway.call("Position/searchOpen", ACCOUNT, "read", (_, at) => left.push(at - START));
    about();
    h.run(1_600);
    about();
    h.run(2_000);
    // The first was asked once more after a second; that answer may be as old as the first.
    expect(left).toEqual([20, 1_600]);
  });

  test("that only looks fails when neither is answered", () => {
    const h = house((_, at) => ({ ...lost(), after: at < 1_000 ? 4_000 : 1_500 }));
    const asked = search(h);
    h.run(4_019);
    expect(asked).toEqual([]);
    h.run(4_020);
    expect(asked).toMatchObject([{ kind: "unknown" }]);
  });

  test("that changes something is not sent again, nor one for what is long past", () => {
    const h = house(() => null);
    place(h);
    h.ask("Trade/search", { accountId: 101, startTimestamp: "2026-09-14" }, "history");
    h.run(9_000);
    expect(h.paths()).toEqual(["Auth/loginKey", "Order/place", "Trade/search"]);
  });

  test("is answered in the venue's own words when it refuses", () => {
    const h = house(() => refusal(2, "Specified custom tag is already in use", { orderId: 77 }));
    const asked = place(h);
    h.run(1_000);
    expect(asked).toEqual([
      {
        kind: "refused",
        code: 2,
        name: "OrderRejected",
        reason: "Specified custom tag is already in use",
      },
    ]);
  });
});

describe("what becomes of a call", () => {
  const done = { kind: "done" };
  const unknown = { kind: "unknown" };
  const unsent = { kind: "not-sent" };
  const rows: readonly [string, Scripted, object, object][] = [
    ["an answer", success({ orderId: 9, positions: [] }), done, done],
    ["no connection", notSent(), unsent, unsent],
    ["a cut connection", lost(), unknown, unknown],
    ["a bad gateway", status(502), unknown, unknown],
    ["a forbidding", status(403), unknown, unknown],
    ["too many", status(429), unknown, unknown],
    ["a redirect", status(302), unknown, unknown],
    ["a request time-out", status(408), unknown, unknown],
    ["a bad request", status(400), { kind: "refused", code: 400 }, { kind: "refused" }],
    ["a wrong path", status(404), { kind: "refused", name: "NotFound" }, { kind: "refused" }],
    ["a page", answer("<html>secret</html>"), unknown, unknown],
    ["an empty body", answer(""), unknown, unknown],
    ["no envelope", answer({ orderId: 9, positions: [] }), unknown, unknown],
    ["another kind of id", success({ orderId: "nine", positions: "none" }), unknown, unknown],
    ["success with a code", answer({ success: true, errorCode: 2 }), unknown, unknown],
    ["failure without a code", answer({ success: false }), unknown, unknown],
    ["an order pending", refusal(6), { kind: "unknown" }, { kind: "refused", name: "Code6" }],
    ["an unknown error", refusal(7), { kind: "unknown" }, { kind: "refused" }],
    ["a new code", refusal(99), { kind: "refused", name: "Code99", reason: "Code99" }, {}],
  ];
  test.each(rows)("after %s", (_, scripted, ofPlace, ofSearch) => {
    const h = house(() => scripted);
    const placed = place(h);
    h.run(1_000);
    const searched = search(h);
    h.run(100_000);
    expect(placed).toEqual([expect.objectContaining(ofPlace)]);
    expect(searched).toEqual([expect.objectContaining(ofSearch)]);
    const changes = h.paths().filter((path) => path === "Order/place");
    expect(changes).toHaveLength(1);
  });

  test("a cancel refused as an unknown error is a refusal: the order had ended", () => {
    const h = house(() => refusal(5));
    const asked = h.ask("Order/cancel", { accountId: 1, orderId: 2 }, "reduce");
    h.run(1_000);
    expect(asked).toEqual([
      { kind: "refused", code: 5, name: "UnknownError", reason: "UnknownError" },
    ]);
  });

  test("a bad request says what the venue says", () => {
    const problem = { title: "Bad", status: 400, detail: "missing required properties: 'filter'" };
    const h = house(() => status(400, null, JSON.stringify(problem)));
    const asked = search(h);
    h.run(1_000);
    expect(asked).toMatchObject([{ kind: "refused", code: 400, reason: problem.detail }]);
  });
});

describe("a 401", () => {
  const dead = (token: string | null) => token === jwt("first", DAY);

  function expiring() {
    const h = house(({ token }) => (dead(token) ? status(401) : noPositions));
    let logins = 0;
    h.script.login = () => {
      logins += 1;
      return login(logins === 1 ? "first" : `next-${logins}`);
    };
    return h;
  }

  test("is followed by a new login and the read again, once", () => {
    const h = expiring();
    const asked = search(h);
    h.run(5_000);
    expect(asked).toEqual([{ kind: "done", value: { positions: [] } }]);
    expect(h.paths()).toEqual([
      "Auth/loginKey",
      "Position/searchOpen",
      "Auth/loginKey",
      "Account/search",
      "Position/searchOpen",
    ]);
  });

  test("never repeats what changes something", () => {
    const h = expiring();
    const asked = place(h);
    h.run(60_000);
    expect(asked).toEqual([{ kind: "unknown", reason: "HTTP status 401" }]);
    expect(h.paths().filter((path) => path === "Order/place")).toHaveLength(1);
  });

  test("is not met by what changes something before the next token is proven", () => {
    const h = house(({ path }, at) => {
      if (path === "/api/Account/search") return at < 4_000 ? status(401) : success();
      return path === "/api/Order/cancel" ? success() : status(401);
    });
    search(h);
    h.run(1_000);
    const asked = h.ask("Order/cancel", { accountId: 1, orderId: 2 }, "reduce");
    h.run(20_000);
    expect(asked).toEqual([{ kind: "done", value: {} }]);
    const cancels = h.sent.filter(({ path }) => path === "/api/Order/cancel");
    expect(cancels).toHaveLength(1);
    expect(cancels[0]?.at).toBeGreaterThan(4_000);
  });

  test("of a hundred calls at once leads to one login", () => {
    const h = house(() => noPositions);
    search(h);
    h.run(1_000);
    h.script.read = (
      (before) => (exchange, at) =>
        exchange.path.startsWith("/api/Auth") || !dead(exchange.token)
          ? before(exchange, at)
          : status(401)
    )(h.script.read);
    h.script.login = () => login("second");
    for (let n = 0; n < 100; n += 1) h.ask("Position/searchOpen", { accountId: n }, "reduce");
    h.run(70_000);
    expect(h.results).toHaveLength(101);
    expect(h.results.every(({ kind }) => kind === "done")).toBe(true);
    expect(h.paths().filter((path) => path === "Auth/loginKey")).toHaveLength(2);
  });

  test("that a new token meets as well ends the read, and logins stay rare", () => {
    const h = house(() => status(401));
    for (let second = 0; second < 120; second += 1) {
      search(h);
      h.run(second * 1_000 + 999);
    }
    h.run(140_000);
    expect(h.results).toHaveLength(120);
    expect(h.results.every(({ kind }) => kind === "unknown" || kind === "not-sent")).toBe(true);
    expect(h.paths().filter((path) => path === "Auth/loginKey").length).toBeLessThan(35);
    expect(h.gateway.health().loginFailures).toBeGreaterThan(3);
  });
});

describe("the token", () => {
  test("is renewed at half of its life, and again at half of the rest", () => {
    const h = house(() => noPositions);
    search(h);
    h.run(23.5 * HOUR);
    const renewals = h.sent.filter(({ path }) => path === "/api/Auth/validate");
    expect(renewals.map(({ at }) => Math.round(at / HOUR))).toEqual([12, 18, 21, 23]);
    // At 23.25 h: below an hour only a login helps.
    expect(h.paths().at(-1)).toBe("Auth/loginKey");
  });

  test("is replaced by the one a renewal brings", () => {
    const h = house(() => noPositions);
    h.script.validate = () => success({ newToken: jwt("renewed", DAY, START + 12 * HOUR) });
    search(h);
    h.run(13 * HOUR);
    search(h);
    expect(h.sent.at(-1)?.token).toBe(jwt("renewed", DAY, START + 12 * HOUR));
    expect(h.paths()).not.toContain("Auth/loginKey".repeat(2));
  });

  test.each([
    ["a refusal", refusal(3)],
    ["a 401", status(401)],
  ])("that a renewal finds dead by %s is used no more", (_, scripted) => {
    const h = house(() => noPositions);
    h.script.validate = () => {
      h.script.login = () => login("second");
      return scripted;
    };
    search(h);
    h.run(12 * HOUR + 10_000);
    search(h);
    expect(h.sent.at(-1)?.token).toBe(jwt("second", DAY));
  });

  test("lives on while its renewal gets no answer", () => {
    const h = house(() => noPositions);
    h.script.validate = () => status(503);
    search(h);
    h.run(12 * HOUR + 500);
    const asked = search(h);
    h.run(12 * HOUR + 600);
    expect(asked).toEqual([{ kind: "done", value: { positions: [] } }]);
    expect(h.gateway.health()).toMatchObject({ hasToken: true, loginFailures: 1 });
  });

  test("that says nothing about its end is taken for a day", () => {
    const h = house(() => noPositions);
    h.script.login = () => success({ token: "opaque-token-of-the-venue" });
    search(h);
    h.run(11.9 * HOUR);
    expect(h.paths()).not.toContain("Auth/validate");
    h.run(12.1 * HOUR);
    expect(h.paths()).toContain("Auth/validate");
  });

  test("is handed to the hubs; one they do not take is replaced, and serves until then", () => {
    const h = house(() => success());
    expect(h.gateway.token()).toBeNull();
    h.run(1_000);
    const first = h.gateway.token();
    expect(first).toBe(jwt("first", DAY));
    h.script.login = () => login("second");
    h.gateway.tokenRefused("another");
    h.gateway.tokenRefused(first ?? "");
    h.gateway.tokenRefused(first ?? "");
    expect(h.gateway.token()).toBe(first);
    expect(place(h)).toEqual([]);
    h.run(1_030);
    expect(h.gateway.token()).toBe(jwt("second", DAY));
    expect(h.results).toMatchObject([{ kind: "done" }]);
    expect(h.paths()).toEqual(["Auth/loginKey", "Auth/loginKey", "Order/place"]);
  });

  test("whose renewal failed is as good as new when the next one keeps it", () => {
    const h = house(() => noPositions);
    let renewals = 0;
    h.script.validate = () => {
      renewals += 1;
      return renewals === 1 ? status(500) : success({ newToken: null });
    };
    search(h);
    h.run(12 * HOUR + 500);
    expect(h.gateway.health()).toMatchObject({ loginFailures: 1, loginFault: { kind: "retry" } });
    h.run(12 * HOUR + 5_000);
    expect(h.gateway.health()).toMatchObject({ loginFailures: 0, loginFault: null });
    expect(renewals).toBe(2);
  });
});

describe("a login", () => {
  const asking = (h: ReturnType<typeof house>) => {
    const told: unknown[] = [];
    h.gateway.login((result) => told.push(result));
    expect(told).toEqual([]);
    return told;
  };

  test("tells whoever asks of the token, then and later", () => {
    const h = house(() => noPositions);
    const first = asking(h);
    h.run(1_000);
    const second = asking(h);
    h.run(2_000);
    expect([first, second]).toEqual(Array(2).fill([{ ok: true, value: jwt("first", DAY) }]));
  });

  test.each([
    [1, /platform, not an e-mail/],
    [3, /user name.*key/],
    [7, /accept them/],
    [9, /subscription/],
    [10, /switch it on/],
  ])("refused with code %i is fatal and says what to do", (code, words) => {
    const h = house(() => noPositions);
    h.script.login = () => refusal(code, null, { token: null });
    const told = asking(h);
    const asked = place(h);
    h.run(3_000);
    const again = asking(h);
    h.run(4_000);
    expect(told).toMatchObject([{ ok: false, error: { kind: "fatal" } }]);
    expect(JSON.stringify(told)).toMatch(words);
    expect(again).toEqual(told);
    expect(asked).toMatchObject([{ kind: "not-sent", reason: expect.stringMatching(words) }]);
    expect(h.paths()).toEqual(["Auth/loginKey"]);
    expect(h.lines[0]?.level).toBe("error");
    h.run(301_000);
    expect(h.paths()).toEqual(["Auth/loginKey", "Auth/loginKey"]);
  });

  test.each([
    ["the venue's unknown error", refusal(8, "try again")],
    ["too many calls", status(429)],
    ["a 500", status(500)],
    ["a cut", lost()],
    ["no connection", notSent()],
    ["a page", answer("<html>")],
    ["success without a token", success({ token: null })],
    ["a token that fits no header", success({ token: "two\nlines of it" })],
  ])("that failed by %s is tried again, every five seconds in the end", (_, scripted) => {
    const h = house(() => noPositions);
    h.script.login = () => scripted;
    const told = asking(h);
    h.run(25_000);
    expect(told).toMatchObject([{ ok: false, error: { kind: "retry" } }]);
    const at = h.sent.map((sent) => Math.round(sent.at / 1_000));
    expect(at).toEqual([0, 1, 2, 3, 5, 7, 12, 17, 22]);
    h.script.login = () => login("late");
    const later = asking(h);
    h.run(35_000);
    expect(later).toMatchObject([{ ok: true }]);
    expect(h.gateway.health()).toMatchObject({ hasToken: true, loginFault: null });
  });

  test("is not waited for long the first few times", () => {
    const h = house(() => noPositions);
    h.script.login = () => ({ ...lost("timed out"), after: 0 });
    asking(h);
    h.run(50_000);
    expect(h.sent.map(({ timeout }) => timeout).slice(0, 13)).toEqual([
      ...Array(12).fill(3_000),
      10_000,
    ]);
  });

  test("waits as long as the venue asks", () => {
    const h = house(() => noPositions);
    h.script.login = () => status(429, millis(20_000));
    asking(h);
    h.run(30_000);
    expect(h.sent.map(({ at }) => Math.round(at / 1_000))).toEqual([0, 20]);
  });

  test("is tried for sooner while something is open", () => {
    const h = house(() => noPositions);
    h.gateway.listen({ shutOut: () => {}, dated: () => {}, isExposed: () => true });
    h.script.login = () => status(500);
    asking(h);
    h.run(11_000);
    const at = h.sent.map((sent) => Math.round(sent.at / 100) / 10);
    expect(at).toEqual([0, 0.5, 1, 1.6, 2.1, 3.1, 4.1, 5.1, 6.2, 8.2]);
  });

  test("lets a change that was asked for again meanwhile go once, and both hear of it", () => {
    const h = house(() => success());
    h.script.login = () => status(500);
    const stop = { accountId: 1, orderId: 2 };
    const first = h.ask("Order/cancel", stop, "reduce");
    const second = h.ask("Order/cancel", stop, "reduce");
    const part = { accountId: 1, contractId: "CON.F.US.MES.Z26", size: 1 };
    h.ask("Position/partialCloseContract", part, "reduce");
    h.ask("Position/partialCloseContract", part, "reduce");
    h.run(500);
    h.script.login = () => login("late");
    h.run(4_000);
    const changes = h.sent.map(({ path }) => path).filter((path) => !path.includes("Auth"));
    expect(changes).toEqual([
      "/api/Order/cancel",
      "/api/Position/partialCloseContract",
      "/api/Position/partialCloseContract",
    ]);
    expect([...first, ...second].map(({ kind }) => kind)).toEqual(["done", "done"]);
  });

  test("that does not come leaves an entry unsent", () => {
    const h = house(() => noPositions);
    h.script.login = () => null;
    const asked = place(h);
    h.run(3_000);
    expect(asked).toEqual([{ kind: "not-sent", reason: "not logged in" }]);
  });
});

describe("too many calls", () => {
  test("silence all but what reduces or protects, for as long as the venue asks, and two looks in 3 s", () => {
    const h = house(({ path }) =>
      path.includes("Trade") ? status(429, millis(7_000)) : success(),
    );
    search(h);
    h.run(1_000);
    h.ask("Trade/search", { ...ACCOUNT, startTimestamp: "2026-09-14T00:00:00Z" });
    h.run(2_000);
    expect(h.gateway.health()).toMatchObject({ limited: 1, heldUntil: START + 8_020 });
    const entry = place(h);
    const cancel = h.ask("Order/cancel", { accountId: 1, orderId: 2 }, "reduce");
    const reads = [search(h), search(h), search(h)];
    const bars = h.ask(
      "History/retrieveBars",
      {
        ...{ contractId: "C", live: false, startTime: "", endTime: "", unit: 2, unitNumber: 1 },
        ...{ limit: 1, includePartialBar: false },
      },
      "history",
    );
    h.run(3_900);
    expect(reads.map((read) => read.length)).toEqual([0, 0, 0]);
    h.run(7_000);
    expect(reads.map((read) => read.length)).toEqual([1, 1, 0]);
    expect(bars).toEqual([]);
    expect(entry).toEqual([{ kind: "not-sent", reason: "the venue has too many calls (429)" }]);
    expect(cancel).toEqual([{ kind: "done", value: {} }]);
    h.run(9_000);
    expect(reads.map((read) => read.length)).toEqual([1, 1, 1]);
    expect(bars).toHaveLength(1);
    expect(h.sent.at(-1)?.at).toBe(8_020);
    expect(h.gateway.health().heldUntil).toBeNull();
  });
});

describe("the figures", () => {
  test("tell what was called, what waits and what went wrong last", () => {
    const h = house(() => status(502));
    expect(h.gateway.health()).toEqual({
      waiting: 0,
      inFlight: 0,
      spent: 0,
      heldUntil: null,
      hasToken: false,
      loginFault: null,
      loginFailures: 0,
      calls: 0,
      limited: 0,
      lastAnswerAt: null,
      lastError: null,
    });
    search(h);
    expect(h.gateway.health()).toMatchObject({ waiting: 1, inFlight: 1, calls: 1 });
    h.run(1_000);
    expect(h.gateway.health()).toMatchObject({
      waiting: 0,
      inFlight: 0,
      spent: 2,
      calls: 2,
      hasToken: true,
      lastAnswerAt: START + 40,
      lastError: { at: START + 40, words: "/api/Position/searchOpen: HTTP status 502" },
    });
  });

  test("of a night without a network fill few lines, and every change has its own", () => {
    const h = house(() => lost("ENETUNREACH"));
    for (let n = 0; n < 1_000; n += 1) {
      search(h);
      h.run(1_000 + n * 10_000);
    }
    place(h);
    place(h);
    h.run(10_001_000);
    const lines = h.lines.filter(({ text }) => text.startsWith("topstepx-call-failed"));
    expect(lines.length).toBeLessThan(180);
    expect(lines[1]?.text).toContain('"untold":6');
    expect(lines.filter(({ text }) => text.includes("Order/place"))).toHaveLength(2);
  });

  test("tell how far our clock is from the venue's", () => {
    const h = house((_, at) =>
      answer(
        { success: true, errorCode: 0, positions: [] },
        { date: millis(Math.floor((START + at + 90_300) / 1_000) * 1_000) },
      ),
    );
    expect(h.gateway.clockOffset()).toBeNull();
    for (let n = 0; n < 30; n += 1) {
      search(h);
      h.run(n * 1_037 + 1_000);
    }
    expect(Math.abs((h.gateway.clockOffset() ?? 0) - 90_300)).toBeLessThan(100);
  });
});

test("a ping needs no token", () => {
  const replies = [answer("pong"), status(503), lost("cut"), notSent("refused")];
  const h = house(() => replies.shift() ?? null);
  const told: unknown[] = [];
  for (let n = 0; n < 4; n += 1) h.gateway.ping((result) => told.push(result));
  h.run(1_000);
  expect(told).toEqual([
    { kind: "done", value: null },
    { kind: "unknown", reason: "HTTP status 503" },
    { kind: "unknown", reason: "cut" },
    { kind: "not-sent", reason: "refused" },
  ]);
  expect(h.sent[0]).toMatchObject({ method: "GET", path: "/api/Status/ping", token: null });
});

test("a closed gateway sends nothing and answers everything", () => {
  const h = house(() => noPositions, { limits: { ...LIMITS, callsMax: 1 } });
  search(h);
  const waiting = search(h);
  h.gateway.close();
  const late = search(h);
  const told: unknown[] = [];
  h.gateway.login((result) => told.push(result));
  h.gateway.ping((result) => told.push(result));
  h.run(DAY);
  expect([...waiting, ...late]).toMatchObject([{ kind: "not-sent" }, { kind: "not-sent" }]);
  expect(told).toMatchObject([{ ok: false }, { kind: "not-sent" }]);
  expect(h.paths()).toEqual(["Auth/loginKey"]);
});

test("neither key nor token is in any word that leaves it", () => {
  const token = jwt("canary", DAY);
  const formsOf = (secret: string): readonly string[] => [
    secret,
    encodeURIComponent(secret),
    Buffer.from(secret).toString("base64").replace(/=+$/, ""),
    JSON.stringify(secret).slice(1, -1),
  ];
  const secrets = [...formsOf(KEY), ...formsOf(token)];
  const gossip = secrets.join(" and ");
  const early = formsOf(KEY).join(" and ");
  const replies = [
    lost(gossip),
    notSent(gossip),
    refusal(2, gossip),
    status(400, null, JSON.stringify({ detail: gossip })),
    answer(gossip),
    answer({ success: gossip }),
    status(500, null, gossip),
    status(401, null, gossip),
  ];
  const h = house(() => replies[h.results.length] ?? lost(gossip));
  const logins = [refusal(8, early), lost(early), status(500, null, early)];
  h.script.login = () => logins.shift() ?? success({ token });
  for (let n = 0; n < 40; n += 1) {
    place(h, "reduce");
    search(h);
    h.run((n + 1) * 5_000);
  }
  const said = JSON.stringify([h.results, h.lines, h.gateway.health()]);
  expect(h.results.length).toBeGreaterThan(60);
  expect(said).toContain("[removed]");
  expect(secrets.filter((secret) => said.includes(secret))).toEqual([]);
});
