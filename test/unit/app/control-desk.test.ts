import { describe, expect, test } from "vitest";
import { controlDesk } from "../../../src/app/control-desk.ts";
import { createLoop } from "../../../src/app/loop.ts";
import { OPEN_ROOM } from "../../../src/core/model/room.ts";
import { millis } from "../../../src/core/model/units.ts";
import { initialState } from "../../../src/core/state.ts";
import type { HealthView } from "../../../src/core/views/health.ts";
import type { ControlAnswer, ControlRequest } from "../../../src/ports/control.ts";
import { ALERT, alertMessage, appWorld, openingOf } from "../../kit/app-world.ts";

const HEALTH: HealthView = { state: "ok", components: [] };

function desk({ isAllowed = true, isTradable = true, settings = openingOf().settings } = {}) {
  const world = appWorld();
  const loop = createLoop(world.parts, initialState);
  world.broker.open((report) => loop.offer({ kind: "report", report }));
  world.price(6326);
  loop.offer({ kind: "start", ...openingOf(settings) });
  world.pass(200);
  let caughtUp = 0;
  const listener = controlDesk({
    loop,
    hear: (message, terms, hearing) =>
      loop.offer({ kind: "message", message, ...terms, from: 0 }, hearing),
    clock: world.clock,
    journal: world.journal,
    mode: "paper",
    market: "as set",
    quotes: () => [world.market.quote("MES")].flatMap((quote) => quote ?? []),
    messages: () => ({ messages: 3, unsettled: 1, faults: 0 }),
    paste: { isAllowed: () => isAllowed, isTradable },
    health: () => (isAllowed ? HEALTH : null),
    catchUp() {
      caughtUp += 1;
    },
  });
  const ask = async (request: ControlRequest): Promise<ControlAnswer> => {
    const answer = listener(request);
    world.pass(0);
    return answer;
  };
  return { world, loop, ask, caughtUp: () => caughtUp };
}

const refused = (reason: string): ControlAnswer => ({
  kind: "command",
  answer: { kind: "refused", reason },
});
const TAKEN: ControlAnswer = { kind: "command", answer: { kind: "taken" } };

describe("the control desk", () => {
  test("answers a command with what was decided about it", async () => {
    const { ask, loop, caughtUp } = desk();
    expect(await ask({ kind: "halt", reason: "lunch" })).toEqual(TAKEN);
    expect(await ask({ kind: "resume" })).toEqual(TAKEN);
    expect(await ask({ kind: "flatten", account: null })).toEqual(TAKEN);
    expect(await ask({ kind: "flatten", account: "nobody" })).toEqual(
      refused("there is no account nobody"),
    );
    for (const kind of ["close", "breakeven", "cancel", "release"] as const) {
      expect(await ask({ kind, trade: 7 })).toEqual(refused("trade #7 is not open"));
    }
    expect(await ask({ kind: "trim", trade: 7, quantity: 1 })).toEqual(
      refused("trade #7 is not open"),
    );
    expect(caughtUp()).toBe(9);
    expect(loop.idle()).toBe(true);
  });

  test("takes a lock-out, and says what it means", async () => {
    const { world, ask } = desk();
    const until = world.clock.now() + 60_000;
    expect(await ask({ kind: "lockout", until, account: "paper" })).toMatchObject({
      answer: { kind: "taken", note: expect.stringContaining("nothing takes this back") },
    });
    expect(await ask({ kind: "lockout", until: "next-session", account: null })).toMatchObject({
      answer: { kind: "taken" },
    });
    expect(await ask({ kind: "lockout", until, account: null })).toMatchObject({
      answer: { kind: "refused", reason: expect.stringContaining("already") },
    });
    expect(await ask({ kind: "status" })).toMatchObject({
      status: {
        accounts: [{ lockedUntil: expect.any(String) }],
        remarks: [expect.stringMatching(/^Paper: locked out by the operator until /)],
      },
    });
  });

  test("switches an account off and on, and its status says so", async () => {
    const { ask } = desk();
    expect(await ask({ kind: "switch", account: "paper", to: "off" })).toMatchObject({
      answer: { kind: "taken" },
    });
    expect(await ask({ kind: "status" })).toMatchObject({
      status: { accounts: [{ offSince: expect.any(String) }] },
    });
    expect(await ask({ kind: "switch", account: "Paper", to: "on" })).toMatchObject({
      answer: { kind: "taken" },
    });
  });

  test("takes a sign of life, and whoever pastes gives one", async () => {
    const settings = { ...openingOf().settings, attended: millis(900_000) };
    const { world, loop, ask } = desk({ settings });
    expect(await ask({ kind: "attend" })).toMatchObject({
      answer: { kind: "taken", note: "entries go on for 15 min from now" },
    });
    world.pass(60_000);
    await ask({ kind: "paste", id: "p1", text: "hi" });
    expect(loop.state().attendedAt).toBe(world.clock.now());
    expect(await ask({ kind: "status" })).toMatchObject({
      status: { remarks: [expect.stringMatching(/^entries stop .* unless somebody is heard of/)] },
    });
    world.pass(900_000);
    expect(await ask({ kind: "status" })).toMatchObject({
      status: { remarks: [expect.stringMatching(/^Paper: nobody has been heard of since/)] },
    });
  });

  test("brings an answer to an entry that waits", async () => {
    const { world, loop, ask } = desk();
    const message = alertMessage("m1", world.clock.now());
    const room = { ...OPEN_ROOM, mode: "confirm" } as const;
    loop.offer({ kind: "message", message, tradable: true, room, from: 0 });
    world.pass(1_500);
    expect(await ask({ kind: "status" })).toMatchObject({
      status: { waiting: [{ entry: 1, secondsLeft: 59 }] },
    });
    expect(await ask({ kind: "refuse", entry: 2 })).toEqual(refused("there is no entry 2"));
    expect(await ask({ kind: "approve", entry: 1 })).toEqual(TAKEN);
    expect(world.told.map(({ fact }) => fact)).toContainEqual(
      expect.objectContaining({ kind: "ApprovalEnded", how: "approved", by: "the operator" }),
    );
  });

  test("turns points into ticks of the trade's instrument, or says why it cannot", async () => {
    const { world, ask } = desk();
    await ask({ kind: "paste", id: "p1", text: ALERT });
    world.pass(2_000);
    expect(await ask({ kind: "stop", trade: 1, points: 6316.1 })).toEqual(
      refused("6316.1 is not a price of MES, which moves in steps of 0.25"),
    );
    expect(await ask({ kind: "stop", trade: 1, points: 6320 })).toEqual(TAKEN);
    expect(await ask({ kind: "target", trade: 1, points: 6340.25 })).toEqual(TAKEN);
    expect(await ask({ kind: "stop", trade: 5, points: 6320 })).toEqual(
      refused("trade #5 is not open"),
    );
    world.pass(1_000);
    const answer = await ask({ kind: "status" });
    expect(answer).toMatchObject({
      kind: "status",
      status: {
        mode: "paper",
        market: "as set",
        impaired: false,
        prices: [{ instrument: "MES", last: 6326, bid: 6326, ask: 6326.25 }],
        trades: [{ trade: 1, held: 3, stop: 6320, targets: [{ price: 6340.25 }, {}] }],
      },
    });
  });

  test("previews a text without anything happening", async () => {
    const { world, loop, ask } = desk();
    const [state, facts] = [loop.state(), world.told.length];
    const answer = await ask({ kind: "preview", id: "p1", text: ALERT });
    expect(answer).toMatchObject({ kind: "heard", heard: { outcome: "traded" } });
    if (answer.kind !== "heard") throw new Error("not heard");
    expect(answer.heard.riskUsd).toBeGreaterThan(150);
    expect(answer.heard.lines.map(({ text }) => text).join("\n")).toContain("#1 planned: 3 MES");
    expect(loop.state()).toBe(state);
    expect(world.told).toHaveLength(facts);
  });

  test("takes a pasted text once, however often it comes", async () => {
    const { world, ask } = desk();
    const paste = { kind: "paste", id: "p1", text: ALERT } as const;
    expect(await ask(paste)).toMatchObject({ heard: { outcome: "traded" } });
    expect(await ask(paste)).toMatchObject({ heard: { outcome: "known", lines: [] } });
    expect(await ask({ ...paste, id: "p2" })).toMatchObject({ heard: { outcome: "refused" } });
    expect(await ask({ ...paste, id: "p3", text: "hi" })).toMatchObject({
      heard: { outcome: "ignored" },
    });
    expect(world.kinds().filter((kind) => kind === "TradePlanned")).toHaveLength(1);
  });

  test("keeps a pasted text as a shadow where there are no prices to fill it from", async () => {
    const { ask } = desk({ isTradable: false });
    expect(await ask({ kind: "paste", id: "p1", text: ALERT })).toMatchObject({
      heard: { outcome: "shadowed" },
    });
  });

  test("takes none where pasting is switched off", async () => {
    const { ask } = desk({ isAllowed: false });
    for (const kind of ["paste", "preview"] as const) {
      expect(await ask({ kind, id: "p1", text: ALERT })).toEqual({
        kind: "fault",
        reason: "pasting is switched off in the configuration (paste: false)",
      });
    }
  });

  test("takes none while facts cannot be written, and says so", async () => {
    const { world, ask } = desk();
    world.turnDisk(false);
    expect(await ask({ kind: "halt", reason: "disk" })).toEqual(TAKEN);
    expect(await ask({ kind: "paste", id: "p1", text: ALERT })).toMatchObject({
      kind: "fault",
      reason: expect.stringContaining("cannot be written"),
    });
    expect(await ask({ kind: "status" })).toMatchObject({ status: { impaired: true } });
  });

  test("says so when the inbox is full", async () => {
    const { loop, world, ask } = desk();
    for (let n = 0; n < 5_000; n++) {
      loop.offer({
        kind: "message",
        message: { ...pastedMessage(`x${n}`), sentAt: world.clock.now() },
        tradable: false,
        room: OPEN_ROOM,
        from: 0,
      });
    }
    expect(await ask({ kind: "paste", id: "p1", text: ALERT })).toMatchObject({
      kind: "fault",
      reason: "too many messages are waiting; try again",
    });
  });

  test("does not take a halt after a bug for the answer to another command", async () => {
    const { loop, ask } = desk();
    const ruined = { kind: "trim", trade: 1, quantity: Symbol("no number") };
    await ask({ kind: "paste", id: "p1", text: ALERT });
    const answer = await ask(ruined as unknown as ControlRequest);
    expect(answer).toMatchObject({ answer: { kind: "refused" } });
    expect(loop.idle()).toBe(true);
  });
});

const pastedMessage = (id: string) => ({
  source: "paste" as const,
  channel: "paste",
  id,
  author: null,
  text: "hello",
  embeds: [],
  referenced: null,
  event: "create" as const,
  previous: null,
});
