/**
 * Judges a live cell by the venue's books and the journal, never by what the program believes.
 *
 * After every change at the venue the storm's oracle is asked, over all lives; at the end nothing may
 * be left, every order must have its reason, and the money must be the same three times. A dead
 * process, and one that has not been answered yet, is excused; from the first list on that the venue
 * gave it, it has 1.5 s.
 */
import Database from "better-sqlite3";
import { placesIn } from "../../src/app/places.ts";
import type { Fact } from "../../src/core/model/fact.ts";
import { tagOf } from "../../src/core/model/ids.ts";
import { accountOf, openTradesOf } from "../../src/core/state.ts";
import { verifyJournal } from "../../src/shell/sqlite/verify.ts";
import { contractOfId } from "../../src/shell/topstepx/contract-names.ts";
import { valuesOf } from "../../src/std/trie.ts";
import { netAt } from "../kit/live-process.ts";
import { createOracle, NAKED_HEALTHY } from "../storm/oracle.ts";
import type { Call } from "./gated-venue.ts";
import { logOf } from "./judge.ts";
import type { Scene } from "./live-scene.ts";
import { ACCOUNT, SCRIPT } from "./live-script.ts";

export interface LiveJudge {
  /** From here on the process cannot do anything. */
  died(): void;
  /** Everything is over: what is wrong? */
  verdict(): readonly string[];
  readonly broken: readonly string[];
}

const POSITION_MAX = 5;

export function liveJudge(scene: Scene): LiveJudge {
  const { venue } = scene;
  const oracle = createOracle({
    brackets: "native",
    linkDelay: NAKED_HEALTHY,
    overExitMax: NAKED_HEALTHY,
    positionMax: POSITION_MAX,
    sharers: 1,
    now: scene.now,
    isUnwritten: () => false,
    lastFaultAt: () => Number.NEGATIVE_INFINITY,
  });
  for (const one of Object.values(SCRIPT)) oracle.said(one.message);
  let told: number | null = null;
  let hasBegun = false;
  /** What was to be sent by the lives that died, and how often the venue was called until then. */
  let decided: ReadonlySet<string> = new Set();
  let callsBefore = 0;
  const late: string[] = [];
  let seen = venue.venue.truth();

  const lateCalls = (): readonly string[] =>
    tagsIn(venue.calls.slice(callsBefore)).filter((tag) => decided.has(tag));

  function tell(): void {
    const facts = scene.facts();
    if (facts.length === 0) return;
    // What was there before the first life belongs to the house's past.
    const from = told ?? facts.findLastIndex(({ kind }) => kind === "RunStarted");
    const fresh = facts.slice(from);
    told = facts.length;
    if (fresh.some(({ kind }) => kind === "RunStarted")) hasBegun = true;
    oracle.journaled(fresh);
  }

  venue.seen = (isRead) => {
    tell();
    if (isRead && hasBegun) oracle.started();
    if (venue.venue.truth() === seen) return;
    seen = venue.venue.truth();
    oracle.venueChanged(venue.books(), null);
  };

  return {
    died() {
      hasBegun = false;
      late.push(...lateCalls());
      decided = new Set(scene.facts().flatMap(reasonsIn));
      callsBefore = venue.calls.length;
      oracle.crashed();
    },
    broken: oracle.broken,
    verdict() {
      venue.seen(false);
      oracle.end();
      return [
        ...oracle.broken,
        ...leftovers(scene),
        ...moneyFaults(scene),
        ...unexplained(scene),
        ...sentTwice(scene),
        ...[...late, ...lateCalls()].map((tag) => `${tag} was sent by a later life`),
        ...oddities(scene.facts()),
        ...chainFaults(scene),
        ...loggedErrors(scene.directory),
      ];
    },
  };
}

/** Nothing is held, nothing rests, nothing is open. */
function leftovers(scene: Scene): readonly string[] {
  const state = scene.state();
  const there = valuesOf(scene.venue.books().accounts);
  return [
    ...openTradesOf(state, accountOf(state, ACCOUNT)).map(({ number }) => `#${number} is open`),
    ...there.flatMap(({ positions }) =>
      positions.map(({ net, contract }) => `${net} ${contract} are still held`),
    ),
    ...there.flatMap(({ live }) => live.map(({ view }) => `${view.tag} still rests`)),
  ];
}

/** Cents by the venue, by the journal, and by the ledger's tables. */
function moneyFaults({ venue, state, directory }: Scene): readonly string[] {
  const [there] = valuesOf(venue.books().accounts);
  const ours = accountOf(state(), ACCOUNT).balance;
  const ledger = new Database(placesIn(directory).ledger, { readonly: true });
  const sum = ledger.prepare("SELECT coalesce(sum(net), 0) FROM equity").pluck().get();
  ledger.close();
  const net = netAt(venue.truth()) * MONEY_PER_CENT;
  return [
    ...(there?.balance === ours ? [] : [`cash ${ours} in the journal, ${there?.balance} there`]),
    ...(sum === net ? [] : [`net ${sum} in the ledger, ${net} at the venue`]),
  ];
}

const MONEY_PER_CENT = 100;

/** Orders that no fact gives a reason for. */
function unexplained(scene: Scene): readonly string[] {
  const facts = scene.facts();
  const reasons = new Set<string>(facts.flatMap(reasonsIn));
  const { orders } = scene.venue.truth();
  return orders.flatMap((order) => {
    const entry = orders.find(({ id }) => id === order.parentOrderId) ?? order;
    // What a close call leaves has no tag.
    const name = entry.customTag ?? `close ${contractOfId(order.contractId)?.code}`;
    return reasons.has(name) ? [] : [`nothing explains ${JSON.stringify(order)}`];
  });
}

const reasonsIn = (fact: Fact): readonly string[] => {
  if (fact.kind === "TradePlanned") return [tagOf(fact.trade, "e", 0, 1)];
  if (fact.kind === "EntrySent") return [tagOf(fact.trade, "e", fact.tranche, 1)];
  if (fact.kind === "LegPlaced")
    return [tagOf(fact.trade, fact.leg === "stop" ? "s" : "t", fact.tranche, fact.attempt)];
  return fact.kind === "CloseAsked" ? [`close ${fact.contract}`] : [];
};

const tagsIn = (calls: readonly Call[]): readonly string[] =>
  calls.flatMap(({ body }) => body["customTag"] ?? []).map(String);

function sentTwice({ venue }: Scene): readonly string[] {
  const tags = tagsIn(venue.calls);
  return tags.filter((tag, index) => tags.indexOf(tag) !== index).map((tag) => `${tag} sent twice`);
}

/** What a day on which only we fail must not have; an order that died with us is looked for. */
const oddities = (facts: readonly Fact[]): readonly string[] =>
  facts
    .filter((fact) =>
      fact.kind === "IncidentFound"
        ? fact.what !== "outcome-unknown"
        : fact.kind === "GateMoved" && fact.reason !== BY_HAND,
    )
    .map((fact) => `there was ${JSON.stringify(fact)}`);

const BY_HAND = "flattened by the operator";

function chainFaults({ directory, facts }: Scene): readonly string[] {
  const verified = verifyJournal(placesIn(directory).journal);
  if (!verified.ok) return [`the chain is broken: ${JSON.stringify(verified.error)}`];
  const count = facts().length;
  return verified.value.facts === count ? [] : [`${verified.value.facts} facts, read ${count}`];
}

const loggedErrors = (directory: string): readonly string[] =>
  logOf(directory)
    .filter(({ level }) => level === "error")
    .map((line) => `it logged ${JSON.stringify(line)}`);
