/**
 * Judges two lives by one standard.
 *
 * It is told every fact and every event of the venue in the order in which they came true, over all
 * lives of a cell, and asks the storm's oracle after each of them. Besides, it compares the two
 * books once a new life has settled, and once more when everything is over.
 */
import { readFileSync } from "node:fs";
import { booksOf } from "../../src/app/paper-books.ts";
import { placesIn } from "../../src/app/places.ts";
import { foldJournal } from "../../src/app/recover.ts";
import { evolve } from "../../src/core/evolve.ts";
import type { Account } from "../../src/core/model/account.ts";
import type { Fact } from "../../src/core/model/fact.ts";
import { tradeOfTag } from "../../src/core/model/ids.ts";
import type { Trade, Tranche } from "../../src/core/model/trade.ts";
import { heldOfTranche } from "../../src/core/model/trade-sums.ts";
import { DEFAULT_VENUE } from "../../src/core/paper/settings.ts";
import { emptyVenue, type PaperAccount, type VenueState } from "../../src/core/paper/state.ts";
import { applyToVenue } from "../../src/core/paper/venue.ts";
import { initialState, openTradesOf, type State } from "../../src/core/state.ts";
import { isLive } from "../../src/core/track/order-states.ts";
import { isOver } from "../../src/core/track/phases.ts";
import { openJournalReadOnly } from "../../src/shell/sqlite/journal.ts";
import { canonical } from "../../src/std/canonical.ts";
import { getIn, valuesOf } from "../../src/std/trie.ts";
import { createOracle, FAULTY } from "../storm/oracle.ts";
import { eventsOf } from "./autopsy.ts";
import { type Line, ORDERED, type Role, type Script } from "./orders.ts";
import { messagesOf, SECOND, tradeIdsOf } from "./script.ts";

/** Of the trade beside the one being worked. */
export type OtherPhase = "planned" | "entering" | "open" | "runner" | "exiting" | "closed";

export interface Judge {
  /** Everything that happened in one life, which began at `from`. */
  follow(steps: readonly Line[], from: number): void;
  died(): void;
  /** The venue's books are older now than they were. */
  venueForgot(truth: VenueState): void;
  phaseOf(role: Role): string;
  /** Everything is over: what is wrong? */
  verdict(directory: string): readonly string[];
}

/** Long enough after a start for the venue to be asked, and for what it said to be acted on. */
const SETTLED_AFTER = 5 * SECOND;
const POSITION_MAX = 5;

/** Where the disk refuses, what only reduces may leave before it is written down. */
export function createJudge(script: Script, { diskRefuses = false } = {}): Judge {
  const facts: Fact[] = [];
  const faults: string[] = [];
  let now = 0;
  let state: State = initialState;
  let venue: VenueState = emptyVenue(DEFAULT_VENUE);
  let oracle = newOracle();

  /** What went into the lifeboat comes into the journal later, and is the same fact. */
  const known = new Map<string, Fact>();
  function factOf(body: string): Fact {
    const fact: Fact = known.get(body) ?? JSON.parse(body);
    known.set(body, fact);
    return fact;
  }

  function newOracle() {
    const one = createOracle({
      linkDelay: 0,
      overExitMax: FAULTY,
      brackets: script.brackets,
      positionMax: POSITION_MAX,
      sharers: 1,
      now: () => now,
      isUnwritten: (_, isNamed) => diskRefuses && !isNamed,
      lastFaultAt: () => Number.NEGATIVE_INFINITY,
    });
    for (const message of messagesOf(script)) one.said(message);
    return one;
  }

  function hear(step: Line): void {
    now = Math.max(now, step.at);
    if (step.kind === "saved") oracle.saved(step.bodies.map(factOf));
    else if (step.kind === "facts") {
      const said = step.bodies.map(factOf);
      facts.push(...said);
      oracle.journaled(said);
      state = said.reduce(evolve, state);
    } else if (step.kind === "entries") {
      for (const event of step.entries.flatMap(eventsOf)) {
        venue = applyToVenue(venue, event).state;
        oracle.venueChanged(venue, event);
      }
    }
  }

  return {
    follow(steps, from) {
      now = Math.max(now, from);
      oracle.started();
      let isCompared = false;
      for (const step of steps) {
        // Between two moments both sides have heard all there was to hear.
        if (!isCompared && step.at >= from + SETTLED_AFTER && step.at > now) {
          isCompared = true;
          faults.push(...differences(state, venue, now).map((one) => `settled, but ${one}`));
        }
        hear(step);
      }
    },
    died: () => oracle.crashed(),
    venueForgot(truth) {
      faults.push(...oracle.broken);
      venue = truth;
      oracle = newOracle();
      oracle.journaled(facts);
    },
    phaseOf(role) {
      const trade = tradeOf(state, script, role);
      if (trade === undefined) return "absent";
      return !isOver(trade.phase) && trade.exit !== null ? "exiting" : trade.phase;
    },
    verdict(directory) {
      oracle.end();
      return [
        ...faults,
        ...oracle.broken,
        ...differences(state, venue, now),
        ...leftovers(state, venue),
        ...oddities(facts),
        ...unheard(facts, script),
        ...unnaturalEnds(state, script),
        ...foldFaults(directory, state),
        ...loggedErrors(directory),
      ];
    },
  };
}

function tradeOf(state: State, script: Script, role: Role): Trade | undefined {
  const id = [...tradeIdsOf(script)].find(([, one]) => one === role)?.[0];
  return id === undefined ? undefined : getIn(state.trades, id);
}

/** Where the journal and the venue tell different stories. */
function differences(state: State, venue: VenueState, now: number): readonly string[] {
  return valuesOf(state.accounts).flatMap((account) => {
    const there = getIn(venue.accounts, account.id);
    if (there === undefined) return [`${account.id} is unknown at the venue`];
    const open = openTradesOf(state, account);
    return [
      ...positionFaults(state, account, there),
      ...open.flatMap((trade) =>
        trade.tranches.flatMap((one) => coverFaults(trade, one, there, now)),
      ),
      ...strayOrders(open, there),
    ];
  });
}

function positionFaults(state: State, account: Account, there: PaperAccount): readonly string[] {
  const ours = new Map(
    booksOf(state, account, [], []).positions.map(({ contract, net }) => [contract, net]),
  );
  const theirs = new Map(there.positions.map(({ contract, net }) => [contract, net]));
  return [...new Set([...ours.keys(), ...theirs.keys()])].flatMap((contract) => {
    const [own, other] = [ours.get(contract) ?? 0, theirs.get(contract) ?? 0];
    return own === other ? [] : [`${contract}: ${own} in the journal, ${other} at the venue`];
  });
}

/** A change that was asked for a moment ago may still be on its way. */
const UNDER_WAY = 2 * SECOND;

/** Every contract that is held has a stop at work for it, and both sides agree on where. */
function coverFaults(
  trade: Trade,
  tranche: Tranche,
  there: PaperAccount,
  now: number,
): readonly string[] {
  const held = heldOfTranche(tranche);
  if (held <= 0) return [];
  const { stop } = tranche;
  const order = there.live.find(({ view }) => view.order === stop?.order)?.view;
  if (stop === null || order === undefined || order.status !== "working") {
    return [`${held} contracts of #${trade.number} have no stop at the venue`];
  }
  const covered = order.quantity - order.filled;
  if (covered !== held) return [`${held} contracts of #${trade.number} have a stop for ${covered}`];
  const isMoving = stop.change !== null && now - stop.change.askedAt < UNDER_WAY;
  const agrees = stop.price === order.price && stop.price === trade.stopAim;
  return isMoving || agrees
    ? []
    : [`the stop of #${trade.number} rests at ${order.price}, wanted ${trade.stopAim}`];
}

/** Orders at the venue that belong to nothing we still have open. */
function strayOrders(open: readonly Trade[], there: PaperAccount): readonly string[] {
  return there.live.flatMap(({ view }) => {
    const trade = open.find(({ id }) => id === tradeOfTag(view.parent ?? view.tag));
    const tranche = trade?.tranches.find(({ entry }) => entry.tag === (view.parent ?? view.tag));
    if (trade === undefined) return [`${view.tag} still works at the venue`];
    if (view.role !== "entry" || tranche === undefined) return [];
    return isLive(tranche.entry.state)
      ? []
      : [`${view.tag} works, the journal has it ${tranche.entry.state}`];
  });
}

/** At the very end nothing is open anywhere, and both sides count the same money. */
function leftovers(state: State, venue: VenueState): readonly string[] {
  return valuesOf(state.accounts).flatMap((account) => {
    const there = getIn(venue.accounts, account.id);
    const open = openTradesOf(state, account).map(({ number }) => `#${number} is still open`);
    if (there === undefined) return open;
    const held = there.positions.map(({ net, contract }) => `${net} ${contract} are still held`);
    const resting = there.live.map(({ view }) => `${view.tag} still rests`);
    const tags = [
      ...there.live.map(({ view }) => view),
      ...there.ended.map(({ order }) => order),
    ].flatMap(({ tag }) => tag ?? []);
    const twice = tags
      .filter((tag, index) => tags.indexOf(tag) !== index)
      .map((tag) => `${tag} is there twice`);
    const money =
      there.balance === account.balance
        ? []
        : [`the balance is ${account.balance} in the journal, ${there.balance} at the venue`];
    return [...open, ...held, ...resting, ...twice, ...money];
  });
}

/** Facts that a day without any fault of the venue must not have. */
function oddities(facts: readonly Fact[]): readonly string[] {
  const planned = facts.flatMap((fact) => (fact.kind === "TradePlanned" ? [fact.trade] : []));
  const twice = planned.filter((id, index) => planned.indexOf(id) !== index);
  // An order that died with the program is looked for, and a person is told so: that is no oddity.
  const odd = facts.filter((fact) =>
    fact.kind === "IncidentFound" ? fact.what !== "outcome-unknown" : fact.kind === "GateMoved",
  );
  return [
    ...twice.map((id) => `${id} was planned twice`),
    ...odd.map((fact) => `there was ${JSON.stringify(fact)}`),
  ];
}

/** What was said after the alert is done in one of the lives; that it is done once, the oracle knows. */
function unheard(facts: readonly Fact[], { worked }: Script): readonly string[] {
  const isDone = facts.some((fact) => fact.kind === "UpdateSettled" && fact.how === "applied");
  return worked.edited === true && !isDone ? ["the edit was never carried out"] : [];
}

/** Only a trade that is closed by hand, in its script, may leave that way. */
function unnaturalEnds(state: State, script: Script): readonly string[] {
  return (["worked", "other"] as const).flatMap((role) => {
    const trade = tradeOf(state, script, role);
    const isForced = trade?.exit?.reason === "close-command" && script[role]?.way !== "close";
    return isForced ? [`the ${role} trade did not end by itself`] : [];
  });
}

/** The next start would find what the last life had. */
function foldFaults(directory: string, state: State): readonly string[] {
  const opened = openJournalReadOnly(placesIn(directory).journal);
  if (!opened.ok) return [`the journal cannot be read: ${opened.error.detail}`];
  try {
    const same = canonical(foldJournal(opened.value)) === canonical(state);
    return same ? [] : ["folded from its snapshot the journal gives another state"];
  } finally {
    opened.value.close();
  }
}

interface LogLine {
  readonly level: string;
  readonly event: string;
  readonly detail?: unknown;
}

export const logOf = (directory: string): readonly LogLine[] =>
  readFileSync(placesIn(directory).log, { encoding: "utf8", flag: "a+" })
    .split("\n")
    .filter((line) => line.endsWith("}"))
    .map((line) => JSON.parse(line));

const loggedErrors = (directory: string): readonly string[] =>
  logOf(directory)
    .filter(({ level, detail }) => level === "error" && detail !== ORDERED)
    .map((line) => `it logged ${JSON.stringify(line)}`);
