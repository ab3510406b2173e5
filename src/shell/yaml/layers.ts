/**
 * What goes before the file: the environment, files of secrets, the command line.
 *
 * ```text
 * defaults < file < TRADESTREAM_RULES__DEFAULT__LIMITS__DAILY_LOSS=300
 *                 < TRADESTREAM_BROKER__API_KEY_FILE=/run/secrets/topstepx < --set logLevel=debug
 * ```
 *
 * A key is named as in the file, in capitals, with `__` where the file goes one level down. Values
 * are written as there and go through the same checks; what is wrong is said with the name of the
 * variable or option. A name with our prefix that is no key is a slip and not something to skip.
 */
import type { ConfigLayers, SaidValue } from "../../ports/config-source.ts";
import { err, ok, type Result } from "../../std/result.ts";
import { readDocument, type YamlDocument } from "./document.ts";
import { SECRET_PATTERN } from "./fields.ts";
import type { JsonSchema } from "./json-schema.ts";
import { type Resolved, resolve, variableFor } from "./layer-names.ts";
import type { Finding } from "./problems.ts";
import { configSchema, type Path, withValue } from "./schema-walk.ts";

export const NO_LAYERS: ConfigLayers = { environment: {}, said: [] };

const PREFIX = "TRADESTREAM_";
const FILE = "_FILE";
/** More is a configuration, and belongs into a file. */
const OVERRIDES_MAX = 500;

/** Ours, and no keys: the program's version, and the folder of `credential:NAME`. */
const NOT_KEYS: ReadonlySet<string> = new Set([
  "TRADESTREAM_VERSION",
  "TRADESTREAM_SECRETS_DIRECTORY",
]);

/** Kubernetes tells each pod of the services around it, in variables of this form. */
const SERVICE_LINK =
  /_SERVICE_(?:HOST|PORT(?:_\w+)?)$|_PORT(?:_\d+_(?:TCP|UDP|SCTP)(?:_(?:ADDR|PORT|PROTO))?)?$/;

interface Override {
  readonly names: readonly string[];
  readonly value: string;
  readonly origin: string;
  /** The value is the path of a file with the secret in it. */
  readonly isFile: boolean;
}

/** A document over which the layers are laid, and where each of their values came from. */
export interface Overlaid extends YamlDocument {
  /** Null where the file or the default holds. */
  originOf(path: Path): string | null;
}

export function overlaid(
  document: YamlDocument,
  layers: ConfigLayers,
): Result<Overlaid, readonly Finding[]> {
  const overrides = [
    ...variablesIn(layers, mentionedIn(document.data)),
    ...layers.said.map(saidOverride),
  ];
  if (overrides.length > OVERRIDES_MAX) return err([tooMany(overrides.length)]);
  const laid: Laid = { data: document.data, origins: [] };
  const findings = overrides.flatMap((one) => lay(laid, one));
  return findings.length > 0 ? err(findings) : ok(located(document, laid));
}

interface Laid {
  data: unknown;
  origins: readonly { readonly path: Path; readonly origin: string }[];
}

const tooMany = (count: number): Finding => ({
  place: null,
  path: [],
  reason: `${count} keys are set beside the file; ${OVERRIDES_MAX} are the most`,
});

/** Kinds first: which other keys a block has hangs on them. Then values, then files of secrets. */
function variablesIn(
  { environment }: ConfigLayers,
  mentioned: ReadonlySet<string>,
): readonly Override[] {
  const found = Object.entries(environment).flatMap(([name, value]): readonly Override[] => {
    if (value === undefined || !name.startsWith(PREFIX) || NOT_KEYS.has(name)) return [];
    if (mentioned.has(name) || mentioned.has(name.replace(/_FILE$/, ""))) return [];
    const names = name.slice(PREFIX.length).split("__");
    return [{ names, value, origin: name, isFile: name.endsWith(FILE) }];
  });
  const rank = ({ names, isFile }: Override): number =>
    isFile ? 2 : Number(names.at(-1)?.toLowerCase() !== "kind");
  return found.toSorted((a, b) => rank(a) - rank(b) || (a.origin < b.origin ? -1 : 1));
}

/** Variables the file itself names as places of secrets: `env:TRADESTREAM_TOKEN`. */
function mentionedIn(data: unknown, seen = new Set<unknown>()): ReadonlySet<string> {
  if (typeof data === "string") return new Set(data.startsWith("env:") ? [data.slice(4)] : []);
  // Aliases may lead back to where they stand.
  if (typeof data !== "object" || data === null || seen.has(data)) return new Set();
  seen.add(data);
  return new Set(Object.values(data).flatMap((value) => [...mentionedIn(value, seen)]));
}

const saidOverride = ({ key, value, origin }: SaidValue): Override => ({
  names: key.replaceAll(/\[(\d+)\]/g, ".$1").split("."),
  value,
  origin,
  isFile: false,
});

function lay(laid: Laid, one: Override): readonly Finding[] {
  const schema = configSchema();
  const found = find(one, schema, laid.data);
  if (!found.ok) return isServiceLink(one) ? [] : [found.error];
  const { path } = found.value;
  if (laid.origins.some((other) => other.origin !== one.origin && isTwin(other, one, path)))
    return [wrong(one, path, `another variable of the same meaning is set: ${variableFor(path)}`)];
  const value = readValue(one, found.value);
  if (!value.ok) return [wrong(one, path, value.error)];
  laid.data = withValue(schema, laid.data, path, value.value);
  const below = laid.origins.filter((other) => !isWithin(other.path, path));
  laid.origins = [...below, { path, origin: one.origin }];
  return [];
}

/** `TRADESTREAM_LOGLEVEL` beside `TRADESTREAM_LOG_LEVEL`: nobody knows which was meant. */
const isTwin = (
  other: { readonly path: Path; readonly origin: string },
  { origin }: Override,
  path: Path,
): boolean =>
  [origin, other.origin].every((name) => name.startsWith(PREFIX) && !name.endsWith(FILE)) &&
  other.path.join("\n") === path.join("\n");

/** A secret may be given as a file that holds it; its key then has the ending of one. */
function find(one: Override, schema: JsonSchema, data: unknown): Result<Resolved, Finding> {
  const { names, isFile } = one;
  const whole = resolve(names, schema, data);
  if (whole.ok && !(isFile && isSecret(whole.value.schema))) return whole;
  if (isFile) {
    const bare = resolve(
      names.map((name, at) => (at === names.length - 1 ? name.slice(0, -FILE.length) : name)),
      schema,
      data,
    );
    if (bare.ok && isSecret(bare.value.schema)) return bare;
    if (bare.ok)
      return err(wrong(one, bare.value.path, "only a secret is read from a file of its own"));
  }
  return whole.ok ? whole : err(wrong(one, [], whole.error));
}

const isServiceLink = ({ origin }: Override): boolean =>
  origin.startsWith(PREFIX) && SERVICE_LINK.test(origin);

const isSecret = ({ pattern }: JsonSchema): boolean => pattern === SECRET_PATTERN;

/** As in the file; a text needs no quotation marks, whatever it looks like. */
function readValue(
  { value, origin, isFile }: Override,
  { schema }: Resolved,
): Result<unknown, string> {
  if (value.trim() === "") return err("it is set and empty; unset it, or write a value");
  if (isSecret(schema) && origin.startsWith(PREFIX)) {
    if (isFile) return ok(`file:${value}`);
    // A variable that holds a secret is a place for one.
    return ok(/^(?:env|file|credential):/.test(value) ? value : `env:${origin}`);
  }
  const read = readDocument(value);
  if (!read.ok)
    return err(`${read.error[0]?.reason ?? "it cannot be read"}; quote it as in the file`);
  const { data } = read.value;
  return ok(schema.type === "string" && typeof data !== "string" ? value : data);
}

const wrong = ({ origin }: Override, path: Path, reason: string): Finding => ({
  place: { line: 0, column: 0, origin },
  path,
  reason,
});

const isWithin = (path: Path, outer: Path): boolean => outer.every((name, at) => path[at] === name);

function located(document: YamlDocument, { data, origins }: Laid): Overlaid {
  const originOf = (path: readonly PropertyKey[]): string | null =>
    origins.findLast(({ path: laid }) => laid.every((name, at) => path[at] === name))?.origin ??
    null;
  const from = (path: readonly PropertyKey[]) => {
    const origin = originOf(path);
    return origin === null ? null : { line: 0, column: 0, origin };
  };
  return {
    data,
    originOf,
    placeOf: (path) => from(path) ?? document.placeOf(path),
    placeOfKey: (path) => from(path) ?? document.placeOfKey(path),
  };
}
