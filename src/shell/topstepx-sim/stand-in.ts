/**
 * What the stand-in venue is to whoever carries its traffic: a server on loopback, or the storm.
 *
 * ```text
 * HTTP and WebSocket server ─┐                       ┌─ accounts, orders, brackets, positions, trades
 *                            ├─► StandIn (a clock) ──┤
 * in memory, virtual time  ──┘                       └─ hub events, faults
 * ```
 *
 * It reads and writes the wire only: bytes of JSON in and out, hub events with their arguments.
 */
export interface WireRequest {
  readonly method: string;
  readonly path: string;
  /** The bearer token, from the header or the query. */
  readonly token: string | null;
  readonly body: string;
}

export interface WireAnswer {
  readonly status: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** What becomes of a request: an answer, now or later, or a connection that breaks without one. */
export type Answered = (answer: WireAnswer | "cut") => void;

/** The venue's side of one hub connection. */
export interface HubPeer {
  send(target: string, args: readonly unknown[]): void;
  /** With an error text as the real venue gives it, or null: an orderly end. */
  end(error: string | null): void;
  /** From here on nothing is sent any more, keep-alives included, and the connection stays. */
  stall(): void;
  /** Breaks the connection without a word, as a network does. */
  cut(): void;
}

export interface HubSession {
  /** Null, or the error of the completion. */
  invoke(method: string, args: readonly unknown[]): string | null;
  gone(): void;
}

export interface StandIn {
  /** `answered` is called once, perhaps from inside. */
  receive(request: WireRequest, answered: Answered): void;
  /** A status refuses the upgrade. */
  connect(hub: "user" | "market", token: string | null, peer: HubPeer): HubSession | number;
}
