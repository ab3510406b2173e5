/**
 * The gateway as the rest of the adapter uses it: typed calls with four ends.
 *
 * The token, its renewal, the two rate budgets and their order of precedence are behind this; the
 * broker above only says what it wants and how urgently.
 */
import type { Millis } from "../../core/model/units.ts";
import type { Answer, Asked, CallName } from "./wire-types.ts";

/**
 * First things first when the budget is short: what reduces a position or protects it, before what
 * opens one, before what only looks. A `check` is a look that a change or a stop waits for; a
 * `rescue` one at contracts whose stop nobody has told of, or for the price of a fill that is known:
 * until then its stop rests where it was born. `complete` is the rest of a trade entered in part.
 */
export type Urgency =
  | "reduce"
  | "protect"
  | "rescue"
  | "check"
  | "complete"
  | "enter"
  | "read"
  | "history";

export type Called<T> =
  | { readonly kind: "done"; readonly value: T }
  /** By the venue's own answer. Codes mean different things at different calls. */
  | {
      readonly kind: "refused";
      readonly code: number;
      readonly name: string;
      /** The venue's words; they exist in this answer only. */
      readonly reason: string;
    }
  /** Certain not to have been executed. */
  | { readonly kind: "not-sent"; readonly reason: string }
  /** Perhaps executed. Of a read it only means that nothing was learnt. */
  | { readonly kind: "unknown"; readonly reason: string };

export interface Gateway {
  /**
   * `called` is called exactly once, never from inside. What it is told was true when the call left,
   * or later; a call that waited for its turn left later than it was asked for.
   */
  call<Name extends CallName>(
    name: Name,
    asked: Asked<Name>,
    urgency: Urgency,
    called: (result: Called<Answer<Name>>, sentAt: Millis) => void,
    /** It leaves now, after whatever it waited for. Not told of a call that never leaves. */
    begun?: () => void,
  ): void;

  /**
   * So many calls are wanted from now on for what is open on this account. An entry that does not find
   * that many beside its own comes back as not sent, and polls leave them alone.
   */
  promise(account: number, calls: number): void;
}
