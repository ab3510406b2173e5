/**
 * The stand-in venue as the wire book wants it: its people, its account, its prices and its day, on
 * virtual time and a real port of the loopback.
 */
import { type Millis, millis, ticks } from "../../src/core/model/units.ts";
import { virtualClock } from "../../src/shell/host/virtual-clock.ts";
import { withFaults } from "../../src/shell/topstepx-sim/faults.ts";
import { SERVER_LIMITS, serveStandIn } from "../../src/shell/topstepx-sim/server.ts";
import {
  DEFAULT_STAND_IN,
  PRACTICE_ACCOUNT,
  type StandInSettings,
} from "../../src/shell/topstepx-sim/settings.ts";
import { createStandIn } from "../../src/shell/topstepx-sim/venue.ts";
import { BOOK_LOGIN, type PlayedVenue } from "./wire-book-player.ts";

export interface BookVenue extends PlayedVenue {
  quote(symbol: "MES" | "MNQ", bid: number, ask: number): void;
  pass(milliseconds: number): void;
  at(time: string): void;
  /** Every hub connection, with the error the real venue closes with. */
  drop(): void;
  close(): Promise<void>;
}

export const BOOK_ACCOUNT = 26280001;
/** Keep-alives go by the host's time; 15 s of that are too many for a test. */
const PING_EVERY = millis(100);
const START = Date.parse("2026-08-18T14:30:00Z");

const SETTINGS: StandInSettings = {
  ...DEFAULT_STAND_IN,
  users: [
    BOOK_LOGIN,
    { ...BOOK_LOGIN, userName: "unsigned", loginFault: 7 },
    { ...BOOK_LOGIN, userName: "confused", loginFault: 8 },
    { ...BOOK_LOGIN, userName: "unpaid", loginFault: 9 },
    { ...BOOK_LOGIN, userName: "keyless", loginFault: 10 },
  ],
  accounts: [
    { ...PRACTICE_ACCOUNT, id: BOOK_ACCOUNT, name: "PRAC-V2-1001-1" },
    {
      ...PRACTICE_ACCOUNT,
      ...{ id: BOOK_ACCOUNT + 1, name: "50KTC-V2-DLL-1001-2", balance: 50_000 },
      ...{ canTrade: false, isVisible: false },
    },
  ],
  matching: { ...DEFAULT_STAND_IN.matching, slippage: ticks(0) },
};

const REFUSABLE: Readonly<Record<string, string>> = {
  places: "/api/Order/place",
  cancels: "/api/Order/cancel",
  closes: "/api/Position/partialCloseContract",
};

export async function openBookVenue(): Promise<BookVenue> {
  const clock = virtualClock(millis(START));
  const venue = createStandIn({ clock, settings: SETTINGS });
  const faults = withFaults({ venue, clock, seed: 1, rates: {}, struck: () => {} });
  const served = await serveStandIn({
    ...{ standIn: faults, clock, host: "127.0.0.1", port: 0 },
    limits: { ...SERVER_LIMITS, hub: { ...SERVER_LIMITS.hub, pingEvery: PING_EVERY } },
  });
  if (!served.ok) throw new Error(served.error);

  const print = (symbol: string, last: number, bid: number, ask: number, volume = 1): void => {
    const set = venue.setQuote(`CON.F.US.${symbol}.U26`, { last, bid, ask, volume });
    if (!set.ok) throw new Error(set.error);
  };
  const quote = (symbol: string, bid: number, ask: number): void => print(symbol, bid, bid, ask);
  const at = (time: Millis): void => void clock.runUntil(time);
  const pass = (by: number): void => at(millis(clock.now() + by));
  quote("MES", 6300, 6300.25);
  quote("MNQ", 23000, 23000.5);

  function minutes(symbol: string, count: number): void {
    for (let second = 0; second < count * 60; second += 1) {
      quote(symbol, 6300 + (second % 7) * 0.25, 6300.25 + (second % 7) * 0.25);
      pass(1_000);
    }
  }

  function happens(words: readonly string[]): boolean {
    const [what = "", one = "", two = "", ...rest] = words;
    const refusable = REFUSABLE[what];
    if (refusable !== undefined && one === "refused") {
      const text = rest.join(" ");
      const errorMessage = text === "" || text === "-" ? null : text;
      venue.refuseNext(refusable, { errorCode: Number(two), errorMessage });
    } else if (what === "wait") pass(durationOf(one));
    else if (what === "now") at(millis(Date.parse(one)));
    else if (what === "quote") quote(one, Number(two), Number(rest[0]));
    else if (what === "trade")
      print(one, Number(two), Number(two) - 0.25, Number(two), Number(rest[0]));
    else if (what === "minutes") minutes(one, Number(two));
    else if (what === "brackets") {
      venue.setAccount(BOOK_ACCOUNT, { bracketMode: one === "position" ? "position" : "autoOco" });
    } else if (what === "events") {
      venue.setSwitch("userEvents", one);
    } else if (what === "answers") faults.strike("server-error");
    else if (words.join(" ") === "hub drops") faults.strike("hub-dropped");
    else if (words.join(" ") === "hub says GatewayLogout") venue.logOut();
    else return false;
    return true;
  }

  return {
    url: served.value.url,
    happens,
    quote,
    pass,
    at: (time) => at(millis(Date.parse(time))),
    drop: () => faults.strike("hub-dropped"),
    async close() {
      venue.close();
      await served.value.close();
    },
  };
}

function durationOf(word: string): number {
  const [, digits = "", unit = ""] = /^(\d+)(ms|s)$/.exec(word) ?? [];
  if (digits === "") throw new Error(`no duration: ${word}`);
  return Number(digits) * (unit === "s" ? 1_000 : 1);
}
