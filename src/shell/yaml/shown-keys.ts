/** A configuration told key by key: what holds, and where it came from. */
import type { ConfigLayers, ShownKey } from "../../ports/config-source.ts";
import { invariant } from "../../std/assert.ts";
import { readDocument } from "./document.ts";
import { placeOfSecret, SECRET_PATTERN } from "./fields.ts";
import { overlaid } from "./layers.ts";
import { nameOf } from "./problems.ts";
import { configSchema, type Leaf, leavesOf, valueAt, withBuiltIn } from "./schema-walk.ts";

/** Of a text that was read before and is sound. */
export function shownKeys(text: string, file: string, layers: ConfigLayers): readonly ShownKey[] {
  const document = readDocument(text);
  const laid = document.ok ? overlaid(document.value, layers) : document;
  invariant(document.ok && laid.ok, "a sound configuration is read a second time");
  const { originOf, placeOfKey, data } = laid.value;
  const from = (path: Leaf["path"]): string => {
    const origin = originOf(path);
    if (origin !== null) return origin;
    if (valueAt(document.value.data, path) === undefined) return "default";
    return `${file}:${placeOfKey(path).line}`;
  };
  return leavesOf(configSchema(), withBuiltIn(data))
    .flatMap(secretsApart)
    .map(({ path, schema, value }) => ({
      key: nameOf(path),
      value: textOf(value),
      from: from(path),
      secret: schema.pattern === SECRET_PATTERN ? placeOfSecret(String(value)) : null,
    }));
}

/** Each of a list of secrets is asked for by itself. */
function secretsApart(leaf: Leaf): readonly Leaf[] {
  const { path, schema, value } = leaf;
  const item = schema.items;
  if (item?.pattern !== SECRET_PATTERN || !Array.isArray(value)) return [leaf];
  return value.map((one, at) => ({ path: [...path, at], schema: item, value: one }));
}

const textOf = (value: unknown): string =>
  typeof value === "string" ? value : JSON.stringify(value);
