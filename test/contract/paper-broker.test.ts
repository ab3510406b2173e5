import { accountId } from "../../src/core/model/ids.ts";
import type { BracketSupport } from "../../src/core/model/rules.ts";
import { dollars, millis } from "../../src/core/model/units.ts";
import type { VenueReport } from "../../src/core/model/venue.ts";
import { DEFAULT_VENUE } from "../../src/core/paper/settings.ts";
import { virtualClock } from "../../src/shell/host/virtual-clock.ts";
import { PaperBroker } from "../../src/shell/paper/broker.ts";
import { fixedMarket } from "../../src/shell/paper/fixed-market.ts";
import { memoryBook } from "../../src/shell/paper/memory-book.ts";
import { silentLog } from "../kit/silent-log.ts";
import { brokerContract, type VenueUnderTest } from "./broker.ts";

const ACCOUNTS = [accountId("paper-1"), accountId("paper-2")] as const;
const NOON = millis(Date.UTC(2026, 10, 18, 18, 0, 0));

function openPaper(brackets: BracketSupport, book = memoryBook(), at = NOON): VenueUnderTest {
  const clock = virtualClock(at);
  const marketData = fixedMarket(clock);
  const reports: VenueReport[] = [];
  const broker = new PaperBroker({
    clock,
    marketData,
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
    setQuote: (quote) => marketData.setQuote(quote),
    advance: (milliseconds) => void clock.runUntil(millis(clock.now() + milliseconds)),
    reports: () => reports,
    // No goodbye: the process is gone, the book is what it was.
    reopen: () => openPaper(brackets, book, clock.now()),
    setSession: (open) => (open ? broker.resume("MES") : broker.halt("MES")),
    close: () => broker.close(),
  };
}

brokerContract("paper", openPaper);
