/**
 * What the venue checks of a bracket. Its ticks are signed from the entry: a long's stop is negative
 * and its target positive, a short's the other way round.
 */
import {
  POSITION_BRACKETS,
  stopNotBelow,
  stopTooNear,
  stopType,
  targetNotAbove,
  targetNotBelow,
  targetTooNear,
  targetType,
} from "./messages.ts";
import { BUY, isStopType, TYPE, TYPE_NAMES } from "./orders.ts";
import type { StandInAccount } from "./settings.ts";

export interface BracketAsk {
  /** Signed, from the entry's fill. */
  readonly ticks: number;
  readonly type: number;
}

interface Asked {
  readonly side: number;
  readonly stopLossBracket: BracketAsk | null;
  readonly takeProfitBracket: BracketAsk | null;
}

const TICKS_MIN = 4;

/** Null for a bracket that may be, and for none. */
export function bracketFault(mode: StandInAccount["bracketMode"], asked: Asked): string | null {
  const { side, stopLossBracket, takeProfitBracket } = asked;
  if (stopLossBracket === null && takeProfitBracket === null) return null;
  if (mode === "position") return POSITION_BRACKETS;
  const isLong = side === BUY;
  return stopFault(stopLossBracket, isLong) ?? targetFault(takeProfitBracket, isLong);
}

function stopFault(leg: BracketAsk | null, isLong: boolean): string | null {
  if (leg === null) return null;
  if (!isStopType(leg.type)) return stopType(nameOf(leg.type));
  if (isLong && leg.ticks >= 0) return stopNotBelow(leg.ticks);
  // A short's stop on the wrong side is told apart from one too near by nothing but its sign.
  const distance = isLong ? -leg.ticks : leg.ticks;
  return distance < TICKS_MIN ? stopTooNear(leg.ticks) : null;
}

function targetFault(leg: BracketAsk | null, isLong: boolean): string | null {
  if (leg === null) return null;
  if (leg.type !== TYPE.limit) return targetType(nameOf(leg.type));
  if (!isLong && leg.ticks >= 0) return targetNotBelow(leg.ticks);
  if (isLong && leg.ticks <= 0) return targetNotAbove(leg.ticks);
  return Math.abs(leg.ticks) < TICKS_MIN ? targetTooNear(leg.ticks) : null;
}

const nameOf = (type: number): string => TYPE_NAMES[type] ?? "Unknown";
