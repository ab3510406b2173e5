/** What is held, as the venue's list of positions tells it: longs count up, shorts down. */
import { POSITION_TYPE } from "./codes.ts";
import type { WirePosition } from "./wire-types.ts";

/** Of every contract that is held. */
export function netsIn(positions: readonly WirePosition[]): ReadonlyMap<string, number> {
  const nets = new Map<string, number>();
  for (const { contractId, type, size } of positions) {
    const net = (nets.get(contractId) ?? 0) + directionOf(type) * size;
    if (net === 0) nets.delete(contractId);
    else nets.set(contractId, net);
  }
  return nets;
}

const directionOf = (type: number): number =>
  type === POSITION_TYPE.long ? 1 : type === POSITION_TYPE.short ? -1 : 0;
