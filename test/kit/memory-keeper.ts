/** Keeps messages in memory, so many and no more, and refuses when told to. */
import { type MessageRef, messageKey, refOf } from "../../src/core/model/message.ts";
import type { KeptMessage } from "../../src/ports/history.ts";
import type { Keeper, Unreadable } from "../../src/ports/keeper.ts";
import { err, ok } from "../../src/std/result.ts";

const MESSAGES_MAX = 100_000;

export interface MemoryKeeper extends Keeper {
  readonly kept: KeptMessage[];
  readonly faults: Unreadable[];
  /** From here on it refuses, or takes again. */
  turn(isGood: boolean): void;
}

export function memoryKeeper(): MemoryKeeper {
  const byKey = new Map<string, KeptMessage>();
  const kept: KeptMessage[] = [];
  const faults: Unreadable[] = [];
  let isGood = true;
  const isFull = (): boolean => !isGood || kept.length + faults.length >= MESSAGES_MAX;
  return {
    kept,
    faults,
    turn(good) {
      isGood = good;
    },
    keep(message) {
      if (isFull()) return err("the disk is full");
      const key = messageKey(refOf(message.message));
      if (byKey.has(key)) return ok("known");
      const one = { ...message, sequence: kept.length + 1 };
      byKey.set(key, one);
      kept.push(one);
      return ok("new");
    },
    find: (ref: MessageRef) => byKey.get(messageKey(ref)) ?? null,
    keepFault(fault) {
      if (isFull()) return err("the disk is full");
      faults.push(fault);
      return ok(undefined);
    },
  };
}
