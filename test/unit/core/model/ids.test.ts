import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  accountId,
  fillId,
  type LegRole,
  orderId,
  readName,
  requestIdOf,
  tagOf,
  tradeIdOf,
  type Verb,
} from "../../../../src/core/model/ids.ts";
import type { MessageRef, SourceKind } from "../../../../src/core/model/message.ts";

const sources = fc.constantFrom<SourceKind>("chat-file", "stdin", "paste", "demo", "discord");
const causes: fc.Arbitrary<MessageRef> = fc.record({
  source: sources,
  channel: fc.string(),
  id: fc.string(),
});
const accounts = fc.string().map(accountId);
const roles = fc.constantFrom<LegRole>("e", "s", "t", "c", "p");
const verbs = fc.constantFrom<Verb>("place", "modify", "cancel");

const cause: MessageRef = { source: "discord", channel: "812", id: "1001" };
const trade = tradeIdOf(cause, accountId("PAPER"));

describe("the id of a trade", () => {
  it("is the same in every version, so that a restart finds what it sent", () => {
    expect(trade).toBe("ts-2rkdoo34kjosndl6ytoswl6rmq");
  });

  it("has 26 letters and digits behind its prefix, whatever the cause", () => {
    fc.assert(
      fc.property(causes, accounts, (one, account) => {
        expect(tradeIdOf(one, account)).toMatch(/^ts-[a-z2-7]{26}$/);
      }),
    );
  });

  it("depends on source, channel, message and account, and on nothing else", () => {
    const others = [
      tradeIdOf({ ...cause, source: "webhook" }, accountId("PAPER")),
      tradeIdOf({ ...cause, channel: "813" }, accountId("PAPER")),
      tradeIdOf({ ...cause, id: "1002" }, accountId("PAPER")),
      tradeIdOf(cause, accountId("OTHER")),
    ];
    expect(new Set([trade, ...others]).size).toBe(5);
    expect(tradeIdOf({ ...cause }, accountId("PAPER"))).toBe(trade);
  });

  it("does not confuse a boundary between two parts with their content", () => {
    const left = tradeIdOf({ ...cause, channel: "ab", id: "c" }, accountId("d"));
    const right = tradeIdOf({ ...cause, channel: "a", id: "bc" }, accountId("d"));
    expect(left).not.toBe(right);
  });
});

describe("a tag", () => {
  it("names trade, leg, tranche and attempt", () => {
    expect(tagOf(trade, "e", 0, 1)).toBe(`${trade}-e1-1`);
    expect(tagOf(trade, "s", 1, 12)).toBe(`${trade}-s2-12`);
  });

  it("has at most 40 letters, digits and hyphens", () => {
    const tag = tagOf(trade, "t", 998, 9999);
    expect(tag.length).toBeLessThanOrEqual(40);
    expect(tag).toMatch(/^[A-Za-z0-9-]+$/);
  });

  it("and a request id are read back as they were made", () => {
    const indexes = fc.integer({ min: 0, max: 998 });
    const attempts = fc.integer({ min: 1, max: 9999 });
    fc.assert(
      fc.property(causes, accounts, roles, indexes, attempts, verbs, (...parts) => {
        const [one, account, role, tranche, attempt, verb] = parts;
        const id = tradeIdOf(one, account);
        const request = requestIdOf(tagOf(id, role, tranche, attempt), verb);
        expect(readName(request)).toEqual({ trade: id, role, tranche, attempt, verb });
      }),
    );
  });

  it("of somebody else is none of ours", () => {
    const foreign = [
      "",
      "manual",
      trade,
      `${trade}-x1-1`,
      `${trade}-e1`,
      `${trade}-e1-1:q`,
      `x${trade}-e1-1`,
      `${trade.toUpperCase()}-e1-1`,
      `${trade}-e1-1\n`,
    ];
    expect(foreign.map(readName)).toEqual(foreign.map(() => null));
  });
});

it("names given by a venue are kept as they are", () => {
  expect([accountId("A-1"), orderId("77"), fillId("f/3")]).toEqual(["A-1", "77", "f/3"]);
});
