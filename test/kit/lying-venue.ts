/** A venue behind somebody who changes what it says: its words, or the time on its clock. */
import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

export interface Lie {
  readonly words?: (path: string, text: string) => string;
  /** Milliseconds its clock is ahead; asked for at every answer. */
  readonly ahead?: () => number;
}

export function loginCode(code: number): Lie {
  const answer = { token: null, success: false, errorCode: code, errorMessage: null };
  return { words: (path, text) => (path === "/api/Auth/loginKey" ? JSON.stringify(answer) : text) };
}

/** Ten times as much as a tick of MES is worth. */
export const tickValue: Lie = {
  words: (_, text) => text.replace(/"tickValue":1\.25/g, '"tickValue":12.5'),
};

/** Calls only: who wants to hear the hubs goes to the venue itself. */
export async function lying(url: string, { words = same, ahead = never }: Lie): Promise<string> {
  const server: Server = createServer((asked, answer) => {
    const { method, headers, url: path = "/" } = asked;
    const passed = request(new URL(path, url), { method, headers }, (reply) => {
      const parts: Buffer[] = [];
      reply.on("data", (part: Buffer) => void parts.push(part));
      reply.on("end", () => {
        const text = words(path, Buffer.concat(parts).toString());
        const date = new Date(Date.now() + ahead()).toUTCString();
        answer.writeHead(reply.statusCode ?? 500, { "content-type": "application/json", date });
        answer.end(text);
      });
    });
    asked.pipe(passed);
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", () => resolve()));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const same = (_: string, text: string): string => text;
const never = (): number => 0;
