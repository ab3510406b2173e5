/**
 * TopstepX keeps every promise of the port: the broker, the real gateway client and the real hub link
 * against the stand-in venue, in memory and on virtual time.
 *
 * What nobody knows about the real venue is answered both ways.
 */
import { ticksToPoints } from "../../src/core/model/instrument.ts";
import { instrumentOf } from "../../src/core/model/instruments.ts";
import { millis, type Ticks } from "../../src/core/model/units.ts";
import type { VenueReport } from "../../src/core/model/venue.ts";
import type { Switches } from "../../src/shell/topstepx-sim/switches.ts";
import { type LiveVenue, liveBroker, liveVenue, MES_CODE, MES_WIRE } from "../kit/topstepx-live.ts";
import { brokerContract, type VenueUnderTest } from "./broker.ts";

const points = (price: Ticks): number => ticksToPoints(instrumentOf("MES"), price);

function openTopstepx(live: LiveVenue): VenueUnderTest {
  const { clock, venue } = live;
  const { broker, close } = liveBroker(live);
  const reports: VenueReport[] = [];
  broker.open((report) => reports.push(report));
  return {
    broker,
    accounts: live.accounts,
    contract: MES_CODE,
    instrument: "MES",
    basePrice: 25_300,
    now: clock.now,
    setQuote({ last, bid, ask, high, low }) {
      const prices = Object.entries({ last, bid, ask, high, low });
      const quote = Object.fromEntries(prices.map(([key, price]) => [key, points(price)]));
      const set = venue.setQuote(MES_WIRE, { last: points(last), ...quote });
      if (!set.ok) throw new Error(set.error);
    },
    advance: (milliseconds) => void clock.runUntil(millis(clock.now() + milliseconds)),
    reports: () => reports,
    reopen() {
      close();
      return openTopstepx(live);
    },
    setSession: (open) => venue.setSession(open ? null : false),
    close,
  };
}

/** Every answer to the first three open questions, and other shapes of the wire beside them. */
const ANSWERS: readonly Partial<Switches>[] = [
  {},
  {
    cancelLeg: "sibling-cancelled",
    modifyLegSize: "sibling-follows",
    partialClose: "group-cancelled",
    terminalCancel: "code-2",
    tagUsedAgain: "stored",
  },
  { partialClose: "brackets-resized", userEvents: "flat", bracketIds: "gapped" },
];

for (const switches of ANSWERS) {
  const turned = Object.values(switches).join(", ") || "as is likely";
  brokerContract(`topstepx, ${turned}`, (brackets) =>
    openTopstepx(liveVenue({ brackets, switches })),
  );
}
