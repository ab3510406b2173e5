/**
 * A place for backups on somebody else's machine: a bucket that speaks the protocol of Amazon S3.
 *
 * A backup is listed there when its manifest is, which goes up last and down first: what was half
 * sent, or half removed, is none.
 */
import type { Result } from "../std/result.ts";
import type { Backup } from "./archive.ts";

/** Plain data: it is handed to a thread. The two keys are secrets. */
export interface BucketAccess {
  /** `https://s3.eu-central-1.amazonaws.com`, without a path. */
  readonly endpoint: string;
  readonly region: string;
  readonly bucket: string;
  /** Stands before every key; empty, or ends with a slash. */
  readonly prefix: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** What goes wrong is a sentence for the operator, without a secret in it. */
export interface Bucket {
  /** Of whole backups, newest first. */
  names(): Promise<Result<readonly string[], string>>;
  /** From its folder; every byte is read back and compared. */
  put(folder: string, backup: Backup): Promise<Result<void, string>>;
  /** Into a folder of its name in this one, and nobody has compared its files yet. */
  fetch(name: string, into: string): Promise<Result<void, string>>;
  remove(name: string): Promise<Result<void, string>>;
}
