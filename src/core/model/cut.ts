/**
 * Why fewer contracts are bought than the size letter asks for, or smaller ones, with the numbers it
 * was decided by.
 */
import type { Root } from "./instrument.ts";
import type { BreakerName, LossScope } from "./limits.ts";
import type { Refusal } from "./refusal.ts";
import type { CapRoom, CountRoom, Room } from "./size-room.ts";
import type { Contracts, Money } from "./units.ts";

interface Smaller {
  readonly from: Contracts;
  readonly to: Contracts;
}

export type Cut =
  /** The account takes so many thousandths of what its rules come to. */
  | (Smaller & { readonly why: "ratio"; readonly ratio: number })
  /** A live account begins small. The trade date, from 1, and how many are kept small. */
  | (Smaller & { readonly why: "probation"; readonly date: number; readonly of: number })
  /** A breaker asks for a proof, and that is bought at the smallest size. */
  | (Smaller & { readonly why: "half-open"; readonly breaker: BreakerName })
  /** So much of the daily loss was lost (thousandths) that only half is bought. */
  | (Smaller & {
      readonly why: "half-size";
      readonly scope: LossScope;
      readonly share: number;
      readonly limit: Money;
    })
  /** The firm lets no more be held. */
  | (Smaller & { readonly why: "firm-cap" } & CapRoom)
  /** No more fits below the limit, should everything that is open go to its stop. */
  | (Smaller & { readonly why: "room" } & Room)
  /** Not one mini fits, as the refusal says; so many micros are no more than those minis. */
  | (Smaller & {
      readonly why: "micro";
      readonly instrument: Root;
      readonly micro: Root;
      /** Micros in a mini. */
      readonly ratio: number;
      readonly refusal: Refusal;
    })
  /** Of a micro: no more may be lost in one trade. */
  | (Smaller & {
      readonly why: "loss-per-trade";
      readonly limit: Money;
      /** What it is added to can still lose. */
      readonly open: Money;
      readonly each: Money;
      /** The source or the letter whose limit it is; left out: the account's own. */
      readonly part?: string;
    })
  /** Of a micro: no more may be held in the family. */
  | (Smaller & { readonly why: "position-size" } & CountRoom)
  | (Smaller & { readonly why: "exposure"; readonly scope: LossScope } & CountRoom)
  /** At this risk score only so much is bought (thousandths). */
  | (Smaller & { readonly why: "score"; readonly total: number; readonly share: number });

/** In journals of the first weeks, of probation alone. */
export interface EarlyCut {
  readonly from: Contracts;
  readonly date: number;
  readonly of: number;
}
