/**
 * A server of buckets on loopback, as strict as the real ones about who asks: every signature is made
 * again here, from what came over the wire and by code of its own.
 */
import { createHash, createHmac } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

export type S3Day =
  | "well"
  /** The first request of each three is answered. */
  | "busy"
  /** The line is cut in the middle of an upload. */
  | "cuts"
  /** What is read is not what was written. */
  | "turns-bits"
  | "silent"
  | "down";

export interface S3Server {
  readonly url: string;
  readonly keys: { readonly id: string; readonly secret: string };
  /** By key. */
  readonly objects: Map<string, Buffer>;
  /** Keys in the order in which they were written. */
  readonly written: readonly string[];
  day: S3Day;
}

export const S3_BUCKET = "books";
const KEYS = { id: "AKIDTRADER", secret: "a-secret-key-that-nobody-may-see" };

export async function s3Server({ pageSize = 1_000 } = {}): Promise<S3Server> {
  const objects = new Map<string, Buffer>();
  const written: string[] = [];
  let asked = 0;
  const server = createServer((request, response) => {
    asked += 1;
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => {
      chunks.push(chunk);
      if (own.day === "cuts" && request.method === "PUT") request.destroy();
    });
    request.on("end", () => {
      if (own.day === "silent") return;
      if (own.day === "down" || (own.day === "busy" && asked % 3 !== 0))
        return answer(response, 503, refusal("SlowDown"));
      const body = Buffer.concat(chunks);
      const fault = faultOf(request, body);
      if (fault !== null) return answer(response, 403, refusal(fault));
      answerTo(request, response, body);
    });
  });
  function answerTo(request: IncomingMessage, response: ServerResponse, body: Buffer): void {
    const url = new URL(request.url ?? "/", "http://here");
    const [, bucket, ...rest] = url.pathname.split("/");
    const key = decodeURIComponent(rest.join("/"));
    if (bucket !== S3_BUCKET) return answer(response, 404, refusal("NoSuchBucket"));
    if (request.method === "PUT") {
      objects.set(key, body);
      written.push(key);
      return answer(response, 200, "");
    }
    if (request.method === "DELETE") {
      objects.delete(key);
      return answer(response, 204, "");
    }
    if (key === "") return answer(response, 200, listOf(url.searchParams));
    const found = objects.get(key);
    if (found === undefined) return answer(response, 404, refusal("NoSuchKey"));
    const turned = Buffer.from(found);
    turned[0] = (turned[0] ?? 0) ^ 1;
    return answer(response, 200, own.day === "turns-bits" ? turned : found);
  }
  function listOf(asking: URLSearchParams): string {
    const prefix = asking.get("prefix") ?? "";
    const after = asking.get("continuation-token") ?? "";
    const keys = [...objects.keys()].filter((key) => key.startsWith(prefix) && key > after).sort();
    const page = keys.slice(0, pageSize);
    const isCut = keys.length > page.length;
    const next = isCut ? `<NextContinuationToken>${page.at(-1)}</NextContinuationToken>` : "";
    const contents = page.map((key) => `<Contents><Key>${key}</Key></Contents>`).join("");
    return `<ListBucketResult><IsTruncated>${isCut}</IsTruncated>${next}${contents}</ListBucketResult>`;
  }
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const own: S3Server = {
    ...{ url: `http://127.0.0.1:${port}`, keys: KEYS, objects, written, day: "well" },
  };
  return own;
}

const refusal = (code: string): string =>
  `<?xml version="1.0"?><Error><Code>${code}</Code></Error>`;

const answer = (response: ServerResponse, status: number, body: string | Buffer): void =>
  void response.writeHead(status, { "content-type": "application/xml" }).end(body);

const sha256 = (data: string | Buffer): string => createHash("sha256").update(data).digest("hex");
const hmac = (key: string | Buffer, data: string): Buffer =>
  createHmac("sha256", key).update(data).digest();

/** What is wrong with the signature, in the server's words; null: nothing. */
function faultOf(request: IncomingMessage, body: Buffer): string | null {
  const given = request.headers.authorization ?? "";
  const read =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8}\/([^/]+)\/s3\/aws4_request), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(
      given,
    );
  const [, id, scope = "", region = "", names = "", signature] = read ?? [];
  if (id !== KEYS.id) return "InvalidAccessKeyId";
  const payload = String(request.headers["x-amz-content-sha256"] ?? "");
  if (payload !== "UNSIGNED-PAYLOAD" && payload !== sha256(body))
    return "XAmzContentSHA256Mismatch";
  const url = new URL(request.url ?? "/", "http://here");
  const query = [...url.searchParams]
    .map(([name, value]) => `${strict(name)}=${strict(value)}`)
    .sort()
    .join("&");
  const headers = names
    .split(";")
    .map((name) => `${name}:${String(request.headers[name]).trim()}\n`);
  const parts = [request.method, url.pathname, query, headers.join(""), names, payload];
  const date = String(request.headers["x-amz-date"]);
  const text = ["AWS4-HMAC-SHA256", date, scope, sha256(parts.join("\n"))].join("\n");
  const [day = ""] = scope.split("/");
  const key = hmac(hmac(hmac(hmac(`AWS4${KEYS.secret}`, day), region), "s3"), "aws4_request");
  return hmac(key, text).toString("hex") === signature ? null : "SignatureDoesNotMatch";
}

const strict = (text: string): string =>
  encodeURIComponent(text).replace(
    /[!'()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
