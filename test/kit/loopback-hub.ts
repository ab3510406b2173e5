/**
 * A hub on the loopback that speaks SignalR's JSON protocol over a real WebSocket, and can be told to
 * misbehave. Written from the wire, not from our client.
 */
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";

/** Each message ends with it. */
const END = "\u001e";

export interface LoopbackHub {
  readonly url: string;
  /** Of each request to upgrade: path and authorization. */
  readonly knocks: { readonly path: string; readonly authorization: string }[];
  /** What clients sent, handshake first. */
  readonly frames: Record<string, unknown>[];
  readonly mood: LoopbackMood;
  send(...messages: readonly unknown[]): void;
  /** Ends the TCP connection without a word. */
  cut(): void;
  sockets(): number;
  close(): Promise<void>;
}

export interface LoopbackMood {
  /** A status refuses the upgrade; null never answers it. */
  upgrade: 101 | 401 | 403 | 502 | null;
  /** What follows on the handshake; null is silence. */
  handshake: readonly unknown[] | null;
  /** The completion of an invocation: its error, null for success, or nothing at all. */
  complete: (target: string) => string | null | "silence";
}

export async function loopbackHub(): Promise<LoopbackHub> {
  const knocks: LoopbackHub["knocks"] = [];
  const frames: LoopbackHub["frames"] = [];
  const mood: LoopbackMood = { upgrade: 101, handshake: [{}], complete: () => null };
  const open = new Set<WebSocket>();
  const raw = new Set<Socket>();
  const hub = new WebSocketServer({ noServer: true });
  const server = createServer((_, reply) => reply.writeHead(404).end());

  const write = (socket: WebSocket, messages: readonly unknown[]): void =>
    socket.send(messages.map((message) => JSON.stringify(message) + END).join(""));

  const hear = (socket: WebSocket, frame: Record<string, unknown>): void => {
    frames.push(frame);
    if (frame["protocol"] !== undefined && mood.handshake !== null) write(socket, mood.handshake);
    if (frame["type"] !== 1) return;
    const error = mood.complete(String(frame["target"]));
    if (error === "silence") return;
    const { invocationId } = frame;
    write(socket, [{ type: 3, invocationId, ...(error === null ? { result: null } : { error }) }]);
  };

  const welcome = (socket: WebSocket): void => {
    open.add(socket);
    socket.on("close", () => open.delete(socket));
    socket.on("error", () => {});
    socket.on("message", (data) => {
      for (const text of String(data).split(END).filter(Boolean)) hear(socket, JSON.parse(text));
    });
  };

  server.on("upgrade", (request: IncomingMessage, socket: Socket, head: Buffer) => {
    raw.add(socket);
    socket.on("error", () => {});
    socket.on("close", () => raw.delete(socket));
    const { url = "", headers } = request;
    knocks.push({ path: url, authorization: headers.authorization ?? "" });
    if (mood.upgrade === null) return void socket.resume().on("end", () => socket.destroy());
    if (mood.upgrade === 101) return hub.handleUpgrade(request, socket, head, welcome);
    socket.end(`HTTP/1.1 ${mood.upgrade} No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;

  return {
    ...{ url: `http://127.0.0.1:${port}/hubs/user`, knocks, frames, mood },
    send(...messages) {
      for (const socket of open) write(socket, messages);
    },
    cut() {
      for (const socket of raw) socket.destroy();
    },
    sockets: () => raw.size,
    async close() {
      for (const socket of raw) socket.destroy();
      hub.close();
      await new Promise((closed) => server.close(closed));
    },
  };
}
