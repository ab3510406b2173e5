/** Whether the venue answers, found out without asking it anything. */
import { describe, expect, it } from "vitest";
import { millis } from "../../../../src/core/model/units.ts";
import { virtualClock } from "../../../../src/shell/host/virtual-clock.ts";
import { watchedLines } from "../../../../src/shell/topstepx/line-watch.ts";
import type { HubListener, Reply } from "../../../../src/shell/topstepx/transport.ts";
import { later, NOW } from "../../../kit/builders.ts";

const ANSWERED: Reply = { kind: "answered", status: 500, body: "", date: null, retryAfter: null };

function line() {
  const clock = virtualClock(NOW);
  const heard: string[] = [];
  let reply: Reply = ANSWERED;
  const hubs: HubListener[] = [];
  let closed = 0;
  const watched = watchedLines({
    clock,
    exchange: (_, replied) => replied(reply),
    connect(_, __, listener) {
      hubs.push(listener);
      return { invoke() {}, close() {} };
    },
    close() {
      closed += 1;
    },
  });
  const ask = (next: Reply): void => {
    reply = next;
    const exchange = { method: "POST", path: "/api/x", token: null, body: null } as const;
    watched.exchange({ ...exchange, timeout: millis(1) }, ({ kind }) => void heard.push(kind));
  };
  const listener: HubListener = {
    up: () => void heard.push("up"),
    down: (reason) => void heard.push(reason),
    event: (target) => void heard.push(target),
  };
  return { watched, clock, ask, hubs, listener, heard, closed: () => closed };
}

describe("the lines to the venue", () => {
  it("are unknown before anybody used them", () => {
    expect(line().watched.lines()).toEqual({ rest: null, userHub: null, marketHub: null });
  });

  it("work when anything comes back, and are silent since the first that did not", () => {
    const { watched, ask, clock, heard } = line();
    ask(ANSWERED);
    expect(watched.lines().rest).toEqual({ silentSince: null, reason: "" });
    ask({ kind: "lost", reason: "ECONNRESET" });
    clock.runUntil(later(5_000));
    ask({ kind: "not-sent", reason: "ECONNREFUSED" });
    expect(watched.lines().rest).toEqual({ silentSince: NOW, reason: "ECONNREFUSED" });
    ask(ANSWERED);
    expect(watched.lines().rest?.silentSince).toBeNull();
    expect(heard).toEqual(["answered", "lost", "not-sent", "answered"]);
  });

  it("of the hubs go up and down by themselves, and pass everything on", () => {
    const { watched, hubs, listener, heard, closed, clock } = line();
    watched.connect("user", "token", listener);
    hubs[0]?.up();
    hubs[0]?.event("GatewayUserOrder", []);
    expect(watched.lines()).toMatchObject({ userHub: { silentSince: null }, marketHub: null });
    clock.runUntil(later(1_000));
    hubs[0]?.down("closed by the venue");
    const silent = { silentSince: later(1_000), reason: "closed by the venue" };
    expect(watched.lines().userHub).toEqual(silent);
    expect(heard).toEqual(["up", "GatewayUserOrder", "closed by the venue"]);
    watched.close();
    expect(closed()).toBe(1);
  });
});
