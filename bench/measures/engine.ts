/**
 * The pure parts, without disk or clock: a step that changes nothing, judging a thousand accounts,
 * folding a hundred thousand facts.
 */

import { step } from "../../src/core/engine.ts";
import { evolve } from "../../src/core/evolve.ts";
import type { Fact } from "../../src/core/model/fact.ts";
import type { FirmTerms } from "../../src/core/model/firm-state.ts";
import type { Input } from "../../src/core/model/input.ts";
import type { Quote } from "../../src/core/model/quote.ts";
import { OPEN_ROOM } from "../../src/core/model/room.ts";
import { dollars, millis, ticks } from "../../src/core/model/units.ts";
import { initialState, type State } from "../../src/core/state.ts";
import { openJournal } from "../../src/shell/sqlite/journal.ts";
import { FIRM_PLAN } from "../../test/kit/firm-plans.ts";
import { alertOf, BASE_PRICE } from "../kit/alerts.ts";
import { spreadOf } from "../kit/distribution.ts";
import { writeHistory } from "../kit/history.ts";
import { FREE_RULES, settingsFor } from "../kit/house.ts";
import { atLeast, atMost, type Bench, type Finding, type Measure } from "../kit/measure.ts";
import { opened } from "../kit/opened.ts";
import { lifeOfATrade, pastOf } from "../kit/past.ts";
import { again } from "../kit/rounds.ts";
import { OPENING } from "../kit/trading-day.ts";

const STEPS = 200_000;
const FOLDED = 100_000;

export const engine: Measure = {
  name: "engine",
  async run(bench) {
    bench.tell("the engine alone");
    return [...(await steps(bench)), ...(await judging(bench)), ...(await folding(bench))];
  },
};

async function steps(bench: Bench): Promise<readonly Finding[]> {
  const state = settled(1);
  const news = reportOfNothing(state);
  const nothing = await rateOf(bench, () => step(state, news));
  const chat = await rateOf(bench, (n) => step(state, chatter(n)));
  return [
    {
      ...rate("step", "a step on an event that is no alert and changes nothing", nothing),
      goals: [atLeast(spreadOf(nothing).median, 1_000_000)],
    },
    rate("step chat", "a step on a message that is no alert", chat),
  ];
}

const rateOf = (bench: Bench, run: (n: number) => unknown): Promise<readonly number[]> =>
  again(bench.rounds, () => {
    const from = performance.now();
    for (let n = 0; n < STEPS; n++) run(n);
    return STEPS / ((performance.now() - from) / 1_000);
  });

const rate = (id: string, what: string, rounds: readonly number[]): Finding => ({
  ...{ id, what, unit: "/s", product: spreadOf(rounds), floor: null, ratio: null, goals: [] },
});

function settled(accounts: number, firm?: FirmTerms): State {
  const free = settingsFor(accounts, FREE_RULES);
  const settings =
    firm === undefined
      ? free
      : {
          ...free,
          plans: { [FIRM_PLAN.id]: FIRM_PLAN },
          accounts: free.accounts.map((one) => ({ ...one, firm })),
        };
  const balances = settings.accounts.map(({ id }) => ({ account: id, balance: dollars(50_000) }));
  const start: Input = {
    ...{ kind: "start", at: OPENING, quotes: [], mode: "paper", version: "bench" },
    ...{ settings, balances, priceAgeMax: millis(60_000) },
  };
  return settings.accounts.reduce(
    (state, { id }) => step(state, truthOf(id)).state,
    step(initialState, start).state,
  );
}

const truthOf = (account: State["settings"]["accounts"][number]["id"]): Input => ({
  kind: "report",
  at: OPENING,
  quotes: [],
  report: {
    ...{ kind: "snapshot", account, askedAt: OPENING, balance: dollars(50_000) },
    ...{ orders: [], positions: [], fills: [] },
  },
});

/** An answer to a request nobody remembers. */
const reportOfNothing = (state: State): Input => ({
  kind: "report",
  at: OPENING,
  quotes: [],
  report: {
    kind: "answer",
    account: state.settings.accounts[0]!.id,
    id: "somebody-elses-1",
    outcome: { kind: "done", order: null },
  },
});

const chatter = (n: number): Input => ({
  ...{ kind: "message", at: OPENING, quotes: [], tradable: true, room: OPEN_ROOM, from: 0 },
  message: { ...alertOf(n, OPENING), text: "good morning, watching the open today" },
});

const ACCOUNTS = 1_000;

async function judging(bench: Bench): Promise<readonly Finding[]> {
  const what = "one alert judged, planned and folded for 1,000 accounts";
  const firm = { plan: FIRM_PLAN.id, buffer: dollars(100) };
  return [
    await judged(bench, settled(ACCOUNTS), { id: "judge", what }),
    await judged(bench, settled(ACCOUNTS, firm), {
      id: "judge firm",
      what: "the same, each account with the floor, caps and hours of a firm",
    }),
  ];
}

async function judged(
  bench: Bench,
  state: State,
  about: Pick<Finding, "id" | "what">,
): Promise<Finding> {
  const quotes = [quoteOf("ES"), quoteOf("MES")];
  const rounds = await again(bench.rounds * 10, (round) => {
    const message = alertOf(round + 1, OPENING);
    const news = { kind: "message", message, tradable: true, room: OPEN_ROOM, from: 0 } as const;
    const from = performance.now();
    let next = step(state, { ...news, at: OPENING, quotes });
    while (next.effects.some((effect) => effect.kind === "FanOut")) {
      const more = next.effects.find((effect) => effect.kind === "FanOut")!;
      next = step(next.state, { ...more.input, at: OPENING, quotes });
    }
    return performance.now() - from;
  });
  const product = spreadOf(rounds);
  return {
    ...{ ...about, unit: "ms", product, floor: null, ratio: null },
    goals: [atMost(product.median, 8, "ms")],
  };
}

function quoteOf(instrument: "ES" | "MES"): Quote {
  const last = ticks(BASE_PRICE * 4);
  return { instrument, at: OPENING, last, bid: last, ask: ticks(last + 1), high: last, low: last };
}

async function folding(bench: Bench): Promise<readonly Finding[]> {
  const life = await lifeOfATrade(bench.disk, 1);
  const trades = Math.ceil(FOLDED / life.trade.length);
  const shape = { trades, tradesPerDay: 10, endsAt: OPENING };
  const facts = [...pastOf(life, shape)].flat().slice(0, FOLDED);
  const folder = bench.disk.folder();
  const { journalPath } = writeHistory(folder, life, shape, { snapshot: false });
  const folded = await again(bench.rounds, () => timedFold(facts));
  const read = await again(bench.rounds, () => {
    const journal = opened(openJournal(journalPath, { at: OPENING }));
    const from = performance.now();
    let state = initialState;
    for (const { fact } of journal.read(0)) state = evolve(state, fact);
    const spent = performance.now() - from;
    journal.close();
    return spent / 1_000;
  });
  return [
    {
      ...time("fold", "100,000 facts folded", folded),
      goals: [atMost(spreadOf(folded).median, 0.3, "s")],
    },
    time("fold read", "the same read from the journal, parsed and folded", read),
  ];
}

function timedFold(facts: readonly Fact[]): number {
  const from = performance.now();
  facts.reduce(evolve, initialState);
  return (performance.now() - from) / 1_000;
}

const time = (id: string, what: string, rounds: readonly number[]): Finding => ({
  ...{ id, what, unit: "s", product: spreadOf(rounds), floor: null, ratio: null, goals: [] },
});
