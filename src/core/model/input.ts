/**
 * Everything that can reach the core. Raw, untrusted, stamped with the time by the shell.
 */
import type { BackupReport } from "./backup-fact.ts";
import type { Command } from "./command.ts";
import type { Config } from "./config.ts";
import type { ConfigFlaw, ReloadCause } from "./config-fact.ts";
import type { Healing, HealthMove } from "./health.ts";
import type { AccountId } from "./ids.ts";
import type { Message } from "./message.ts";
import type { PushChannel } from "./push-proof.ts";
import type { Quote } from "./quote.ts";
import type { Room } from "./room.ts";
import type { Settings } from "./rules.ts";
import type { Seen } from "./seen.ts";
import type { Millis, Money } from "./units.ts";
import type { VenueReport } from "./venue.ts";
import type { Waiting } from "./waiting.ts";

interface Timed {
  readonly at: Millis;
  /** The newest quotes of the followed instruments when this input arrived. */
  readonly quotes: readonly Quote[];
}

/** What was found where the configuration is kept. */
export type OfferedConfig =
  | { readonly kind: "sound"; readonly config: Config }
  | {
      readonly kind: "broken";
      readonly flaws: readonly ConfigFlaw[];
      /** How many more there are than are listed. */
      readonly omitted: number;
    };

export type Input =
  | (Timed & {
      readonly kind: "start";
      readonly mode: "paper" | "live" | "demo";
      readonly version: string;
      readonly settings: Settings;
      /** A quote older than this is no quote: 3 s, or one and a half bars. */
      readonly priceAgeMax: Millis;
      /** Opening balance of an account seen for the first time. */
      readonly balances: readonly { readonly account: AccountId; readonly balance: Money }[];
      /** Somebody sits before the terminal it is started from. */
      readonly attended?: true;
      /** Channels of which one has to be proved before live entries; left out: none has to. */
      readonly push?: readonly PushChannel[];
      /** Why only exits are allowed; left out when nothing is wrong. */
      readonly reduceBecause?: string;
    })
  /** Begin: entries are withdrawn. End: everything asked for has been answered, or time is up. */
  | (Timed & { readonly kind: "stop"; readonly stage: "begin" | "end"; readonly reason: string })
  | (Timed & {
      readonly kind: "message";
      readonly message: Message;
      /** When a source heard it; left out: now. */
      readonly receivedAt?: Millis;
      /** False = nothing can fill it: judge it and keep it as a shadow. */
      readonly tradable: boolean;
      readonly room: Room;
      /** First account to judge: an alert is fanned out over several steps. */
      readonly from: number;
    })
  /** The next accounts of an entry that a person has said yes to. */
  | (Timed & { readonly kind: "fan-out"; readonly entry: Waiting; readonly from: number })
  | (Timed & {
      readonly kind: "report";
      readonly report: VenueReport;
      /** What only that moment knows of it. */
      readonly seen?: Seen;
    })
  /** A source of alerts can be heard, or not any more. */
  | (Timed & {
      readonly kind: "source";
      readonly source: string;
      readonly state: "up" | "down";
    })
  /** Nothing ran since then: the machine slept, or stood still. */
  | (Timed & { readonly kind: "gap"; readonly since: Millis })
  | (Timed & { readonly kind: "alarm"; readonly key: string })
  | (Timed & { readonly kind: "price"; readonly key: string; readonly quote: Quote })
  | (Timed & {
      readonly kind: "reload";
      readonly by: ReloadCause;
      /** What is in force; of the rules and accounts the state knows better. */
      readonly running: Config;
      readonly offered: OfferedConfig;
    })
  | (Timed & { readonly kind: "backup"; readonly report: BackupReport })
  /** What a look at the house found; without moves it only shows that the loop turns. */
  | (Timed & {
      readonly kind: "health";
      readonly moves: readonly HealthMove[];
      readonly healings: readonly Healing[];
    })
  | (Timed & { readonly kind: "command"; readonly command: Command });

export type InputOf<Kind extends Input["kind"]> = Extract<Input, { kind: Kind }>;
