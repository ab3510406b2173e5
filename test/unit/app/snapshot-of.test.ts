import { describe, expect, it } from "vitest";
import { snapshotOf } from "../../../src/app/snapshot-of.ts";
import type { Account } from "../../../src/core/model/account.ts";
import { accountId, twinOf } from "../../../src/core/model/ids.ts";
import type { Trade } from "../../../src/core/model/trade.ts";
import { dollars, millis } from "../../../src/core/model/units.ts";
import { initialState, type State, withAccount, withTrade } from "../../../src/core/state.ts";
import { newFeed } from "../../../src/core/views/feed.ts";
import { newNarrator } from "../../../src/core/views/narrator.ts";
import type { SnapshotHealth } from "../../../src/core/views/snapshot.ts";
import type { Snapshot } from "../../../src/core/views/take-snapshot.ts";
import { trieOf, valuesOf } from "../../../src/std/trie.ts";
import { ACCOUNT, anAccount, anOpenTrade, aQuote, es, NOW, someRules } from "../../kit/builders.ts";
import { houseOf } from "../../kit/house-of.ts";

function houseWith(accounts: readonly Account[], trades: readonly Trade[] = []): State {
  const known = accounts.map(({ id, name }) => ({
    id,
    name,
    rules: "default",
    brackets: "native",
  }));
  const settings = {
    ruleSets: { default: someRules({ fees: { kind: "none" } }) },
    accounts: known,
  };
  const run = { mode: "paper", priceAgeMax: millis(3_000) } as const;
  const state = { ...initialState, run, settings } as State;
  return trades.reduce(withTrade, accounts.reduce(withAccount, state));
}

interface Look {
  readonly price?: number | null;
  readonly before?: Snapshot;
  readonly health?: SnapshotHealth;
}

function shot(state: State, { price = 6330, before, health }: Look = {}): Snapshot {
  const quotes = price === null ? [] : [aQuote(es(price))];
  const feed = newFeed(newNarrator, valuesOf(state.trades));
  const moment = { at: NOW, sequence: 7, quotes, market: "simulated", impaired: false, feed };
  return snapshotOf(state, { ...moment, health }, before ?? null);
}

const trade = { ...anOpenTrade(), fees: dollars(1.11) };
const over = { ...anOpenTrade(undefined, 2), phase: "closed", fees: dollars(2.5) } as const;
const busy = anAccount({ open: [trade.id], tradesToday: 2, realisedToday: dollars(-40) });

describe("a snapshot", () => {
  it("tells the mode, the gates, the day and every account", () => {
    const { view } = shot(houseWith([busy], [trade, over]));
    expect(view).toMatchObject({
      ...{ mode: "paper", sequence: 7, impaired: false, market: "simulated", entries: "open" },
      at: "2026-11-19T15:00:00.000Z",
      clock: "09:00:00 CT",
      gates: { active: 1, reducing: 0, halted: 0 },
      cutOff: { what: "entries-end" },
      day: { closedUsd: -40, openUsd: 58.89, feesUsd: 3.61, netUsd: 18.89, priced: true },
      omitted: { accounts: 0, positions: 0 },
      prices: [{ instrument: "MES", last: 6330 }],
    });
    expect(view.accounts).toMatchObject([
      {
        ...{ name: "Paper", kind: "paper", state: "on", refuses: [], openTrades: 1 },
        ...{ openRiskUsd: 150, day: { netUsd: 18.89 }, risk: { dailyLoss: { limitUsd: 500 } } },
      },
    ]);
    expect(view.positions).toMatchObject([{ trade: 1, openUsd: 58.89 }]);
    expect(view.orders).toHaveLength(4);
  });

  it("has trades in the order of their numbers", () => {
    const second = anOpenTrade(undefined, 2);
    const both = anAccount({ open: [second.id, trade.id] });
    const { positions } = shot(houseWith([both], [trade, second])).view;
    expect(positions.map((one) => one.trade)).toEqual([1, 2]);
  });

  it("says of what no price is known", () => {
    expect(shot(houseWith([busy], [trade]), { price: null }).view).toMatchObject({
      day: { priced: false },
      accounts: [{ day: { priced: false } }],
      positions: [{ price: null }],
    });
    expect(shot(houseWith([anAccount()]), { price: null }).view.day.priced).toBe(true);
  });

  it("names what keeps entries away, and whose entries", () => {
    const halted = anAccount({ id: accountId("B"), name: "B", gate: "halted", gateReason: "fire" });
    const { view } = shot(houseWith([busy, halted], [trade]));
    expect(view.entries).toBe("partly");
    expect(view.gates).toEqual({ active: 1, reducing: 0, halted: 1 });
    expect(
      view.accounts.map(({ state, refuses }) => [state, refuses.map(({ code }) => code)]),
    ).toEqual([
      ["halted", ["gate"]],
      ["on", []],
    ]);
    expect(shot(houseWith([halted])).view.entries).toBe("closed");
    const gone = { ...houseWith([halted]), settings: initialState.settings };
    expect(shot(gone).view.accounts[0]).toMatchObject({ state: "unused", refuses: [] });
  });

  it("counts a twin apart, and knows a live account", () => {
    const live = anAccount({ id: accountId("L"), name: "L", probation: 2 });
    const twin = anAccount({ id: twinOf(accountId("L")), name: "M", realisedToday: dollars(99) });
    const { view } = shot(houseWith([live, twin]));
    expect(view.accounts.map(({ kind }) => kind)).toEqual(["live", "twin"]);
    expect(view.day.closedUsd).toBe(0);
  });

  it("shows fifty accounts of very many, those with something on first, and counts the rest", () => {
    const many = houseOf(60);
    const last = accountId("account-9");
    const mine = { ...trade, account: last };
    const state = withTrade(
      withAccount(many, anAccount({ id: last, name: "z", open: [mine.id] })),
      mine,
    );
    const { view } = shot(state);
    expect(view.accounts).toHaveLength(50);
    expect(view.accounts[0]?.name).toBe("z");
    expect(view.omitted).toEqual({ accounts: 10, positions: 0 });
    expect(view.gates.active).toBe(60);
  });

  it("carries alarms, backups and health where there are some", () => {
    const ringing = { account: ACCOUNT, since: NOW, rangAt: NOW, times: 0 };
    const alarms = trieOf([
      ["a", { ...ringing, what: "unprotected", trade: trade.id }],
      ["b", { ...ringing, what: "venue-unreachable", trade: null, since: millis(NOW - 1) }],
      [
        "c",
        {
          ...{ ...ringing, what: "outcome-unknown", trade: over.id, since: millis(NOW + 1) },
          acknowledged: { at: NOW, by: "ann" },
        },
      ],
    ] as const);
    const backups = { newest: null, fault: "no room" };
    const health: SnapshotHealth = { state: "ok", components: [] };
    const state = { ...houseWith([busy], [trade, over]), alarms, backups } as State;
    const { view } = shot(state, { health });
    expect(view.alarms).toMatchObject([
      { what: "venue-unreachable", trade: null, acknowledgedBy: null },
      { what: "unprotected", trade: 1, acknowledgedBy: null },
      { what: "outcome-unknown", trade: null, acknowledgedBy: "ann" },
    ]);
    expect(view).toMatchObject({ backups, health });
    expect(shot(houseWith([busy])).view).not.toHaveProperty("health");
  });

  it("works a trade out again only when it or its price has changed", () => {
    const state = houseWith([busy], [trade]);
    const first = shot(state);
    const same = shot(state, { before: first });
    expect(same.view.positions[0]).toBe(first.view.positions[0]);
    const moved = shot(state, { before: first, price: 6331 });
    expect(moved.view.positions[0]).not.toBe(first.view.positions[0]);
    const gone = shot(state, { before: first, price: null });
    expect(gone.view.positions[0]?.price).toBeNull();
    expect(shot(state, { before: gone, price: null }).view.positions[0]).toBe(
      gone.view.positions[0],
    );
    const next = withTrade(state, { ...trade, released: true });
    expect(shot(next, { before: first }).view.positions[0]?.released).toBe(true);
  });
});
