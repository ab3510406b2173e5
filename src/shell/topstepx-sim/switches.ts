/**
 * What nobody outside knows about the real venue, as switches: each has a default, which is the
 * likelier answer, and at least one other value. Whoever trades here must come out safe under all.
 *
 * The last few are not questions but moods of the wire that have been seen both ways.
 */
import { err, ok, type Result } from "../../std/result.ts";

export const SWITCHES = {
  /** One leg of a bracket is cancelled. */
  cancelLeg: ["sibling-stays", "sibling-cancelled"],
  /** The size of a leg is modified. */
  modifyLegSize: ["sibling-unchanged", "sibling-follows"],
  /** A position is closed in part. */
  partialClose: ["brackets-unchanged", "group-cancelled", "brackets-resized"],
  /** A leg is modified before it works: its price counts once it does, is forgotten, is refused. */
  modifySuspended: ["accepted", "dropped", "rejected"],
  cancelEntry: ["children-cancelled", "children-stay"],
  partialEntry: ["legs-as-filled", "legs-when-whole"],
  /** An order whose tag was used before: nothing of it is kept, or it is kept as rejected. */
  tagUsedAgain: ["no-trace", "stored"],
  linkedOrderId: ["ignored", "honoured"],
  wrongSideStop: ["rejected", "triggered"],
  rateWindow: ["sliding", "fixed"],
  /** At 15:10 in Chicago, when no more orders are taken. */
  dayEnd: ["flattened", "positions-stay"],
  tokenExpiry: ["sockets-stay", "sockets-closed"],
  /** The hubs of an earlier login of the same user. */
  secondLogin: ["kept", "kicked"],
  terminalCancel: ["code-5", "code-2"],
  userEvents: ["wrapped", "flat", "array"],
  /** Market events that are lists hold a null now and then. */
  listNulls: ["some", "none"],
  validate: ["new-token", "null"],
  retryAfter: ["absent", "given"],
  /** Whether the ids of a bracket follow one another without a gap. */
  bracketIds: ["consecutive", "gapped"],
} as const;

export type SwitchName = keyof typeof SWITCHES;
export type Switches = { readonly [Name in SwitchName]: (typeof SWITCHES)[Name][number] };

const NAMES = Object.keys(SWITCHES) as readonly SwitchName[];

export const DEFAULT_SWITCHES = Object.fromEntries(
  NAMES.map((name) => [name, SWITCHES[name][0]]),
) as Switches;

/** One switch turned; or what it could have been turned to. */
export function turned(switches: Switches, name: string, value: string): Result<Switches, string> {
  const known = NAMES.find((one) => one === name);
  if (known === undefined) return err(`no switch ${name}; there are ${NAMES.join(", ")}`);
  const values: readonly string[] = SWITCHES[known];
  if (!values.includes(value)) return err(`${name} is one of ${values.join(", ")}`);
  return ok({ ...switches, [known]: value });
}
