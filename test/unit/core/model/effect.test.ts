import { describe, expect, it } from "vitest";
import { reduces } from "../../../../src/core/model/effect.ts";
import { accountId, orderId, tagOf, tradeIdOf } from "../../../../src/core/model/ids.ts";
import { contracts, ticks } from "../../../../src/core/model/units.ts";
import type { VenueRequest } from "../../../../src/core/model/venue.ts";

const about = { id: "x", account: accountId("PAPER"), contract: "MESZ26" };
const trade = tradeIdOf({ source: "paste", channel: "", id: "1" }, about.account);

const placed = (role: "entry" | "stop" | "target"): VenueRequest => ({
  ...about,
  kind: "place",
  tag: tagOf(trade, "e", 0, 1),
  role,
  side: "buy",
  type: "limit",
  quantity: contracts(1),
  price: ticks(1),
  bracket: null,
});

describe("a request to a venue", () => {
  it("that places an entry can raise risk", () => {
    expect(reduces(placed("entry"))).toBe(false);
  });

  it("of any other kind can only lower it", () => {
    const order = orderId("1");
    const reducing: readonly VenueRequest[] = [
      placed("stop"),
      placed("target"),
      { ...about, kind: "modify", order, price: ticks(1), quantity: null },
      { ...about, kind: "cancel", order },
      { ...about, kind: "close" },
      { ...about, kind: "close-part", quantity: contracts(1) },
    ];
    expect(reducing.every(reduces)).toBe(true);
  });
});
