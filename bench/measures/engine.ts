/**
 * The pure parts, without disk or clock: a step that changes nothing, judging a thousand accounts,
 * folding a hundred thousand facts.
 */

import { step } from "../../src/core/engine.ts";
import { evolve } from "../../src/core/evolve.ts";
import type { Fact } from "../../src/core/model/fact.ts";
import type { Input } from "../../src/core/model/input.ts";
import type { Message } from "../../src/core/model/message.ts";
import type { Quote } from "../../src/core/model/quote.ts";
import { OPEN_ROOM, type Room } from "../../src/core/model/room.ts";
import type { Settings } from "../../src/core/model/rules.ts";
import { dollars, millis, ticks } from "../../src/core/model/units.ts";
import { initialState, type State } from "../../src/core/state.ts";
import { openJournal } from "../../src/shell/sqlite/journal.ts";
import { alertOf, BASE_PRICE } from "../kit/alerts.ts";
import { spreadOf } from "../kit/distribution.ts";
import { writeHistory } from "../kit/history.ts";
import { FREE_RULES, settingsFor, withFirm } from "../kit/house.ts";
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
  const state = settled(settingsFor(1, FREE_RULES));
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

function settled(settings: Settings): State {
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

/**
 * Every limit of the accounts and of all of them together is asked, the score is worked out, and
 * nobody may stand against another. Then what else there may be: a firm, and somebody to stand against.
 */
async function judging(bench: Bench): Promise<readonly Finding[]> {
  const what = "one alert judged, planned and folded for 1,000 accounts";
  const free = settingsFor(ACCOUNTS, FREE_RULES);
  return [
    await judged(bench, settled(free), { id: "judge", what }),
    await judged(bench, settled(withFirm(free)), {
      id: "judge firm",
      what: "the same, each account with the floor, caps and hours of a firm",
    }),
    await judged(bench, opposed(), {
      id: "judge opposed",
      what: "the same with a firm, 1,000 accounts of somebody else on the other side",
    }),
  ];
}

/** Room for the other side; a firm asks nothing of accounts that are not its own. */
const OURS: Room = { ...OPEN_ROOM, group: "ours" };
const THEIRS: Room = { ...OPEN_ROOM, group: "theirs" };

/** Two owners: one is short on all accounts, the other is told to go long. */
function opposed(): State {
  const all = withFirm(settingsFor(2 * ACCOUNTS, FREE_RULES));
  const accounts = all.accounts.map((one, index) => {
    const name = index < ACCOUNTS ? "ours" : "theirs";
    return { ...one, owner: name, group: name };
  });
  const text = `🚨 ES short ${BASE_PRICE}: C\nStop: ${BASE_PRICE + 10}\n@everyone`;
  const message = { ...alertOf(0, OPENING), id: "theirs", author: "olga", text };
  const state = heard(settled({ ...all, accounts }), message, THEIRS);
  if (state.trades.size !== ACCOUNTS) throw new Error(`${state.trades.size} stand on their side`);
  return state;
}

/** Until it has been judged for every account that follows the room. */
function heard(state: State, message: Message, room: Room): State {
  const quotes = [quoteOf("ES"), quoteOf("MES")];
  const news = { kind: "message", message, tradable: true, room, from: 0 } as const;
  let next = step(state, { ...news, at: OPENING, quotes });
  for (;;) {
    const more = next.effects.find((effect) => effect.kind === "FanOut");
    if (more === undefined) return next.state;
    next = step(next.state, { ...more.input, at: OPENING, quotes });
  }
}

async function judged(
  bench: Bench,
  state: State,
  about: Pick<Finding, "id" | "what">,
): Promise<Finding> {
  const room = state.settings.accounts.length > ACCOUNTS ? OURS : OPEN_ROOM;
  const rounds = await again(bench.rounds * 10, (round) => {
    const message = alertOf(round + 1, OPENING);
    const from = performance.now();
    const after = heard(state, message, room);
    const spent = performance.now() - from;
    if (after.trades.size !== state.trades.size + ACCOUNTS) throw new Error("an account refused");
    return spent;
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
