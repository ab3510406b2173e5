/**
 * What lies where in a data directory.
 *
 * ```text
 * data/  journal.db   the facts          lock.db        who may write them
 *        ledger.db    the same as tables lifeboat.jsonl facts the journal could not take
 *        paper.db     the paper venue's  control.sock   the door for commands
 *        log.jsonl    for the operator   last-good.json the configuration of the last start
 *        history.db   every message heard   rehearsal.json the last one at a live venue
 *        HALT         no entries while it is there   backups/       copies of all that
 *        .restoring/  a restore that is to be finished   quarantine/    books it took the place of
 *        config-history/  earlier texts of the configuration
 *        demo/        a demo day, with files of its own
 * ```
 */
import { isAbsolute, join } from "node:path";
import type { SecretPlace } from "../core/model/config.ts";

export interface Places {
  readonly directory: string;
  readonly journal: string;
  readonly ledger: string;
  readonly paper: string;
  readonly history: string;
  readonly lifeboat: string;
  readonly log: string;
  readonly lastGood: string;
  readonly configHistory: string;
  /** While it is there nothing is entered. */
  readonly halt: string;
  /** What the last rehearsal at a live venue taught. */
  readonly rehearsal: string;
  readonly backups: string;
  /** There while a restore was decided and not finished. */
  readonly restoring: string;
}

export const placesIn = (directory: string): Places => ({
  directory,
  journal: join(directory, "journal.db"),
  ledger: join(directory, "ledger.db"),
  paper: join(directory, "paper.db"),
  history: join(directory, "history.db"),
  lifeboat: join(directory, "lifeboat.jsonl"),
  log: join(directory, "log.jsonl"),
  lastGood: join(directory, "last-good.json"),
  configHistory: join(directory, "config-history"),
  halt: join(directory, "HALT"),
  rehearsal: join(directory, "rehearsal.json"),
  backups: join(directory, "backups"),
  restoring: join(directory, ".restoring"),
});

export const demoDirectory = (directory: string): string => join(directory, "demo");

/** A name as it was given, where that leads to the right place; else the whole path. */
export const fromHere = (here: string, name: string): string =>
  isAbsolute(name) || here === process.cwd() ? name : join(here, name);

/** A secret in a file, whose path counts from there too. */
export const placeFrom = (here: string, place: SecretPlace): SecretPlace =>
  place.kind === "file" ? { ...place, path: fromHere(here, place.path) } : place;
