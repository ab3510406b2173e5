/** The words of what is told away from the screen. */
import { describe, expect, test } from "vitest";
import type { Fact } from "../../../../src/core/model/fact.ts";
import { accountId } from "../../../../src/core/model/ids.ts";
import type { Item, Letter } from "../../../../src/core/model/notification.ts";
import { tradeDate } from "../../../../src/core/model/trade-date.ts";
import { dollars, millis } from "../../../../src/core/model/units.ts";
import { topicOf } from "../../../../src/core/notify/topics.ts";
import { initialState } from "../../../../src/core/state.ts";
import {
  type Clerk,
  clerkOf,
  digestOf,
  follow,
  letterOf,
} from "../../../../src/core/views/letter-words.ts";
import { houseOf } from "../../../kit/house-of.ts";
import { ACCOUNT, NOON, sampleFact, tradeStory } from "../../../kit/sample-facts.ts";

const nobody = clerkOf(initialState.settings, []);
const envelope = { id: "ts-1-abc-mail", channel: "mail", at: millis(NOON) };

/** The items of all facts that are news. */
function itemsOf(facts: readonly Fact[], first: Clerk = nobody): readonly Item[] {
  let clerk = first;
  return facts.flatMap((fact) => {
    const followed = follow(clerk, fact);
    clerk = followed.clerk;
    const topic = topicOf(fact);
    return topic === null ? [] : [followed.item(topic)];
  });
}

const detail = (item: Item | undefined, label: string) =>
  item?.details.find((one) => one.label === label)?.value;

describe("an item", () => {
  test("of a plan says what is risked where, and quotes the alert", () => {
    const [plan] = itemsOf(tradeStory(1).facts);
    expect(plan).toMatchObject({
      title: "#1 long 3 MES, limit 6327.00",
      topic: "entry",
      trade: { number: 1 },
      quote: { author: "alice", text: "ES long 6325A stop 6315" },
    });
    expect(plan?.details.map(({ label, value }) => `${label}: ${value}`)).toEqual([
      "Contract: MESZ26",
      "Stop: 6315.00",
      "Target 1: 6332.00 x1",
      "Target 2: 6337.00 x2",
      "At risk: $187.50",
    ]);
  });

  test("of a plan at market says so", () => {
    const [planned] = tradeStory(1).facts.filter(({ kind }) => kind === "TradePlanned");
    if (planned?.kind !== "TradePlanned") expect.fail("no plan");
    const atMarket = { ...planned, plan: { ...planned.plan, entry: { kind: "market" } as const } };
    expect(itemsOf([atMarket])[0]).toMatchObject({
      title: "#1 long 3 MES, at market",
      quote: null,
    });
  });

  test("of a close says what it made", () => {
    const close = itemsOf(tradeStory(1).facts).at(-1);
    expect(detail(close, "Net")).toBe("$26.34");
    expect(close?.tone).toBe("good");
  });

  test.each(["AlarmRaised", "AlarmRepeated"] as const)(
    "of %s says what to do, and where the runbook tells more",
    (kind) => {
      const about = { what: "unprotected", account: ACCOUNT, trade: null } as const;
      const since = millis(NOON);
      const [alarm] = itemsOf([{ ...about, kind, at: since, since, times: 1 }]);
      expect(detail(alarm, "What to do")).toMatch(/^look at the platform; place a stop there/);
      expect(detail(alarm, "Runbook")).toBe("unprotected");
    },
  );

  test("of the afternoon has a line for each account", () => {
    const [closing] = itemsOf([
      {
        ...{ kind: "ClosingTold", at: millis(NOON), due: millis(NOON), waiting: 0 },
        tradeDate: tradeDate("2026-11-19"),
        accounts: [
          {
            account: ACCOUNT,
            trades: 1,
            net: dollars(26.34),
            balance: dollars(50_026.34),
            open: [],
          },
        ],
      },
    ]);
    expect(closing?.details).toEqual([{ label: ACCOUNT, value: "balance $50026.34" }]);
  });

  test("names the account where there are several", () => {
    const two = houseOf(2);
    const clerk = clerkOf(two.settings, []);
    const fact = { kind: "LinkMoved", at: millis(NOON), account: accountId("account-2") } as const;
    const [item] = itemsOf([{ ...fact, state: "down" }], clerk);
    expect(detail(item, "Account")).toBe("account-2");
    expect(item?.account).toBe("account-2");
    const [alone] = itemsOf([{ ...fact, state: "down" }], clerkOf(houseOf(1).settings, []));
    expect(alone?.details).toEqual([]);
  });

  test("of a trade nobody told this clerk of has the name of its fact", () => {
    const { facts } = tradeStory(1);
    const fill = facts.find(({ kind }) => kind === "EntryFilled");
    expect(itemsOf(fill === undefined ? [] : [fill])[0]).toMatchObject({
      title: "entry filled",
      tone: "plain",
      trade: null,
      account: null,
    });
  });

  test("of an incident without a trade is about its account", () => {
    const incident: Fact = {
      kind: "IncidentFound",
      at: millis(NOON),
      account: ACCOUNT,
      trade: null,
      what: "position-gone",
      detail: "1 MES",
    };
    expect(itemsOf([incident])[0]).toMatchObject({ trade: null, account: ACCOUNT });
  });

  test("of the whole house has no account", () => {
    const gate = { kind: "GateMoved", account: null, gate: "halted", reason: "asked for" } as const;
    expect(itemsOf([{ ...gate, at: millis(NOON) }])[0]).toMatchObject({
      title: "halted: asked for",
      tone: "bad",
      account: null,
    });
  });

  test("quotes no more than a page, and forgets what is long past", () => {
    const long = { ...sampleFact(1, "x".repeat(5_000)), review: true } as Fact;
    const [item] = itemsOf([long]);
    expect(item?.quote?.text).toHaveLength(1_001);
    const { facts } = tradeStory(1);
    const [read, ...rest] = facts;
    const between = Array.from({ length: 64 }, (_, n) => sampleFact(n));
    const [plan] = itemsOf(read === undefined ? [] : [read, ...between, ...rest]);
    expect(plan).toMatchObject({ topic: "entry", quote: null });
  });
});

describe("a letter", () => {
  const one = itemsOf(tradeStory(1).facts);
  const two = itemsOf(tradeStory(2).facts);

  test("of one item has its title", () => {
    expect(letterOf(envelope, one.slice(0, 1))).toMatchObject({
      id: envelope.id,
      title: "#1 long 3 MES, limit 6327.00",
      severity: "info",
      images: [],
      thread: expect.stringMatching(/^tt-.+-mail$/),
    });
  });

  test("of several trades says how much of what it holds, and is of no thread", () => {
    const letter = letterOf(envelope, [...one.slice(0, 3), ...two.slice(-1)]);
    expect(letter.title).toBe("4 messages: 3 entry, 1 close");
    expect(letter.thread).toBeNull();
  });

  test("of items without a trade is of no thread, and as grave as its gravest", () => {
    const apart = one.slice(0, 1).map((item) => ({ ...item, trade: null }));
    const [grave] = apart.map((item) => ({ ...item, topic: "alarm" as const }));
    const letter = letterOf(envelope, grave === undefined ? [] : [...apart, grave]);
    expect(letter).toMatchObject({ thread: null, severity: "alarm" });
    expect(letterOf(envelope, [])).toMatchObject({ title: "0 messages: ", severity: "info" });
  });

  test("of any length has a title of one line", () => {
    const [first] = one;
    const item = first && { ...first, title: "word ".repeat(100).trim() };
    expect(letterOf(envelope, item ? [item] : []).title.length).toBeLessThanOrEqual(160);
  });
});

describe("a digest", () => {
  const letter = (items: readonly Item[]): Letter => letterOf(envelope, items);
  const items = itemsOf(tradeStory(1).facts);

  test("names what could not be delivered, and quotes nothing", () => {
    const digest = digestOf(envelope, [letter(items.slice(0, 2)), letter(items.slice(2))]);
    expect(digest.title).toBe("2 messages could not be delivered within a day");
    expect(digest.items.map(({ title }) => title)).toEqual(items.map(({ title }) => title));
    expect(digest.items.every(({ quote, details }) => quote === null && details.length === 0)).toBe(
      true,
    );
  });

  test("of very many names the first and counts the others", () => {
    const many = Array.from({ length: 10 }, () => letter(items));
    const digest = digestOf(envelope, many);
    expect(digest.items).toHaveLength(51);
    expect(digest.items.at(-1)?.title).toBe("and 20 more");
    expect(digestOf(envelope, many.slice(0, 1)).title).toBe(
      "1 message could not be delivered within a day",
    );
  });
});
