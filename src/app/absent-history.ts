/**
 * Stands where the message history should be and could not be opened: it knows nothing and refuses
 * everything, so that the house goes on as with a disk that is full.
 */
import type { History, HistoryFault } from "../ports/history.ts";
import { err } from "../std/result.ts";

export function absentHistory(fault: HistoryFault): History {
  const refuse = () => err(fault);
  return {
    keep: refuse,
    settle: refuse,
    keepFault: refuse,
    prune: refuse,
    read: () => [],
    find: () => null,
    findById: () => null,
    unsettled: () => [],
    lastSettled: () => null,
    counts: () => ({ messages: 0, unsettled: 0, faults: 0 }),
    faults: () => [],
    close() {},
  };
}
