/**
 * The whole configuration of one program, as plain data: what runs, on which accounts, by whose
 * rules, hearing what and seeing which prices.
 *
 * ```text
 * a file ──► config source ──► Config ─┬─ settings, balances ──► the engine (start input)
 *                                      └─ the rest ────────────► the wiring, which plugs it in
 * ```
 *
 * Nothing here is checked any more: whoever makes a `Config` has checked it.
 */

import type { Format } from "./format.ts";
import type { AccountId } from "./ids.ts";
import type { Root } from "./instrument.ts";
import type { LogComponent } from "./log-components.ts";
import type { ChannelRules } from "./notification.ts";
import type { Room } from "./room.ts";
import type { BracketSupport, Sessions, Settings } from "./rules.ts";
import type { Millis, Money, Ticks } from "./units.ts";

/** Least to most talkative. */
export type LogLevel = "error" | "warning" | "info" | "debug";

/** What an account holds when the journal meets it for the first time. */
export interface OpeningBalance {
  readonly account: AccountId;
  readonly balance: Money;
}

/** How the paper venue behaves. */
export interface PaperConfig {
  readonly brackets: BracketSupport;
  /** Ticks by which market and stop orders fill worse than the price; limits never slip. */
  readonly slippage: Ticks;
  /** Whether a limit fills when the price trades through it, or already when it touches it. */
  readonly limitFill: "through" | "touch";
  /** From a request to its effect at the venue. */
  readonly latency: Millis;
  /** Whether an order may fill in parts. */
  readonly partials: boolean;
  /** Trading hours: the exchange's, or none at all. */
  readonly sessions: Sessions;
}

/** The order in which the prices inside one bar are assumed to have come. */
export type BarPath = "worst-first" | "high-first" | "low-first";

export type MarketConfig =
  /** No prices: alerts are judged and kept as shadows, nothing can fill them. */
  | { readonly kind: "none" }
  /** Invented prices, the same again for the same seed. The start price is one of ES, in points. */
  | { readonly kind: "simulated"; readonly seed: number; readonly startPrice: number }
  /** Recorded prices of one instrument, whose family they serve. */
  | {
      readonly kind: "file";
      readonly path: string;
      readonly instrument: Root;
      readonly barPath: BarPath;
    }
  /** Live quotes of the venue named in `broker`, for these contracts. */
  | { readonly kind: "topstepx"; readonly instruments: readonly Root[] };

export type SourceConfig =
  | {
      readonly kind: "chat-file";
      readonly path: string;
      /** Stops at the end of the file instead of following it. */
      readonly once: boolean;
      readonly room: Room;
    }
  | { readonly kind: "stdin"; readonly room: Room }
  | DiscordConfig
  | WebhookConfig;

/** Where a secret is kept: never in the configuration itself. */
export type SecretPlace =
  | { readonly kind: "env"; readonly name: string }
  | { readonly kind: "file"; readonly path: string }
  /** One that systemd hands to the service, by its name there. */
  | { readonly kind: "credential"; readonly name: string };

/** An account at the venue, known by its number and its name: a reset one gets a new number. */
export interface VenueAccount {
  /** Ours: the number as text. */
  readonly account: AccountId;
  readonly number: number;
  readonly name: string;
}

/** Who keeps the stop and the target of an entry. */
export type BracketMode =
  /** The venue, in one step with the entry: the account's setting "Auto OCO Brackets". */
  | "native"
  /** We, after the fill: for accounts left on "Position Brackets", chosen in writing. */
  | "position-brackets-fallback";

export interface TopstepxConfig {
  readonly kind: "topstepx";
  readonly userName: string;
  readonly apiKey: SecretPlace;
  readonly restUrl: string;
  readonly userHubUrl: string;
  readonly marketHubUrl: string;
  /** The only ones that are ever traded. */
  readonly accounts: readonly VenueAccount[];
  /** What every one of them has to be. */
  readonly simulated: boolean;
  readonly brackets: BracketMode;
}

export interface DiscordConfig {
  readonly kind: "discord";
  readonly token: SecretPlace;
  /** Null = Discord's own addresses. */
  readonly restUrl: string | null;
  readonly gatewayUrl: string | null;
  /** User ids that may answer waiting entries by a button. */
  readonly approvers: readonly string[];
  /** Where waiting entries are posted with their buttons; left out: nowhere. */
  readonly approvalChannel?: string;
  readonly channels: readonly DiscordChannel[];
}

export interface DiscordChannel {
  readonly id: string;
  readonly name: string;
  readonly room: Room;
}

/** Takes messages over HTTP, on one address for all of them. */
export interface WebhookConfig {
  readonly kind: "webhook";
  readonly host: string;
  readonly port: number;
  /** `POST /hooks/<token>`, for senders that cannot sign. */
  readonly hooks: readonly Hook[];
  /** `POST /alerts`, for senders that can. */
  readonly signed: readonly SignedSender[];
}

export interface Hook {
  readonly name: string;
  readonly token: SecretPlace;
  /** Addresses that may send; null = any. */
  readonly addresses: readonly string[] | null;
  readonly room: Room;
}

export interface SignedSender {
  readonly name: string;
  /** One, or two while the sender changes over. */
  readonly secrets: readonly SecretPlace[];
  readonly room: Room;
}

/**
 * Whose orders go where.
 *
 * | mode  | orders                                                   |
 * |-------|----------------------------------------------------------|
 * | paper | to the paper venue in this program                       |
 * | live  | to the venue named in `broker`                           |
 * | twin  | to that venue, and every one of them on paper beside it  |
 */
export type Mode = "paper" | "live" | "twin";

/** A way to a person away from the screen: where it leads, and what is told on it. */
export type ChannelConfig = EmailConfig | PushConfig;

interface Ruled {
  readonly rules: ChannelRules;
}

export interface EmailConfig extends Ruled {
  readonly kind: "email";
  readonly host: string;
  readonly port: number;
  /** `none` only to this machine, unless it was allowed in writing. */
  readonly security: "starttls" | "tls" | "none";
  /** A certificate to trust beside those of the system; null = none. */
  readonly ca: string | null;
  readonly login: { readonly user: string; readonly password: SecretPlace } | null;
  readonly from: string;
  readonly to: readonly string[];
}

export type PushConfig =
  | (Ruled & { readonly kind: "discord-webhook"; readonly url: SecretPlace })
  | (Ruled & {
      readonly kind: "ntfy";
      readonly url: string;
      /** Who knows it may read along. */
      readonly topic: SecretPlace;
      readonly token: SecretPlace | null;
    })
  | (Ruled & { readonly kind: "gotify"; readonly url: string; readonly token: SecretPlace })
  | (Ruled & { readonly kind: "webhook"; readonly url: string; readonly secret: SecretPlace })
  /** The terminal the program runs on. */
  | (Ruled & { readonly kind: "bell" });

/** What firms ask, as data: packs of one's own, and when figures count as old. */
export interface RulePacksConfig {
  /** Null: those of the program alone. */
  readonly directory: string | null;
  /** Figures that were verified longer ago, in days, are told. */
  readonly daysMax: number;
}

/** When the books are copied, and where the copies go beside the data directory. */
export interface BackupsConfig {
  /** Null: never, but before the books are changed by a newer program. */
  readonly every: Millis | null;
  /** Public keys of age; none: the copies are as readable as the books themselves. */
  readonly recipients: readonly string[];
  /** A second directory; null: none. */
  readonly copyTo: string | null;
  /** On somebody else's machine; left out: none. */
  readonly bucket?: BucketConfig;
}

/** A bucket that speaks the protocol of Amazon S3. */
export interface BucketConfig {
  readonly endpoint: string;
  readonly region: string;
  readonly bucket: string;
  readonly prefix: string;
  readonly accessKeyId: SecretPlace;
  readonly secretAccessKey: SecretPlace;
}

/** Who outside is told that all is well. */
export interface HealthConfig {
  readonly ping: { readonly url: SecretPlace; readonly every: Millis };
}

/** What is shown over HTTP, on 127.0.0.1 and nowhere else. */
export interface WebConfig {
  /** 0 takes any free one. */
  readonly port: number;
  /** Null: what tells of accounts is shown to nobody. */
  readonly token: SecretPlace | null;
}

/** When the file of the log is begun anew, and how many older ones are kept. */
export interface LogRotation {
  readonly megabytes: number;
  readonly files: number;
  readonly every: "day" | "hour" | "size";
}

export interface LogConfig extends LogRotation {
  /** The file in the data directory, or standard error. */
  readonly to: "file" | "stderr";
  /** Of single parts of the house; the others follow `logLevel`. */
  readonly components: Readonly<Partial<Record<LogComponent, LogLevel>>>;
}

export interface Config {
  readonly mode: Mode;
  /** Left out: there is no venue but the paper one. */
  readonly broker?: TopstepxConfig;
  readonly settings: Settings;
  /** One for each account of the settings, in the same order. */
  readonly balances: readonly OpeningBalance[];
  readonly paper: PaperConfig;
  readonly market: MarketConfig;
  readonly sources: readonly SourceConfig[];
  /** Left out: nobody is told away from the screen. */
  readonly notify?: readonly ChannelConfig[];
  /** Every format that was loaded, by name, also those no room uses. */
  readonly formats: Readonly<Record<string, Format>>;
  /** Where they were loaded from, and are again when somebody asks; left out: there are none. */
  readonly formatsDirectory?: string;
  /** Left out: as in `DEFAULT_RULE_PACKS`. */
  readonly rulePacks?: RulePacksConfig;
  /** Left out: as in `DEFAULT_BACKUPS`. */
  readonly backups?: BackupsConfig;
  /** Left out: nobody is. */
  readonly health?: HealthConfig;
  /** Left out: nothing is shown. */
  readonly web?: WebConfig;
  /** Journal, venue books and locks; a relative path counts from the working directory. */
  readonly dataDirectory: string;
  readonly logLevel: LogLevel;
  readonly log: LogConfig;
  /** Whether a clean stop also closes what is open. */
  readonly flattenOnStop: boolean;
  /** Whether a running program takes alerts pasted by its operator. */
  readonly paste: boolean;
}
