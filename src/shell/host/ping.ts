/**
 * One GET, short and without an answer that anybody reads: for a dead man's switch.
 *
 * A redirect is not followed, and the address is in no words: who knows it can keep the alarm silent.
 */
import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";

const PATIENCE = 10_000;

/** `done` is called once: with null, or with why nobody heard. */
export function ping(url: string, done: (failure: string | null) => void): void {
  let isDone = false;
  const end = (failure: string | null): void => {
    if (isDone) return;
    isDone = true;
    clearTimeout(timer);
    request?.destroy();
    done(failure);
  };
  const timer = setTimeout(() => end(`no answer within ${PATIENCE / 1_000} s`), PATIENCE);
  timer.unref();
  const request = begun(url, end);
  request?.on("error", (failure) => end(codeOf(failure)));
  request?.on("response", ({ statusCode = 0 }) =>
    end(statusCode >= 200 && statusCode < 300 ? null : `it answered ${statusCode}`),
  );
  request?.end();
}

function begun(url: string, end: (failure: string) => void) {
  try {
    const begin = url.startsWith("https:") ? httpsRequest : httpRequest;
    return begin(url, { headers: { "user-agent": "TradeStream" }, agent: false });
  } catch {
    // The library's words would repeat the address.
    setImmediate(() => end("the address is none"));
    return null;
  }
}

const codeOf = (failure: Error): string =>
  "code" in failure ? String(failure.code) : "the connection broke off";
