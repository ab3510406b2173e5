/**
 * One POST to a push service: short, bounded, and never followed anywhere else.
 *
 * A redirect is not followed: what is sent belongs to the address that was configured, and a token
 * with it. The address itself is never repeated in words, for with some services it is the secret.
 */
import { request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import { type Millis, millis } from "../../core/model/units.ts";

export interface Post {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** For the whole exchange; a minute is what the postman waits. */
  readonly patience?: number;
}

export type Posted =
  | {
      readonly kind: "answered";
      readonly status: number;
      readonly body: string;
      /** How long it wants to be left alone, if it said so. */
      readonly after: Millis | null;
    }
  | { readonly kind: "failed"; readonly reason: string };

const PATIENCE = 20_000;
/** Bytes of an answer that are read. */
const BODY_MAX = 16 * 1_024;
/** Longer nobody is left alone. */
const AFTER_MAX = 3_600;

/** `done` is called once, whatever happens. */
export function post(
  { url, headers, body, patience = PATIENCE }: Post,
  done: (p: Posted) => void,
): void {
  const begin = url.startsWith("https:") ? httpsRequest : httpRequest;
  const length = String(Buffer.byteLength(body));
  const all = { "user-agent": "TradeStream", "content-length": length, ...headers };
  let isDone = false;
  const end = (posted: Posted): void => {
    if (isDone) return;
    isDone = true;
    clearTimeout(timer);
    request.destroy();
    done(posted);
  };
  const request = begin(url, { method: "POST", headers: all, agent: false });
  const timer = setTimeout(() => {
    end({ kind: "failed", reason: `no answer within ${patience / 1_000} s` });
  }, patience);
  request.on("error", (failure) => end({ kind: "failed", reason: reasonOf(failure) }));
  request.on("response", (response) => read(response, end));
  request.end(body);
}

function read(response: IncomingMessage, end: (posted: Posted) => void): void {
  const chunks: Buffer[] = [];
  let size = 0;
  const answered = (): void =>
    end({
      kind: "answered",
      status: response.statusCode ?? 0,
      body: Buffer.concat(chunks).toString("utf8").slice(0, BODY_MAX),
      after: afterOf(response.headers["retry-after"]),
    });
  response.on("data", (chunk: Buffer) => {
    chunks.push(chunk);
    size += chunk.length;
    if (size > BODY_MAX) answered();
  });
  response.on("end", answered);
  response.on("error", (failure) => end({ kind: "failed", reason: reasonOf(failure) }));
}

/** Seconds; a date is not worth reading. */
function afterOf(text: string | undefined): Millis | null {
  const seconds = Number(text);
  if (text === undefined || !Number.isFinite(seconds) || seconds < 0) return null;
  return millis(Math.ceil(Math.min(seconds, AFTER_MAX) * 1_000));
}

/** The code alone: a message may repeat the address. */
const reasonOf = (failure: Error): string =>
  "code" in failure ? String(failure.code) : "the connection broke off";
