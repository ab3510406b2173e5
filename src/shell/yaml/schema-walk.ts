/**
 * The schema of the configuration walked beside a document: which keys there are, what holds at each.
 *
 * ```text
 * a block      its keys, each with what is written or its default
 * kinds        the keys of the kind that is named, or of the usual one
 * named blocks the names that are there      a list of blocks   its items
 * ```
 */
import { configJsonSchema, type JsonSchema } from "./json-schema.ts";

export type Path = readonly (string | number)[];

export interface Leaf {
  readonly path: Path;
  readonly schema: JsonSchema;
  readonly value: unknown;
}

type Block = Readonly<Record<string, unknown>>;

const isBlock = (value: unknown): value is Block =>
  typeof value === "object" && value !== null && !Array.isArray(value);

let known: JsonSchema | null = null;

/** Made once: it is the same for the life of the process. */
export function configSchema(): JsonSchema {
  known ??= configJsonSchema();
  return known;
}

/** What a kind of block is made of: that of its `kind`, else the usual one. */
export function formOf(schema: JsonSchema, value: unknown): JsonSchema {
  const { oneOf, anyOf } = schema;
  if (anyOf !== undefined)
    return anyOf.find(({ type }) => type === (Array.isArray(value) ? "array" : "object")) ?? schema;
  if (oneOf === undefined) return schema;
  const kindOf = (one: JsonSchema): JsonSchema | undefined => one.properties?.["kind"];
  const kind = isBlock(value) ? value["kind"] : undefined;
  const named = oneOf.find((one) => kindOf(one)?.const === kind);
  return named ?? oneOf.find((one) => kindOf(one)?.default !== undefined) ?? schema;
}

/** Every key with a value of its own, in the order of the schema. What is not set at all is left out. */
export function leavesOf(schema: JsonSchema, value: unknown, path: Path = []): readonly Leaf[] {
  const form = formOf(schema, value);
  if (form.properties !== undefined && isBlock(value)) {
    return Object.entries(form.properties).flatMap(([name, one]) => {
      const held = Object.hasOwn(value, name) ? value[name] : one.default;
      return held === undefined ? [] : leavesOf(one, held, [...path, name]);
    });
  }
  const { items, additionalProperties: named } = form;
  if (isBlock(value) && typeof named === "object") {
    return Object.entries(value).flatMap(([name, one]) => leavesOf(named, one, [...path, name]));
  }
  if (Array.isArray(value) && items !== undefined && value.some(isBlock)) {
    return value.flatMap((one, at) => leavesOf(items, one, [...path, at]));
  }
  return [{ path, schema: form, value: value ?? null }];
}

/** With the rule set that is always there. */
export const withBuiltIn = (data: unknown): unknown =>
  isBlock(data) ? { ...data, rules: { default: {}, ...Object(data["rules"]) } } : data;

/** The value at that path; `undefined` where nothing is written. */
export function valueAt(data: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, name) =>
      typeof value === "object" && value !== null && Object.hasOwn(value, name)
        ? Reflect.get(value, name)
        : undefined,
    data,
  );
}

/** A copy in which that value stands there; blocks on the way begin with their defaults. */
export function withValue(schema: JsonSchema, data: unknown, path: Path, value: unknown): unknown {
  const [name, ...rest] = path;
  if (name === undefined) return value;
  const whole = data ?? schema.default;
  const form = formOf(schema, whole);
  if (typeof name === "number") {
    const list = Array.isArray(whole) ? [...whole] : [];
    list[name] = withValue(form.items ?? {}, list[name], rest, value);
    return list;
  }
  const block: Block = isBlock(whole) ? whole : {};
  const below = childOf(form, name) ?? {};
  return { ...block, [name]: withValue(below, block[name], rest, value) };
}

/** What may stand under that name. */
export function childOf(schema: JsonSchema, name: string): JsonSchema | null {
  const own = schema.properties?.[name];
  if (own !== undefined) return own;
  for (const one of schema.oneOf ?? []) {
    const found = childOf(one, name);
    if (found !== null) return found;
  }
  const named = schema.additionalProperties;
  return typeof named === "object" ? named : null;
}
