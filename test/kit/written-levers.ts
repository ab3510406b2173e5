/** Levers that pull nothing and write down what was pulled. */

import type { Levers } from "../../src/shell/topstepx-sim/stage.ts";
import { err, ok } from "../../src/std/result.ts";

export interface WrittenLevers extends Levers {
  readonly pulled: string[];
}

export function writtenLevers(): WrittenLevers {
  const pulled: string[] = [];
  return {
    pulled,
    price: ({ root, last, bid, ask, size }) =>
      void pulled.push(`${root} ${last} ${bid} ${ask} x${size}`),
    session: (session) => void pulled.push(`session ${session}`),
    turn(name, value) {
      pulled.push(`${name} ${value}`);
      return name === "cancelLeg" ? ok(null) : err(`no switch ${name}`);
    },
    dump: () => ({ orders: [] }),
  };
}
