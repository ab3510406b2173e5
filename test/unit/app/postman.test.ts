/** What happened is told: once, whatever the channel does, and never in the way of a trade. */
import { describe, expect, test } from "vitest";
import type { Fact } from "../../../src/core/model/fact.ts";
import { accountId } from "../../../src/core/model/ids.ts";
import { millis } from "../../../src/core/model/units.ts";
import { DOWN, MAIL, postOffice, refusal, TAKEN } from "../../kit/post-office.ts";
import { NOON, sampleFacts, tradeStory } from "../../kit/sample-facts.ts";

const linkDown = (minutes: number): Fact => ({
  kind: "LinkMoved",
  at: millis(NOON + minutes * 60_000),
  account: accountId("PAPER-1"),
  state: "down",
});
const incident = (minutes: number): Fact => ({
  kind: "IncidentFound",
  at: millis(NOON + minutes * 60_000),
  account: accountId("PAPER-1"),
  trade: null,
  what: "position-mismatch",
  detail: "2 long here, 3 long there",
});

const cause = { what: "halted-with-position", account: accountId("PAPER-1"), trade: null } as const;
const raised = (minutes: number): Fact => {
  const at = millis(NOON + minutes * 60_000);
  return { kind: "AlarmRaised", at, since: at, ...cause };
};
const repeated = (times: number): Fact => ({
  ...{ kind: "AlarmRepeated", since: millis(NOON), times, ...cause },
  at: millis(NOON + times * 60_000),
});

describe("a trade", () => {
  test("is told in the order it happened, in one letter for what comes together", () => {
    const office = postOffice();
    office.write(tradeStory(1).facts);
    office.pass(1);
    expect(office.taken).toHaveLength(1);
    const [letter] = office.taken;
    expect(letter?.title).toBe("#1 long 3 MES, limit 6327.00 (and 6 more)");
    expect(letter?.items.map(({ title }) => title)).toEqual([
      "#1 long 3 MES, limit 6327.00",
      "#1 filled 1 MES at 6327.00",
      "#1 filled 2 MES at 6327.00",
      expect.stringMatching(/^#1 target 1 hit: 1 MES at/),
      expect.stringMatching(/^#1 stop to breakeven/),
      expect.stringMatching(/^#1 stopped at breakeven: 2 MES/),
      expect.stringMatching(/^#1 closed at breakeven: gross \$30.00/),
    ]);
    expect(letter?.items[0]?.quote).toEqual({ author: "alice", text: "ES long 6325A stop 6315" });
    expect(office.outbox().standings()).toMatchObject([{ waiting: 0, sent: 1 }]);
  });

  test("keeps one thread over all its letters", () => {
    const office = postOffice();
    const { facts } = tradeStory(1);
    office.write(facts.slice(0, 6));
    office.pass(1);
    office.write(facts.slice(6));
    office.pass(1);
    const threads = new Set(office.taken.map(({ thread }) => thread));
    expect(office.taken).toHaveLength(2);
    expect([...threads]).toEqual([expect.stringMatching(/^tt-.*-mail$/)]);
    expect(new Set(office.taken.map(({ id }) => id)).size).toBe(2);
  });

  test("is told of by whoever starts after a crash that left no words", () => {
    const office = postOffice();
    const { facts } = tradeStory(1);
    office.write(facts.slice(0, 6));
    office.pass(1);
    office.write(facts.slice(6));
    office.restart();
    office.pass(1);
    expect(office.taken).toHaveLength(2);
    expect(office.taken[1]?.items.at(-1)?.title).toMatch(/^#1 closed at breakeven/);
  });
});

describe("what fails as nobody expected", () => {
  const broken = new Error("invalid header: Bearer my-token");

  test("in a channel stops nothing, is tried again under the same id, and is not repeated", () => {
    const office = postOffice();
    office.answer = () => {
      throw broken;
    };
    office.write([linkDown(0)]);
    office.pass(3);
    expect(office.tries.length).toBeGreaterThan(1);
    office.answer = () => TAKEN;
    office.pass(60);
    expect(office.taken).toHaveLength(1);
    expect(new Set(office.tries.map(({ id }) => id)).size).toBe(1);
    expect(office.log.some(({ event }) => event === "channel-failed")).toBe(true);
    expect(JSON.stringify([office.log, office.said])).not.toContain("my-token");
  });

  test("on the disk stops nothing either: what waits is told when it can be read again", () => {
    const office = postOffice();
    office.readFailure = new Error("disk I/O error");
    office.write([linkDown(0)]);
    office.pass(5);
    expect(office.taken).toEqual([]);
    office.readFailure = null;
    office.pass(60);
    expect(office.taken).toHaveLength(1);
  });

  test("while a letter is packed stops nothing either", () => {
    const office = postOffice();
    office.answer = () => {
      office.readFailure = new Error("disk I/O error");
      return TAKEN;
    };
    office.write([linkDown(0)]);
    office.pass(1);
    office.write([linkDown(1)]);
    office.pass(5);
    expect(office.taken).toHaveLength(1);
    office.answer = () => TAKEN;
    office.readFailure = null;
    office.pass(60);
    expect(office.taken).toHaveLength(2);
  });
});

describe("a channel that is not to be had", () => {
  test("is tried after 1, 2, 4 ... minutes, under one id, and complained of once", () => {
    const office = postOffice();
    office.answer = () => DOWN;
    const at: number[] = [];
    office.write([linkDown(0)]);
    for (let minute = 0; minute < 200; minute++) {
      const before = office.tries.length;
      office.pass(1);
      if (office.tries.length > before) at.push(minute);
    }
    expect(at.slice(0, 7)).toEqual([0, 1, 3, 7, 15, 31, 63]);
    expect(new Set(office.tries.map(({ id }) => id)).size).toBe(1);
    expect(office.said).toEqual(["mail: not delivered: connection refused; it is tried again"]);
    office.answer = () => TAKEN;
    office.pass(61);
    expect(office.taken).toHaveLength(1);
    expect(office.said.at(-1)).toBe("mail: delivered again");
  });

  test("gets what gathered meanwhile in one letter", () => {
    const office = postOffice();
    office.answer = () => DOWN;
    office.write([linkDown(0)]);
    office.pass(20);
    for (const minute of [20, 21, 22]) office.write([linkDown(minute)]);
    office.answer = () => TAKEN;
    office.pass(30);
    expect(office.taken.map(({ items }) => items.length)).toEqual([1, 3]);
  });

  test("is tried at once for an alarm", () => {
    const office = postOffice();
    office.answer = () => DOWN;
    office.write([linkDown(0)]);
    office.pass(20);
    const before = office.tries.length;
    office.write([incident(20)]);
    office.pass(0.01);
    expect(office.tries).toHaveLength(before + 1);
    expect(office.tries.at(-1)).toMatchObject({ severity: "alarm", items: [{ topic: "alarm" }] });
  });

  test("is tried every minute while an alarm rings, and gets the repeats in one letter", () => {
    const office = postOffice();
    office.answer = () => refusal({ after: millis(3_600_000) });
    office.write([raised(0)]);
    const tries: number[] = [];
    for (let minute = 1; minute <= 6; minute++) {
      office.pass(1);
      office.write([repeated(minute)]);
      tries.push(office.tries.length);
    }
    // One letter, tried each minute; what rang since waits behind it and is not tried by itself.
    expect(tries).toEqual([2, 3, 4, 5, 6, 7]);
    expect(new Set(office.tries.map(({ id }) => id)).size).toBe(1);
    office.answer = () => TAKEN;
    office.pass(1.1);
    expect(office.taken.map(({ items }) => items.map(({ title }) => title.slice(0, 17)))).toEqual([
      [expect.stringMatching(/^ALARM: /)],
      [1, 2, 3, 4, 5, 6].map((times) => `ALARM, repeated ${times}`),
    ]);
  });

  test("that swallows an alarm is tried again a minute after it was sent", () => {
    const office = postOffice();
    office.answer = () => null;
    office.write([raised(0)]);
    office.pass(5.5);
    expect(office.tries).toHaveLength(6);
  });

  test("is tried with a new alarm at once, where the last one was given up for longer", () => {
    const office = postOffice();
    office.answer = () => DOWN;
    office.write([raised(0)]);
    office.pass(200);
    const before = office.tries.length;
    office.write([incident(200)]);
    office.pass(0.01);
    expect(office.tries).toHaveLength(before + 1);
    expect(office.tries.at(-1)?.items[0]?.title).toMatch(/^the position differs/);
  });

  test("is asked for as late as it wants to be", () => {
    const office = postOffice();
    office.answer = () => refusal({ after: millis(10 * 60_000), said: "too many requests" });
    office.write([linkDown(0)]);
    office.pass(9);
    expect(office.tries).toHaveLength(1);
    office.pass(2);
    expect(office.tries).toHaveLength(2);
  });

  test("that says nothing at all is given up after a minute, and may answer late", () => {
    const office = postOffice();
    office.answer = () => null;
    office.write([linkDown(0)]);
    office.pass(2.5);
    expect(office.tries).toHaveLength(2);
    expect(office.said).toEqual([
      "mail: not delivered: no answer within a minute; it is tried again",
    ]);
  });

  test("that answers after it was given up has taken the letter all the same", () => {
    const office = postOffice(MAIL, 70_000);
    office.write([linkDown(0)]);
    office.pass(1.1);
    expect(office.outbox().standings()).toMatchObject([{ waiting: 1, sent: 0 }]);
    office.pass(0.2);
    expect(office.outbox().standings()).toMatchObject([{ waiting: 0, sent: 1 }]);
  });

  test("tells a wrong password once, with what to do, however often it is tried", () => {
    const office = postOffice();
    const fix = "check notify.channels[0].password";
    office.answer = () => refusal({ said: "535 authentication failed", fix });
    office.write([linkDown(0)]);
    office.pass(600);
    expect(office.tries.length).toBeGreaterThan(8);
    expect(office.said).toEqual([`mail: not delivered: 535 authentication failed; ${fix}`]);
  });
});

describe("a letter that is refused for itself", () => {
  test("does not hold up the others", () => {
    const office = postOffice();
    office.answer = ({ items }) =>
      items[0]?.title.includes("differs") ? refusal({ scope: "letter", said: "550 no" }) : TAKEN;
    office.write([incident(0)]);
    office.pass(1);
    office.write([linkDown(1)]);
    office.pass(1);
    expect(office.taken).toHaveLength(1);
    office.pass(200);
    expect(new Set(office.tries.map(({ id }) => id)).size).toBe(2);
    expect(office.outbox().standings()).toMatchObject([{ waiting: 1, sent: 1, refusal: "550 no" }]);
  });

  test("is a line of a digest after a day", () => {
    const office = postOffice();
    office.answer = ({ items, title }) =>
      title.includes("could not") || !items[0]?.title.includes("differs")
        ? TAKEN
        : refusal({ scope: "letter", said: "550 no" });
    office.write([incident(0)]);
    office.pass(25 * 60);
    expect(office.taken).toHaveLength(1);
    expect(office.taken[0]).toMatchObject({
      title: "1 message could not be delivered within a day",
      severity: "warning",
      items: [{ title: expect.stringContaining("the position differs from the books") }],
    });
    expect(office.outbox().standings()).toMatchObject([{ waiting: 0, sent: 1, expired: 1 }]);
  });
});

describe("a day without mail", () => {
  test("loses no fact: each is in a letter that is taken, or named in a digest", () => {
    const office = postOffice();
    office.answer = () => DOWN;
    for (let minute = 0; minute < 30 * 60; minute += 10) {
      office.write([{ ...linkDown(minute), at: office.clock.now() }]);
      office.pass(10);
    }
    office.answer = () => TAKEN;
    office.pass(180);
    const titles = office.taken.map(({ title }) => title);
    expect(titles.filter((title) => title.includes("could not be delivered"))).not.toEqual([]);
    const told = office.taken.flatMap(({ items }) => items.map(({ at }) => at));
    expect(new Set(told).size).toBe(180);
    expect(office.outbox().standings()).toMatchObject([{ waiting: 0 }]);
    const bodies = new Map<string, string>();
    for (const letter of office.tries) {
      const body = JSON.stringify(letter);
      expect(bodies.get(letter.id) ?? body).toBe(body);
      bodies.set(letter.id, body);
    }
  });

  test("is survived by any number of restarts", () => {
    const office = postOffice();
    office.answer = () => DOWN;
    for (let hour = 0; hour < 26; hour++) {
      office.write([{ ...linkDown(0), at: office.clock.now() }]);
      office.pass(50);
      office.restart();
      office.pass(10);
    }
    office.answer = () => TAKEN;
    office.restart();
    office.pass(120);
    const told = office.taken.flatMap(({ items }) => items.map(({ at }) => at));
    expect(new Set(told).size).toBe(26);
  });
});

describe("a crash", () => {
  test("between the send and its mark sends the same letter again, under its id", () => {
    const office = postOffice();
    office.write([linkDown(0)]);
    let crashes = 0;
    office.answer = () => {
      if (++crashes <= 3) office.restart();
      return TAKEN;
    };
    office.pass(5);
    expect(office.taken).toHaveLength(4);
    expect(new Set(office.taken.map(({ id }) => id)).size).toBe(1);
    expect(new Set(office.taken.map((letter) => JSON.stringify(letter))).size).toBe(1);
    expect(office.outbox().standings()).toMatchObject([{ waiting: 0, sent: 1 }]);
  });
});

describe("a disk that refuses", () => {
  test("delays the mail, and nothing goes out twice under two ids", () => {
    const office = postOffice();
    office.write([linkDown(0), linkDown(0)]);
    office.fault = { kind: "full", detail: "the disk is full" };
    office.pass(5);
    expect(office.tries).toEqual([]);
    expect(office.log.some(({ event }) => event === "outbox-refused")).toBe(true);
    office.fault = null;
    office.pass(5);
    expect(office.taken).toHaveLength(1);
  });

  test("when only the mark is refused, the letter goes again under its id, and not in a circle", () => {
    const office = postOffice();
    office.answer = () => {
      office.fault = { kind: "full", detail: "the disk is full" };
      return TAKEN;
    };
    office.write([linkDown(0)]);
    office.pass(10);
    expect(office.tries.length).toBeLessThan(12);
    office.answer = () => TAKEN;
    office.fault = null;
    office.pass(5);
    expect(new Set(office.tries.map(({ id }) => id)).size).toBe(1);
    expect(office.outbox().standings()).toMatchObject([{ waiting: 0, sent: 1 }]);
  });
});

describe("the end of a run", () => {
  test("gives what is due its time, then sends nothing more", () => {
    const office = postOffice();
    office.write([{ kind: "RunEnded", at: office.clock.now(), reason: "stopped" }]);
    let finishedAt = 0;
    office.postman().finish(millis(3_000), () => {
      finishedAt = office.clock.now();
    });
    office.pass(5);
    expect(office.taken).toHaveLength(1);
    expect(finishedAt - NOON).toBeLessThan(1_500);
    office.write([linkDown(0)]);
    office.pass(5);
    expect(office.taken).toHaveLength(1);
  });

  test("does not wait for a channel that is slow", () => {
    const office = postOffice(MAIL, 30_000);
    office.write([{ kind: "RunEnded", at: office.clock.now(), reason: "stopped" }]);
    let finishedAt = 0;
    office.postman().finish(millis(3_000), () => {
      finishedAt = office.clock.now();
    });
    office.pass(5);
    expect(finishedAt - NOON).toBeLessThan(3_100);
    expect(office.outbox().standings()).toMatchObject([{ waiting: 1 }]);
  });
});

test("much is read in short rounds, and a new trade date forgets what is old and settled", () => {
  const office = postOffice();
  office.write([linkDown(0)]);
  office.pass(1);
  expect(office.outbox().standings()).toMatchObject([{ sent: 1 }]);
  office.clock.runUntil(millis(NOON + 40 * 24 * 3_600_000));
  office.write([
    ...sampleFacts(450),
    { kind: "TradeDateBegan", at: office.clock.now(), tradeDate: "2026-12-29" },
    { ...linkDown(0), at: office.clock.now() },
  ] as readonly Fact[]);
  office.pass(1);
  expect(office.outbox().standings()).toMatchObject([{ sent: 1, waiting: 0 }]);
  expect(office.taken).toHaveLength(2);
});
