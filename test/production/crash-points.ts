/**
 * Places to die at: wrappers around the adapters of the real house, put on from outside.
 *
 * ```text
 * loop ─► [journal] ─► effects ─► [broker] ─► venue ─► [paper book] ─► reports ─► [listener] ─► loop
 *             └ [sql]                                      └ [sql]
 * ```
 *
 * Every wrapper announces its passages, and whoever listens may end the process there. Nothing of
 * `src` knows: the house is handed other adapters through `wire`, and SQLite's statements are
 * watched on the library's own class.
 */
import { basename } from "node:path";
import Database from "better-sqlite3";
import { wire } from "../../src/app/wire.ts";
import type { Fact } from "../../src/core/model/fact.ts";
import type { VenueReport, VenueRequest } from "../../src/core/model/venue.ts";
import type { Control, ControlListener } from "../../src/ports/control.ts";
import type { Head, Journal, Recorded } from "../../src/ports/journal.ts";
import type { Ledger } from "../../src/ports/ledger.ts";
import type { Lifeboat } from "../../src/ports/lifeboat.ts";
import type { PaperBook } from "../../src/ports/paper-book.ts";
import { err, ok, type Result } from "../../src/std/result.ts";
import type { Labels } from "./labels.ts";
import { lateBook, lateJournal } from "./mistakes.ts";
import { type Mistake, ORDERED } from "./orders.ts";

export interface Watcher {
  /** A passage; it may be the last. */
  pass(point: string, labels: readonly string[]): void;
  /** Facts of earlier lives, at the start. */
  remembered(facts: Iterable<Recorded>): void;
  acknowledged(facts: readonly Fact[], head: Head): void;
  /** Whether the journal's disk takes anything now. */
  isFull(about: readonly string[]): boolean;
  saved(facts: readonly Fact[]): void;
  entered(entries: readonly string[]): void;
  asked(): void;
  /** The operator's door into the house. */
  door(listener: ControlListener): void;
}

export interface WatchOptions {
  readonly watcher: Watcher;
  readonly labels: Labels;
  /** Every order of two contracts or more fills in two parts. */
  readonly inParts: boolean;
  readonly mistake: Mistake | null;
}

/** What the wrappers share. */
interface Ring extends WatchOptions {
  /** Says what the statements run by `work` are about. */
  around<T>(about: readonly string[], work: () => T): T;
}

/** Puts the wrappers on, for the rest of this process. */
export async function watchHouse(options: WatchOptions): Promise<void> {
  const ring = newRing(options);
  const journal = await wire.journal();
  const paperBook = await wire.paperBook();
  const lifeboat = await wire.lifeboat();
  const ledger = await wire.ledger();
  const broker = await wire.broker();
  const control = await wire.control();
  const PaperBroker = brokerAround(ring, broker.PaperBroker);
  const watched = {
    journal: async () => ({
      ...journal,
      openJournal: (...how: Parameters<typeof journal.openJournal>) =>
        onValue(journal.openJournal(...how), (one) => journalAround(ring, one)),
    }),
    paperBook: async () => ({
      ...paperBook,
      openPaperBook: (...how: Parameters<typeof paperBook.openPaperBook>) =>
        onValue(paperBook.openPaperBook(...how), (one) => bookAround(ring, one)),
    }),
    lifeboat: async () => ({
      ...lifeboat,
      fileLifeboat: (path: string) => lifeboatAround(ring, lifeboat.fileLifeboat(path)),
    }),
    ledger: async () => ({
      ...ledger,
      openLedger: (...how: Parameters<typeof ledger.openLedger>) =>
        onValue(ledger.openLedger(...how), (one) => ledgerAround(ring, one)),
    }),
    broker: async () => ({ ...broker, PaperBroker }),
    control: async () => ({
      ...control,
      controlSocket: () => controlAround(ring, control.controlSocket()),
    }),
  };
  Object.assign(wire, watched);
}

const onValue = <T, E>(result: Result<T, E>, wrap: (value: T) => T): Result<T, E> =>
  result.ok ? ok(wrap(result.value)) : result;

function newRing(options: WatchOptions): Ring {
  let present: readonly string[] = [];
  watchStatements((file) => options.watcher.pass("sql-inside", [file, ...present]));
  return {
    ...options,
    around(about, work) {
      present = about;
      try {
        return work();
      } finally {
        present = [];
      }
    },
  };
}

function journalAround<Kind extends Journal>(
  { watcher, labels, mistake, around }: Ring,
  real: Kind,
): Kind {
  watcher.remembered(real.read(0));
  const journal = mistake === "journal-late" ? lateJournal(real) : real;
  const watched: Journal = {
    ...journal,
    append(facts, slips) {
      const about = facts.flatMap(labels.ofFact);
      watcher.pass("journal-before", about);
      if (watcher.isFull(about)) return err({ kind: "full", detail: ORDERED });
      const done = around(about, () => journal.append(facts, slips));
      if (done.ok) watcher.acknowledged(facts, done.value);
      watcher.pass("journal-after", about);
      return done;
    },
    saveSnapshot(snapshot) {
      watcher.pass("snapshot-before", []);
      const done = around(["snapshot"], () => journal.saveSnapshot(snapshot));
      watcher.pass("snapshot-after", []);
      return done;
    },
  };
  return { ...real, ...watched };
}

function bookAround({ watcher, labels, mistake, around }: Ring, real: PaperBook): PaperBook {
  const book = mistake === "book-late" ? lateBook(real) : real;
  return {
    ...book,
    append(entries) {
      const about = entries.flatMap(labels.ofEntry);
      watcher.pass("book-before", about);
      around(about, () => book.append(entries));
      watcher.entered(entries);
      watcher.pass("book-after", about);
    },
    checkpoint(body) {
      watcher.pass("checkpoint-before", []);
      around(["checkpoint"], () => book.checkpoint(body));
      watcher.pass("checkpoint-after", []);
    },
  };
}

const lifeboatAround = ({ watcher, labels }: Ring, lifeboat: Lifeboat): Lifeboat => ({
  ...lifeboat,
  save(facts) {
    const about = facts.flatMap(labels.ofFact);
    watcher.pass("lifeboat-before", about);
    const isKept = lifeboat.save(facts);
    if (isKept) watcher.saved(facts);
    watcher.pass("lifeboat-after", about);
    return isKept;
  },
  clear() {
    watcher.pass("lifeboat-clear", []);
    lifeboat.clear();
  },
});

const ledgerAround = ({ watcher, labels, around }: Ring, ledger: Ledger): Ledger => ({
  ...ledger,
  apply(recorded) {
    const about = recorded.flatMap(({ fact }) => labels.ofFact(fact));
    watcher.pass("ledger-before", about);
    const done = around(about, () => ledger.apply(recorded));
    watcher.pass("ledger-after", about);
    return done;
  },
});

const controlAround = ({ watcher }: Ring, control: Control): Control => ({
  ...control,
  listen(directory, listener) {
    watcher.door(listener);
    return control.listen(directory, listener);
  },
});

type BrokerClass = Awaited<ReturnType<typeof wire.broker>>["PaperBroker"];
type BrokerParts = ConstructorParameters<BrokerClass>[0];
type Question = Parameters<InstanceType<BrokerClass>["ask"]>;
type Rebuild = InstanceType<BrokerClass>["rebuild"];

function brokerAround({ watcher, labels, inParts, mistake }: Ring, Real: BrokerClass): BrokerClass {
  return class extends Real {
    constructor(parts: BrokerParts) {
      super(inParts ? thinned(parts) : parts);
    }
    override open(listener: (report: VenueReport) => void): void {
      super.open((report) => {
        const about = labels.ofReport(report);
        watcher.pass("report-before", about);
        listener(report);
        watcher.pass("report-after", about);
      });
    }
    override send(request: VenueRequest): void {
      const about = labels.ofRequest(request);
      watcher.pass("send-before", about);
      super.send(request);
      watcher.pass("send-after", about);
    }
    override ask(...question: Question): void {
      watcher.asked();
      super.ask(...question);
    }
    override rebuild(...how: Parameters<Rebuild>): ReturnType<Rebuild> {
      return mistake === "no-rebuild" ? ok(undefined) : super.rebuild(...how);
    }
  };
}

/** Always a part first, where the house leaves it to chance. */
function thinned(parts: BrokerParts): BrokerParts {
  const venue = { ...parts.settings.venue, partialFill: { permille: 1_000, seed: 1 } };
  return { ...parts, settings: { ...parts.settings, venue } };
}

const WRITES = /^\s*(INSERT|REPLACE|DELETE|UPDATE|CREATE)/i;

/** Announces each statement that wrote, and each transaction that is whole and not yet committed. */
function watchStatements(pass: (file: string) => void): void {
  const { prepare, exec, transaction } = Database.prototype;
  const fileOf = (database: Database.Database): string => basename(database.name);
  const watched = {
    prepare(this: Database.Database, sql: string) {
      const statement = prepare.call(this, sql);
      if (!WRITES.test(sql)) return statement;
      const run = statement.run.bind(statement) as (...values: unknown[]) => Database.RunResult;
      statement.run = (...values: unknown[]) => {
        const done = run(...values);
        pass(fileOf(this));
        return done;
      };
      return statement;
    },
    exec(this: Database.Database, sql: string) {
      const done = exec.call(this, sql);
      if (WRITES.test(sql)) pass(fileOf(this));
      return done;
    },
    transaction(this: Database.Database, work: (...values: unknown[]) => unknown) {
      return transaction.call(this, (...values: unknown[]) => {
        const done = work(...values);
        pass(`${fileOf(this)} whole`);
        return done;
      });
    },
  };
  Object.assign(Database.prototype, watched);
}
