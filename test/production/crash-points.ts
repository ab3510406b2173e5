/**
 * Places to die at: wrappers around the adapters of the real house, put on from outside.
 *
 * ```text
 * loop ─► [journal] ─► effects ─► [broker] ─► venue ─► [paper book] ─► reports ─► [listener] ─► loop
 *             └ [sql]                                      └ [sql]
 * ```
 *
 * Every wrapper announces its passages; at the one that was ordered the process sends itself
 * SIGKILL. Nothing of `src` knows: the house is handed other adapters through `wire`, and SQLite's
 * statements are watched on the library's own classes.
 */
import { basename } from "node:path";
import Database from "better-sqlite3";
import { wire } from "../../src/app/wire.ts";
import type { Fact } from "../../src/core/model/fact.ts";
import { readName, tradeOfTag, type TradeId } from "../../src/core/model/ids.ts";
import type { VenueReport, VenueRequest } from "../../src/core/model/venue.ts";
import type { VenueEvent } from "../../src/core/paper/event.ts";
import type { Control, ControlListener } from "../../src/ports/control.ts";
import type { Journal, Recorded } from "../../src/ports/journal.ts";
import type { Ledger } from "../../src/ports/ledger.ts";
import type { PaperBook } from "../../src/ports/paper-book.ts";
import type { Result } from "../../src/std/result.ts";
import type { Role } from "./orders.ts";

export interface Watcher {
  /** Announces a passage, and may not return. */
  pass(point: string, labels: readonly string[]): void;
  /** Facts of earlier runs, at the start. */
  remembered(facts: Iterable<Recorded>): void;
  acknowledged(facts: readonly Fact[], head: { readonly sequence: number; readonly hash: string }): void;
  entered(entries: readonly string[]): void;
  asked(): void;
  /** The operator's door into the house. */
  door(listener: ControlListener): void;
}

export interface WatchOptions {
  readonly roles: ReadonlyMap<TradeId, Role>;
  readonly inParts: boolean;
  readonly watcher: Watcher;
}

/** Puts the wrappers on, for the rest of this process. */
export async function watchHouse({ roles, inParts, watcher }: WatchOptions): Promise<void> {
  const name = labelsFor(roles);
  /** What the statement under way is about. */
  let about: readonly string[] = [];
  const around = <T>(labels: readonly string[], work: () => T): T => {
    about = labels;
    try {
      return work();
    } finally {
      about = [];
    }
  };
  watchStatements((file) => watcher.pass("sql-inside", [file, ...about]));

  const real = {
    journal: await wire.journal(),
    paperBook: await wire.paperBook(),
    ledger: await wire.ledger(),
    broker: await wire.broker(),
    control: await wire.control(),
  };
  const onValue = <T, E>(result: Result<T, E>, wrap: (value: T) => T): Result<T, E> =>
    result.ok ? { ok: true, value: wrap(result.value) } : result;

  const journalAround = (journal: Journal): Journal => {
    watcher.remembered(journal.read(0));
    return {
      ...journal,
      append(facts) {
        const labels = facts.flatMap(name.fact);
        watcher.pass("journal-before", labels);
        const done = around(labels, () => journal.append(facts));
        if (done.ok) watcher.acknowledged(facts, done.value);
        watcher.pass("journal-after", labels);
        return done;
      },
      saveSnapshot(snapshot) {
        watcher.pass("snapshot-before", []);
        const done = around(["snapshot"], () => journal.saveSnapshot(snapshot));
        watcher.pass("snapshot-after", []);
        return done;
      },
    };
  };

  const bookAround = (book: PaperBook): PaperBook => ({
    ...book,
    append(entries) {
      const labels = entries.flatMap((one) => eventsIn(one).flatMap(name.event));
      watcher.pass("book-before", labels);
      around(labels, () => book.append(entries));
      watcher.entered(entries);
      watcher.pass("book-after", labels);
    },
    checkpoint(body) {
      watcher.pass("checkpoint-before", []);
      around(["checkpoint"], () => book.checkpoint(body));
      watcher.pass("checkpoint-after", []);
    },
  });

  const ledgerAround = (ledger: Ledger): Ledger => ({
    ...ledger,
    apply(recorded) {
      const labels = recorded.flatMap(({ fact }) => name.fact(fact));
      watcher.pass("ledger-before", labels);
      const done = around(labels, () => ledger.apply(recorded));
      watcher.pass("ledger-after", labels);
      return done;
    },
  });

  class WatchedBroker extends real.broker.PaperBroker {
    constructor(parts: ConstructorParameters<typeof real.broker.PaperBroker>[0]) {
      super(inParts ? thinned(parts) : parts);
    }
    override open(listener: (report: VenueReport) => void): void {
      super.open((report) => {
        const labels = name.report(report);
        watcher.pass("report-before", labels);
        listener(report);
        watcher.pass("report-after", labels);
      });
    }
    override send(request: VenueRequest): void {
      const labels = name.request(request);
      watcher.pass("send-before", labels);
      super.send(request);
      watcher.pass("send-after", labels);
    }
    override ask(...question: Parameters<InstanceType<typeof real.broker.PaperBroker>["ask"]>): void {
      watcher.asked();
      super.ask(...question);
    }
  }

  const controlAround = (control: Control): Control => ({
    ...control,
    listen(directory, listener) {
      watcher.door(listener);
      return control.listen(directory, listener);
    },
  });

  const watched = {
    journal: async () => ({
      ...real.journal,
      openJournal: (...how: Parameters<typeof real.journal.openJournal>) =>
        onValue(real.journal.openJournal(...how), journalAround),
    }),
    paperBook: async () => ({
      ...real.paperBook,
      openPaperBook: (...how: Parameters<typeof real.paperBook.openPaperBook>) =>
        onValue(real.paperBook.openPaperBook(...how), bookAround),
    }),
    ledger: async () => ({
      ...real.ledger,
      openLedger: (...how: Parameters<typeof real.ledger.openLedger>) =>
        onValue(real.ledger.openLedger(...how), ledgerAround),
    }),
    broker: async () => ({ ...real.broker, PaperBroker: WatchedBroker }),
    control: async () => ({
      ...real.control,
      controlSocket: () => controlAround(real.control.controlSocket()),
    }),
  };
  Object.assign(wire, watched);
}

/** Always a part first, where the chance of one is a setting of the house. */
function thinned<P extends { readonly settings: { readonly venue: object } }>(parts: P): P {
  const venue = { ...parts.settings.venue, partialFill: { permille: 1_000, seed: 1 } };
  return { ...parts, settings: { ...parts.settings, venue } };
}

/** Announces each statement that writes, and the end of each transaction before it is committed. */
function watchStatements(pass: (file: string) => void): void {
  const real = { ...Database.prototype };
  const file = (database: Database.Database): string => basename(database.name);
  const writing = /^\s*(INSERT|REPLACE|DELETE|UPDATE|CREATE)/i;
  const patched: Pick<Database.Database, "prepare" | "exec" | "transaction"> = {
    prepare(this: Database.Database, sql: string) {
      const statement = real.prepare.call(this, sql);
      if (!writing.test(sql)) return statement;
      const run = statement.run.bind(statement) as (...values: unknown[]) => Database.RunResult;
      statement.run = (...values: unknown[]) => {
        const done = run(...values);
        pass(file(this));
        return done;
      };
      return statement;
    },
    exec(this: Database.Database, sql: string) {
      const done = real.exec.call(this, sql);
      if (writing.test(sql)) pass(file(this));
      return done;
    },
    transaction(this: Database.Database, work: (...values: unknown[]) => unknown) {
      const database = this;
      return real.transaction.call(this, (...values: unknown[]) => {
        const done = work(...values);
        pass(`${file(database)} whole`);
        return done;
      });
    },
  } as never;
  Object.assign(Database.prototype, patched);
}

const eventsIn = (entry: string): readonly VenueEvent[] => JSON.parse(entry);

interface Labels {
  fact(fact: Fact): readonly string[];
  request(request: VenueRequest): readonly string[];
  event(event: VenueEvent): readonly string[];
  report(report: VenueReport): readonly string[];
}

function labelsFor(roles: ReadonlyMap<TradeId, Role>): Labels {
  const role = (trade: TradeId | null): string => (trade && roles.get(trade)) ?? "house";
  const idOf = (request: VenueRequest): string => {
    const named = readName(request.id);
    return named === null
      ? `house:${request.kind}`
      : `${role(named.trade)}:${request.kind}/${named.role}${named.tranche + 1}`;
  };
  const byMessage = (id: string): string => ([...roles.values()].find((one) => one === id) ?? "house");
  const fact: Labels["fact"] = (one) => {
    const owner = "trade" in one ? role(one.trade) : "message" in one ? byMessage(one.message.id) : "house";
    const labels = [`${owner}:${one.kind}`];
    if (one.kind === "LegChangeAsked") labels.push(`${owner}:${one.leg}${one.tranche + 1}/${one.why}`);
    return labels;
  };
  return {
    fact,
    request: (request) => [idOf(request)],
    event(event) {
      if (event.kind === "request") return [idOf(event.request)];
      return [event.kind === "price" ? `price/${event.quote.instrument}` : event.kind];
    },
    report(report) {
      if (report.kind === "answer") {
        const named = readName(report.id);
        return named === null ? ["house:answer"] : [`${role(named.trade)}:answer/${named.role}${named.tranche + 1}`];
      }
      if (report.kind === "snapshot") return ["snapshot"];
      const { tag, parent, role: what } = report.kind === "fill" ? report.fill : report.order;
      return [`${role(tradeOfTag(parent ?? tag))}:${report.kind}/${what}`];
    },
  };
}
