import { describe, expect, test } from "vitest";
import type { News } from "../../../src/app/inbox.ts";
import { createLoop, type Loop } from "../../../src/app/loop.ts";
import { foldJournal } from "../../../src/app/recover.ts";
import { DEFAULT_CONFIG } from "../../../src/core/model/defaults.ts";
import { OPEN_ROOM } from "../../../src/core/model/room.ts";
import type { Settings } from "../../../src/core/model/rules.ts";
import { initialState, type State } from "../../../src/core/state.ts";
import { valuesOf } from "../../../src/std/trie.ts";
import { type AppWorld, alertMessage, appWorld, openingOf } from "../../kit/app-world.ts";

interface Started {
  readonly loop: Loop;
  readonly gaveUp: string[];
}

function start(world: AppWorld, settings?: Settings): Started {
  const gaveUp: string[] = [];
  const loop = createLoop(
    { ...world.parts, giveUp: (reason) => void gaveUp.push(reason) },
    initialState,
  );
  world.broker.open((report) => loop.offer({ kind: "report", report }));
  world.price(6326);
  loop.offer({ kind: "start", ...openingOf(settings) });
  world.pass(200);
  return { loop, gaveUp };
}

const message = (world: AppWorld, id: string): News => ({
  kind: "message",
  message: alertMessage(id, world.clock.now()),
  tradable: true,
  room: OPEN_ROOM,
  from: 0,
});

describe("a turn", () => {
  test("writes facts down before orders leave and tells the audience after them", () => {
    const world = appWorld();
    const order: string[] = [];
    const journal = {
      ...world.journal,
      append: (...args: Parameters<typeof world.journal.append>) => {
        order.push("journal");
        return world.journal.append(...args);
      },
    };
    const send = world.broker.send.bind(world.broker);
    world.broker.send = (request) => {
      order.push(`send ${request.kind}`);
      // As a network does: what is sent leaves once the turn is over.
      world.clock.schedule(world.clock.now(), () => void order.push("bytes"));
      send(request);
    };
    const audience = [{ told: () => void order.push("told") }];
    const loop = createLoop({ ...world.parts, journal, audience }, initialState);
    world.broker.open((report) => loop.offer({ kind: "report", report }));
    world.price(6326);
    loop.offer({ kind: "start", ...openingOf() });
    world.pass(200);
    order.splice(0);
    loop.offer(message(world, "m1"));
    world.pass(0);
    expect(order).toEqual(["journal", "send place", "bytes", "told"]);
  });

  test("that sends something tells the audience in the order of the journal, also at a stop", () => {
    const world = appWorld();
    const { loop } = start(world);
    world.told.splice(0);
    const send = world.broker.send.bind(world.broker);
    world.broker.send = (request) => {
      send(request);
      loop.offer({ kind: "command", command: { kind: "resume" } });
      world.clock.schedule(world.clock.now(), () => {
        expect(world.kinds()).toEqual([]);
        loop.stop();
        expect(world.kinds().slice(0, 3)).toEqual(["AlertRead", "TradePlanned", "CommandTaken"]);
      });
    };
    loop.offer(message(world, "m1"));
    world.pass(0);
    expect.assertions(2);
  });

  test("that sends something tells whoever asked behind it, also at a stop", () => {
    const world = appWorld();
    const { loop } = start(world);
    const heard: string[] = [];
    const send = world.broker.send.bind(world.broker);
    world.broker.send = (request) => {
      send(request);
      // Behind the turn, and before what it left for later.
      world.clock.schedule(world.clock.now(), () => {
        expect([heard, loop.idle()]).toEqual([[], false]);
        loop.stop();
        expect([heard, loop.idle()]).toEqual([["m1"], true]);
      });
    };
    loop.offer(message(world, "m1"), () => void heard.push("m1"));
    world.pass(0);
    expect(heard).toEqual(["m1"]);
    expect.assertions(3);
  });

  test("takes what waits together in one commit", () => {
    const world = appWorld();
    const { loop } = start(world);
    let commits = 0;
    world.told.splice(0);
    loop.offer(message(world, "m1"), () => (commits += 1));
    loop.offer({ kind: "command", command: { kind: "resume" } }, () => (commits += 1));
    expect(loop.idle()).toBe(false);
    world.pass(0);
    expect(commits).toBe(2);
    // The command first: it may be about money at risk.
    expect(world.kinds().slice(0, 3)).toEqual(["CommandTaken", "GateMoved", "AlertRead"]);
    expect(loop.idle()).toBe(true);
  });

  test("that meets a listener who fails tells the others all the same", () => {
    const world = appWorld();
    const deaf = {
      told: () => {
        throw new Error("no screen");
      },
    };
    const audience = [deaf, ...world.parts.audience];
    const loop = createLoop({ ...world.parts, audience }, initialState);
    world.broker.open(() => {});
    loop.offer({ kind: "start", ...openingOf() });
    world.pass(0);
    expect(world.kinds()).toContain("RunStarted");
    expect(world.log).toContainEqual({
      level: "error",
      event: "audience-failed",
      detail: { detail: "Error: no screen" },
    });
  });

  test("turns away messages beyond the wall of the inbox, never anything else", () => {
    const world = appWorld();
    const { loop } = start(world);
    const taken = Array.from({ length: 5_001 }, (_, n) => loop.offer(message(world, `m${n}`)));
    expect(taken.filter((one) => !one)).toHaveLength(1);
    expect(loop.offer({ kind: "command", command: { kind: "resume" } })).toBe(true);
    expect(world.log.map(({ event }) => event)).toContain("inbox-full");
    loop.stop();
    world.pass(1_000);
    expect(world.kinds()).not.toContain("AlertRead");
  });
});

describe("a disk that refuses", () => {
  test("holds up entries and nothing that reduces, and what was done is written later", () => {
    const world = appWorld();
    const { loop } = start(world);
    loop.offer(message(world, "m1"));
    world.pass(5_000);
    expect(world.broker.state.accounts.size).toBe(1);
    world.told.splice(0);
    world.turnDisk(false);

    loop.offer(message(world, "m2"));
    loop.offer({ kind: "command", command: { kind: "close", trade: 1 } });
    world.pass(3_000);
    expect(loop.impaired()).toBe(true);
    expect(loop.idle()).toBe(false); // the message waits
    expect(world.told).toEqual([]);
    expect(world.boat.map(({ kind }) => kind)).toContain("ExitBegun");
    const [account] = valuesOf(world.broker.state.accounts);
    expect(account?.positions).toEqual([]); // out, although nothing could be written

    world.turnDisk(true);
    world.pass(12_000);
    expect(loop.impaired()).toBe(false);
    expect(world.boat).toEqual([]);
    const recovered = world.told.findIndex(({ fact }) => fact.kind === "JournalRecovered");
    expect(recovered).toBeGreaterThan(0);
    expect(world.told[recovered]?.fact).toMatchObject({ late: recovered });
    // The message had its turn in the end, too late to be taken.
    expect(world.told.slice(recovered).map(({ fact }) => fact.kind)).toContain("AlertRead");
    expect(world.told.map(({ sequence }) => sequence)).toEqual(
      world.told.map((_, index) => (world.told[0]?.sequence ?? 0) + index),
    );
  });

  test("is noticed by entries even when there was nothing but a message to write", () => {
    const world = appWorld();
    const { loop } = start(world);
    world.turnDisk(false);
    loop.offer(message(world, "m1"));
    world.pass(0);
    expect(loop.impaired()).toBe(true);
    world.turnDisk(true);
    world.pass(500);
    expect(loop.impaired()).toBe(false);
    expect(world.kinds()).toContain("TradePlanned");
  });

  test("and a lifeboat that refuses too are both in the log", () => {
    const world = appWorld();
    const lifeboat = { ...world.parts.lifeboat, save: () => false };
    const loop = createLoop({ ...world.parts, lifeboat }, initialState);
    world.broker.open(() => {});
    world.turnDisk(false);
    loop.offer({ kind: "start", ...openingOf() });
    world.pass(0);
    expect(world.log.map(({ event }) => event)).toEqual(["journal-refused", "lifeboat-refused"]);
  });
});

describe("the kill switch", () => {
  /** What happens in the house, in order; a request with its sender's word for it. */
  function watched(world: AppWorld) {
    const order: string[] = [];
    const { journal, lifeboat } = world.parts;
    const send = world.broker.send.bind(world.broker);
    world.broker.send = (request) => {
      order.push(`send ${request.kind}`);
      send(request);
    };
    const parts = {
      ...world.parts,
      journal: {
        ...journal,
        append: (...args: Parameters<typeof journal.append>) => {
          const written = journal.append(...args);
          order.push(written.ok ? "journal" : "journal refuses");
          return written;
        },
      },
      lifeboat: {
        ...lifeboat,
        save: (...args: Parameters<typeof lifeboat.save>) => {
          order.push("lifeboat");
          return lifeboat.save(...args);
        },
      },
      audience: [...world.parts.audience, { told: () => void order.push("told") }],
    };
    const loop = createLoop(parts, initialState);
    world.broker.open((report) => loop.offer({ kind: "report", report }));
    world.price(6326);
    loop.offer({ kind: "start", ...openingOf() });
    world.pass(200);
    loop.offer(message(world, "m1"));
    world.pass(5_000);
    order.splice(0);
    return { loop, order };
  }

  const flatten: News = { kind: "command", command: { kind: "flatten", account: null } };
  const halt: News = { kind: "command", command: { kind: "halt", reason: "by hand" } };
  const answered = (order: string[]) => () => void order.push("answered");

  test("sends first, and writes down in the next turn what it has sent", () => {
    const world = appWorld();
    const { loop, order } = watched(world);
    loop.offer(flatten, answered(order));
    // The facts have a turn of their own: what was sent is on the wire by then.
    const between = (): void =>
      void order.push(`turn, ${loop.idle() ? "idle" : "owing"} ${loop.impaired()}`);
    world.clock.schedule(world.clock.now(), between);
    world.pass(0);
    expect(order.splice(2, 1)).toEqual(["turn, owing true"]);
    expect(order).toEqual(["send modify", "send modify", "journal", "answered", "told"]);
    expect([loop.idle(), loop.impaired()]).toEqual([true, false]);
    world.pass(3_000);
    const [account] = valuesOf(world.broker.state.accounts);
    expect(account?.positions).toEqual([]);
    expect(order.filter((one) => one.startsWith("send"))).toHaveLength(2);
    expect(foldJournal(world.journal)).toEqual(loop.state());
  });

  test("waits for no journal and no lifeboat, whether they refuse or not", () => {
    const world = appWorld();
    const { loop, order } = watched(world);
    world.turnDisk(false);
    loop.offer(flatten, answered(order));
    world.pass(0);
    const refused = ["journal refuses", "lifeboat", "answered"];
    expect(order).toEqual(["send modify", "send modify", ...refused]);
    world.pass(3_000);
    expect(loop.impaired()).toBe(true);
    world.turnDisk(true);
    world.pass(500);
    expect(world.kinds()).toContain("JournalRecovered");
    expect(foldJournal(world.journal)).toEqual(loop.state());
    expect(order.filter((one) => one.startsWith("send"))).toHaveLength(2);
  });

  test("goes out from a house whose disk has refused for long, and is tried no oftener for it", () => {
    const world = appWorld();
    const { loop, order } = watched(world);
    world.turnDisk(false);
    loop.offer({ kind: "command", command: { kind: "resume" } });
    world.pass(1_100);
    // Four times a second, whatever else there is to decide.
    const refusals = (): number => order.filter((one) => one === "journal refuses").length;
    expect(refusals()).toBe(5);
    for (let n = 0; n < 100; n++) loop.offer({ kind: "alarm", key: "nobody" });
    order.splice(0);
    loop.offer(flatten, answered(order));
    world.pass(0);
    expect(order).toEqual(["send modify", "send modify", "lifeboat", "answered"]);
    world.pass(1_000);
    expect(refusals()).toBe(4);
  });

  test("passes by everything that waits", () => {
    const world = appWorld();
    const { loop, order } = watched(world);
    for (let n = 0; n < 2_000; n++) {
      loop.offer(message(world, `chatter-${n}`));
      loop.offer({ kind: "alarm", key: "nobody" });
    }
    loop.offer(flatten, answered(order));
    world.pass(0);
    expect(order.slice(0, 3)).toEqual(["send modify", "send modify", "journal"]);
  });

  test("does not pass by a start, nor by a resume that was said before it", () => {
    const world = appWorld();
    const loop = createLoop(world.parts, initialState);
    world.broker.open((report) => loop.offer({ kind: "report", report }));
    loop.offer({ kind: "start", ...openingOf() });
    loop.offer(halt);
    world.pass(100);
    expect(valuesOf(loop.state().accounts)[0]?.gate).toBe("halted");
    loop.offer({ kind: "command", command: { kind: "resume" } });
    loop.offer(halt);
    world.pass(100);
    expect(valuesOf(loop.state().accounts)[0]?.gate).toBe("halted");
    // Both at once: the one that is safe wins.
    loop.offer(halt);
    loop.offer({ kind: "command", command: { kind: "resume" } });
    world.pass(100);
    expect(valuesOf(loop.state().accounts)[0]?.gate).toBe("halted");
  });

  test.each([
    ["is written", true],
    ["is kept", false],
  ])("that came right before the end %s all the same", (_, isGood) => {
    const world = appWorld();
    const { loop } = watched(world);
    world.turnDisk(isGood);
    loop.offer(flatten);
    world.clock.schedule(world.clock.now(), () => loop.stop());
    world.pass(0);
    const written = isGood ? foldJournal(world.journal).trades : world.boat.map(({ kind }) => kind);
    expect(written).toEqual(
      isGood ? loop.state().trades : expect.arrayContaining(["CommandTaken", "ExitBegun"]),
    );
  });
});

describe("a bug", () => {
  /** An account whose rule set is missing: the engine's own invariant breaks on each alert. */
  const broken: Settings = {
    ...DEFAULT_CONFIG.settings,
    accounts: DEFAULT_CONFIG.settings.accounts.map((one) => ({ ...one, rules: "nowhere" })),
  };

  test("met on one input costs that input and every further entry, nothing else", () => {
    const world = appWorld();
    const { loop, gaveUp } = start(world, broken);
    world.told.splice(0);
    loop.offer(message(world, "m1"));
    loop.offer({ kind: "command", command: { kind: "close", trade: 9 } });
    world.pass(0);
    expect(world.kinds()).toEqual(["CommandTaken", "CommandTaken", "GateMoved"]);
    const [account] = valuesOf(loop.state().accounts);
    expect(account?.gate).toBe("halted");
    expect(account?.gateReason).toContain("internal error");
    expect(gaveUp).toEqual([]);
    expect(world.log.at(-1)).toMatchObject({ level: "error", event: "bug" });
  });

  test("met three times makes the house give up, once", () => {
    const world = appWorld();
    const { loop, gaveUp } = start(world, broken);
    for (const id of ["m1", "m2", "m3", "m4"]) loop.offer(message(world, id));
    world.pass(0);
    expect(gaveUp).toHaveLength(1);
    expect(gaveUp[0]).toContain("3 internal errors");
  });

  test("that reaches even the halt is logged and survived", () => {
    const world = appWorld();
    const ruined = { ...initialState, accounts: null } as unknown as State;
    const loop = createLoop(world.parts, ruined);
    loop.offer({ kind: "command", command: { kind: "resume" } });
    world.pass(0);
    expect(world.told).toEqual([]);
    expect(loop.state()).toBe(ruined);
    expect(world.log.map(({ event, detail }) => `${event} ${detail["input"]}`)).toEqual([
      "bug command",
      "bug halt",
    ]);
  });
});

describe("a fan-out", () => {
  test("hands the next accounts in before other messages", () => {
    const world = appWorld();
    const [first] = DEFAULT_CONFIG.settings.accounts;
    const [balance] = DEFAULT_CONFIG.balances;
    const ids = Array.from({ length: 501 }, (_, n) => `${first?.id}-${n}`);
    const accounts = ids.map((id) => ({ ...first, id, name: id }));
    const settings = { ...DEFAULT_CONFIG.settings, accounts } as unknown as Settings;
    const loop = createLoop(world.parts, initialState);
    world.broker.open(() => {});
    const opening = openingOf(settings);
    loop.offer({
      kind: "start",
      ...opening,
      balances: ids.map((id) => ({
        ...balance,
        account: id,
      })) as unknown as typeof opening.balances,
    });
    loop.offer(message(world, "m1"));
    const text = "🚨 ES short 6400: A\nStop: 6410";
    loop.offer({
      ...message(world, "m1"),
      message: alertMessage("m2", world.clock.now(), text),
    } as News);
    world.pass(0);
    const held = world.told.filter(({ fact }) => fact.kind === "AlertHeld");
    expect(held).toHaveLength(1_002);
    const alerts = world.told.flatMap(({ fact }, at) => (fact.kind === "AlertRead" ? [at] : []));
    expect(alerts).toHaveLength(2);
    expect((alerts[1] ?? 0) - (alerts[0] ?? 0)).toBe(502);
  });
});
