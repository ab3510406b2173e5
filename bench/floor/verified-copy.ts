/** The least a verified copy of a database costs: SQLite's own backup, its check, counts, one hash. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import Database from "better-sqlite3";

export async function floorCopy(source: string, target: string): Promise<number> {
  const from = new Database(source, { readonly: true });
  await from.backup(target, { progress: () => 0x7fffffff });
  from.close();
  const copy = new Database(target, { readonly: true });
  const finding = copy.pragma("integrity_check", { simple: true });
  const tables = copy.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all();
  let rows = 0;
  for (const table of tables)
    rows += Number(copy.prepare(`SELECT count(*) FROM "${table}"`).pluck().get());
  copy.close();
  const hash = createHash("sha256").update(readFileSync(target)).digest("hex");
  if (finding !== "ok" || hash.length !== 64) throw new Error("the copy is not sound");
  return rows;
}
