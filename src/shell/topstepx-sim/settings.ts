/** How a stand-in venue is set up: who may log in, which accounts there are, how slow it is. */
import type { FeeSchedule } from "../../core/model/fees.ts";
import { type Millis, millis } from "../../core/model/units.ts";
import { DEFAULT_VENUE, type VenueSettings } from "../../core/paper/settings.ts";
import type { Switches } from "./switches.ts";

export interface StandInUser {
  /** The platform login, not the e-mail address. */
  readonly userName: string;
  readonly apiKey: string;
  /** A login error code with the right key: 7 agreements, 9 no subscription, 10 keys disabled. */
  readonly loginFault?: number;
}

export interface StandInAccount {
  readonly id: number;
  readonly name: string;
  /** Dollars, at the start. */
  readonly balance: number;
  readonly canTrade: boolean;
  readonly isVisible: boolean;
  readonly simulated: boolean;
  readonly bracketMode: "position" | "autoOco";
  /** Contracts held and wanted, over all products; null for no limit. */
  readonly maxContracts: number | null;
  /** A follower copies another account, and takes no orders of its own. */
  readonly isFollower: boolean;
  /** The user who owns it; null for every one. */
  readonly owner: string | null;
}

export interface Delays {
  /** From an order's arrival to the market seeing it. */
  readonly fill: Millis;
  /** From there on an order's creation to the legs of its bracket working. */
  readonly activation: Millis;
  /** From a leg's fill to the end of its sibling. */
  readonly cancel: Millis;
  /** From a refusal to the event about the refused order. */
  readonly refusal: Millis;
}

export interface StandInSettings {
  readonly users: readonly StandInUser[];
  readonly accounts: readonly StandInAccount[];
  readonly delays: Delays;
  /** The terms of filling, as the paper venue has them. */
  readonly matching: Omit<VenueSettings, "brackets" | "links">;
  readonly fees: FeeSchedule;
  /** Calls in any 60 s, and bar calls in any 30 s; null counts none. */
  readonly rates: { readonly general: number; readonly history: number } | null;
  /** `topstep`: the exchange's sessions, and no orders from 15:10 to 17:00 in Chicago. */
  readonly hours: "topstep" | "always-open";
  readonly tokenLife: Millis;
  readonly switches: Partial<Switches>;
}

/** For tests and for the storm, which brings delays of its own. */
export const NO_DELAYS: Delays = {
  fill: millis(0),
  activation: millis(0),
  cancel: millis(0),
  refusal: millis(0),
};

/** As measured at the real venue in August 2026. */
export const REAL_DELAYS: Delays = {
  fill: millis(5),
  activation: millis(20),
  cancel: millis(12),
  refusal: millis(2),
};

export const PRACTICE_ACCOUNT: StandInAccount = {
  id: 101,
  name: "PRAC-V2-TRADER-1",
  balance: 150_000,
  canTrade: true,
  isVisible: true,
  simulated: true,
  bracketMode: "autoOco",
  maxContracts: null,
  isFollower: false,
  owner: null,
};

export const DEFAULT_STAND_IN: StandInSettings = {
  users: [{ userName: "trader", apiKey: "practice-key" }],
  accounts: [PRACTICE_ACCOUNT],
  delays: REAL_DELAYS,
  matching: DEFAULT_VENUE,
  fees: { kind: "table" },
  rates: { general: 200, history: 50 },
  hours: "topstep",
  tokenLife: millis(24 * 60 * 60 * 1000),
  switches: {},
};
