/**
 * A venue that keeps orders: paper or live. One contract suite proves every keeper of this port.
 *
 * Promises of a keeper:
 * 1. `send` returns at once; its answer arrives later as exactly one `answer` report, possibly
 *    after the order and fill reports it caused.
 * 2. A tag is used once per account for ever: a second `place` with it is refused with the code
 *    `tag-in-use` and changes nothing, rejected orders included.
 * 3. With `brackets: "native"` a filled contract is covered by its stop in the same event, and one
 *    child's fill cancels the other.
 * 4. `modify` keeps the order's place in its bracket; a refused one leaves the order as it was.
 * 5. `ask` is answered by one `snapshot`, or by none when the venue cannot be reached or its lists
 *    lag behind what it told; an absent list is never an empty one. Asked twice at once, once may do.
 * 6. Whoever tells orders and fills as they happen says `link` for every account when that begins,
 *    breaks off or begins anew, and begins with `down` if it does not begin at once. One who never
 *    says it tells everything. A repeat is harmless: it costs one look.
 * 7. Whoever can tell how far the venue's time is from ours says `clock` for every account when that
 *    has moved by a tenth of a second. One who never says it keeps our time.
 */
import type { AccountId } from "../core/model/ids.ts";
import type { BracketSupport } from "../core/model/rules.ts";
import type { Millis } from "../core/model/units.ts";
import type { VenueReport, VenueRequest } from "../core/model/venue.ts";

export interface Broker {
  readonly brackets: BracketSupport;
  /** Reports flow to `listener` from here on, never from inside `send` or `ask`. */
  open(listener: (report: VenueReport) => void): void;
  send(request: VenueRequest): void;
  /** Asks for everything that works, and for what ended or filled at or after `since`. */
  ask(account: AccountId, since: Millis): void;
  close(): void;
}
