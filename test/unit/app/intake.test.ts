import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  createIntake,
  type Intake,
  type IntakeParts,
  type Terms,
} from "../../../src/app/intake.ts";
import { createLoop } from "../../../src/app/loop.ts";
import { createMessageBook, type MessageBook } from "../../../src/app/message-book.ts";
import { foldJournal } from "../../../src/app/recover.ts";
import type { Message } from "../../../src/core/model/message.ts";
import { OPEN_ROOM } from "../../../src/core/model/room.ts";
import { millis } from "../../../src/core/model/units.ts";
import type { History, HistoryFault } from "../../../src/ports/history.ts";
import { ALERT, type AppWorld, alertMessage, appWorld, openingOf } from "../../kit/app-world.ts";
import { type HistoryDisk, historyDisk, memoryHistory } from "../../kit/memory-history.ts";

const TERMS: Terms = { tradable: true, room: OPEN_ROOM };
const FULL: HistoryFault = { kind: "full", detail: "the disk is full" };

interface Door {
  readonly world: AppWorld;
  readonly history: History;
  readonly book: MessageBook;
  readonly intake: Intake;
  /** What reached the loop. */
  readonly offered: (readonly [message: Message, tradable: boolean])[];
  /** What the operator was told. */
  readonly told: string[];
  /** Ids the house has written facts about. */
  decided(): readonly string[];
}

interface DoorParts {
  readonly world?: AppWorld;
  readonly disk?: HistoryDisk;
  readonly refuse?: () => HistoryFault | null;
  readonly change?: (history: History) => History;
  readonly termsOf?: IntakeParts["termsOf"];
}

/** A settled house with a history in front of it. */
function door(parts: DoorParts = {}): Door {
  const { world = appWorld(), termsOf = () => TERMS, change = (history) => history } = parts;
  const loop = createLoop(world.parts, foldJournal(world.journal));
  world.broker.open((report) => loop.offer({ kind: "report", report }));
  world.price(6326);
  loop.offer({ kind: "start", ...openingOf() });
  world.pass(200);
  const history = change(memoryHistory(parts.disk, parts.refuse));
  const told: string[] = [];
  const { clock, log } = world.parts;
  const sourceFault = ({ where, reason }: { where: string; reason: string }): void =>
    void told.push(`${where}: ${reason}`);
  const book = createMessageBook({ history, clock, log, sourceFault });
  const offered: Door["offered"] = [];
  const intake = createIntake({
    ...{ clock, log, sourceFault, messages: book, termsOf },
    offer(news, hearing) {
      const isTaken = loop.offer(news, hearing);
      if (isTaken && news.kind === "message") offered.push([news.message, news.tradable]);
      return isTaken;
    },
  });
  const decided = (): readonly string[] =>
    world.told.flatMap(({ fact }) => ("message" in fact ? [fact.message.id] : []));
  return { world, history, book, intake, offered, told, decided };
}

/** Its history counts how often it is written to. */
function countingDoor() {
  let commits = 0;
  const change = (history: History): History => ({
    ...history,
    keep(messages) {
      commits += 1;
      return history.keep(messages);
    },
  });
  return { here: door({ change }), commits: () => commits };
}

const posted = ({ world }: Door, id: string, own: Partial<Message> = {}): Message => ({
  ...alertMessage(id, world.clock.now(), "good morning"),
  source: "discord",
  channel: "42",
  ...own,
});

const keptTexts = ({ history }: Door): readonly string[] =>
  [...history.read()]
    .toSorted((a, b) => a.sequence - b.sequence)
    .map(({ message }) => `${message.id} ${message.event} ${message.text}`);

describe("the intake", () => {
  test("offers at once, and writes down what is decided a moment later, in one commit", () => {
    const { here, commits } = countingDoor();
    for (const id of ["1", "2", "3"]) here.intake.take(posted(here, id), TERMS);
    expect(here.offered).toHaveLength(3);
    here.world.pass(0);
    expect(here.decided()).toEqual(["1", "2", "3"]);
    expect(commits()).toBe(0);
    here.world.pass(150);
    expect(commits()).toBe(1);
    expect(here.history.counts()).toEqual({ messages: 3, unsettled: 0, faults: 0 });
    expect(here.book.lastSettled("discord", "42")).toBe("3");
  });

  test("waits for a lull before it writes, and for a second at most", () => {
    const { here, commits } = countingDoor();
    for (let n = 0; n < 30; n++) {
      here.intake.take(posted(here, `${n}`), TERMS);
      here.world.pass(60);
      expect(commits()).toBe(n < 15 ? 0 : 1);
    }
    here.world.pass(100);
    expect(commits()).toBe(2);
    expect(here.history.counts()).toMatchObject({ messages: 30, unsettled: 0 });
  });

  test("hears a message once, however often it comes and after whatever restart", () => {
    const disk = historyDisk();
    const first = door({ disk });
    first.intake.take(posted(first, "1"), TERMS);
    first.intake.take(posted(first, "1"), TERMS); // while it is decided
    first.world.pass(0);
    first.intake.take(posted(first, "1"), TERMS); // before it is written
    first.world.pass(150);
    first.intake.take(posted(first, "1"), TERMS);
    expect(first.offered).toHaveLength(1);
    const second = door({ disk });
    second.intake.begin();
    second.intake.take(posted(second, "1"), TERMS);
    expect(second.offered).toEqual([]);
  });

  test("takes a message that was only imported for a new one", () => {
    const here = door();
    const message = posted(here, "1");
    const { now } = here.world.clock;
    here.history.keep([{ message, receivedAt: now(), imported: true, raw: null }]);
    here.intake.take(message, TERMS);
    here.world.pass(150);
    expect(here.decided()).toEqual(["1"]);
    expect([...here.history.read()].map(({ imported }) => imported)).toEqual([false]);
  });

  test("what was posted before a channel was ours is kept and never offered", () => {
    let fault: HistoryFault | null = null;
    const here = door({ refuse: () => fault });
    here.book.keepPast([posted(here, "1"), posted(here, "2")]);
    here.intake.begin();
    expect(here.offered).toEqual([]);
    expect(here.history.counts()).toEqual({ messages: 2, unsettled: 0, faults: 0 });
    expect(here.book.lastSettled("discord", "42")).toBeNull();
    fault = FULL;
    here.book.keepPast([posted(here, "3")]);
    expect(here.world.log.map(({ event }) => event)).toContain("past-not-kept");
  });

  test("tells of a change what the message said before, and hears each change once", () => {
    const here = door();
    here.intake.take(posted(here, "1", { text: "stop 6316" }), TERMS);
    // The message itself is on its way still: it stands before its change all the same.
    here.intake.take(posted(here, "1", { event: "edit", text: "stop 6318" }), TERMS);
    here.intake.take(posted(here, "1", { event: "edit", text: "stop 6320" }), TERMS);
    here.intake.take(posted(here, "1", { event: "edit", text: "stop 6318" }), TERMS);
    here.intake.take(posted(here, "1", { event: "delete", text: "" }), TERMS);
    here.intake.take(posted(here, "9", { event: "edit", text: "of something unknown" }), TERMS);
    const before = here.offered.map(([{ text, previous }]) => [text, previous]);
    expect(before).toEqual([
      ["stop 6316", null],
      ["stop 6318", "stop 6316"],
      ["stop 6320", "stop 6318"],
      ["", "stop 6320"],
      ["of something unknown", null],
    ]);
    here.world.pass(150);
    expect(keptTexts(here)).toEqual([
      "1 create stop 6316",
      "1 edit stop 6318",
      "1 edit stop 6320",
      "1 delete ",
      "9 edit of something unknown",
    ]);
    expect(here.history.counts().unsettled).toBe(0);
  });

  test("finds what a change changes while that waits to be written", () => {
    const here = door();
    here.intake.take(posted(here, "1", { text: "before" }), TERMS);
    here.world.pass(0);
    here.intake.take(posted(here, "1", { event: "edit", text: "after" }), TERMS);
    expect(here.offered.at(-1)?.[0].previous).toBe("before");
    here.world.pass(150);
    expect(keptTexts(here)).toEqual(["1 create before", "1 edit after"]);
  });

  test("keeps what a source says of the text before", () => {
    const here = door();
    here.intake.take(posted(here, "1", { event: "edit", previous: "as told" }), TERMS);
    expect(here.offered.at(-1)?.[0].previous).toBe("as told");
  });

  test("tells of a reply what it replies to, in its own channel only", () => {
    const here = door();
    here.intake.take(posted(here, "1", { text: "ES long" }), TERMS);
    here.intake.take(posted(here, "2", { replyTo: "1" }), TERMS);
    here.intake.take(posted(here, "3", { replyTo: "1", channel: "43" }), TERMS);
    here.intake.take(posted(here, "4", { replyTo: "1", referenced: "as told" }), TERMS);
    expect(here.offered.map(([{ referenced }]) => referenced)).toEqual([
      null,
      "ES long",
      null,
      "as told",
    ]);
  });

  test("offers again what was kept and never decided about, in order, with its own age", () => {
    const disk = historyDisk();
    const first = door({ disk });
    const sentAt = first.world.clock.now();
    for (const id of ["1", "2"]) {
      const message = posted(first, id, { source: "webhook", channel: "tv", text: ALERT });
      const parts = { receivedAt: sentAt, imported: false, raw: "{}" };
      expect(first.book.keeper.keep({ message, ...parts })).toEqual({ ok: true, value: "new" });
      expect(first.book.keeper.keep({ message, ...parts })).toEqual({ ok: true, value: "known" });
    }
    first.intake.begin(); // nothing of it: its source is about to hand it over
    expect(first.offered).toEqual([]);
    // The process dies here. A minute later:
    const second = door({ disk });
    second.world.pass(60_000);
    second.intake.begin();
    expect(second.offered.map(([{ id }]) => id)).toEqual(["1", "2"]);
    expect(second.offered[0]?.[0].sentAt).toBe(sentAt);
    second.world.pass(150);
    expect(second.world.kinds()).not.toContain("TradePlanned");
    expect(second.history.counts().unsettled).toBe(0);
    const third = door({ disk });
    third.intake.begin();
    expect(third.offered).toEqual([]);
  });

  test("takes over what a source kept before it answered, once", () => {
    const here = door();
    const message = posted(here, "1", { source: "signed", channel: "bot" });
    const kept = { message, receivedAt: here.world.clock.now(), imported: false, raw: "{}" };
    here.book.keeper.keep(kept);
    here.intake.take(message, TERMS);
    here.intake.take(message, TERMS);
    expect(here.offered).toHaveLength(1);
    here.world.pass(150);
    expect(here.history.counts()).toEqual({ messages: 1, unsettled: 0, faults: 0 });
    expect(here.book.keeper.find(message)?.raw).toBe("{}");
    const fault = {
      source: "signed",
      channel: "bot",
      at: millis(0),
      raw: "?",
      reason: "no",
    } as const;
    expect(here.book.keeper.keepFault(fault).ok).toBe(true);
    expect(here.history.counts().faults).toBe(1);
  });

  test("waits for a file to say again what it said, and leaves what nobody listens to", () => {
    const disk = historyDisk();
    const first = door({ disk });
    const file = posted(first, "1", { source: "chat-file", channel: "a.txt" });
    const gone = posted(first, "2");
    const parts = { receivedAt: first.world.clock.now(), imported: false, raw: null };
    first.history.keep([file, gone].map((message) => ({ message, ...parts })));
    const second = door({
      disk,
      termsOf: ({ source }) => (source === "chat-file" ? "comes again" : null),
    });
    second.intake.begin();
    expect(second.offered).toEqual([]);
    expect(second.world.log.map(({ event }) => event)).toContain("message-without-source");
    second.intake.take({ ...file, sentAt: millis(file.sentAt + 90_000) }, TERMS);
    expect(second.offered.map(([message]) => message)).toEqual([file]);
    second.world.pass(150);
    expect(second.history.counts().unsettled).toBe(0);
  });

  test("a flood is kept, told once, and decided to its end in the order it came", () => {
    const here = door();
    const ids = Array.from({ length: 7_500 }, (_, n) => String(1_000_000 + n));
    for (const id of ids) here.intake.take(posted(here, id), TERMS);
    expect(here.offered).toHaveLength(5_000);
    expect(here.told).toEqual(["messages: too many at once; the rest is taken later"]);
    here.world.pass(5_000);
    expect(here.decided()).toEqual(ids);
    expect(here.history.counts()).toEqual({ messages: 7_500, unsettled: 0, faults: 0 });
    expect(here.history.lastSettled("discord", "42")).toBe(ids.at(-1));
  });

  test("a disk that refuses stops entries, not exits; somebody is told once, and again when it is over", () => {
    let fault: HistoryFault | null = FULL;
    const here = door({ refuse: () => fault });
    here.intake.take(posted(here, "1"), TERMS);
    here.world.pass(150);
    here.intake.take(posted(here, "2", { text: ALERT }), TERMS);
    here.intake.take(posted(here, "2", { event: "edit", text: "edited" }), TERMS);
    here.world.pass(150);
    expect(here.offered.map(([, tradable]) => tradable)).toEqual([true, false, false]);
    expect(here.world.kinds()).toContain("AlertShadowed");
    expect(here.world.kinds()).not.toContain("TradePlanned");
    expect(here.told).toEqual([
      "message history: ALARM: the disk is full; no entries, exits go on",
    ]);
    fault = null;
    here.world.pass(2_000);
    expect(here.told.at(-1)).toBe("message history: messages are kept again");
    expect(here.history.counts()).toEqual({ messages: 3, unsettled: 0, faults: 0 });
    const alert = ALERT.replace("6326", "6327");
    here.intake.take(posted(here, "3", { text: alert }), TERMS);
    expect(here.offered.at(-1)?.[1]).toBe(true);
  });

  test("a sender is not told that its message was taken when it could not be kept", () => {
    const here = door({ refuse: () => FULL });
    const message = posted(here, "1", { source: "webhook" });
    const one = { message, receivedAt: message.sentAt, imported: false, raw: null };
    expect(here.book.keeper.keep(one)).toEqual({
      ok: false,
      error: "the message history cannot be written",
    });
    const fault = { source: "webhook", channel: "tv", at: millis(0), raw: "", reason: "" } as const;
    expect(here.book.keeper.keepFault(fault)).toEqual({ ok: false, error: "the disk is full" });
    here.book.prune();
    expect(here.world.log.map(({ event }) => event)).toContain("history-not-pruned");
  });

  test("what can neither wait nor be kept is lost, and that is an alarm", () => {
    const here = door({ refuse: () => FULL });
    for (let n = 0; n < 5_000; n++) here.intake.take(posted(here, String(n)), TERMS);
    expect(here.intake.take(posted(here, "late"), TERMS)).toBe(false);
    expect(here.intake.take(posted(here, "1", { event: "edit" }), TERMS)).toBe(false);
    expect(here.told).toContain(
      "discord 42: ALARM: message late is lost, too many wait and none can be kept",
    );
  });

  test("a settling that failed is tried again, and offers nothing twice", () => {
    let isRefusing = true;
    const disk = historyDisk();
    const change = (history: History): History => ({
      ...history,
      settle: (sequences) => (isRefusing ? { ok: false, error: FULL } : history.settle(sequences)),
    });
    const here = door({ disk, change });
    here.intake.take(posted(here, "1"), TERMS);
    here.world.pass(150);
    expect(here.history.counts().unsettled).toBe(1);
    here.intake.begin();
    expect(here.offered).toHaveLength(1);
    isRefusing = false;
    here.world.pass(2_000);
    expect(here.history.counts().unsettled).toBe(0);
  });

  test("a disk that refused to settle and does so again lets entries in again, without another message", () => {
    let isRefusing = true;
    const change = (history: History): History => ({
      ...history,
      settle: (sequences) => (isRefusing ? { ok: false, error: FULL } : history.settle(sequences)),
    });
    const here = door({ change });
    here.intake.take(posted(here, "1"), TERMS);
    here.world.pass(150);
    expect(here.book.isImpaired()).toBe(true);
    isRefusing = false;
    here.world.pass(2_000);
    expect(here.told.at(-1)).toBe("message history: messages are kept again");
    here.intake.take(posted(here, "2", { text: ALERT }), TERMS);
    expect(here.offered.at(-1)?.[1]).toBe(true);
  });

  test("a history that cannot be read is one that knows nothing", () => {
    const broken = (): never => {
      throw new Error("malformed");
    };
    const here = door({ change: (history) => ({ ...history, find: broken, unsettled: broken }) });
    here.intake.begin();
    here.intake.take(posted(here, "1", { event: "edit" }), TERMS);
    expect(here.offered.map(([, tradable]) => tradable)).toEqual([true]);
    expect(here.told[0]).toContain("ALARM: Error: malformed");
  });

  test("a person who pastes is told what became of it, also the second time", () => {
    const here = door();
    const answers: number[] = [];
    const message = posted(here, "1", { source: "paste", channel: "paste" });
    const hear = () => here.intake.take(message, TERMS, ({ facts }) => answers.push(facts.length));
    hear();
    here.world.pass(150);
    hear();
    here.world.pass(150);
    expect(answers).toEqual([1, 0]);
    expect(here.history.counts()).toEqual({ messages: 1, unsettled: 0, faults: 0 });
  });

  test("writes what is left when the run ends, and forgets what is over a year old", () => {
    const here = door();
    here.intake.take(posted(here, "1"), TERMS);
    here.world.pass(0);
    here.book.end();
    expect(here.history.counts()).toEqual({ messages: 1, unsettled: 0, faults: 0 });
    const daysAgo = (days: number) => millis(here.world.clock.now() - days * 86_400_000);
    const parts = { imported: false, raw: null };
    here.history.keep([
      { message: posted(here, "2"), receivedAt: daysAgo(399), ...parts },
      { message: posted(here, "3"), receivedAt: daysAgo(401), ...parts },
    ]);
    here.book.prune();
    expect(keptTexts(here)).toEqual(["1 create good morning", "2 create good morning"]);
  });

  test("what was offered and not decided when the run ends is kept for the next", () => {
    const disk = historyDisk();
    const first = door({ disk });
    expect(first.intake.isIdle()).toBe(true);
    first.intake.take(posted(first, "1"), TERMS);
    first.intake.take(posted(first, "1", { event: "edit" }), TERMS);
    first.intake.take(posted(first, "2"), TERMS);
    expect(first.intake.isIdle()).toBe(false);
    first.intake.end();
    const second = door({ disk });
    second.intake.begin();
    expect(second.offered.map(([{ id, event }]) => `${id} ${event}`)).toEqual([
      "1 create",
      "1 edit",
      "2 create",
    ]);
    second.world.pass(150);
    expect(second.intake.isIdle()).toBe(true);
    expect(second.history.counts().unsettled).toBe(0);
  });

  test("deliveries in any order, any number of times and across restarts end the same", () => {
    const versions: readonly (readonly [id: string, own: Partial<Message>])[] = [
      ...["1", "2", "3"].map((id) => [id, {}] as const),
      ["1", { event: "edit", text: "other" }],
      ["2", { event: "edit", text: "other" }],
      ["2", { event: "delete", text: "" }],
    ];
    const orders = fc.array(fc.nat(versions.length - 1), { maxLength: 12 });
    const property = fc.property(orders, orders, (first, second) => {
      const disk = historyDisk();
      const all = versions.map((_, index) => index);
      for (const order of [first, [...second, ...all]]) {
        const here = door({ disk });
        here.intake.begin();
        for (const index of order) {
          const [id, own] = versions[index] ?? ["", {}];
          here.intake.take(posted(here, id, own), TERMS);
          if (index % 2 === 0) here.world.pass(0);
        }
        here.world.pass(200);
        const offered = here.offered.map(([{ id, event }]) => `${id} ${event}`);
        expect(new Set(offered).size).toBe(offered.length);
        expect(here.history.counts().unsettled).toBe(0);
      }
      const kept = [...disk.kept].map(({ message: { id, event } }) => `${id} ${event}`);
      // The original of a change that was heard before it is no news.
      expect(kept).toEqual(expect.arrayContaining(["3 create", "1 edit", "2 edit", "2 delete"]));
      expect(new Set(kept).size).toBe(kept.length);
    });
    fc.assert(property, { numRuns: 60 });
  });

  test("of a played day nothing is kept", () => {
    const world = appWorld();
    const offered: string[] = [];
    const intake = createIntake({
      ...{ clock: world.clock, log: world.parts.log, messages: null, termsOf: () => null },
      offer: (news) => offered.push(news.kind) > 0,
      sourceFault() {},
    });
    intake.begin();
    expect(intake.take(alertMessage("1", 0), TERMS)).toBe(true);
    expect(offered).toEqual(["message"]);
    expect(intake.isIdle()).toBe(true);
    intake.end();
  });
});
