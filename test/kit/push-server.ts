/** A push service on loopback: keeps what it is sent, and answers what it is told to. */
import { createServer, type IncomingHttpHeaders } from "node:http";

export interface Pushed {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface PushServer {
  readonly url: string;
  readonly pushed: Pushed[];
  /** Status and body; null = no answer, 0 = the line is cut. */
  answer: { readonly status: number; readonly body?: string; readonly headers?: object } | null;
  close(): Promise<void>;
}

export async function pushServer(): Promise<PushServer> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { answer } = own;
      if (answer === null) return;
      if (answer.status === 0) return void request.socket.destroy();
      const body = Buffer.concat(chunks).toString("utf8");
      if (answer.status < 300) {
        own.pushed.push({ path: request.url ?? "", headers: request.headers, body });
      }
      response.writeHead(answer.status, { ...answer.headers });
      response.end(answer.body ?? "{}");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  server.unref();
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const own: PushServer = {
    url: `http://127.0.0.1:${port}`,
    pushed: [],
    answer: { status: 200 },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return own;
}
