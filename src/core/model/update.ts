/**
 * What an author says about trades taken earlier, freed from how it was typed.
 *
 * Prices are points as they were written: only the trade it speaks of knows its tick grid. The
 * instrument is null where the text names none; then the trade is the one that is bound to it.
 */
import type { Root } from "./instrument.ts";

interface OfInstrument {
  readonly instrument: Root | null;
}
interface AtPrice extends OfInstrument {
  /** Where it happened, as told; null = not said. */
  readonly price: number | null;
}

export type Update =
  | (OfInstrument & { readonly action: "stop_to_breakeven" })
  | (OfInstrument & { readonly action: "move_stop"; readonly stop: number })
  | (AtPrice & {
      readonly action: "trim";
      /** Thousandths of the position; null = "some". */
      readonly share: number | null;
    })
  | (AtPrice & {
      readonly action: "target_hit";
      /** Counts from 1. */
      readonly target: number;
    })
  | (AtPrice & { readonly action: "close" })
  | (AtPrice & { readonly action: "stopped" })
  | (OfInstrument & { readonly action: "cancel" });

export type UpdateAction = Update["action"];
