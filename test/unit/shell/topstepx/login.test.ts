import { describe, expect, test } from "vitest";
import { millis } from "../../../../src/core/model/units.ts";
import { expiryOf, readLogin, readRenewal } from "../../../../src/shell/topstepx/login.ts";
import {
  answer,
  jwt,
  lost,
  notSent,
  refusal,
  type Scripted,
  START,
  status,
  success,
} from "../../../kit/scripted-transport.ts";

const TOKEN = jwt("someone", 86_400_000);

describe("an answer to a login", () => {
  test("gives a token", () => {
    expect(readLogin(success({ token: TOKEN }).reply)).toEqual({ ok: true, value: TOKEN });
  });

  test.each<readonly [string, Scripted, "fatal" | "retry", RegExp]>([
    ["of a wrong key", refusal(3), "fatal", /code 3.*API key/],
    ["of a user without subscription", refusal(9), "fatal", /subscription/],
    ["that cannot read us", status(400), "retry", /400/],
    ["that does not know", refusal(8, "busy"), "retry", /UnknownError.*busy/],
    ["of a new kind", refusal(77), "retry", /code 77, unknown.*no reason/],
    ["at some edge", status(403), "retry", /403/],
    ["of a broken venue", status(502), "retry", /502/],
    ["with too much to do", status(429), "retry", /429/],
    ["that is a page", answer("<html>"), "retry", /unreadable/],
    ["without a token", success({ token: null }), "retry", /no usable token/],
    ["with too short a token", success({ token: "abc" }), "retry", /no usable token/],
    ["that was cut off", lost("ECONNRESET"), "retry", /ECONNRESET/],
    ["that nobody was asked for", notSent("ECONNREFUSED"), "retry", /ECONNREFUSED/],
  ])("%s", (_, { reply }, kind, reason) => {
    const read = readLogin(reply);
    expect(read).toMatchObject({ ok: false, error: { kind, retryAfter: null } });
    if (!read.ok) expect(read.error.reason).toMatch(reason);
  });

  test("says when to come again", () => {
    const read = readLogin(status(503, millis(9_000)).reply);
    expect(read).toMatchObject({ error: { kind: "retry", retryAfter: 9_000 } });
  });
});

describe("an answer to a renewal", () => {
  const retry = { kind: "retry" };

  test.each<readonly [string, Scripted, object]>([
    ["with a new token", success({ newToken: TOKEN }), { kind: "valid", token: TOKEN }],
    ["that leaves the old one", success({ newToken: null }), { kind: "valid", token: null }],
    ["with an empty one", success({ newToken: "" }), { kind: "valid", token: null }],
    ["with one that fits no header", success({ newToken: "a b c d e f" }), retry],
    ["that the session is over", refusal(2), { kind: "invalid" }],
    ["that the token is too old", refusal(3), { kind: "invalid" }],
    ["that does not know", refusal(4), retry],
    ["401", status(401), { kind: "invalid" }],
    ["403", status(403), { kind: "invalid" }],
    ["429", status(429, millis(3_000)), { ...retry, retryAfter: 3_000 }],
    ["that is a page", answer("<html>"), retry],
    ["that never came", lost(), { ...retry, retryAfter: null }],
  ])("%s", (_, { reply }, renewal) => {
    expect(readRenewal(reply)).toMatchObject(renewal);
  });
});

describe("the end of a token", () => {
  test("stands in it, in seconds", () => {
    expect(expiryOf(jwt("a", 60_000))).toBe(START + 60_000);
  });

  test.each([
    "",
    "opaque",
    "a.b.c",
    `x.${Buffer.from("[]").toString("base64url")}.y`,
    `x.${Buffer.from('{"exp":"soon"}').toString("base64url")}.y`,
    `x.${Buffer.from('{"exp":1e300}').toString("base64url")}.y`,
  ])("is not guessed from %j", (token) => {
    expect(expiryOf(token)).toBeNull();
  });
});
