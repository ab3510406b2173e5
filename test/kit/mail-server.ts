/**
 * A real mail server on loopback that has good days and bad ones.
 *
 * What is sent to it goes over the wire and is read back by another library than ours: a mail that
 * arrives here is one that arrives anywhere.
 */
import { createServer, type Server, type Socket } from "node:net";
import type { ParsedMail } from "mailparser";
import { simpleParser } from "mailparser";
import { SMTPServer } from "smtp-server";
import { loopbackCertificate } from "./loopback-certificate.ts";

export type MailDay =
  | "well"
  /** Greylisting: come back later. */
  | "later"
  | "never"
  /** The connection ends in the middle of the text. */
  | "drops"
  | "busy"
  /** Takes the text and says nothing. */
  | "silent"
  | "other-password"
  | "rejects-one";

export interface MailServer {
  readonly port: number;
  /** What a client has to trust. */
  readonly certificate: string;
  day: MailDay;
  readonly mails: { readonly mail: ParsedMail; readonly raw: string }[];
  /** How often somebody began to send a text. */
  texts(): number;
  close(): Promise<void>;
}

export interface MailServerOptions {
  readonly security?: "starttls" | "tls" | "none";
  readonly login?: { readonly user: string; readonly password: string };
  readonly port?: number;
}

const no = (code: number, text: string): Error =>
  Object.assign(new Error(text), { responseCode: code });

export async function mailServer({
  security = "none",
  login,
  port = 0,
}: MailServerOptions = {}): Promise<MailServer> {
  const sockets = new Set<Socket>();
  const { key, cert } = loopbackCertificate();
  let texts = 0;
  const server = new SMTPServer({
    secure: security === "tls",
    key,
    cert,
    authOptional: login === undefined,
    allowInsecureAuth: true,
    disabledCommands: [
      ...(security === "none" ? ["STARTTLS" as const] : []),
      ...(login === undefined ? ["AUTH" as const] : []),
    ],
    onAuth({ username, password }, _session, done) {
      const isTheirs = username === login?.user && password === login?.password;
      const isRight = isTheirs && own.day !== "other-password";
      // Some servers repeat what they were sent, as it came or as they read it.
      const plain = Buffer.from(`\0${username}\0${password}`).toString("base64");
      const heard = `${password} (${Buffer.from(password ?? "").toString("base64")}, ${plain})`;
      done(isRight ? null : no(535, `5.7.8 ${heard}: credentials invalid`), {
        user: username,
      });
    },
    onMailFrom(_address, _session, done) {
      if (own.day === "busy") return done(no(421, "4.3.2 Service shutting down"));
      done();
    },
    onRcptTo({ address }, _session, done) {
      if (own.day === "later") return done(no(450, "4.2.0 Greylisted, come back later"));
      if (own.day === "never") return done(no(550, "5.1.1 No such mailbox here"));
      if (own.day === "rejects-one" && address.startsWith("second")) {
        return done(no(550, "5.1.1 No such mailbox here"));
      }
      done();
    },
    onData(stream, _session, done) {
      texts += 1;
      if (own.day === "drops") {
        for (const socket of sockets) socket.destroy();
        return;
      }
      if (own.day === "silent") return void stream.resume();
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const raw = Buffer.concat(chunks);
        simpleParser(raw).then((mail) => {
          own.mails.push({ mail, raw: raw.toString("utf8") });
          done(null, "2.0.0 taken");
        }, done);
      });
    },
  });
  // A client that does not trust us, or that we hung up on, is what some tests are about.
  server.on("error", () => {});
  server.server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const address = server.server.address();
  const own: MailServer = {
    port: typeof address === "object" && address !== null ? address.port : 0,
    certificate: cert,
    day: "well",
    mails: [],
    texts: () => texts,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
  return own;
}

export interface SilentServer {
  readonly port: number;
  close(): Promise<void>;
}

/** Takes connections and says nothing, ever. */
export async function silentServer(): Promise<SilentServer> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.once("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : 0,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
