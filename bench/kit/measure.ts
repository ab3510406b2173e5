/**
 * What a measure is asked, and what it answers.
 *
 * A goal against the floor, or of so many a second without a disk, is strict: `--strict` fails when
 * it is missed. Milliseconds on an unknown machine, and what an unknown disk does a second, are for
 * orientation.
 */
import type { Distribution, Spread } from "./distribution.ts";
import type { Place } from "./places.ts";

export interface Bench {
  /** At least five, unless `--quick`. */
  readonly rounds: number;
  /** Sizes are divided by this. */
  readonly quicker: number;
  readonly disk: Place;
  /** Memory that behaves as a disk; null where there is none. */
  readonly memory: Place | null;
  /** For whoever waits. */
  readonly tell: (line: string) => void;
}

export interface Goal {
  readonly text: string;
  readonly isMet: boolean;
  readonly isStrict: boolean;
}

export interface Finding {
  /** Number of the goal in the list of goals, and what tells it from its neighbours. */
  readonly id: string;
  readonly what: string;
  readonly unit: "ms" | "us" | "s" | "/s" | "MiB" | "x";
  readonly product: Distribution | Spread;
  readonly floor: Distribution | Spread | null;
  readonly ratio: Spread | null;
  readonly goals: readonly Goal[];
}

export interface Measure {
  readonly name: string;
  run(bench: Bench): Promise<readonly Finding[] | Resting>;
}

/** What has to rest for minutes before it is looked at: the other measures are taken meanwhile. */
export interface Resting {
  look(): Promise<readonly Finding[]>;
  /** Something else went wrong. */
  abandon(): Promise<void>;
}

/** At most so many times the floor. */
export const withinFloor = (ratio: Spread, factor: number): Goal => ({
  text: `<= ${factor}x floor`,
  isMet: ratio.median <= factor,
  isStrict: true,
});

/** At least so much of the floor's rate. */
export const shareOfFloor = (ratio: Spread, share: number): Goal => ({
  text: `>= ${share}x floor`,
  isMet: ratio.median >= share,
  isStrict: true,
});

export const atLeast = (rate: number, wanted: number): Goal => ({
  text: `>= ${wanted.toLocaleString("en")}/s`,
  isMet: rate >= wanted,
  isStrict: true,
});

/** For a rate that is mostly the disk's: to be strict with it would be to judge the disk. */
export const aboutAtLeast = (rate: number, wanted: number): Goal => ({
  ...atLeast(rate, wanted),
  isStrict: false,
});

export const atMost = (value: number, wanted: number, unit: string): Goal => ({
  text: `<= ${wanted} ${unit}`,
  isMet: value <= wanted,
  isStrict: false,
});
