/**
 * HTTP and the JSON hub protocol with nothing in between: bytes out, bytes in. It imports nothing of
 * `src`, so whoever speaks through it is a stranger to the program.
 */
import { type Agent, request } from "node:http";
import { type RawData, WebSocket } from "ws";

export type Row = Readonly<Record<string, unknown>>;

/** Milliseconds anything may take on loopback. */
const PATIENCE = 10_000;
const END = "\x1e";

export interface BareRequest {
  readonly agent: Agent;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface BareAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

export function bareExchange(
  url: string,
  { method, path, headers, agent, body }: BareRequest,
): Promise<BareAnswer> {
  return new Promise((resolve, reject) => {
    const options = { method, headers, agent, timeout: PATIENCE };
    const asked = request(new URL(path, url), options, (answer) => {
      const parts: Buffer[] = [];
      answer.on("data", (part: Buffer) => parts.push(part));
      answer.on("error", reject);
      answer.on("end", () => {
        const { statusCode: status = 0, headers: told } = answer;
        resolve({ status, headers: told, body: Buffer.concat(parts).toString() });
      });
    });
    asked.on("timeout", () => asked.destroy(new Error(`${path}: no answer`)));
    asked.on("error", reject);
    asked.end(body);
  });
}

/** One connection to a hub. The handshake is the caller's. */
export interface BareLine {
  /** Bytes as they go; a frame ends with 0x1E. */
  send(text: string): void;
  say(frame: Row): void;
  /** Everything heard so far. */
  readonly frames: readonly Row[];
  /** The first frame, heard already or still to come, for which `holds`. */
  until(what: string, holds: (frame: Row) => boolean): Promise<Row>;
  /** True as soon as it holds, which is asked after every frame; false when it never does. */
  settles(holds: () => boolean, patience?: number): Promise<boolean>;
  /** Why it ended, once it has. */
  readonly ended: Promise<string>;
  close(): void;
}

/** A number is the status that refused the upgrade. */
export function bareLine(
  url: URL,
  headers: Readonly<Record<string, string>>,
): Promise<BareLine | number> {
  const socket = new WebSocket(url, { headers, handshakeTimeout: PATIENCE });
  const line = lineOn(socket);
  return new Promise((resolve, reject) => {
    socket.once("open", () => resolve(line));
    socket.once("unexpected-response", (asked, answer) => {
      resolve(answer.statusCode ?? 0);
      asked.destroy();
    });
    socket.once("error", reject);
  });
}

function lineOn(socket: WebSocket): BareLine {
  const frames: Row[] = [];
  const waiting = new Set<() => void>();
  let rest = "";
  let goodbye = "closed";
  socket.on("message", (data: RawData) => {
    const texts = (rest + data.toString()).split(END);
    rest = texts.pop() ?? "";
    for (const text of texts) frames.push(JSON.parse(text) as Row);
    for (const look of [...waiting]) look();
  });
  const ended = new Promise<string>((resolve) => {
    socket.once("close", () => {
      const last = frames.findLast((frame) => frame["type"] === 7);
      if (typeof last?.["error"] === "string") goodbye = last["error"];
      resolve(goodbye);
    });
  });
  socket.on("error", (failure) => {
    goodbye = failure.message;
  });

  function settles(holds: () => boolean, patience = PATIENCE): Promise<boolean> {
    if (holds()) return Promise.resolve(true);
    return new Promise((resolve) => {
      const end = (holding: boolean): void => {
        clearTimeout(giveUp);
        waiting.delete(look);
        resolve(holding);
      };
      const look = (): void => {
        if (holds()) end(true);
      };
      const giveUp = setTimeout(() => end(false), patience);
      waiting.add(look);
    });
  }

  return {
    send: (text) => socket.send(text),
    say: (frame) => socket.send(`${JSON.stringify(frame)}${END}`),
    frames,
    async until(what, holds) {
      let found: Row | undefined;
      await settles(() => {
        found = frames.find(holds);
        return found !== undefined;
      });
      if (found === undefined) throw new Error(`never heard: ${what}`);
      return found;
    },
    settles,
    ended,
    close: () => socket.close(),
  };
}
