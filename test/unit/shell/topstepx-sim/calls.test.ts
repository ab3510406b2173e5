/** The gate every call passes: path, token, rate, body. */
import { describe, expect, test } from "vitest";
import { DEFAULT_STAND_IN, PRACTICE_ACCOUNT } from "../../../../src/shell/topstepx-sim/settings.ts";
import { ACCOUNT, standInDesk } from "../../../kit/stand-in.ts";

const HOUR = 60 * 60_000;
const LOGIN = "/api/Auth/loginKey";
const SEARCH = "/api/Account/search";
const ALL = JSON.stringify({ onlyActiveAccounts: false });

test("a ping is answered to anybody, in plain text", () => {
  const answer = standInDesk().raw("/api/Status/ping", "", null);
  expect(answer).toMatchObject({ status: 200, body: "pong" });
  expect(answer.headers["date"]).toBe("Fri, 20 Nov 2026 15:00:00 GMT");
});

test("an unknown path is 404, another method 405", () => {
  const desk = standInDesk();
  expect(desk.raw("/api/Position/modifyStopLoss", "{}").status).toBe(404);
  let status = 0;
  desk.venue.receive({ method: "GET", path: SEARCH, token: desk.token(), body: "" }, (answer) => {
    status = answer === "cut" ? 0 : answer.status;
  });
  expect(status).toBe(405);
});

test("a query behind the path does not matter", () => {
  expect(standInDesk().raw(`${SEARCH}?x=1`, ALL).status).toBe(200);
});

test("a login has codes of its own, and names no reason", () => {
  const users = [7, 9, 10].map((loginFault) => ({
    userName: `u${loginFault}`,
    apiKey: "k",
    loginFault,
  }));
  const desk = standInDesk({ users: [...DEFAULT_STAND_IN.users, ...users] });
  const codeOf = (userName: string, apiKey: string) => desk.call(LOGIN, { userName, apiKey });
  expect(codeOf("trader", "wrong")).toEqual({
    token: null,
    success: false,
    errorCode: 3,
    errorMessage: null,
  });
  expect(codeOf("trader@example.com", "practice-key").errorCode).toBe(3);
  expect([7, 9, 10].map((code) => codeOf(`u${code}`, "k").errorCode)).toEqual([7, 9, 10]);
  const words = { userName: "u", password: "p", deviceId: "d", appId: "a", verifyKey: "v" };
  expect(desk.call("/api/Auth/loginApp", words)).toMatchObject({ token: null, errorCode: 4 });
});

test("S16 a token lives for a day; then it is 401 with nothing to read, for a hub too", () => {
  const desk = standInDesk();
  const [, claims = ""] = desk.token().split(".");
  const { exp, sub } = JSON.parse(Buffer.from(claims, "base64url").toString());
  expect(sub).toBe("trader");
  expect(exp * 1000 - desk.clock.now()).toBe(24 * HOUR);
  desk.advance(24 * HOUR - 1);
  expect(desk.raw(SEARCH, ALL).status).toBe(200);
  desk.advance(1);
  expect(desk.raw(SEARCH, ALL)).toMatchObject({ status: 401, body: "" });
  expect(() => desk.listen("user")).toThrow("401");
  for (const token of [null, "forged"]) expect(desk.raw(SEARCH, ALL, token).status).toBe(401);
});

test("S16 validate gives a new token, or null as switched; a second login ends no first one", () => {
  const desk = standInDesk();
  desk.advance(12 * HOUR);
  const { newToken } = desk.call("/api/Auth/validate");
  expect(desk.raw("/api/Auth/validate", "", newToken).status).toBe(200);
  desk.venue.setSwitch("validate", "null");
  expect(desk.call("/api/Auth/validate").newToken).toBeNull();
  desk.call(LOGIN, { userName: "trader", apiKey: "practice-key" });
  expect(desk.raw(SEARCH, ALL).status).toBe(200);
  desk.advance(12 * HOUR);
  expect(desk.raw(SEARCH, ALL).status).toBe(401);
  expect(desk.raw(SEARCH, ALL, newToken).status).toBe(200);
});

test("a logout ends its token, a revocation all of them", () => {
  const desk = standInDesk();
  const other = desk.call(LOGIN, { userName: "trader", apiKey: "practice-key" }).token;
  expect(desk.call("/api/Auth/logout")).toMatchObject({ success: true });
  expect(desk.raw(SEARCH, ALL).status).toBe(401);
  expect(desk.raw(SEARCH, ALL, other).status).toBe(200);
  desk.venue.revokeTokens();
  expect(desk.raw(SEARCH, ALL, other).status).toBe(401);
});

test("two venues with different seeds give out different tokens", () => {
  const [one, other] = [standInDesk(), standInDesk({ seed: 2 })];
  expect(one.token()).not.toBe(other.token());
  expect(one.token()).toBe(standInDesk().token());
});

describe("S17 the rate is limited", () => {
  const RATES = { rates: { general: 200, history: 50 } };
  const statuses = (count: number, call: () => { readonly status: number }) =>
    Array.from({ length: count }, () => call().status);

  test("to 200 calls in any 60 s, the login among them, with an empty body", () => {
    const desk = standInDesk(RATES);
    const search = () => desk.raw(SEARCH, ALL);
    expect(statuses(199, search).every((one) => one === 200)).toBe(true);
    expect(search()).toMatchObject({ status: 429, body: "" });
    expect(search().headers).not.toHaveProperty("retry-after");
    desk.advance(59_999);
    expect(search().status).toBe(429);
    desk.advance(1);
    expect(statuses(201, search).filter((one) => one === 200)).toHaveLength(200);
  });

  test("to 50 bar calls in any 30 s, counted by themselves", () => {
    const desk = standInDesk(RATES);
    const bars = () => desk.raw("/api/History/retrieveBars", "{}");
    expect(statuses(51, bars)).toEqual([...Array(50).fill(400), 429]);
    expect(desk.raw(SEARCH, ALL).status).toBe(200);
    desk.advance(30_000);
    expect(bars().status).toBe(400);
  });

  test("with Retry-After where it is switched on", () => {
    const desk = standInDesk({ ...RATES, switches: { retryAfter: "given" } });
    statuses(199, () => desk.raw(SEARCH, ALL));
    desk.advance(12_500);
    expect(desk.raw(SEARCH, ALL).headers["retry-after"]).toBe("48");
  });

  test("by the minute where the window is fixed", () => {
    const desk = standInDesk({
      ...RATES,
      switches: { rateWindow: "fixed" },
      at: "2026-11-20T15:00:59Z",
    });
    statuses(199, () => desk.raw(SEARCH, ALL));
    expect(desk.raw(SEARCH, ALL).status).toBe(429);
    desk.advance(1_000);
    expect(desk.raw(SEARCH, ALL).status).toBe(200);
  });
});

describe("S21 a body that is not what it should be is 400 and a problem object", () => {
  test("a required field is missing", () => {
    const answer = standInDesk().raw("/api/Order/v2/query", "{}");
    expect(answer.status).toBe(400);
    expect(answer.headers["content-type"]).toBe("application/problem+json");
    expect(JSON.parse(answer.body)).toEqual({
      type: "https://tools.ietf.org/html/rfc9110#section-15.5.1",
      title: "Bad Request",
      status: 400,
      detail: "SearchOrdersQueryRequest was missing required properties including: 'filter'",
      instance: "/api/Order/v2/query",
    });
  });

  test.each([
    ["/api/Auth/loginKey", "", "Path: $"],
    ["/api/Auth/loginKey", "[]", "Path: $"],
    ["/api/Auth/loginKey", "{", "Path: $"],
    ["/api/Auth/loginKey", "{}", "'userName', 'apiKey'"],
    ["/api/Auth/loginKey", `{"userName":1,"apiKey":""}`, "Path: $.userName"],
    [SEARCH, `{"onlyActiveAccounts":"true"}`, "Path: $.onlyActiveAccounts"],
    ["/api/Order/v2/query", `{"filter":{"accountId":1.5}}`, "Path: $.filter.accountId"],
    ["/api/Order/v2/query", `{"filter":{"accountId":1,"statuses":["1"]}}`, "$.filter.statuses"],
    ["/api/Order/v2/query", `{"filter":7}`, "Path: $.filter"],
    ["/api/Order/search", `{"accountId":1,"startTimestamp":"noon"}`, "Path: $.startTimestamp"],
    ["/api/Order/search", `{"accountId":1,"startTimestamp":7}`, "Path: $.startTimestamp"],
    [
      "/api/Order/place",
      `{"accountId":1,"contractId":"x","type":1,"side":0,"size":1,"limitPrice":"1"}`,
      "Path: $.limitPrice",
    ],
  ])("%s %s", (path, body, words) => {
    const answer = standInDesk().raw(path, body);
    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.body).detail).toContain(words);
  });

  test("unknown fields are passed over", () => {
    const desk = standInDesk();
    expect(desk.call(SEARCH, { onlyActiveAccounts: true, more: 1 }).success).toBe(true);
  });
});

test("accounts are their owner's, and a hidden one is not active", () => {
  const mine = { ...PRACTICE_ACCOUNT, id: 1, owner: "trader", isVisible: false };
  const theirs = { ...PRACTICE_ACCOUNT, id: 2, owner: "somebody" };
  const desk = standInDesk({ accounts: [PRACTICE_ACCOUNT, mine, theirs] });
  const ids = (onlyActiveAccounts: boolean) =>
    desk.call(SEARCH, { onlyActiveAccounts }).accounts.map((one: { id: number }) => one.id);
  expect(ids(true)).toEqual([ACCOUNT]);
  expect(ids(false)).toEqual([ACCOUNT, 1]);
  expect(desk.call("/api/Position/searchOpen", { accountId: 2 })).toEqual({
    positions: null,
    success: false,
    errorCode: 1,
    errorMessage: null,
  });
  expect(desk.call(SEARCH, { onlyActiveAccounts: true }).accounts).toEqual([
    {
      id: ACCOUNT,
      name: "PRAC-V2-TRADER-1",
      balance: 150_000,
      canTrade: true,
      isVisible: true,
      simulated: true,
    },
  ]);
});

test("a venue that has closed cuts every call and takes no connection", () => {
  const desk = standInDesk();
  desk.price(6300);
  const { ends } = desk.follow();
  desk.venue.close();
  expect(ends).toEqual([null]);
  const heard: unknown[] = [];
  desk.venue.receive(
    { method: "POST", path: SEARCH, token: desk.token(), body: ALL },
    (answer) => void heard.push(answer),
  );
  expect(heard).toEqual(["cut"]);
  expect(() => desk.listen("user")).toThrow("401");
  desk.venue.flatten(ACCOUNT);
  desk.price(6200);
});

test("any call may be refused once by wish; one that reads then gives no list at all", () => {
  const desk = standInDesk();
  desk.venue.refuseNext("/api/Position/searchOpen", { errorCode: 1, errorMessage: null });
  const search = () => desk.call("/api/Position/searchOpen", { accountId: ACCOUNT });
  expect(search()).toEqual({ success: false, errorCode: 1, errorMessage: null });
  expect(search()).toMatchObject({ success: true, positions: [] });
  desk.venue.refuseNext(LOGIN, { errorCode: 7, errorMessage: "Sign." });
  const key = { userName: "trader", apiKey: "practice-key" };
  expect(desk.call(LOGIN, key)).toMatchObject({ success: false, errorCode: 7 });
});
