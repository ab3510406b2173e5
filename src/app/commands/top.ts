/**
 * `tradestream top`: the house on one screen, live; without a terminal, one page of it.
 *
 * It reads: through the socket of a running process, else from the books. What it may ask for goes the
 * way of `halt`, `resume` and `flatten`, and is journaled there.
 */
import type { Millis } from "../../core/model/units.ts";
import { millis } from "../../core/model/units.ts";
import type { SnapshotView } from "../../core/views/snapshot.ts";
import type { ExitCode, Handlers } from "../../ports/console.ts";
import type { ControlRequest } from "../../ports/control.ts";
import type { Sight, Steering } from "../../ports/dashboard.ts";
import { askRunning } from "../asking.ts";
import { type Context, leave, stopped } from "../context.ts";
import { figuresOf } from "../figures-of.ts";
import { placesIn } from "../places.ts";
import { foldJournal, type Readable } from "../recover.ts";
import { directoriesToAsk, newestDirectory, unsoundConfig } from "../setup.ts";
import { watchHouse } from "../sights.ts";
import { readTail } from "../snapshot-desk.ts";
import { snapshotOf } from "../snapshot-of.ts";
import { wire } from "../wire.ts";

type Options = Parameters<Handlers["top"]>[0];

export const top =
  (context: Context): Handlers["top"] =>
  async (options) => {
    const unsound = await unsoundConfig(context, options);
    if (unsound !== null) return leave(context, unsound);
    const { screen } = context;
    const isPlain = options.json || options.once || !screen.isInteractive || screen.look === "dumb";
    return isPlain ? page(context, options) : live(context, options);
  };

async function live(context: Context, options: Options): Promise<ExitCode> {
  const { clock, screen } = context;
  const { controlSocket } = await wire.control();
  const { openDashboard } = await wire.dashboard();
  const control = controlSocket();
  const directories = await directoriesToAsk(context, options);
  const books = () => booksLeft(context, options);
  let directory: string | null = null;
  await openDashboard({
    watch: (see) =>
      watchHouse({ control, directories, clock, books }, (sight) => {
        if ("directory" in sight) directory = sight.directory;
        see(sight);
      }),
    steer: (what) => steer(context, options, what),
    figures: () =>
      directory === null
        ? Promise.resolve({ kind: "none", reason: "no ledger is known yet" })
        : figuresOf(directory),
    now: clock.now,
    colour: screen.look === "coloured" && !options.ascii,
    ascii: options.ascii,
  });
  return 0;
}

const REQUESTS: Readonly<Record<Steering, ControlRequest>> = {
  halt: { kind: "halt", reason: "halted by the operator, on the dashboard" },
  resume: { kind: "resume" },
  flatten: { kind: "flatten", account: null },
};

async function steer(context: Context, options: Options, what: Steering): Promise<string> {
  const asked = await askRunning(context, options, REQUESTS[what]);
  if (!asked.ok && asked.error.kind === "nobody")
    return what === "halt"
      ? "no process is running; `tradestream halt` writes it down for the next start"
      : "no process is running";
  if (!asked.ok) return `FAILED: ${asked.error.detail}`;
  const { value } = asked;
  if (value.kind === "fault") return `FAILED: ${value.reason}`;
  if (value.kind !== "command") return "FAILED: not an answer";
  return value.answer.kind === "refused" ? `refused: ${value.answer.reason}` : "taken";
}

/** One page: of the running process; with none, of the books it left. */
async function page(context: Context, options: Options): Promise<ExitCode> {
  const { screen, clock } = context;
  const asked = await askRunning(context, options, { kind: "snapshot" });
  if (!asked.ok && asked.error.kind !== "nobody")
    return leave(context, stopped(1, asked.error.detail));
  if (asked.ok && asked.value.kind !== "snapshot") {
    const reason = asked.value.kind === "fault" ? asked.value.reason : "not a snapshot";
    return leave(context, stopped(1, reason));
  }
  const sight: Sight =
    asked.ok && asked.value.kind === "snapshot"
      ? { kind: "live", view: asked.value.snapshot, directory: "" }
      : await booksLeft(context, options);
  if (!("view" in sight)) {
    const reason = sight.kind === "nothing" ? sight.reason : "nothing to see";
    return leave(context, stopped(2, reason));
  }
  if (options.json) {
    screen.printJson({ running: sight.kind === "live", ...sight.view });
    return 0;
  }
  const { wholeText } = await wire.dashboardText();
  const columns = Math.min(screen.columns(), PAGE_COLUMNS);
  const ascii = options.ascii || screen.look === "dumb";
  for (const line of wholeText(sight, { columns, now: clock.now(), ascii })) screen.print(line);
  return 0;
}

/** A page in a pipe is as wide as a wide terminal. */
const PAGE_COLUMNS = 120;

async function booksLeft(context: Context, options: Options): Promise<Sight> {
  const directory = await newestDirectory(context, options);
  if (!directory.ok) return { kind: "nothing", reason: directory.error.lines.join("; ") };
  const { DamagedJournal, openJournalReadOnly } = await wire.journal();
  const opened = openJournalReadOnly(placesIn(directory.value).journal);
  if (!opened.ok) return { kind: "nothing", reason: opened.error.detail };
  try {
    return { kind: "left", view: viewOf(opened.value), directory: directory.value };
  } catch (failure) {
    if (!(failure instanceof DamagedJournal)) throw failure;
    return { kind: "nothing", reason: `${directory.value}: ${failure.message}` };
  } finally {
    opened.value.close();
  }
}

function viewOf(journal: Readable): SnapshotView {
  const state = foldJournal(journal);
  const { sequence } = journal.head();
  const [last] = journal.read(Math.max(0, sequence - 1));
  const at: Millis = last?.fact.at ?? millis(0);
  const feed = readTail({ journal, state: () => state });
  const moment = { at, sequence, quotes: [], market: "none", impaired: false, feed };
  return snapshotOf(state, moment, null).view;
}
