/**
 * What is read of a request before anybody judges it: its address, its token, its body up to a limit.
 */
import type { IncomingMessage } from "node:http";
import type { WireAnswer } from "./stand-in.ts";

export const EMPTY = (status: number): WireAnswer => ({ status, body: "", headers: {} });

/** Null for what is no address. */
export function urlOf({ url = "" }: IncomingMessage): URL | null {
  return url.startsWith("/") && URL.canParse(url, BASE) ? new URL(url, BASE) : null;
}

/** Only the path and the query are read. `//x` must not become a host. */
const BASE = "http://stand-in";

export function tokenOf({ headers }: IncomingMessage, url: URL): string | null {
  const [, bearer = null] = /^Bearer (\S+)$/i.exec(headers.authorization ?? "") ?? [];
  return bearer ?? url.searchParams.get("access_token");
}

export type Body =
  | { readonly kind: "whole"; readonly text: string }
  | { readonly kind: "too-long" }
  /** Not UTF-8. */
  | { readonly kind: "not-text" }
  /** The caller left in the middle; nobody waits for an answer. */
  | { readonly kind: "broken-off" };

/** `taken` is called once. */
export function readBody(
  request: IncomingMessage,
  sizeMax: number,
  taken: (body: Body) => void,
): void {
  let isOver = false;
  const finish = (body: Body): void => {
    if (isOver) return;
    isOver = true;
    taken(body);
  };
  const parts: Buffer[] = [];
  let size = 0;
  request.on("data", (part: Buffer) => {
    size += part.length;
    if (size <= sizeMax) parts.push(part);
    else finish({ kind: "too-long" });
  });
  request.on("end", () => finish(textOf(Buffer.concat(parts))));
  request.on("error", () => finish({ kind: "broken-off" }));
  request.on("close", () => finish({ kind: "broken-off" }));
}

function textOf(bytes: Buffer): Body {
  const text = bytes.toString("utf8");
  // Bytes that are no text turn into replacement characters, and back into other bytes.
  return Buffer.from(text).equals(bytes) ? { kind: "whole", text } : { kind: "not-text" };
}
