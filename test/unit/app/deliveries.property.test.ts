/**
 * Whatever the deliveries do between the author and the engine, it ends as if each message had come
 * once, in order: gateway and REST bring the same, webhooks come again, and the house dies between.
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import { createIntake } from "../../../src/app/intake.ts";
import { createLoop } from "../../../src/app/loop.ts";
import { createMessageBook } from "../../../src/app/message-book.ts";
import { foldJournal } from "../../../src/app/recover.ts";
import { type Message, refOf } from "../../../src/core/model/message.ts";
import { OPEN_ROOM } from "../../../src/core/model/room.ts";
import { heldOf } from "../../../src/core/model/trade-sums.ts";
import { millis } from "../../../src/core/model/units.ts";
import { channelLine } from "../../../src/shell/discord/channel-line.ts";
import type { Posted } from "../../../src/shell/discord/message.ts";
import { compareIds, timeOfId } from "../../../src/shell/discord/snowflake.ts";
import { valuesOf } from "../../../src/std/trie.ts";
import { ALERT, type AppWorld, alertMessage, appWorld, openingOf } from "../../kit/app-world.ts";
import { idOf } from "../../kit/discord-gateway.ts";
import { lastingVenue, mortal, quotes } from "../../kit/discord-house.ts";
import { historyDisk, memoryHistory } from "../../kit/memory-history.ts";

const TERMS = { tradable: true, room: OPEN_ROOM };
const EVERY = 400;
const FLOOR = idOf(1_600_000_000_000);

const TEXTS = [
  "good morning",
  "Raise ES stop to 6320",
  "Raise ES stop to 6322",
  "ES stop to BE",
  "trim half",
  "ES T1 hit",
  "All out of ES",
] as const;
const WEBHOOK = "🚨 NQ long 22150: B\nStop: 22125";

/** What becomes of one message on its way. */
interface Way {
  readonly text: string;
  readonly copies: number;
  /** The gateway is away: it comes with the next reading. */
  readonly isMissed: boolean;
  /** REST is read while the gateway brings it. */
  readonly isRead: boolean;
  /** `unwritten`: the facts are durable, and the history has not heard of it yet. */
  readonly dies: "before" | "at-once" | "unwritten" | "after" | "never";
}

const WAY: fc.Arbitrary<Way> = fc.record({
  text: fc.constantFrom(...TEXTS),
  copies: fc.integer({ min: 1, max: 3 }),
  isMissed: fc.boolean(),
  isRead: fc.boolean(),
  dies: fc.constantFrom("before", "at-once", "unwritten", "after", "never", "never", "never"),
});

/** Nobody trims twice in a second: a trim said again while the first is under way is the same one. */
const WAYS = fc.uniqueArray(WAY, { minLength: 2, maxLength: 7, selector: ({ text }) => text });

const straight = ({ text }: Way): Way => ({
  ...{ text, copies: 1, isMissed: false, isRead: false, dies: "never" },
});

const FIRST: Way = { ...{ text: ALERT, copies: 1 }, isMissed: false, isRead: false, dies: "never" };

/** One of each end there is, so that no run is about trades that all end alike. */
const EACH_END = (["at-once", "unwritten"] as const).flatMap((dies) =>
  TEXTS.map((text): [Way[]] => [[{ text, copies: 2, isMissed: false, isRead: true, dies }]]),
);

const postedAs = (message: Message): Posted => ({
  ...{ message, editedAt: millis(0), user: "author", isBare: false },
});

function life(world: AppWorld, disk: ReturnType<typeof historyDisk>, venue: typeof world.broker) {
  const being = { isOver: false };
  const clock = mortal(world.clock, being);
  const { log } = world.parts;
  const loop = createLoop(
    { ...world.parts, clock, broker: venue, followed: ["MES", "MNQ"] },
    foldJournal(world.journal),
  );
  venue.open((report) => void loop.offer({ kind: "report", report }));
  quotes(world);
  loop.offer({ kind: "start", ...openingOf() });
  world.pass(200);
  const sourceFault = (): void => {};
  const book = createMessageBook({ history: memoryHistory(disk), clock, log, sourceFault });
  const intake = createIntake({
    ...{ clock, log, sourceFault, messages: book, offer: loop.offer, termsOf: () => TERMS },
  });
  intake.begin();
  const floor = book.lastSettled("discord", "1") ?? FLOOR;
  const line = channelLine({
    ...{ channel: "1", floor, editsSince: timeOfId(floor), missing: () => {} },
    tell: (message) => void intake.take(message, TERMS),
  });
  return {
    ...{ loop, book, intake, line },
    die() {
      being.isOver = true;
      loop.stop();
    },
  };
}

/** Less than the history waits for more. */
const UNWRITTEN = 50;

const isDecided = ({ told }: AppWorld, id: string): boolean =>
  told.some(({ fact }) => "message" in fact && fact.message.id === id);

const isKept = ({ kept }: ReturnType<typeof historyDisk>, id: string): boolean =>
  kept.some(({ message }) => message.id === id);

function ending(ways: readonly Way[]) {
  const world = appWorld();
  const disk = historyDisk();
  const venue = lastingVenue(world) as typeof world.broker;
  let here = life(world, disk, venue);
  const said: Message[] = [];
  const restart = (): void => {
    here.die();
    here = life(world, disk, venue);
    read(() => {});
  };
  const read = (meanwhile: () => void): void => {
    here.line.hold();
    meanwhile();
    const after = here.book.lastSettled("discord", "1") ?? FLOOR;
    const rows = said.filter(({ id }) => compareIds(id, after) > 0).map(postedAs);
    here.line.gather(rows, { isComplete: true });
    here.line.release();
  };
  const hook = {
    ...alertMessage("w1", world.clock.now(), WEBHOOK),
    source: "webhook",
    channel: "tv",
  } as const;
  const knock = (): void => {
    const one = { message: hook, receivedAt: world.clock.now(), imported: false, raw: null };
    const kept = here.book.keeper.keep(one);
    if (kept.ok && kept.value === "new") here.intake.take(hook, TERMS);
  };
  const pass = (): void => {
    quotes(world);
    world.pass(EVERY);
  };
  let isAway = false;
  for (const [n, way] of [FIRST, ...ways].entries()) {
    const now = world.clock.now();
    const id = idOf(now, n);
    const message: Message = {
      ...alertMessage(id, now, way.text),
      source: "discord",
      channel: "1",
    };
    said.push(message);
    if (n === 2 || (n > 2 && way.copies > 1)) knock();
    if (way.dies === "before") restart();
    const hear = (): void => {
      for (let copy = 0; copy < way.copies; copy++)
        here.line.hear({ kind: "posted", posted: postedAs(message) });
    };
    if (way.isMissed) isAway = true;
    else if (isAway || way.isRead) {
      read(hear);
      isAway = false;
    } else hear();
    if (way.dies === "unwritten") {
      world.pass(UNWRITTEN);
      if (!isAway) expect(isDecided(world, id) && !isKept(disk, id)).toBe(true);
    }
    if (way.dies === "at-once" || way.dies === "unwritten") {
      restart();
      isAway = false;
    }
    pass();
    if (way.dies === "after") {
      restart();
      isAway = false;
    }
  }
  read(() => {});
  for (let n = 0; n < 15; n++) pass();
  const firsts = world.told.flatMap(({ fact }) =>
    fact.kind === "MessageIgnored" ||
    fact.kind === "AlertRead" ||
    fact.kind === "UpdateRead" ||
    fact.kind === "AlertRefused"
      ? [refOf({ ...fact.message } as Message).id]
      : [],
  );
  const ids = new Map(said.map(({ id }, n) => [id, n]));
  return {
    heard: firsts.flatMap((id) => ids.get(id) ?? []),
    hooks: firsts.filter((id) => id === "w1").length,
    trades: valuesOf(here.loop.state().trades).map((one) => ({
      ...{ product: one.plan.instrument, phase: one.phase, held: heldOf(one), stop: one.stopAim },
    })),
  };
}

test("deliveries in any interleaving, doubled, over restarts, end as one straight delivery", () => {
  const ends = new Set<string>();
  fc.assert(
    fc.property(WAYS, (ways) => {
      const meant = ending(ways.map(straight));
      const got = ending(ways);
      ends.add(JSON.stringify(meant.trades));
      expect(got.heard).toEqual(meant.heard);
      expect(got.hooks).toBe(meant.hooks);
      expect(got.trades).toEqual(meant.trades);
    }),
    { numRuns: 40, examples: EACH_END },
  );
  expect(ends.size).toBeGreaterThan(3);
});
