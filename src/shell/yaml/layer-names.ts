/**
 * Names of keys as an environment or a command line writes them, and the keys that were meant.
 *
 * `RULES__DEFAULT__LIMITS__DAILY_LOSS`, `rules.default.limits.dailyLoss`: capitals, hyphens and
 * single underscores do not matter, so that each key has one name that a shell takes.
 */
import { err, ok, type Result } from "../../std/result.ts";
import type { JsonSchema } from "./json-schema.ts";
import { nearest } from "./nearest.ts";
import { childOf, formOf, leavesOf, type Path, valueAt, withBuiltIn } from "./schema-walk.ts";

export interface Resolved {
  readonly path: Path;
  readonly schema: JsonSchema;
}

/** The way to a key in the document, or what is wrong with the name. */
export function resolve(
  names: readonly string[],
  schema: JsonSchema,
  data: unknown,
): Result<Resolved, string> {
  let at: Resolved = { path: [], schema };
  let value = data;
  for (const name of names) {
    const held = value ?? at.schema.default;
    const next = stepTo(name, formOf(at.schema, held), at.schema, held);
    if (next === null) return err(unknown(names, schema, data));
    at = { path: [...at.path, next.name], schema: next.schema };
    value = valueAt(held, [next.name]);
  }
  return ok(at);
}

interface Step {
  readonly name: string | number;
  readonly schema: JsonSchema;
}

function stepTo(name: string, form: JsonSchema, whole: JsonSchema, held: unknown): Step | null {
  if (form.items !== undefined) {
    const length = Array.isArray(held) ? held.length : 0;
    // One more than there are: the list grows by it.
    const isPlace = /^\d{1,4}$/.test(name) && Number(name) <= length;
    return isPlace ? { name: Number(name), schema: form.items } : null;
  }
  const own = keysOf(form).find((key) => bare(key) === bare(name));
  const known = own ?? keysOf(whole).find((key) => bare(key) === bare(name));
  if (known !== undefined) {
    const schema = form.properties?.[known] ?? childOf(whole, known) ?? {};
    return { name: known, schema };
  }
  const named = form.additionalProperties;
  if (typeof named !== "object" || bare(name) === "") return null;
  const written = Object.keys(Object(held)).find((key) => bare(key) === bare(name));
  return { name: written ?? name.toLowerCase().replaceAll("_", "-"), schema: named };
}

/** Of a block, and of every kind of it. */
const keysOf = ({ properties = {}, oneOf = [] }: JsonSchema): readonly string[] => [
  ...Object.keys(properties),
  ...oneOf.flatMap(keysOf),
];

const bare = (name: string): string => name.toLowerCase().replaceAll(/[_-]/g, "");

/** What a shell calls that key. */
export const variableFor = (path: Path): string =>
  `TRADESTREAM_${path
    .map((name) =>
      String(name)
        .replaceAll(/([a-z0-9])([A-Z])/g, "$1_$2")
        .replaceAll("-", "_")
        .toUpperCase(),
    )
    .join("__")}`;

function unknown(names: readonly string[], schema: JsonSchema, data: unknown): string {
  const isVariable = names.every((name) => name === name.toUpperCase());
  const leaves = leavesOf(schema, withBuiltIn(data));
  const candidates = leaves.flatMap(({ path }) => path.map((_, at) => path.slice(0, at + 1)));
  const byName = new Map(candidates.map((path) => [bare(path.join("")), path]));
  const close = nearest(bare(names.join("")), [...byName.keys()]);
  const path = close === null ? undefined : byName.get(close);
  if (path === undefined) return "there is no such key; `config show --effective` lists them";
  return `there is no such key; did you mean ${isVariable ? variableFor(path) : path.join(".")}?`;
}
