import { describe, expect, it } from "vitest";
import type { Account } from "../../../src/core/model/account.ts";
import { tradeIdOf } from "../../../src/core/model/ids.ts";
import type { Trade } from "../../../src/core/model/trade.ts";
import { sceneOf } from "../../../src/core/scenery.ts";
import { initialState, withAccount, withTrade } from "../../../src/core/state.ts";
import type { Beside } from "../../../src/core/track/scene.ts";
import { newTurn } from "../../../src/core/turn.ts";
import {
  ACCOUNT,
  anAccount,
  anOpenTrade,
  aPlan,
  aShortPlan,
  aTrade,
  es,
  MESSAGE,
  NOW,
  someFills,
  withTranche,
} from "../../kit/builders.ts";

const other = (trade: Trade): Trade => ({
  ...trade,
  id: tradeIdOf({ ...MESSAGE, id: "other" }, ACCOUNT),
});

const reversed = (trade: Trade): Trade => ({
  ...trade,
  exit: {
    ...{ reason: "reversed", since: NOW, tries: 0, triedAt: NOW },
    ...{ closeAskedAt: null, closeTries: 0 },
  },
});

function besideOf(trade: Trade, ...others: readonly Trade[]): Beside {
  const open = [trade, ...others].map(({ id }) => id);
  const account: Account = anAccount({ open });
  const state = [trade, ...others].reduce(withTrade, withAccount(initialState, account));
  return sceneOf(newTurn(state, NOW, []), trade).beside;
}

describe("what is beside a trade", () => {
  it("is another one of its contract, by its side", () => {
    expect(besideOf(anOpenTrade())).toBe("nothing");
    expect(besideOf(anOpenTrade(), other(anOpenTrade()))).toBe("same-side");
    expect(besideOf(anOpenTrade(), other(anOpenTrade(aShortPlan())))).toBe("opposite");
    expect(besideOf(anOpenTrade(), other(reversed(anOpenTrade())))).toBe("reversed");
    const elsewhere = anOpenTrade(aPlan({ contract: "CLF27" }));
    expect(besideOf(anOpenTrade(), other(elsewhere))).toBe("nothing");
  });

  it("may yet fill, which is as good as held; but not where what left too often is bought back", () => {
    expect(besideOf(anOpenTrade(), other(aTrade()))).toBe("same-side");
    expect(besideOf(reversed(anOpenTrade()), other(aTrade()))).toBe("nothing");
    expect(besideOf(reversed(anOpenTrade()), other(anOpenTrade()))).toBe("same-side");
    // Held in one tranche and sold too much in another: nothing together, and not nothing.
    const even = [1, 2].reduce(
      (trade, quantity, index) =>
        withTranche(trade, index, { exited: someFills(3 - quantity, es(6320)) }),
      anOpenTrade(),
    );
    expect(besideOf(reversed(anOpenTrade()), other(even))).toBe("same-side");
  });
});
