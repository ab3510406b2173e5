/**
 * The crash ladder: the program dies at each step of a trade, the market does what it likes while it
 * is down, and the next start ends protected, managed and explained.
 *
 * ```text
 * step of the trade  x  what the price did meanwhile  x  how long it was down  x  who keeps the brackets
 * ```
 *
 * K0, K1, K13 to K16 need no venue: messages kept and offered again are in `messages.test.ts`, a
 * commit cut short in the WAL cuts and the kill matrix (`test/production`).
 */
import { describe, expect, it } from "vitest";
import type { Fact } from "../../src/core/model/fact.ts";
import { tagOf } from "../../src/core/model/ids.ts";
import type { Message } from "../../src/core/model/message.ts";
import { type Millis, millis, ticks } from "../../src/core/model/units.ts";
import type { VenueRequest } from "../../src/core/model/venue.ts";
import type { PaperAccount } from "../../src/core/paper/state.ts";
import { valuesOf } from "../../src/std/trie.ts";
import { foldFacts } from "../kit/fold-facts.ts";
import { DEFAULT_SETUP, type ScenarioSetup } from "../kit/scenario-setup.ts";
import { atMinute, scenarioWorld, type World } from "../kit/scenario-world.ts";

const START = atMinute(9 * 60 + 30);
const atSecond = (seconds: number): Millis => millis(START + 1_000 * seconds);
const es = (points: number) => ticks(points * 4);

interface Stage {
  readonly world: World;
  readonly facts: Fact[];
  readonly requests: VenueRequest[];
}

function stageFor(setup: ScenarioSetup): Stage {
  const facts: Fact[] = [];
  const requests: VenueRequest[] = [];
  const world = scenarioWorld(setup, millis(START - 5_000), {
    fact: (fact) => facts.push(fact),
    request: (request) => requests.push(request),
    died: () => {},
  });
  world.runUntil(START);
  world.price({ root: "ES", last: es(6326) });
  return { world, facts, requests };
}

const alertOf = (size: "A" | "C", sentAt: Millis): Message => ({
  ...{ source: "chat-file", channel: "alerts", id: "m1", author: "alice", embeds: [] },
  ...{ referenced: null, event: "create", previous: null, sentAt },
  text: `🚨 ES long 6326: ${size}\nStop: 6316`,
});

const flatten = { kind: "flatten", account: null } as const;

interface Step {
  readonly name: string;
  readonly size: "A" | "C";
  /** Ends with the program down. */
  readonly play: (stage: Stage) => void;
  readonly setup?: (setup: ScenarioSetup) => ScenarioSetup;
}

const heard = ({ world }: Stage, size: "A" | "C"): void => {
  world.runUntil(atSecond(1));
  world.hear(alertOf(size, atSecond(1)));
};

/** The trade stands, with everything where it belongs. */
function opened(stage: Stage, size: "A" | "C"): void {
  heard(stage, size);
  stage.world.runUntil(atSecond(5));
}

const thin = (setup: ScenarioSetup): ScenarioSetup => ({
  ...setup,
  venue: { ...setup.venue, partialFill: { permille: 1_000, seed: 3 } },
});

const STEPS: readonly Step[] = [
  ...(["before-send", "after-send"] as const).map((moment) => ({
    name: moment === "before-send" ? "K2 decided, nothing sent" : "K4 K5 sent, no answer journaled",
    size: "A" as const,
    play: (stage: Stage) => {
      stage.world.killAt(moment);
      heard(stage, "A");
      stage.world.runUntil(atSecond(1.5));
    },
  })),
  {
    name: "K3 on its way, and never arrived",
    size: "A",
    play: (stage) => {
      stage.world.fault({ kind: "lose-request", what: "entry" });
      heard(stage, "A");
      stage.world.runUntil(atSecond(1.5));
      stage.world.kill();
    },
  },
  {
    name: "K6 accepted, not filled",
    size: "A",
    play: (stage) => {
      heard(stage, "A");
      stage.world.runUntil(atSecond(1.05));
      stage.world.price({ root: "ES", last: es(6329) });
      stage.world.runUntil(atSecond(2));
      stage.world.kill();
    },
  },
  {
    name: "K7 filled in part",
    size: "A",
    setup: thin,
    play: (stage) => {
      heard(stage, "A");
      stage.world.runUntil(atSecond(1.25));
      stage.world.kill();
    },
  },
  ...(["before-send", "after-send"] as const).flatMap((moment): readonly Step[] => [
    {
      name: `${moment === "before-send" ? "K8" : "K9"} filled, stop not yet where the alert wants it`,
      size: "C",
      play: (stage) => {
        heard(stage, "C");
        stage.world.runUntil(atSecond(1.05));
        stage.world.killAt(moment);
        stage.world.runUntil(atSecond(1.5));
      },
    },
    {
      name: `K10 target 1 filled, breakeven ${moment === "before-send" ? "not sent" : "on its way"}`,
      size: "A",
      play: (stage) => {
        opened(stage, "A");
        stage.world.killAt(moment);
        stage.world.price({ root: "ES", last: es(6333.25) });
        stage.world.runUntil(atSecond(6));
      },
    },
    {
      name: `K11 leaving, ${moment === "before-send" ? "nothing sent" : "on its way"}`,
      size: "A",
      play: (stage) => {
        opened(stage, "A");
        stage.world.killAt(moment);
        stage.world.command(flatten);
        stage.world.runUntil(atSecond(6));
      },
    },
    {
      name: `K11 leaving by the close call, ${moment === "before-send" ? "not sent" : "on its way"}`,
      size: "C",
      play: (stage) => {
        opened(stage, "C");
        for (let n = 0; n < 3; n++) stage.world.fault({ kind: "refuse", what: "target" });
        stage.world.command(flatten);
        stage.world.runUntil(atSecond(7.9));
        stage.world.killAt(moment);
        stage.world.runUntil(atSecond(8.5));
      },
    },
  ]),
  {
    name: "K12 closed at the venue, open in the books",
    size: "A",
    play: (stage) => {
      opened(stage, "A");
      stage.world.silence({ reports: true, questions: true });
      stage.world.price({ root: "ES", last: es(6338.25) });
      stage.world.runUntil(atSecond(6));
      stage.world.kill();
    },
  },
  {
    name: "K14 the commit of a target's fill refused",
    size: "A",
    play: (stage) => {
      opened(stage, "A");
      stage.world.disk(false);
      stage.world.price({ root: "ES", last: es(6333.25) });
      stage.world.runUntil(atSecond(5.5));
      stage.world.kill();
      stage.world.disk(true);
    },
  },
];

/** What the price does while nobody looks. */
const MARKETS = {
  "the price rests": [],
  "it trades at target 1": [6333.25],
  "it trades through everything": [6338.5],
  "it falls through the stop": [6315],
  "it gaps far below the stop": [6295],
  "it goes up and comes back": [6333.25, 6326],
} as const;

const SETUPS: Readonly<Record<string, ScenarioSetup>> = {
  "venue's brackets": { ...DEFAULT_SETUP, venueGoesOn: true },
  "venue's brackets, stops that wait": {
    ...DEFAULT_SETUP,
    venueGoesOn: true,
    venue: { ...DEFAULT_SETUP.venue, stopProtection: ticks(8) },
  },
  "our own legs": {
    ...DEFAULT_SETUP,
    venue: { ...DEFAULT_SETUP.venue, brackets: "none" },
  },
};

const accountsOf = (world: World): readonly PaperAccount[] => valuesOf(world.venue().accounts);

/** Contracts nobody's working stop covers. */
function nakedIn({ positions, live }: PaperAccount): number {
  return positions.reduce((sum, { contract, net }) => {
    const side = net > 0 ? "sell" : "buy";
    const covered = live
      .map(({ view }) => view)
      .filter((one) => one.contract === contract && one.role === "stop" && one.side === side)
      .reduce(
        (total, one) => total + (one.status === "working" ? one.quantity - one.filled : 0),
        0,
      );
    return sum + Math.max(0, Math.abs(net) - covered);
  }, 0);
}

/** Longer than this after the start nothing may be uncovered. */
const GRACE = 1_500;

function watched({ world }: Stage, until: Millis): void {
  const from = world.now() + GRACE;
  while (world.now() < until) {
    world.runUntil(millis(world.now() + 250));
    if (world.now() < from) continue;
    for (const account of accountsOf(world)) expect(nakedIn(account)).toBe(0);
  }
}

/** Every order of ours, by the fact that says why it is there. */
function expectExplained({ world, facts, requests }: Stage): void {
  const intents = new Set<string>();
  for (const fact of facts) {
    if (fact.kind === "TradePlanned") intents.add(tagOf(fact.trade, "e", 0, 1));
    if (fact.kind === "EntrySent") intents.add(tagOf(fact.trade, "e", fact.tranche, 1));
    if (fact.kind === "LegPlaced")
      intents.add(tagOf(fact.trade, fact.leg === "stop" ? "s" : "t", fact.tranche, fact.attempt));
  }
  for (const { ended, fills } of accountsOf(world)) {
    for (const { order } of ended) {
      const name = order.parent ?? order.tag;
      if (name?.startsWith("ts-")) expect(intents).toContain(name);
    }
    const entered = fills.filter(({ role }) => role === "entry");
    expect(entered.reduce((sum, { quantity }) => sum + quantity, 0)).toBeLessThanOrEqual(3);
  }
  const entries = requests.flatMap((one) =>
    one.kind === "place" && one.role === "entry" ? [one.tag] : [],
  );
  expect(new Set(entries).size).toBe(entries.length);
}

function expectOver({ world, facts }: Stage): void {
  for (const { positions, live } of accountsOf(world)) {
    expect(positions).toEqual([]);
    expect(live.map(({ view }) => view.tag)).toEqual([]);
  }
  const state = foldFacts(facts);
  expect(valuesOf(state.accounts).flatMap(({ open }) => open)).toEqual([]);
  // What the venue has is what the books say, to the cent.
  for (const account of valuesOf(state.accounts)) {
    const theirs = accountsOf(world).find(({ id }) => id === account.id);
    expect(account.balance).toBe(theirs?.balance);
  }
}

function climb(step: Step, setup: ScenarioSetup, prices: readonly number[], down: number): void {
  const stage = stageFor(step.setup?.(setup) ?? setup);
  const { world } = stage;
  step.play(stage);
  const [first = 6326] = prices;
  for (const price of prices) {
    world.price({ root: "ES", last: es(price) });
    world.runUntil(millis(world.now() + 500));
  }
  world.runUntil(millis(world.now() + 1_000 * down));
  world.silence({ reports: false, questions: false });
  world.restart();
  world.price({ root: "ES", last: es(prices.at(-1) ?? first) });
  watched(stage, millis(world.now() + 40_000));
  world.check();
  world.command(flatten);
  watched(stage, millis(world.now() + 20_000));
  world.check();
  expectOver(stage);
  expectExplained(stage);
}

describe.each(Object.entries(SETUPS))("with %s", (_, setup) => {
  describe.each(STEPS)("killed at $name", (step) => {
    it.each(Object.entries(MARKETS))("and meanwhile %s", (_, prices) => {
      for (const down of [1, 45]) climb(step, setup, prices, down);
    });
  });
});

describe("killed before the message was decided (K0, K1)", () => {
  const plannedAfter = (seconds: number, price: number): readonly string[] => {
    const stage = stageFor({ ...DEFAULT_SETUP, venueGoesOn: true });
    stage.world.runUntil(atSecond(1));
    stage.world.kill();
    stage.world.runUntil(atSecond(1 + seconds));
    stage.world.restart();
    stage.world.price({ root: "ES", last: es(price) });
    stage.world.runUntil(atSecond(1.5 + seconds));
    stage.world.hear(alertOf("A", atSecond(1)));
    stage.world.runUntil(atSecond(20 + seconds));
    return stage.facts.map(({ kind }) => kind);
  };

  it("takes it while it is fresh and the price is near, and else says what was missed", () => {
    expect(plannedAfter(2, 6326)).toContain("TradePlanned");
    expect(plannedAfter(30, 6326)).not.toContain("TradePlanned");
    expect(plannedAfter(2, 6334)).not.toContain("TradePlanned");
  });
});
