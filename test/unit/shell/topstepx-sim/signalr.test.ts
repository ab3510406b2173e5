import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { millis } from "../../../../src/core/model/units.ts";
import { virtualClock } from "../../../../src/shell/host/virtual-clock.ts";
import { SEPARATOR } from "../../../../src/shell/topstepx-sim/framing.ts";
import {
  HUB_LIMITS,
  type HubLimits,
  type HubTalk,
  hubTalk,
} from "../../../../src/shell/topstepx-sim/signalr.ts";
import { scriptedStandIn, TOKEN } from "../../../kit/scripted-stand-in.ts";

function open(limits: Partial<HubLimits> = {}) {
  const clock = virtualClock(millis(0));
  const said: string[] = [];
  const ends: string[] = [];
  const standIn = scriptedStandIn();
  let waiting = 0;
  const talk = hubTalk({
    clock,
    limits: { ...HUB_LIMITS, ...limits },
    wire: {
      write: (text) => void said.push(...text.split(SEPARATOR).slice(0, -1)),
      close: () => void ends.push("close"),
      cut: () => void ends.push("cut"),
      waiting: () => waiting,
    },
    connect: (peer) => standIn.connect("user", TOKEN, peer),
  }) as HubTalk;
  const [hub] = standIn.hubs;
  if (hub === undefined) throw new Error("nobody is connected");
  return {
    clock,
    said,
    ends,
    talk,
    hub,
    say: (message: unknown) =>
      talk.take(new TextEncoder().encode(`${JSON.stringify(message)}${SEPARATOR}`)),
    raw: (text: string) => talk.take(new TextEncoder().encode(text)),
    pass: (by: number) => clock.runUntil(millis(clock.now() + by)),
    slow: (characters: number) => {
      waiting = characters;
    },
  };
}

function shaken(limits: Partial<HubLimits> = {}) {
  const opened = open(limits);
  opened.say({ protocol: "json", version: 1 });
  opened.said.length = 0;
  return opened;
}

const invocation = (invocationId?: string) => ({
  type: 1,
  target: "SubscribeOrders",
  arguments: [7],
  ...(invocationId === undefined ? {} : { invocationId }),
});

describe("the handshake", () => {
  test("is answered with an empty object", () => {
    const { say, said, ends } = open();
    say({ protocol: "json", version: 1 });
    expect(said).toEqual(["{}"]);
    expect(ends).toEqual([]);
  });

  test("of another protocol or version is refused in words", () => {
    const messagepack = open();
    messagepack.say({ protocol: "messagepack", version: 1 });
    expect(messagepack.said).toEqual([
      '{"error":"The protocol \'messagepack\' is not supported."}',
    ]);
    expect(messagepack.ends).toEqual(["close"]);
    const nothing = open();
    nothing.raw(`what?${SEPARATOR}`);
    expect(nothing.said).toEqual([`{"error":"The protocol '' is not supported."}`]);
    const newer = open();
    newer.say({ protocol: "json", version: 2 });
    expect(newer.said).toEqual([
      `{"error":"The server does not support version 2 of the 'json' protocol."}`,
    ]);
  });

  test("of version 0 is not answered, and after two seconds it is over", () => {
    const { say, said, ends, pass } = open();
    say({ protocol: "json", version: 0 });
    say(invocation("0"));
    pass(1_999);
    expect(ends).toEqual([]);
    pass(1);
    expect([said, ends]).toEqual([[], ["close"]]);
  });

  test("that never comes ends the connection after 15 s", () => {
    const { ends, pass } = open();
    pass(14_999);
    expect(ends).toEqual([]);
    pass(1);
    expect(ends).toEqual(["close"]);
  });

  test("may share its bytes with what follows", () => {
    const { raw, said, hub } = open();
    raw(
      `{"protocol":"json","version":1}${SEPARATOR}${JSON.stringify(invocation("0"))}${SEPARATOR}`,
    );
    expect(said).toEqual(["{}", '{"type":3,"invocationId":"0","result":null}']);
    expect(hub.invoked).toEqual([{ method: "SubscribeOrders", args: [7] }]);
  });

  test("comes before any event", () => {
    const { hub, said } = open();
    hub.peer.send("GatewayUserOrder", [{}]);
    expect(said).toEqual([]);
  });
});

describe("an open connection", () => {
  test("answers an invocation, with its error if it has one", () => {
    const { say, said } = shaken();
    say(invocation("a"));
    say({ ...invocation("b"), target: "Dance" });
    expect(said).toEqual([
      '{"type":3,"invocationId":"a","result":null}',
      `{"type":3,"invocationId":"b","error":"Unknown hub method 'Dance'"}`,
    ]);
  });

  test("carries out a send without an answer", () => {
    const { say, said, hub } = shaken();
    say(invocation());
    expect([said, hub.invoked.length]).toEqual([[], 1]);
  });

  test("has no streams", () => {
    const { say, said } = shaken();
    say({ ...invocation("a"), type: 4 });
    expect(said).toEqual([
      '{"type":3,"invocationId":"a","error":"The hub has no streaming methods."}',
    ]);
  });

  test("carries events, pings every 15 s and takes pings", () => {
    const { hub, said, say, pass } = shaken();
    hub.peer.send("GatewayUserOrder", [{ action: 1 }]);
    pass(14_999);
    say({ type: 6 });
    pass(15_001);
    expect(said).toEqual([
      '{"type":1,"target":"GatewayUserOrder","arguments":[{"action":1}]}',
      '{"type":6}',
      '{"type":6}',
    ]);
  });

  test("ends with a client that is silent for half a minute", () => {
    const { said, ends, pass } = shaken();
    pass(30_000);
    expect(ends).toEqual(["close"]);
    expect(said.at(-1)).toBe(
      '{"type":7,"error":"Connection closed with an error.","allowReconnect":true}',
    );
  });

  test("is ended by the venue, with an error or in order, and once", () => {
    const { hub, said, ends } = shaken();
    hub.peer.end("Maintenance");
    hub.peer.end(null);
    hub.peer.cut();
    expect(said).toEqual(['{"type":7,"error":"Maintenance","allowReconnect":true}']);
    expect(ends).toEqual(["close"]);
    const orderly = shaken();
    orderly.talk.close();
    expect(orderly.said).toEqual(['{"type":7}']);
  });

  test("is ended by the client", () => {
    const { say, ends, talk, hub } = shaken();
    say({ type: 7 });
    talk.gone();
    expect([ends, hub.isGone]).toEqual([["close"], true]);
    say(invocation("0"));
    expect(hub.invoked).toEqual([]);
  });

  test.each([
    "what?",
    "[]",
    "null",
    '{"target":"SubscribeOrders"}',
    '{"type":1,"target":7,"arguments":[]}',
    '{"type":1,"target":"SubscribeOrders"}',
  ])("is ended by %s", (text) => {
    const { raw, ends, said } = shaken();
    raw(`${text}${SEPARATOR}`);
    expect(ends).toEqual(["close"]);
    expect(said.at(-1)).toContain("Connection closed with an error.");
  });

  test("is ended by a message that is too long", () => {
    const { raw, ends } = shaken({ messageMax: 10 });
    raw("x".repeat(11));
    expect(ends).toEqual(["close"]);
  });

  test("is reset when its client reads too slowly", () => {
    const { hub, ends, slow, said } = shaken({ waitingMax: 100 });
    slow(101);
    hub.peer.send("GatewayQuote", []);
    hub.peer.send("GatewayQuote", []);
    expect([ends, said.length]).toEqual([["cut"], 1]);
  });

  test("that stalls says nothing more, not even a ping, and stays", () => {
    const { hub, say, said, ends, pass } = shaken();
    hub.peer.stall();
    hub.peer.send("GatewayUserOrder", [{}]);
    say(invocation("0"));
    pass(120_000);
    expect([said, ends]).toEqual([[], []]);
    hub.peer.cut();
    hub.peer.stall();
    expect(ends).toEqual(["cut"]);
  });
});

describe("whatever a client sends", () => {
  const shaped = fc.record(
    {
      type: fc.oneof(fc.integer({ min: 0, max: 8 }), fc.anything()),
      target: fc.oneof(fc.constantFrom("SubscribeOrders", "__proto__"), fc.anything()),
      arguments: fc.oneof(fc.array(fc.anything()), fc.anything()),
      invocationId: fc.oneof(fc.string(), fc.anything()),
    },
    { requiredKeys: [] },
  );
  const texts = fc.oneof(
    fc.json(),
    fc.string(),
    shaped.map((one) => JSON.stringify(one) ?? ""),
  );

  test("is obeyed, ignored or ends the connection, and nothing else", () => {
    fc.assert(
      fc.property(fc.array(texts), fc.boolean(), (sent, isShaken) => {
        const { raw, said, ends, pass, clock } = isShaken ? shaken() : open();
        for (const text of sent) raw(`${text}${SEPARATOR}`);
        pass(60_000);
        expect(ends).toEqual(["close"]);
        expect(clock.pending()).toBe(0);
        for (const text of said) expect(() => JSON.parse(text)).not.toThrow();
      }),
    );
  });

  test("may be no text at all", () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const { talk, ends } = shaken();
        talk.take(bytes);
        expect(ends.length).toBeLessThanOrEqual(1);
      }),
    );
  });
});

test("a venue that refuses leaves nothing behind", () => {
  const clock = virtualClock(millis(0));
  const wire = { write() {}, close() {}, cut() {}, waiting: () => 0 };
  const talk = hubTalk({ clock, limits: HUB_LIMITS, wire, connect: () => 403 });
  expect([talk, clock.pending()]).toEqual([403, 0]);
});
