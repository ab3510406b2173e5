/**
 * `tradestream status`: of the running process; with none, of the journal it left behind.
 */
import { instrumentOf } from "../../core/model/instruments.ts";
import { millis } from "../../core/model/units.ts";
import { healthLines } from "../../core/views/health.ts";
import type { PriceView } from "../../core/views/prices.ts";
import { renderStatus, type StatusView } from "../../core/views/status.ts";
import type { ExitCode, GlobalOptions, Handlers } from "../../ports/console.ts";
import type { LiveStatus } from "../../ports/control.ts";
import type { HistoryCounts } from "../../ports/history.ts";
import { askRunning } from "../asking.ts";
import { type Context, leave, stopped } from "../context.ts";
import { placesIn } from "../places.ts";
import { lookInto } from "../reading.ts";
import { foldJournal, type Readable } from "../recover.ts";
import { unsoundConfig } from "../setup.ts";
import { statusOf } from "../status-of.ts";
import { wire } from "../wire.ts";

export const status =
  (context: Context): Handlers["status"] =>
  async (options) => {
    const unsound = await unsoundConfig(context, options);
    if (unsound !== null) return leave(context, unsound);
    const asked = await askRunning(context, options, { kind: "status" });
    if (!asked.ok && asked.error.kind === "nobody") return ofJournal(context, options);
    if (!asked.ok) return leave(context, stopped(1, asked.error.detail));
    if (asked.value.kind !== "status") {
      const reason = asked.value.kind === "fault" ? asked.value.reason : "not a status";
      return leave(context, stopped(1, reason));
    }
    return show(context, options, asked.value.status);
  };

function show({ screen }: Context, { json }: GlobalOptions, live: LiveStatus): ExitCode {
  if (json) {
    screen.printJson({ running: true, ...live });
    return 0;
  }
  const impaired = live.impaired ? ", FACTS CANNOT BE WRITTEN: only exits go out" : "";
  screen.print(`running, ${live.mode}${impaired}; prices: ${live.market}`);
  const isPriced = live.market !== "none";
  if (live.prices.length > 0) screen.print(live.prices.map(priceText).join("   "));
  else if (isPriced) screen.print("no price yet");
  for (const line of healthOf(live)) screen.print(line);
  print(screen, live);
  printMessages(screen, live.messages);
  return 0;
}

/** Lines of what is not well, and one where all is. */
function healthOf({ health }: LiveStatus): readonly string[] {
  if (health === undefined) return [];
  const lines = healthLines(health);
  return lines.length === 0 ? ["health: ok"] : lines;
}

function priceText({ instrument, last, bid, ask }: PriceView): string {
  const { decimals } = instrumentOf(instrument);
  const [traded, buyers, sellers] = [last, bid, ask].map((price) => price.toFixed(decimals));
  return `${instrument} ${traded} (${buyers} / ${sellers})`;
}

function print(screen: Context["screen"], view: StatusView): void {
  for (const line of renderStatus(view, screen.columns())) screen.print(line);
}

/** Only what a person should look at. */
function printMessages(screen: Context["screen"], counts: HistoryCounts | null): void {
  if (counts === null || counts.unsettled + counts.faults === 0) return;
  const { unsettled, faults } = counts;
  screen.print(
    `messages: ${unsettled} undecided, ${faults} unreadable; see history stats, history faults`,
  );
}

async function messagesIn(directory: string): Promise<HistoryCounts | null> {
  const { openHistoryReadOnly } = await wire.history();
  const opened = openHistoryReadOnly(placesIn(directory).history);
  if (!opened.ok) return null; // none was kept, or its own command says what is wrong
  try {
    return opened.value.counts();
  } finally {
    opened.value.close();
  }
}

const ofJournal = (context: Context, options: GlobalOptions): Promise<ExitCode> =>
  lookInto(context, options, async (journal, directory) => {
    const view = viewOf(journal);
    const messages = await messagesIn(directory);
    const { screen } = context;
    if (options.json) screen.printJson({ running: false, directory, ...view, messages });
    else {
      screen.print(`not running; ${directory} as it was left`);
      print(screen, view);
      printMessages(screen, messages);
    }
    return 0 as const;
  });

function viewOf(journal: Readable): StatusView {
  const state = foldJournal(journal);
  const { sequence } = journal.head();
  const [last] = journal.read(Math.max(0, sequence - 1));
  return statusOf(state, { at: last?.fact.at ?? millis(0), sequence, quotes: [] });
}
