/**
 * The connection over which Discord speaks, kept up by its own client library.
 *
 * ```text
 * open ─► where? (REST) ─► connect ─► HELLO ─► IDENTIFY ─► READY ────► up
 *                             ▲                  RESUME ─► RESUMED ─► up
 *                             └── a pause ◄── down ◄── closed, or no answer to a heartbeat
 * closed with 4004, 4010 to 4014 ─► dead: the same would happen again
 * ```
 *
 * The library resumes, replays and beats. It would try again every half second for ever; the pause
 * before each attempt is ours, and grows to half a minute while connections do not last. A library
 * that is told to stop between two attempts goes on with the next one, so here it waits for ever
 * instead: a connection that is over never opens another socket.
 */
import type { REST } from "@discordjs/rest";
import { type SessionInfo, WebSocketManager, WebSocketShardEvents } from "@discordjs/ws";
import { type Millis, millis } from "../../core/model/units.ts";
import type { Clock } from "../../ports/clock.ts";
import { fatalClose, INTENTS } from "./fault-words.ts";
import { restFaultOf } from "./rest.ts";

export interface GatewayListener {
  /** Connected, with a session that is new or went on; something may have been missed. */
  up(): void;
  down(): void;
  dispatch(type: string, data: unknown): void;
  /** A heartbeat was answered. */
  beat(): void;
  /** It will not be tried again. */
  dead(reason: string): void;
}

export interface GatewayParts {
  readonly token: string;
  readonly rest: REST;
  /** Null = where Discord says. */
  readonly url: string | null;
  readonly clock: Clock;
  readonly listener: GatewayListener;
}

export interface Gateway {
  open(): void;
  /** Drops the connection that is there and makes another, with a session of its own. */
  renew(): void;
  close(): void;
}

/** A connection that lasted for less did not last. */
const LASTS = 60_000;
const PAUSE_MAX = 30_000;
/** Discord allows one IDENTIFY every five seconds. */
const IDENTIFY_EVERY = 5_000;

export function discordGateway(parts: GatewayParts): Gateway {
  const pacing: Pacing = { failures: 0, identifyAt: millis(0) };
  let link: Link | null = null;
  const close = (): void => {
    link?.close();
    link = null;
  };
  const open = (): void => {
    close();
    link = openLink(parts, pacing);
  };
  return { open, renew: open, close };
}

/** Over all connections of one run. */
interface Pacing {
  failures: number;
  /** Not before. */
  identifyAt: Millis;
}

interface Link {
  close(): void;
}

interface LinkState {
  isOver: boolean;
  /** From HELLO to the close. */
  isOpen: boolean;
  upAt: Millis | null;
  session: SessionInfo | null;
}

function openLink(parts: GatewayParts, pacing: Pacing): Link {
  const state: LinkState = { isOver: false, isOpen: false, upAt: null, session: null };
  const manager = managerFor(parts, pacing, state);
  listen(parts, pacing, state, manager);
  void connect(parts, pacing, state, manager);
  return {
    close() {
      state.isOver = true;
      if (state.isOpen) void manager.destroy({ reason: "no longer needed" });
    },
  };
}

/** Only an attempt to connect waits; whoever asks within a connection is answered at once. */
function managerFor(parts: GatewayParts, pacing: Pacing, state: LinkState): WebSocketManager {
  const { clock, url } = parts;
  const manager = new WebSocketManager({
    token: parts.token,
    rest: parts.rest,
    intents: INTENTS,
    shardCount: 1,
    handshakeTimeout: 10_000,
    helloTimeout: 15_000,
    readyTimeout: 15_000,
    async retrieveSessionInfo() {
      if (!state.isOpen) await pause(clock, pacing, state);
      return state.session;
    },
    updateSessionInfo(_, session) {
      state.session = session && url !== null ? { ...session, resumeURL: url } : session;
    },
    buildIdentifyThrottler: async () => ({ waitForIdentify: () => identifyTurn(clock, pacing) }),
  });
  if (url !== null) {
    const ask = manager.fetchGatewayInformation.bind(manager);
    manager.fetchGatewayInformation = async (force) => ({ ...(await ask(force)), url });
  }
  return manager;
}

function listen(
  { clock, listener }: GatewayParts,
  pacing: Pacing,
  state: LinkState,
  manager: WebSocketManager,
): void {
  const up = (): void => {
    state.upAt = clock.now();
    if (!state.isOver) listener.up();
  };
  manager.on(WebSocketShardEvents.Hello, () => {
    state.isOpen = true;
    if (state.isOver) void manager.destroy({ reason: "no longer needed" });
  });
  manager.on(WebSocketShardEvents.Ready, up);
  manager.on(WebSocketShardEvents.Resumed, up);
  manager.on(WebSocketShardEvents.HeartbeatComplete, () => {
    if (!state.isOver) listener.beat();
  });
  manager.on(WebSocketShardEvents.Dispatch, ({ data }) => {
    if (!state.isOver) listener.dispatch(data.t, data.d);
  });
  manager.on(WebSocketShardEvents.Error, () => {}); // a close follows, and tells more
  manager.on(WebSocketShardEvents.Closed, ({ code }) => {
    state.isOpen = false;
    const lasted = state.upAt !== null && clock.now() - state.upAt >= LASTS;
    pacing.failures = lasted ? 0 : pacing.failures + 1;
    state.upAt = null;
    if (state.isOver) return;
    const fatal = fatalClose(code);
    if (fatal === null) return listener.down();
    state.isOver = true;
    listener.dead(fatal);
  });
}

async function connect(
  parts: GatewayParts,
  pacing: Pacing,
  state: LinkState,
  manager: WebSocketManager,
): Promise<void> {
  try {
    const { session_start_limit: limit } = await manager.fetchGatewayInformation();
    if (limit.remaining < 1)
      await waitUntil(parts.clock, millis(parts.clock.now() + limit.reset_after));
  } catch (failure) {
    if (state.isOver) return;
    const { kind, reason } = restFaultOf(failure);
    if (kind === "token") return parts.listener.dead(reason);
    pacing.failures += 1;
    await pause(parts.clock, pacing, state);
    return connect(parts, pacing, state, manager);
  }
  if (state.isOver) return;
  // The first attempt is over when it fails; the library goes on by itself, and tells of each.
  await manager.connect().catch(() => {});
}

/** 0, 1, 2, 4 ... 30 s; for ever once the connection is over. */
async function pause(clock: Clock, { failures }: Pacing, state: LinkState): Promise<void> {
  const delay = failures === 0 ? 0 : Math.min(PAUSE_MAX, 500 * 2 ** Math.min(failures, 10));
  if (delay > 0) await waitUntil(clock, millis(clock.now() + delay));
  if (state.isOver) await new Promise(() => {});
}

async function identifyTurn(clock: Clock, pacing: Pacing): Promise<void> {
  const at = Math.max(pacing.identifyAt, clock.now());
  pacing.identifyAt = millis(at + IDENTIFY_EVERY);
  if (at > clock.now()) await waitUntil(clock, millis(at));
}

const waitUntil = (clock: Clock, at: Millis): Promise<void> =>
  new Promise((resolve) => void clock.schedule(at, resolve));
