/**
 * Deliberate mistakes, to prove that the storm would notice them.
 *
 * Each is made at a port, between the program and the world, and comes with the weather in which it
 * hurts. A canary that survives its seeds fails the build: the judge was asleep.
 */
import type { Fact } from "../../src/core/model/fact.ts";
import type { FirmPlan } from "../../src/core/model/firm-plan.ts";
import { fillId, readName, type Tag, tagOf } from "../../src/core/model/ids.ts";
import type { Message } from "../../src/core/model/message.ts";
import type { Room } from "../../src/core/model/room.ts";
import type { Rules, Settings } from "../../src/core/model/rules.ts";
import type { ScoreRules } from "../../src/core/model/score.ts";
import { contracts, money, ticks, weight } from "../../src/core/model/units.ts";
import type { VenueReport, VenueRequest } from "../../src/core/model/venue.ts";
import type { Broker } from "../../src/ports/broker.ts";
import type { Notifier } from "../../src/ports/notifier.ts";
import type { Exchange, Reply } from "../../src/shell/topstepx/transport.ts";
import type { FaultName } from "../../src/shell/topstepx-sim/fault-names.ts";
import { ok } from "../../src/std/result.ts";
import type { StormJournal } from "./storm-journal.ts";
import { type FaultKind, isFaultKind, type WeatherAims } from "./weather.ts";
import type { Spoiled } from "./wire-venue.ts";

export interface Canary {
  readonly name: string;
  /** The weather in which the mistake shows. */
  readonly aims: WeatherAims;
  readonly broker: (broker: Broker) => Broker;
  readonly journal: (journal: StormJournal) => StormJournal;
  readonly room: (room: Room) => Room;
  /** What the program takes for its settings; left out = what they are. */
  readonly settings?: (settings: Settings) => Settings;
  /** How a source delivers a message a second time; left out = as it was. */
  readonly again?: (message: Message) => Message;
  /** Between the adapter and the wire. */
  readonly wire?: Spoiled;
  /** What the ledger is told of the facts; left out: all of them. */
  readonly ledger?: (facts: readonly Fact[]) => readonly Fact[];
  /** Between a postman and one of his channels. */
  readonly post?: (notifier: Notifier) => Notifier;
}

const asIs = <T>(value: T): T => value;
export const NO_CANARY: Canary = {
  name: "none",
  aims: {},
  broker: asIs,
  journal: asIs,
  room: asIs,
};

const withRules =
  (change: (rules: Rules) => Rules) =>
  (settings: Settings): Settings => {
    const sets = Object.entries(settings.ruleSets).map(([name, rules]) => [name, change(rules)]);
    return { ...settings, ruleSets: Object.fromEntries(sets) };
  };

const withScore = (change: (score: ScoreRules) => ScoreRules) =>
  withRules(({ score = {}, ...rules }) => ({ ...rules, score: change(score) }));

const withPlans =
  (change: (plan: FirmPlan) => FirmPlan) =>
  (settings: Settings): Settings => {
    const { plans = {} } = settings;
    const changed = Object.entries(plans).map(([id, plan]) => [id, change(plan)]);
    return { ...settings, plans: Object.fromEntries(changed) };
  };

type Place = Extract<VenueRequest, { kind: "place" }>;
type Modify = Extract<VenueRequest, { kind: "modify" }>;

/** Each request becomes the requests that are sent in its place. */
const rewriting =
  (rewrite: (request: VenueRequest, broker: Broker) => readonly VenueRequest[]) =>
  (broker: Broker): Broker => ({
    ...broker,
    send: (request) => {
      for (const one of rewrite(request, broker)) broker.send(one);
    },
  });

const isEntry = (request: VenueRequest): request is Place =>
  request.kind === "place" && request.role === "entry";
const isStopMove = (request: VenueRequest): request is Modify =>
  request.kind === "modify" && readName(request.id)?.role === "s";
const isTargetMove = (request: VenueRequest): request is Modify =>
  request.kind === "modify" && readName(request.id)?.role === "t";

/** An entry whose answer is lost goes out again under a new tag. */
function resendUnderNewTag(broker: Broker): Broker {
  const entries = new Map<string, Place>();
  let again = 0;
  const hear = (report: VenueReport): void => {
    const request =
      report.kind === "answer" && report.outcome.kind === "unknown"
        ? entries.get(report.id)
        : undefined;
    if (!request) return;
    const tag = request.tag.replace(/-1$/, `-${2 + again++}`) as Tag;
    broker.send({ ...request, id: tag, tag });
  };
  return {
    ...broker,
    open: (listener) =>
      broker.open((report) => {
        hear(report);
        listener(report);
      }),
    send: (request) => {
      if (isEntry(request)) entries.set(request.id, request);
      broker.send(request);
    },
  };
}

/** The journal says yes and writes what it feels like. */
function forgetfulJournal(journal: StormJournal): StormJournal {
  let calls = 0;
  return {
    ...journal,
    append: (facts, slips) =>
      ++calls % 5 === 0 ? ok(journal.head()) : journal.append(facts, slips),
  };
}

/** Orders leave before their facts are durable: a crash between the two leaves them unexplained. */
function sendBeforeJournal(): Pick<Canary, "broker" | "journal"> {
  const held: (() => void)[] = [];
  let raw: StormJournal | null = null;
  return {
    journal: (journal) => {
      raw = journal;
      return {
        ...journal,
        head: () => journal.head(),
        append(facts) {
          held.push(() => void raw?.append(facts));
          return ok({ sequence: journal.facts.length + facts.length, hash: "" });
        },
      };
    },
    broker: rewriting((request, broker) => {
      broker.send(request);
      for (const write of held.splice(0)) write();
      return [];
    }),
  };
}

/** A stop is moved by taking it away and placing another. */
function cancelAndReplace(request: VenueRequest): readonly VenueRequest[] {
  if (!isStopMove(request) || request.price === null) return [request];
  const { id, account, contract, order } = request;
  return [{ kind: "cancel", id: `${id}x`, account, contract, order }];
}

/** Leaving by an opposite market order, with both legs still resting. */
function oppositeMarketOrder(broker: Broker): Broker {
  const entries = new Map<string, Place>();
  const opposite = (request: Modify): Place | null => {
    const named = readName(request.id);
    const entry =
      named && named.attempt > 1 ? entries.get(`${named.trade}/${named.tranche}`) : undefined;
    if (!named || !entry) return null;
    const tag = `x${request.id.replaceAll(":", "-")}` as Tag;
    const side = entry.side === "buy" ? "sell" : "buy";
    return {
      ...entry,
      id: tag,
      tag,
      role: "target",
      side,
      type: "market",
      price: null,
      bracket: null,
    };
  };
  return {
    ...broker,
    send: (request) => {
      const named = readName(request.id);
      if (isEntry(request) && named) entries.set(`${named.trade}/${named.tranche}`, request);
      broker.send((isTargetMove(request) ? opposite(request) : null) ?? request);
    },
  };
}

/** Asks once, when the program starts, and never again. */
function askOnce(broker: Broker): Broker {
  const asked = new Set<string>();
  return {
    ...broker,
    open: (listener) => {
      asked.clear();
      broker.open(listener);
    },
    ask: (account, since) => {
      if (!asked.has(account)) broker.ask(account, since);
      asked.add(account);
    },
  };
}

/** What the venue says passes through here; one that becomes null is never heard. */
const hearing =
  (change: (report: VenueReport, broker: Broker) => VenueReport | null) =>
  (broker: Broker): Broker => ({
    ...broker,
    open: (listener) =>
      broker.open((report) => {
        const heard = change(report, broker);
        if (heard !== null) listener(heard);
      }),
  });

/** A list that could not be read is taken for an empty one, for a minute in every four. */
const absentIsEmpty = (report: VenueReport): VenueReport =>
  report.kind === "snapshot" && Math.floor(report.askedAt / 60_000) % 4 === 0
    ? { ...report, orders: [], positions: [], fills: [] }
    : report;

/** Orders of strangers are taken away, because they are in the way. */
function cancelStrangers(report: VenueReport, broker: Broker): VenueReport {
  if (report.kind !== "order" || report.order.status !== "working") return report;
  const { account, order } = report;
  if (!order.tag?.startsWith("stranger-")) return report;
  const { order: name, contract } = order;
  broker.send({ kind: "cancel", id: `orphan/${name}`, account, contract, order: name });
  return report;
}

/** A fill that is told and then listed counts as two. */
const countTwice = (report: VenueReport): VenueReport =>
  report.kind === "fill" && report.fill.role === "entry"
    ? { ...report, fill: { ...report.fill, fill: fillId(`${report.fill.fill}-told`) } }
    : report;

/** A part is taken off by closing everything. */
const closeAll = (request: VenueRequest): readonly VenueRequest[] => {
  if (request.kind !== "close-part") return [request];
  const { id, account, contract } = request;
  return [{ kind: "close", id, account, contract }];
};

/** A stop goes a point away from where the author wanted it, whatever the side. */
const looser = (request: VenueRequest): readonly VenueRequest[] =>
  isStopMove(request) && request.price !== null && (readName(request.id)?.attempt ?? 0) > 1
    ? [{ ...request, price: ticks(request.price - 4) }]
    : [request];

/** What is taken off is taken off twice, under the name of the next one. */
function sellTwice(request: VenueRequest): readonly VenueRequest[] {
  const named = request.kind === "close-part" ? readName(request.id) : null;
  if (named === null) return [request];
  const { trade, role, tranche, attempt } = named;
  return [request, { ...request, id: tagOf(trade, role, tranche, attempt + 1) }];
}

/** What filled while nobody listened is booked without its fees; the start takes the cash as it is. */
const withoutFeesOfAbsence = (broker: Broker): Broker => ({
  ...broker,
  open(listener) {
    let since: number | null = null;
    broker.open((report) => {
      if (report.kind !== "snapshot") return listener(report);
      const from = since ?? report.askedAt;
      since = from;
      const fills = report.fills.map((one) => (one.at < from ? { ...one, fees: money(0) } : one));
      listener({ ...report, fills });
    });
  },
});

/** Whoever listens dies between a commit and its telling, and nobody brings in what was missed. */
function withoutLastTurns(facts: readonly Fact[]): readonly Fact[] {
  const ends = facts.flatMap((fact, index) =>
    fact.kind === "RunStarted" ? (facts[index - 1]?.at ?? []) : [],
  );
  return facts.filter(({ at }) => !ends.includes(at));
}

/** Who is to be told is noted when the facts are safe, in a commit of its own. */
function slipsAfterFacts(journal: StormJournal): StormJournal {
  return {
    ...journal,
    append(facts, slips = []) {
      const first = journal.head().sequence + 1;
      const written = journal.append(facts);
      if (written.ok) journal.note(first, facts, slips);
      return written;
    },
  };
}

/** A letter nobody answered goes out again as another one. */
function newIdEachTry(notifier: Notifier): Notifier {
  const tries = new Map<string, number>();
  return {
    ...notifier,
    send(letter, answered) {
      const before = tries.get(letter.id) ?? 0;
      tries.set(letter.id, before + 1);
      const id = before === 0 ? letter.id : `${letter.id}-${before}`;
      notifier.send({ ...letter, id }, answered);
    },
  };
}

/** A letter counts as sent once it has left. */
const sentWhenItLeaves = (notifier: Notifier): Notifier => ({
  ...notifier,
  send(letter, answered) {
    let isAnswered = false;
    notifier.send(letter, () => {
      if (!isAnswered) answered({ kind: "accepted", said: "it left" });
      isAnswered = true;
    });
  },
});

export const CANARIES: readonly Canary[] = [
  {
    ...NO_CANARY,
    name: "an entry without an answer is sent again under a new tag",
    aims: { only: ["answer-lost", "report-dropped"] },
    broker: resendUnderNewTag,
  },
  {
    ...NO_CANARY,
    name: "a room that asks first is taken for one that does not",
    aims: { only: ["message-doubled"], asksPermille: 500 },
    room: (room) => ({ ...room, mode: "auto" }),
  },
  {
    ...NO_CANARY,
    name: "orders are sent before they are journaled",
    aims: { only: ["crash-after-send"] },
    ...sendBeforeJournal(),
  },
  {
    ...NO_CANARY,
    name: "the journal loses commits it confirmed",
    aims: { only: ["crash-after-send"] },
    journal: forgetfulJournal,
  },
  {
    ...NO_CANARY,
    name: "nobody asks the venue for its truth",
    aims: { only: ["report-dropped"] },
    broker: askOnce,
  },
  {
    ...NO_CANARY,
    name: "a stop is moved by cancel and replace",
    aims: { only: ["answer-late"], brackets: "native" },
    broker: rewriting(cancelAndReplace),
  },
  {
    ...NO_CANARY,
    name: "entries are one contract too big",
    aims: { only: ["report-late"] },
    broker: rewriting((request) => [
      isEntry(request) ? { ...request, quantity: contracts(request.quantity + 1) } : request,
    ]),
  },
  {
    ...NO_CANARY,
    name: "an exit is an opposite market order",
    aims: { only: ["command"], brackets: "native" },
    broker: oppositeMarketOrder,
  },
  {
    ...NO_CANARY,
    name: "entries go out without their bracket",
    aims: { only: ["answer-late"], brackets: "native" },
    broker: rewriting((request) => [isEntry(request) ? { ...request, bracket: null } : request]),
  },
  {
    ...NO_CANARY,
    name: "legs are not resized with the position",
    aims: { only: ["report-late"], brackets: "none", partialPermille: 600 },
    broker: rewriting((request) =>
      request.kind === "modify" && request.quantity !== null
        ? [{ ...request, quantity: null, price: request.price ?? ticks(25_000) }]
        : [request],
    ),
  },
  {
    ...NO_CANARY,
    name: "legs outlive their position",
    aims: { only: ["command"], brackets: "none" },
    broker: rewriting((request) =>
      request.kind === "cancel" && readName(request.id)?.role !== "e" ? [] : [request],
    ),
  },
  {
    ...NO_CANARY,
    name: "exits never move the target leg",
    aims: { only: ["command"], brackets: "native" },
    broker: rewriting((request) =>
      isTargetMove(request) || request.kind === "close" ? [] : [request],
    ),
  },
  {
    ...NO_CANARY,
    name: "an author's word moves a stop to another price than was written",
    aims: { only: ["word"], brackets: "native" },
    broker: rewriting(looser),
  },
  {
    ...NO_CANARY,
    name: "an author's trim sells twice",
    aims: { only: ["word"], brackets: "native" },
    broker: rewriting(sellTwice),
  },
  {
    ...NO_CANARY,
    name: "a message delivered twice comes under another name",
    aims: { only: ["word", "message-doubled"] },
    again: (message) => ({ ...message, id: `${message.id}-again` }),
  },
  {
    ...NO_CANARY,
    name: "a broken line is kept quiet",
    aims: { only: ["line-breaks"] },
    broker: hearing((report) => (report.kind === "link" ? null : report)),
  },
  {
    ...NO_CANARY,
    name: "a list that could not be read is an empty one",
    aims: { only: ["snapshot-lost"], brackets: "native" },
    broker: hearing(absentIsEmpty),
  },
  {
    ...NO_CANARY,
    name: "orders of strangers are cancelled",
    aims: { only: ["foreign-order"] },
    broker: hearing(cancelStrangers),
  },
  {
    ...NO_CANARY,
    name: "a fill counts once when it is told and once when it is listed",
    aims: { only: ["report-late"], brackets: "native" },
    broker: hearing(countTwice),
  },
  {
    ...NO_CANARY,
    name: "a stop stays where its bracket put it",
    aims: { only: ["message-doubled"], brackets: "native" },
    broker: rewriting((request) => (isStopMove(request) ? [] : [request])),
  },
  {
    ...NO_CANARY,
    name: "a part is taken off by closing everything",
    aims: { only: ["word", "command"], brackets: "native" },
    broker: rewriting(closeAll),
  },
  {
    ...NO_CANARY,
    name: "the gate before an entry forgets what is open on other accounts",
    aims: { only: ["message-doubled"], brackets: "native", limits: "real" },
    settings: withRules(({ limits: { total: _, ...limits }, ...rules }) => ({ ...rules, limits })),
  },
  {
    ...NO_CANARY,
    name: "the cut-off of the risk score is not read",
    aims: { only: ["message-doubled"], brackets: "native", scored: true },
    settings: withScore(({ sizeCurve = [] }) => ({ sizeCurve })),
  },
  {
    ...NO_CANARY,
    name: "the risk score makes nothing smaller",
    aims: { only: ["message-doubled"], brackets: "native", scored: true },
    settings: withScore(({ cutOff = 100 }) => ({ cutOff })),
  },
  {
    ...NO_CANARY,
    name: "a daily loss locks nobody out",
    aims: { only: ["message-doubled", "price-gap"], brackets: "native", limits: "real" },
    settings: withRules(({ limits: { dailyLoss: _, total: __, ...limits }, ...rules }) => ({
      ...rules,
      limits: { ...limits, breakers: {}, consecutiveLosses: 1_000 },
    })),
  },
  {
    ...NO_CANARY,
    name: "a firm's plan is taken for that of a larger account",
    aims: { only: ["message-doubled", "price-gap"], brackets: "native", limits: "real" },
    settings: withPlans((plan) => ({
      ...plan,
      size: { ...plan.size, limit: { first: weight(10_000), steps: [] } },
    })),
  },
  {
    ...NO_CANARY,
    name: "a firm's rule about reports is forgotten",
    aims: { only: ["message-doubled"], brackets: "native", limits: "real", report: true },
    settings: withPlans((plan) => ({ ...plan, news: null })),
  },
  {
    ...NO_CANARY,
    name: "accounts of one owner count as those of several",
    aims: { only: ["message-doubled", "answer-late"], brackets: "native" },
    settings: ({ accounts, ...settings }) => ({
      ...settings,
      accounts: accounts.map((one) => ({ ...one, owner: one.id })),
    }),
  },
  {
    ...NO_CANARY,
    name: "what became micros is ordered in as many minis",
    aims: { only: ["message-doubled"], brackets: "native", minis: true },
    broker: rewriting((request) => [
      isEntry(request) ? { ...request, contract: request.contract.replace(/^MES/, "ES") } : request,
    ]),
  },
  {
    ...NO_CANARY,
    name: "what filled while nobody listened is booked without its fees",
    aims: {
      only: ["crash-at-random", "crash-after-send"],
      brackets: "native",
      venueSurvives: true,
    },
    broker: withoutFeesOfAbsence,
  },
  {
    ...NO_CANARY,
    name: "the ledger misses what was written just before a crash",
    aims: { only: ["crash-after-journal"] },
    ledger: withoutLastTurns,
  },
  {
    ...NO_CANARY,
    name: "who is to be told is noted after the facts",
    aims: { only: ["letter-fails", "crash-after-journal"] },
    journal: slipsAfterFacts,
  },
  {
    ...NO_CANARY,
    name: "a letter without an answer goes out again under a new id",
    aims: { only: ["letter-fails"] },
    post: newIdEachTry,
  },
  {
    ...NO_CANARY,
    name: "a letter counts as sent when it leaves",
    aims: { only: ["letter-fails"] },
    post: sentWhenItLeaves,
  },
];

/** The kind of the wire that does what a kind of the storm's own line does. */
const AT_THE_WIRE: Partial<Record<FaultKind, FaultName>> = {
  "answer-late": "answer-late",
  "answer-lost": "answer-lost",
  "report-dropped": "event-lost",
  "report-late": "event-late",
  "snapshot-lost": "list-absent",
};

/** The same mistake with the whole adapter between the program and its venue. */
const atTheWire = (canary: Canary): Canary => {
  const only = canary.aims.only?.map((kind) =>
    isFaultKind(kind) ? (AT_THE_WIRE[kind] ?? kind) : kind,
  );
  return { ...canary, aims: { ...canary.aims, venue: "wire", ...(only && { only }) } };
};

type Json = Record<string, unknown>;

/** Both distances of a bracket positive, as most would write them. */
function withoutSigns(request: Exchange): Exchange {
  if (request.path !== "/api/Order/place" || request.body === null) return request;
  const asked: Json = JSON.parse(request.body);
  for (const leg of ["stopLossBracket", "takeProfitBracket"]) {
    const bracket = asked[leg] as { ticks: number } | null | undefined;
    if (bracket) asked[leg] = { ...bracket, ticks: Math.abs(bracket.ticks) };
  }
  return { ...request, body: JSON.stringify(asked) };
}

const LISTS = ["positions", "orders", "trades"];

/** A list that is missing is an empty one. */
function absentAsFlat(reply: Reply, { path }: Exchange): Reply {
  const name = LISTS.find((one) => path.toLowerCase().includes(one.slice(0, -1)));
  const isList = /search|query/.test(path) && name !== undefined;
  if (reply.kind !== "answered" || !isList) return reply;
  try {
    const body: Json = JSON.parse(reply.body);
    return { ...reply, body: JSON.stringify({ [name]: [], ...body }) };
  } catch {
    // What cannot be read is not what this mistake is about.
    return reply;
  }
}

export const WIRE_CANARIES: readonly Canary[] = [
  // The stand-in venue lists one product; and what becomes of facts afterwards knows of no wire.
  ...CANARIES.filter(
    ({ aims, ledger, post }) => aims.minis !== true && ledger === undefined && post === undefined,
  ).map(atTheWire),
  {
    ...NO_CANARY,
    name: "the ticks of a bracket are sent without their signs",
    aims: { venue: "wire", only: ["fill-first"], brackets: "native" },
    wire: { request: withoutSigns },
  },
  {
    ...NO_CANARY,
    name: "a list that is absent from an answer is read as an empty one",
    // What is known is not given up for one list: the mistake shows where nothing is known yet.
    aims: {
      venue: "wire",
      only: ["list-absent", "crash-at-random", "crash-after-send"],
      often: { "list-absent": 0.2 },
      brackets: "native",
    },
    wire: { reply: absentAsFlat },
  },
];
