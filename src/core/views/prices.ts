/** A price as people write it. */
import { type Root, ticksToPoints } from "../model/instrument.ts";
import { instrumentOf } from "../model/instruments.ts";
import { isoOf } from "../model/iso-time.ts";
import type { Quote } from "../model/quote.ts";

/** What a house trades by, in points. */
export interface PriceView {
  readonly instrument: Root;
  readonly last: number;
  readonly bid: number;
  readonly ask: number;
  readonly at: string;
}

export function priceView({ instrument: root, last, bid, ask, at }: Quote): PriceView {
  const instrument = instrumentOf(root);
  return {
    instrument: root,
    last: ticksToPoints(instrument, last),
    bid: ticksToPoints(instrument, bid),
    ask: ticksToPoints(instrument, ask),
    at: isoOf(at),
  };
}
