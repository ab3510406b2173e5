/** What is read of each part of the house at one moment; null where there is nothing of the kind. */
import type { Millis } from "../model/units.ts";

export interface Readings {
  readonly journal: {
    /** Facts cannot be written. */
    readonly isRefusing: boolean;
    /** The longest commit since the last look. */
    readonly slowest: Millis;
  };
  /** Null: the file system does not say. */
  readonly disk: { readonly freeBytes: number } | null;
  readonly venueRest: Reach | null;
  readonly userHub: Reach | null;
  readonly marketHub: Reach | null;
  readonly discord: readonly SourceReading[];
  readonly prices: PricesReading | null;
  /** Of every channel that leads away from this machine. */
  readonly mail: readonly ChannelReading[];
  readonly backups: BackupsReading | null;
  readonly clock: {
    /** Of accounts whose venue says that our clock is wrong: by so much; empty while none does. */
    readonly offsets: readonly Millis[];
    /** By how much the clock moved otherwise than the machine ran, since the last look. */
    readonly jumped: Millis;
  };
  readonly eventLoop: { readonly longest: Millis };
  readonly memory: {
    readonly heapUsed: number;
    readonly heapLimit: number;
    readonly free: number;
    readonly total: number;
  };
  readonly cpu: {
    /** Of one core, thousandths, since the last look. */
    readonly share: number;
  };
  /** Null: it is not read again while the house runs. */
  readonly configuration: { readonly isRefused: boolean } | null;
  readonly calendar: { readonly validUntil: string; readonly daysLeft: number };
}

/** Something at the other end of a line. */
export interface Reach {
  /** Since when nothing came back; null while it does. */
  readonly silentSince: Millis | null;
  readonly reason: string;
}

export interface SourceReading {
  readonly source: string;
  readonly downSince: Millis | null;
}

export interface PricesReading {
  /** No market of what is followed is open. */
  readonly isClosed: boolean;
  /** Of the oldest price in an open market; null: there is none at all. */
  readonly oldest: { readonly instrument: string; readonly age: Millis } | null;
  /** Since when prices may be expected: the start, or the opening. */
  readonly expectedFor: Millis;
  /** How far apart two prices lie in normal trading. */
  readonly usual: Millis;
}

export interface ChannelReading {
  readonly channel: string;
  /** What was said at the last try of a letter that still waits; null while none was refused. */
  readonly refusal: string | null;
  /** How long the oldest has waited. */
  readonly waited: Millis;
}

export interface BackupsReading {
  readonly every: Millis;
  /** Of the newest one, or of the house where there is none. */
  readonly age: Millis;
  readonly hasOne: boolean;
  readonly fault: string | null;
}
