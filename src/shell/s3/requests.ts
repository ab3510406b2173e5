/**
 * Signed requests to a bucket, each with an end to its patience, and what a refusal means.
 */
import { AwsClient } from "aws4fetch";
import type { BucketAccess } from "../../ports/bucket.ts";
import { err, ok, type Result } from "../../std/result.ts";

export interface KeyPage {
  readonly keys: readonly string[];
  /** Where the next page begins; null: there is none. */
  readonly next: string | null;
}

export interface Requests {
  put(key: string, bytes: Uint8Array, sha256: string): Promise<Result<void, string>>;
  get(key: string): Promise<Result<Uint8Array, string>>;
  remove(key: string): Promise<Result<void, string>>;
  list(prefix: string, token: string | null): Promise<Result<KeyPage, string>>;
}

/** The most that one request may take, tries and all; a backup has ten minutes. */
const PATIENCE = 120_000;
/** After an answer of 429 or 500 and more, a little later each time. */
const RETRIES = 3;
/** Lines that were cut, or never stood. */
const TRIES = 3;
const ANSWER_MAX = 2_000_000_000;
const ERROR_MAX = 500;

export function openRequests(access: BucketAccess, patience = PATIENCE): Requests {
  const { endpoint, region, bucket, accessKeyId, secretAccessKey } = access;
  const client = new AwsClient({
    ...{ accessKeyId, secretAccessKey, region, service: "s3", retries: RETRIES },
    initRetryMs: 100,
  });
  const urlOf = (key: string): string =>
    `${endpoint}/${bucket}/${key.split("/").map(encodeURIComponent).join("/")}`;

  async function ask(url: string, init: RequestInit): Promise<Result<Uint8Array, string>> {
    const signal = AbortSignal.timeout(patience);
    for (let left = TRIES - 1; ; left--) {
      try {
        const answer = await client.fetch(url, { ...init, signal, redirect: "error" });
        const bytes = new Uint8Array(await answer.arrayBuffer());
        if (answer.ok && bytes.length <= ANSWER_MAX) return ok(bytes);
        return err(refusal(answer.status, Buffer.from(bytes).toString("utf8", 0, ERROR_MAX)));
      } catch (failure) {
        if (left === 0 || signal.aborted) return err(unreached(failure));
      }
    }
  }

  /** In words: what was refused, and what to look after. */
  function refusal(status: number, body: string): string {
    const code = /<Code>(\w{1,60})<\/Code>/.exec(body)?.[1] ?? "";
    const said = `${endpoint} answered ${status}${code === "" ? "" : ` ${code}`}`;
    if (code === "NoSuchBucket") return `${said}: make the bucket ${bucket}, or name another one`;
    if (code === "RequestTimeTooSkewed") return `${said}: the clock of this machine is wrong`;
    if (status === 401 || status === 403)
      return `${said}: look after accessKeyId, secretAccessKey, region, and what the key may do`;
    return said;
  }

  const unreached = (failure: unknown): string =>
    failure instanceof Error && failure.name === "TimeoutError"
      ? `${endpoint} did not answer within ${patience / 1_000} s`
      : `${endpoint} cannot be reached (${causeOf(failure)})`;

  return {
    async put(key, bytes, sha256) {
      const headers = {
        "x-amz-content-sha256": sha256,
        "content-type": "application/octet-stream",
      };
      const put = await ask(urlOf(key), { method: "PUT", body: bytes, headers });
      return put.ok ? ok(undefined) : put;
    },
    get: (key) => ask(urlOf(key), { method: "GET" }),
    async remove(key) {
      const removed = await ask(urlOf(key), { method: "DELETE" });
      return removed.ok ? ok(undefined) : removed;
    },
    async list(prefix, token) {
      const asked = new URLSearchParams({ "list-type": "2", prefix });
      if (token !== null) asked.set("continuation-token", token);
      const listed = await ask(`${endpoint}/${bucket}?${asked}`, { method: "GET" });
      return listed.ok ? ok(pageIn(Buffer.from(listed.value).toString("utf8"))) : listed;
    },
  };
}

/** Of our own keys, whose letters XML leaves as they are. */
function pageIn(text: string): KeyPage {
  const keys = [...text.matchAll(/<Key>([^<]*)<\/Key>/g)].map(([, key = ""]) => key);
  const isCut = /<IsTruncated>true<\/IsTruncated>/.test(text);
  const token = /<NextContinuationToken>([^<]+)<\/NextContinuationToken>/.exec(text)?.[1];
  return { keys, next: isCut && token !== undefined ? token.replaceAll("&amp;", "&") : null };
}

/** `fetch` says only that it failed; the cause says how. */
function causeOf(failure: unknown): string {
  const cause = failure instanceof Error ? (failure.cause ?? failure) : failure;
  if (cause instanceof Error && "code" in cause) return String(cause.code);
  return cause instanceof Error ? cause.message : String(cause);
}
