/** Where else each backup goes, as the configuration names it: a second directory, a bucket. */
import type { Config } from "../core/model/config.ts";
import { DEFAULT_BACKUPS } from "../core/model/defaults.ts";
import type { BucketAccess } from "../ports/bucket.ts";
import { err, ok, type Result } from "../std/result.ts";
import type { BackupTask } from "./backup-making.ts";
import type { Context } from "./context.ts";
import { fromHere, placeFrom } from "./places.ts";
import { wire } from "./wire.ts";

export async function copiesOf(
  context: Pick<Context, "here">,
  config: Config,
): Promise<Pick<BackupTask, "copyTo" | "bucket">> {
  const { copyTo } = config.backups ?? DEFAULT_BACKUPS;
  return {
    copyTo: copyTo === null ? null : fromHere(context.here, copyTo),
    bucket: await bucketOf(context, config),
  };
}

/** Null where none is named. */
export async function bucketOf(
  { here }: Pick<Context, "here">,
  { backups }: Config,
): Promise<Result<BucketAccess, string> | null> {
  if (backups?.bucket === undefined) return null;
  const { endpoint, region, bucket, prefix } = backups.bucket;
  const { readSecret } = await wire.secrets();
  const accessKeyId = readSecret(placeFrom(here, backups.bucket.accessKeyId));
  if (!accessKeyId.ok) return err(`accessKeyId: ${accessKeyId.error}`);
  const secretAccessKey = readSecret(placeFrom(here, backups.bucket.secretAccessKey));
  if (!secretAccessKey.ok) return err(`secretAccessKey: ${secretAccessKey.error}`);
  const keys = { accessKeyId: accessKeyId.value, secretAccessKey: secretAccessKey.value };
  return ok({ endpoint, region, bucket, prefix, ...keys });
}
