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
    remember: (root, prints) => void pulled.push(`${root} ${prints.length} prices before`),
    session: (session) => void pulled.push(`session ${session}`),
    turn(name, value) {
      pulled.push(`${name} ${value}`);
      return name === "cancelLeg" ? ok(undefined) : err(`no switch ${name}`);
    },
    account({ id, name, value }) {
      pulled.push(`account ${id} ${name} ${value}`);
      return id === 101;
    },
    flatten: (id) => void pulled.push(`flatten ${id}`),
    refuseNext: ({ path, code, message }) => void pulled.push(`refuse ${path} ${code} ${message}`),
    delay: ({ name, by }) => void pulled.push(`delay ${name} ${by}`),
    matching: ({ change }) => void pulled.push(`matching ${JSON.stringify(change)}`),
    misstate: ({ root, change }) => void pulled.push(`misstate ${root} ${JSON.stringify(change)}`),
    logOut: () => void pulled.push("logout"),
    revokeTokens: () => void pulled.push("revoke"),
    dump: () => ({ orders: [] }),
  };
}
