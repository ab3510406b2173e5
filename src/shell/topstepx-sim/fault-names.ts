/**
 * What can go wrong between a venue and its client, by name.
 *
 * ```text
 * of a request      client ──✂──► venue        request-lost, executed-late, refusals
 *                   client ◄──✂── venue        answer-lost, answer-late, malformed, read-stale ...
 * of an event       client ◄──✂── hub          event-lost, event-twice, event-late
 * of a connection   client ◄──✂──► hub         hub-dropped, hub-stalled, hub-deaf ...
 * ```
 *
 * What the venue itself may do, such as refusing an order or filling a part of it, is not here: those
 * are its switches. Every name and its sentence stand in `docs/reference/venue-sim.md`.
 */

/** A rate is the chance per request. */
export const REQUEST_FAULTS = {
  "request-lost": "the connection is cut before the venue hears of it",
  "answer-lost": "the venue carries it out, and the connection is cut without an answer",
  "answer-late": "the venue carries it out; the answer takes up to 5 s",
  "executed-late": "the venue hears of it 10 to 15 s later, when nobody waits any more",
  "rate-limited": "429 with an empty body, not carried out",
  "rate-limited-until": "429 with Retry-After, not carried out",
  "server-error": "500, not carried out",
  "server-error-executed": "500, and carried out all the same",
  unauthorized: "401 for this and all that follow for up to 5 s, logins excepted",
  forbidden: "403, not carried out",
  malformed: "the answer ends in the middle",
  "list-absent": "the list is missing from the answer of a search",
  "read-stale": "a search is answered with what was true up to 10 s ago",
  "fill-first": "the answer of Order/place takes up to 200 ms, and the events do not wait for it",
} as const;

/** A rate is the chance per event. */
export const EVENT_FAULTS = {
  "event-lost": "it is not sent, and the connection looks well",
  "event-twice": "it is sent twice",
  "event-late": "it comes up to 3 s later, behind others",
} as const;

/** A rate is the chance per try. */
export const DOOR_FAULTS = {
  "hub-refused": "the upgrade is refused with 401, 403 or 502",
} as const;

/** A rate is the chance per second of a connection. */
export const LINE_FAULTS = {
  "hub-dropped": "closed by the venue with an error text",
  "hub-stalled": "nothing comes any more, keep-alives included, and it stays open",
  "hub-reset": "the connection is reset",
  "hub-deaf": "no events for 5 to 60 s, while keep-alives go on",
  "hub-logout": "GatewayLogout, then closed in order",
} as const;

export const FAULTS = { ...REQUEST_FAULTS, ...EVENT_FAULTS, ...DOOR_FAULTS, ...LINE_FAULTS };

export type RequestFault = keyof typeof REQUEST_FAULTS;
type EventFault = keyof typeof EVENT_FAULTS;
export type LineFault = keyof typeof LINE_FAULTS;
export type FaultName = keyof typeof FAULTS;

// Keys of a literal: `Object.keys` only does not say so.
export const FAULT_NAMES = Object.keys(FAULTS) as readonly FaultName[];
export const REQUEST_FAULT_NAMES = Object.keys(REQUEST_FAULTS) as readonly RequestFault[];
export const EVENT_FAULT_NAMES = Object.keys(EVENT_FAULTS) as readonly EventFault[];
export const LINE_FAULT_NAMES = Object.keys(LINE_FAULTS) as readonly LineFault[];

export const isFaultName = (word: string): word is FaultName => Object.hasOwn(FAULTS, word);
export const isLineFault = (name: FaultName): name is LineFault => Object.hasOwn(LINE_FAULTS, name);
