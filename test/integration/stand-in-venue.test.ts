/** The stand-in venue with its control interface, its script and its faults, over real HTTP. */
import { request } from "node:http";
import { HttpTransportType, HubConnectionBuilder, LogLevel } from "@microsoft/signalr";
import { afterEach, describe, expect, test } from "vitest";
import { millis } from "../../src/core/model/units.ts";
import { systemClock } from "../../src/shell/host/clock.ts";
import { virtualClock } from "../../src/shell/host/virtual-clock.ts";
import { type OpenVenueParts, openVenue } from "../../src/shell/topstepx-sim/open-venue.ts";
import { readScript } from "../../src/shell/topstepx-sim/script.ts";
import { err } from "../../src/std/result.ts";
import { scriptedStandIn, TOKEN } from "../kit/scripted-stand-in.ts";
import { writtenLevers } from "../kit/written-levers.ts";

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const scriptOf = (text: string) => {
  const read = readScript(text);
  if (!read.ok) throw new Error(read.error);
  return read.value;
};

async function house(parts: Partial<OpenVenueParts> = {}) {
  const venue = scriptedStandIn();
  const levers = writtenLevers();
  const told: string[] = [];
  const opened = await openVenue({
    ...{ venue, levers, clock: systemClock({ unref: true }), host: "127.0.0.1", port: 0, seed: 1 },
    ...{ rates: {}, script: [], sessions: "cme" as const, controlToken: null, advance: null },
    tape: async (_, file) => err(`${file}: no such file`),
    struck: ({ id, what }) => void told.push(`${id} ${what}`),
    stumbled: (line, reason) => void told.push(`line ${line}: ${reason}`),
    ended: () => void told.push("ended"),
    ...parts,
  });
  if (!opened.ok) throw new Error(opened.error);
  closing.push(opened.value.close);
  const { url } = opened.value;
  const cue = async (body: string, headers: Record<string, string> = {}) => {
    const answer = await fetch(`${url}/__sim/do`, { method: "POST", body, headers });
    return [answer.status, await answer.json()];
  };
  const place = () =>
    fetch(`${url}/api/Order/place`, {
      method: "POST",
      body: "{}",
      headers: { authorization: `Bearer ${TOKEN}` },
    });
  return { venue, levers, told, opened: opened.value, url, cue, place };
}

describe("the control interface", () => {
  test("carries out cues, one a line", async () => {
    const { cue, levers } = await house();
    expect(await cue("price MES 6326.25\n\nsession closed\n")).toEqual([200, { done: 2 }]);
    expect(levers.pulled).toEqual(["MES 25305 25305 25305 x1", "session closed"]);
  });

  test("does nothing of what it does not understand", async () => {
    const { cue, levers } = await house();
    expect(await cue("session closed\nprice MES 1.1")).toEqual([
      400,
      { error: "line 2: 1.1 is no price of MES, whose tick is 0.25" },
    ]);
    expect(await cue(" \n")).toEqual([400, { error: "there is nothing to do" }]);
    expect(await cue("session open\n".repeat(1_001))).toEqual([
      400,
      { error: "at most 1000 cues at one time" },
    ]);
    expect(levers.pulled).toEqual([]);
  });

  test("stops at the first that fails, and says how many it did", async () => {
    const { cue } = await house();
    expect(await cue("session open\nticks MES a.csv\nend")).toEqual([
      409,
      { error: "a.csv: no such file", done: 1 },
    ]);
    expect(await cue("session closed\nswitch nothing x")).toEqual([
      400,
      { error: expect.stringMatching(/^line 2: no switch nothing; there are cancelLeg, /) },
    ]);
    expect(await cue("advance 1s")).toEqual([
      409,
      { error: "this clock is the host's; it advances by itself", done: 0 },
    ]);
  });

  test("shows everything there is", async () => {
    const { url } = await house({ rates: { forbidden: 0.5 } });
    const state = (await (await fetch(`${url}/__sim/state`)).json()) as Record<string, unknown>;
    expect(state).toMatchObject({
      now: expect.any(String),
      faults: { rates: { forbidden: 0.5, malformed: 0 } },
      venue: { orders: [] },
    });
  });

  test("has nothing else", async () => {
    const { url } = await house();
    for (const [method, path] of [
      ["GET", "/__sim/do"],
      ["POST", "/__sim/state"],
      ["GET", "/__sim/"],
    ] as const) {
      expect((await fetch(`${url}${path}`, { method })).status).toBe(404);
    }
    expect((await fetch(`${url}/__sim`)).status).toBe(404);
  });

  test("moves a clock that is not the host's", async () => {
    const clock = virtualClock(millis(0));
    const advance = (by: number): void => void clock.runUntil(millis(clock.now() + by));
    const { cue, url } = await house({ clock, advance });
    expect(await cue("advance 90s")).toEqual([200, { done: 1 }]);
    const answer = await fetch(`${url}/__sim/state`);
    expect(answer.headers.get("date")).toBe("Thu, 01 Jan 1970 00:01:30 GMT");
    expect(await answer.json()).toMatchObject({ now: "1970-01-01T00:01:30.000Z" });
  });

  test("leaves the hubs connected, however far the venue's time jumps", async () => {
    const clock = virtualClock(millis(0));
    const { url, venue } = await house({ clock });
    const connection = new HubConnectionBuilder()
      .withUrl(`${url}/hubs/user?access_token=${TOKEN}`, {
        skipNegotiation: true,
        transport: HttpTransportType.WebSockets,
      })
      .configureLogging(LogLevel.None)
      .build();
    await connection.start();
    clock.runUntil(millis(3_600_000));
    expect(await connection.invoke("SubscribeOrders", 101)).toBeNull();
    expect(venue.hubs[0]?.isGone).toBe(false);
    await connection.stop();
  });

  test("is not for web pages", async () => {
    const { cue, levers, opened } = await house();
    const origin = "http://127.0.0.1";
    expect(await cue("session open", { origin })).toEqual([403, { error: "not for web pages" }]);
    // A name of its own that a page made point at this machine.
    const status = await new Promise((resolve) => {
      const { port } = opened;
      const asked = request({ port, method: "POST", path: "/__sim/do", host: "127.0.0.1" });
      asked.setHeader("host", `evil.example:${port}`);
      asked.on("response", (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      });
      asked.end("session open");
    });
    expect(status).toBe(403);
    expect(levers.pulled).toEqual([]);
  });

  test("asks for a token where it has one", async () => {
    const { cue } = await house({ controlToken: "stage-door" });
    expect(await cue("session open")).toEqual([403, { error: "a token is needed" }]);
    expect(await cue("session open", { authorization: "Bearer wrong-door" })).toEqual([
      403,
      { error: "a token is needed" },
    ]);
    expect(await cue("session open", { authorization: "Bearer stage-door" })).toEqual([
      200,
      { done: 1 },
    ]);
  });
});

describe("an open venue", () => {
  test("has the faults it was told to have, and names them", async () => {
    const { place, cue, told, venue, opened } = await house({ rates: { "server-error": 1 } });
    expect((await place()).status).toBe(500);
    expect(await cue("fault off\nfault answer-lost once place")).toEqual([200, { done: 2 }]);
    await expect(place()).rejects.toThrow();
    expect(venue.requests.length).toBe(1);
    expect((await place()).status).toBe(200);
    expect(told).toEqual(["server-error#0 /api/Order/place", "answer-lost#1 /api/Order/place"]);
    expect(opened.struck()).toEqual([
      ["answer-lost", 1],
      ["server-error", 1],
    ]);
  });

  test("plays its script, tells where it stumbles, and ends where it says so", async () => {
    const clock = virtualClock(millis(0));
    const script = scriptOf("0 price MES 6326.25\n5s ticks MES a.csv\n10s end");
    const { levers, told } = await house({ clock, script });
    clock.runUntil(millis(10_000));
    await expect.poll(() => told).toEqual(["ended", "line 2: a.csv: no such file"]);
    expect(levers.pulled).toEqual(["MES 25305 25305 25305 x1"]);
  });

  test("has a market of its own where there is no script", async () => {
    const { levers } = await house({ script: null, sessions: "always-open" });
    expect(levers.pulled.length).toBeGreaterThan(0);
  });

  test("says when its port is taken", async () => {
    const { opened } = await house();
    await expect(house({ port: opened.port })).rejects.toThrow(
      "another program listens there already",
    );
  });
});
