/**
 * The JSON hub protocol, version 1, as the server speaks it.
 *
 * ```text
 * ► {"protocol":"json","version":1}        ◄ {}                                     handshake
 * ► {"type":1,"target":"SubscribeOrders","arguments":[7],"invocationId":"0"}
 *                                          ◄ {"type":3,"invocationId":"0","result":null}
 *                                          ◄ {"type":1,"target":"GatewayUserOrder","arguments":[..]}
 * ► {"type":6}                             ◄ {"type":6}                every 15 s at the latest
 * ► {"type":7}                             ◄ {"type":7,"error":"..","allowReconnect":true}
 * ```
 *
 * It knows no socket: text goes out, bytes come in, time is handed in. Whoever does not shake hands,
 * falls silent for half a minute, sends what is too long or reads too slowly is disconnected.
 * Sources: ASP.NET Core SignalR, JSON hub protocol; traces of the real venue, 2026.
 */
import { type Millis, millis } from "../../core/model/units.ts";
import type { Clock } from "../../ports/clock.ts";
import { frame, framer } from "./framing.ts";
import type { HubPeer, HubSession } from "./stand-in.ts";

/** The connection below. After `close` or `cut` nothing more is written. */
export interface HubWire {
  write(text: string): void;
  /** Lets what was written arrive first. */
  close(): void;
  /** Resets the connection. */
  cut(): void;
  /** Characters that were written and have not left yet. */
  waiting(): number;
}

export interface HubLimits {
  /** Of one message. */
  readonly messageMax: number;
  /** What may wait for a slow reader. */
  readonly waitingMax: number;
  readonly pingEvery: Millis;
  /** Silence of the client after which it is thought dead. */
  readonly silenceMax: Millis;
  readonly handshakeWithin: Millis;
}

export const HUB_LIMITS: HubLimits = {
  messageMax: 32 * 1_024,
  waitingMax: 1_024 * 1_024,
  pingEvery: millis(15_000),
  silenceMax: millis(30_000),
  handshakeWithin: millis(15_000),
};

/** How long the venue lets a client of version 0 wait before it closes, without a word. */
const VERSION_0_ENDS_AFTER = 2_000;
/** The only text the venue was ever seen to close with. */
export const CLOSED_WITH_ERROR = "Connection closed with an error.";

export interface HubTalkParts {
  readonly clock: Clock;
  readonly limits: HubLimits;
  readonly wire: HubWire;
  /** A number is the status that refuses the connection. */
  readonly connect: (peer: HubPeer) => HubSession | number;
}

/** What the socket calls. */
export interface HubTalk {
  /** Bytes of the client. */
  take(chunk: Uint8Array): void;
  /** The venue closes. */
  close(): void;
  /** The connection is gone, whoever ended it. */
  gone(): void;
}

export function hubTalk(parts: HubTalkParts): HubTalk | number {
  const line = openLine(parts);
  const session = parts.connect(line);
  if (typeof session === "number") {
    line.over();
    return session;
  }
  const frames = framer(parts.limits.messageMax);
  return {
    take(chunk) {
      line.heard();
      const messages = line.stage() === "over" ? [] : frames.push(chunk);
      if (messages === null) return line.end(CLOSED_WITH_ERROR);
      for (const text of messages) {
        if (line.stage() === "handshake") shakeHands(line, text);
        else if (line.stage() === "open") obey(line, session, text);
      }
    },
    close: () => line.end(null),
    gone() {
      line.over();
      session.gone();
    },
  };
}

type Stage = "handshake" | "open" | "stalled" | "over";

/** The peer of the venue, and how far its talk with the client has come. */
interface Line extends HubPeer {
  stage(): Stage;
  /** Only while it is open; before and after, nothing is said. */
  write(message: unknown): void;
  /** The answer to the handshake; null as error opens the line. */
  greet(error: string | null): void;
  /** Says nothing any more, and closes in a while. */
  fade(after: number): void;
  heard(): void;
  over(): void;
}

function openLine({ clock, limits, wire }: HubTalkParts): Line {
  let stage: Stage = "handshake";
  let heardAt = clock.now();
  let callOff = clock.schedule(millis(heardAt + limits.handshakeWithin), () => line.end(null));

  function later(after: number, task: () => void): void {
    callOff();
    callOff = clock.schedule(millis(clock.now() + after), task);
  }

  function beat(): void {
    if (clock.now() - heardAt >= limits.silenceMax) return line.end(CLOSED_WITH_ERROR);
    later(limits.pingEvery, beat);
    line.write({ type: 6 });
  }

  const line: Line = {
    stage: () => stage,
    write(message) {
      if (stage !== "open") return;
      wire.write(frame(message));
      if (wire.waiting() > limits.waitingMax) line.cut();
    },
    send: (target, args) => line.write({ type: 1, target, arguments: args }),
    greet(error) {
      wire.write(frame(error === null ? {} : { error }));
      if (error !== null) return line.end(null);
      stage = "open";
      later(limits.pingEvery, beat);
    },
    end(error) {
      if (stage === "over") return;
      line.write(error === null ? { type: 7 } : { type: 7, error, allowReconnect: true });
      line.over();
      wire.close();
    },
    stall() {
      if (stage !== "over") stage = "stalled";
      callOff();
    },
    fade(after) {
      line.stall();
      later(after, () => line.end(null));
    },
    cut() {
      if (stage === "over") return;
      line.over();
      wire.cut();
    },
    heard() {
      heardAt = clock.now();
    },
    over() {
      stage = "over";
      callOff();
    },
  };
  return line;
}

function shakeHands(line: Line, text: string): void {
  const { protocol, version } = recordOf(text) ?? {};
  if (protocol === "json" && version === 0) return line.fade(VERSION_0_ENDS_AFTER);
  const name = typeof protocol === "string" ? protocol : "";
  if (protocol !== "json") return line.greet(`The protocol '${name}' is not supported.`);
  const unknown = `The server does not support version ${String(version)} of the 'json' protocol.`;
  line.greet(version === 1 ? null : unknown);
}

function obey(line: Line, session: HubSession, text: string): void {
  const { type, target, arguments: args, invocationId } = recordOf(text) ?? {};
  /** Without an id nobody waits for an answer. */
  const complete = (error: string | null): void => {
    if (typeof invocationId !== "string") return;
    line.write({ type: 3, invocationId, ...(error === null ? { result: null } : { error }) });
  };
  if (type === 1 && typeof target === "string" && Array.isArray(args)) {
    complete(session.invoke(target, args));
  } else if (type === 4) complete(NO_STREAMS);
  else if (type === 7) line.end(null);
  // Keep-alive, or answers to questions the venue never asks.
  else if (type === 1 || typeof type !== "number") line.end(CLOSED_WITH_ERROR);
}

const NO_STREAMS = "The hub has no streaming methods.";

type Message = Readonly<Record<string, unknown>>;

function recordOf(text: string): Message | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Message)
      : null;
  } catch (failure) {
    if (failure instanceof SyntaxError) return null;
    throw failure;
  }
}
