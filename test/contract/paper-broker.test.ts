/** The paper venue keeps every promise, on books in memory and on books in SQLite. */
import { join } from "node:path";
import { accountId } from "../../src/core/model/ids.ts";
import type { BracketSupport } from "../../src/core/model/rules.ts";
import { dollars, millis } from "../../src/core/model/units.ts";
import type { VenueReport } from "../../src/core/model/venue.ts";
import { DEFAULT_VENUE } from "../../src/core/paper/settings.ts";
import type { PaperBook } from "../../src/ports/paper-book.ts";
import { virtualClock } from "../../src/shell/host/virtual-clock.ts";
import { PaperBroker } from "../../src/shell/paper/broker.ts";
import { fixedMarket } from "../../src/shell/paper/fixed-market.ts";
import { memoryBook } from "../../src/shell/paper/memory-book.ts";
import { openPaperBook } from "../../src/shell/sqlite/paper-book.ts";
import { silentLog } from "../kit/silent-log.ts";
import { temporaryFolder } from "../kit/temporary-folder.ts";
import { brokerContract, type VenueUnderTest } from "./broker.ts";

const ACCOUNTS = [accountId("paper-1"), accountId("paper-2")] as const;
const NOON = millis(Date.UTC(2026, 10, 18, 18, 0, 0));

/** `openBook` gives the same book each time, as a new process would find it. */
function openPaper(brackets: BracketSupport, openBook: () => PaperBook, at = NOON): VenueUnderTest {
  const clock = virtualClock(at);
  const market = fixedMarket(clock);
  const book = openBook();
  const reports: VenueReport[] = [];
  const broker = new PaperBroker({
    clock,
    marketData: market,
    book,
    log: silentLog,
    settings: {
      venue: { ...DEFAULT_VENUE, brackets },
      latency: millis(100),
      sessions: "cme",
      accounts: ACCOUNTS.map((account) => ({
        account,
        balance: dollars(50_000),
        fees: { kind: "table" },
      })),
      checkpointAfter: 5_000,
    },
  });
  broker.open((report) => reports.push(report));
  return {
    broker,
    accounts: ACCOUNTS,
    contract: "MESZ26",
    instrument: "MES",
    basePrice: 25_300,
    now: clock.now,
    setQuote: (quote) => market.setQuote(quote),
    advance: (milliseconds) => void clock.runUntil(millis(clock.now() + milliseconds)),
    reports: () => reports,
    reopen() {
      // The broker says no goodbye; the file is let go as a dying process lets go of it.
      book.close();
      return openPaper(brackets, openBook, clock.now());
    },
    setSession: (open) => (open ? broker.resume("MES") : broker.halt("MES")),
    close: () => broker.close(),
  };
}

brokerContract("paper, in memory", (brackets) => {
  const book = memoryBook();
  return openPaper(brackets, () => book);
});

brokerContract("paper, in SQLite", (brackets) => {
  const path = join(temporaryFolder(), "paper.db");
  return openPaper(brackets, () => {
    const opened = openPaperBook(path, { at: NOON });
    if (!opened.ok) throw new Error(opened.error.detail);
    return opened.value;
  });
});
