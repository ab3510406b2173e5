import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { millis } from "../../../../src/core/model/units.ts";
import { LIMITS } from "../../../../src/shell/topstepx/call-limits.ts";
import type { Called, Urgency } from "../../../../src/shell/topstepx/gateway.ts";
import { createGateway } from "../../../../src/shell/topstepx/gateway-client.ts";
import type { Exchange } from "../../../../src/shell/topstepx/transport.ts";
import {
  answer,
  jwt,
  lost,
  notSent,
  refusal,
  type Scripted,
  START,
  scriptedTransport,
  status,
  success,
} from "../../../kit/scripted-transport.ts";

const KEY = "canary-key-0123456789";

type Weather = "well" | "401" | "403" | "429" | "502" | "cut" | "unsent" | "page" | "refused";
const WEATHERS: readonly Weather[] = [
  ...(Array(6).fill("well") as Weather[]), // mostly
  ...(["401", "403", "429", "502", "cut", "unsent", "page", "refused"] as const),
];

interface Plan {
  readonly name: "Order/place" | "Order/cancel" | "Position/searchOpen" | "Trade/search";
  readonly urgency: Urgency;
  readonly at: number;
}

interface Run {
  readonly sent: readonly (Exchange & { readonly at: number })[];
  /** Of each planned call, what it was told; one each. */
  readonly told: readonly (readonly Called<unknown>[])[];
  readonly authsAtOnce: number;
  /** Exchanges with a token that had been answered with a 401. */
  readonly deadTokensUsed: number;
  readonly words: string;
}

/** Calls against a venue in that weather, one kind of it for each exchange in turn. */
function play(plans: readonly Plan[], sky: readonly (readonly [Weather, number])[]): Run {
  let exchanges = 0;
  let auths = 0;
  let authsAtOnce = 0;
  const dead = new Set<string>();
  let deadTokensUsed = 0;
  const lines: unknown[] = [];
  const read = (exchange: Exchange): Scripted => {
    const { token } = exchange;
    const [weather, after] = sky[exchanges % sky.length] ?? ["well", 20];
    exchanges += 1;
    if (token !== null && dead.has(token)) deadTokensUsed += 1;
    if (token !== null && weather === "401") {
      clock.schedule(millis(clock.now() + after), () => void dead.add(token));
    }
    if (isAuth(exchange)) {
      auths += 1;
      authsAtOnce = Math.max(authsAtOnce, auths);
      clock.schedule(millis(clock.now() + after), () => {
        auths -= 1;
      });
    }
    return { ...replyOf(weather, exchange, exchanges), after };
  };
  const { transport, sent, clock } = scriptedTransport({ read });
  const gateway = createGateway({
    transport,
    credentials: { userName: "trader", apiKey: KEY },
    log: { write: (...line) => void lines.push(line) },
    limits: { ...LIMITS, callsMax: 16 },
  });
  const told = plans.map(({ name, urgency, at }, place) => {
    const own: Called<unknown>[] = [];
    const asked = { accountId: place } as never; // the content is nothing to the client
    clock.schedule(millis(START + at), () => {
      gateway.call(name, asked, urgency, (result) => void own.push(result));
    });
    return own;
  });
  clock.runUntil(millis(START + 400_000));
  return {
    sent,
    told,
    authsAtOnce,
    deadTokensUsed,
    words: JSON.stringify([told, lines, gateway.health()]),
  };
}

/** Also the call that proves a token. */
const isAuth = ({ path }: Exchange): boolean => path.startsWith("/api/A");

function replyOf(weather: Weather, { path, token }: Exchange, nth: number): Scripted {
  const secrets = `${KEY} ${token ?? ""}`;
  if (weather === "cut") return lost(secrets);
  if (weather === "unsent") return notSent(secrets);
  if (weather === "page") return answer(`<html>${secrets}`);
  if (weather === "refused") return refusal(8, secrets);
  if (weather !== "well") return status(Number(weather), null, secrets);
  if (path === "/api/Auth/loginKey") return success({ token: jwt(`canary-${nth}`, 86_400_000) });
  if (path === "/api/Auth/validate") return success({ newToken: null });
  return success({ orderId: 1, positions: [], trades: [] });
}

const plan: fc.Arbitrary<Plan> = fc
  .record({
    name: fc.constantFrom(
      "Order/place",
      "Order/cancel",
      "Position/searchOpen",
      "Trade/search",
    ) as fc.Arbitrary<Plan["name"]>,
    at: fc.integer({ min: 0, max: 200_000 }),
    isProtecting: fc.boolean(),
  })
  .map(({ name, at, isProtecting }) => {
    const entry = isProtecting ? "protect" : "enter";
    const change = name === "Order/cancel" ? "reduce" : entry;
    const urgency = name.includes("search") ? "read" : change;
    return { name, at, urgency };
  });
const weather = fc.tuple(fc.constantFrom(...WEATHERS), fc.integer({ min: 0, max: 9_000 }));

const given = (check: (run: Run, plans: readonly Plan[]) => void): void => {
  const plans = fc.array(plan, { maxLength: 60 });
  const sky = fc.array(weather, { minLength: 1, maxLength: 40 });
  fc.assert(fc.property(plans, sky, (list, skies) => check(play(list, skies), list)));
};

const timesSent = ({ sent }: Run, place: number): number =>
  sent.filter(({ body }) => body === JSON.stringify({ accountId: place })).length;

describe("in any weather", () => {
  test("every call is told its end once; a change leaves at most once, a read at most twice", () => {
    given((run, plans) => {
      for (const [place, { name }] of plans.entries()) {
        const told = run.told[place] ?? [];
        expect(told).toHaveLength(1);
        const times = timesSent(run, place);
        expect(times).toBeLessThanOrEqual(name.includes("search") ? 2 : 1);
        if (times === 0) expect(told[0]?.kind).toBe("not-sent");
        if (told[0]?.kind === "done") expect(times).toBeGreaterThan(0);
      }
    });
  });

  test("there is one login at a time, and no window has too many calls", () => {
    given((run) => {
      expect(run.authsAtOnce).toBeLessThanOrEqual(1);
      for (const { at } of run.sent) {
        const window = run.sent.filter((one) => one.at >= at && one.at <= at + 60_000);
        expect(window.length).toBeLessThanOrEqual(16);
      }
    });
  });

  test("nothing leaves without a token, or with one known to be dead", () => {
    given(({ sent, deadTokensUsed }) => {
      expect(deadTokensUsed).toBe(0);
      const calls = sent.filter(({ path }) => !path.startsWith("/api/A"));
      expect(calls.filter(({ token }) => token === null)).toEqual([]);
    });
  });

  test("no word has a secret in it", () => {
    given(({ words, sent }) => {
      expect(words).not.toContain(KEY);
      const tokens = new Set(sent.flatMap(({ token }) => token ?? []));
      for (const token of tokens) expect(words).not.toContain(token);
    });
  });
});
