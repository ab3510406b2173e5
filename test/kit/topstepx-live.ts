/**
 * The whole way to TopstepX in one process and on virtual time: the broker, the real gateway client,
 * the real hub link, and the stand-in venue at the other end, with or without bad days.
 */
import { type AccountId, accountId } from "../../src/core/model/ids.ts";
import type { BracketSupport } from "../../src/core/model/rules.ts";
import { type Millis, millis } from "../../src/core/model/units.ts";
import type { Broker } from "../../src/ports/broker.ts";
import type { Clock } from "../../src/ports/clock.ts";
import { type VirtualClock, virtualClock } from "../../src/shell/host/virtual-clock.ts";
import { TopstepxBroker } from "../../src/shell/topstepx/broker.ts";
import { contractOfCode, contractOfId } from "../../src/shell/topstepx/contract-names.ts";
import { GatewayClient } from "../../src/shell/topstepx/gateway-client.ts";
import { liveUserHub } from "../../src/shell/topstepx/live-user-hub.ts";
import { guardedLogin } from "../../src/shell/topstepx/login-guard.ts";
import {
  DEFAULT_STAND_IN,
  PRACTICE_ACCOUNT,
  type StandInSettings,
} from "../../src/shell/topstepx-sim/settings.ts";
import type { StandIn } from "../../src/shell/topstepx-sim/stand-in.ts";
import type { Switches } from "../../src/shell/topstepx-sim/switches.ts";
import { createStandIn, type StandInVenue } from "../../src/shell/topstepx-sim/venue.ts";
import { memoryTransport } from "./memory-transport.ts";
import { silentLog } from "./silent-log.ts";

/** A Wednesday, noon in Chicago. */
export const WEDNESDAY = millis(Date.UTC(2026, 10, 18, 18, 0, 0));
export const MES_CODE = "MESZ26";
export const MES_WIRE = "CON.F.US.MES.Z26";

const NUMBERS = [101, 102] as const;
const ROUND_TRIP = 40;

export interface LiveVenue {
  readonly clock: VirtualClock;
  readonly venue: StandInVenue;
  readonly accounts: readonly [AccountId, AccountId];
  readonly brackets: BracketSupport;
  readonly settings: StandInSettings;
}

export interface LiveWish {
  readonly brackets?: BracketSupport;
  readonly switches?: Partial<Switches>;
  readonly settings?: Partial<StandInSettings>;
}

export function liveVenue({ brackets = "native", switches = {}, settings }: LiveWish): LiveVenue {
  const clock = virtualClock(WEDNESDAY);
  const bracketMode = brackets === "native" ? "autoOco" : "position";
  const accounts = NUMBERS.map((id) => ({
    ...PRACTICE_ACCOUNT,
    ...({ id, name: `PRAC-V2-${id}`, balance: 50_000, bracketMode } as const),
  }));
  const all: StandInSettings = { ...DEFAULT_STAND_IN, accounts, switches, ...settings };
  const [first, second] = NUMBERS;
  return {
    clock,
    venue: createStandIn({ clock, settings: all }),
    accounts: [accountId(String(first)), accountId(String(second))],
    brackets,
    settings: all,
  };
}

export interface LiveBroker {
  readonly broker: Broker;
  readonly login: GatewayClient;
  close(): void;
}

/** Our process: it may die and come back while the venue goes on. */
export function liveBroker(
  {
    clock,
    venue,
    accounts,
    brackets,
  }: Omit<LiveVenue, "clock" | "settings"> & { readonly clock: Clock },
  line: StandIn = venue,
  venueTime: (now: Millis) => Millis = (now) => now,
): LiveBroker {
  const transport = memoryTransport({ clock, venue: line, roundTrip: ROUND_TRIP, venueTime });
  const credentials = { userName: "trader", apiKey: "practice-key" };
  const gateway = new GatewayClient({ transport, credentials, log: silentLog });
  const broker = new TopstepxBroker({
    ...{ clock, gateway, brackets, log: silentLog },
    hub: liveUserHub({ transport, tokens: gateway, accounts: NUMBERS, seed: 1, log: silentLog }),
    contracts: { byCode: contractOfCode, byId: contractOfId },
    accounts: accounts.map((account) => ({ account, number: Number(account) })),
  });
  return {
    login: gateway,
    broker: guardedLogin({
      ...{ broker, clock, login: gateway, accounts },
      isExposed: () => broker.isExposed,
    }),
    close() {
      broker.close();
      gateway.close();
      transport.close();
    },
  };
}
