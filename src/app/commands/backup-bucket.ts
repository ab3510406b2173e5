/**
 * Backups that lie in the bucket: named there, or brought into a scratch folder, where they are looked
 * at like any others.
 */
import type { Config } from "../../core/model/config.ts";
import type { Bucket } from "../../ports/bucket.ts";
import type { ExitCode } from "../../ports/console.ts";
import { err, ok, type Result } from "../../std/result.ts";
import { bucketOf } from "../backup-copies.ts";
import { type Context, leave, type Stopped, stopped } from "../context.ts";
import { wire } from "../wire.ts";

/** What `--from` is given for it. */
export const FROM_BUCKET = "bucket";

/** A name as it is listed; the newest; all of them. */
export type Wanted = { readonly name: string } | "newest" | "all";

interface There {
  readonly bucket: Bucket;
  readonly label: string;
  /** Newest first. */
  readonly names: readonly string[];
}

async function lookThere(context: Context, config: Config): Promise<Result<There, Stopped>> {
  const access = await bucketOf(context, config);
  if (access === null) return err(stopped(2, "the configuration names no backups.bucket"));
  if (!access.ok) return err(stopped(2, `backups.bucket.${access.error}`));
  const bucket = (await wire.bucket()).openBucket(access.value);
  const names = await bucket.names();
  const label = `the bucket ${access.value.bucket}`;
  return names.ok
    ? ok({ bucket, label, names: names.value })
    : err(stopped(1, `${label}: ${names.error}`));
}

/** Names alone: to know more of one it has to be brought here. */
export async function listBucket(
  context: Context,
  config: Config,
  { json }: { readonly json: boolean },
): Promise<ExitCode> {
  const there = await lookThere(context, config);
  if (!there.ok) return leave(context, there.error);
  const { names, label } = there.value;
  const { screen } = context;
  if (json) for (const name of names) screen.printJson({ name });
  else if (names.length === 0) screen.print(`there is no backup in ${label}`);
  else for (const name of names) screen.print(name);
  return 0;
}

export async function withBucket(
  context: Context,
  config: Config,
  wanted: Wanted,
  work: (folder: string, label: string) => ExitCode | Promise<ExitCode>,
): Promise<ExitCode> {
  const there = await lookThere(context, config);
  if (!there.ok) return leave(context, there.error);
  const { bucket, label, names } = there.value;
  const fetched = namesOf(wanted, names);
  if (fetched === null) return leave(context, stopped(2, ...missing(wanted, there.value)));
  const { makeTemporary, removeDirectory } = await wire.dataDirectory();
  const folder = makeTemporary();
  try {
    for (const name of fetched) {
      const come = await bucket.fetch(name, folder);
      if (!come.ok) return leave(context, stopped(1, `${label}: ${come.error}`));
    }
    return await work(folder, label);
  } finally {
    removeDirectory(folder);
  }
}

/** Null where it is not there. */
function namesOf(wanted: Wanted, names: readonly string[]): readonly string[] | null {
  if (wanted === "all") return names;
  if (wanted === "newest") return names.slice(0, 1);
  return names.includes(wanted.name) ? [wanted.name] : null;
}

function missing(wanted: Wanted, { names, label }: There): readonly string[] {
  const name = typeof wanted === "string" ? "" : `${wanted.name} `;
  const newest = names[0] === undefined ? "" : `; the newest there is ${names[0]}`;
  return [`there is no backup ${name}in ${label}${newest}`];
}
