/**
 * A reference page from the descriptions in a schema.
 *
 * ```text
 * the file ──► one table of keys ──► a section for each block of keys, one for each of its kinds
 * ```
 */
import type { JsonSchema } from "../src/shell/yaml/json-schema.ts";

/** A block of keys that gets a section, with the way to it. */
interface Section {
  readonly path: string;
  readonly schema: JsonSchema;
}

/** A further column: what stands in it for the key at that path. */
export interface Column {
  readonly title: string;
  readonly cell: (path: string) => string;
}

export function referencePage(
  introduction: string,
  schema: JsonSchema,
  column: Column | null = null,
): string {
  const sections = withBlocksBelow({ path: "", schema });
  // What two kinds of a block have in common is told once.
  const texts = new Set(sections.map((section) => sectionText(section, column)));
  return `${[introduction, ...texts].join("\n").trimEnd()}\n`;
}

function sectionText({ path, schema }: Section, column: Column | null): string {
  const title = path === "" ? "The keys of the file" : `\`${path}\``;
  const lines = [`## ${title}`, ""];
  if (path !== "" && schema.description !== undefined) lines.push(schema.description, "");
  if (schema.oneOf === undefined)
    return [...lines, ...table({ path, schema }, column), ""].join("\n");
  for (const kind of schema.oneOf) {
    const { const: name, description = "", default: usually } = kind.properties?.["kind"] ?? {};
    lines.push(
      `### kind: ${name}${usually === name ? ", the default" : ""}`,
      "",
      description,
      "",
      ...table({ path, schema: kind }, column),
      "",
    );
  }
  return lines.join("\n");
}

function table({ path, schema }: Section, column: Column | null): readonly string[] {
  const keys = Object.entries(schema.properties ?? {}).filter(([name]) => name !== "kind");
  if (keys.length === 0) return ["No further keys."];
  const rows = keys.map(([name, value]) => {
    const required = schema.required?.includes(name) === true;
    const more = column === null ? [] : [column.cell(path === "" ? name : `${path}.${name}`)];
    const known = [`\`${name}\``, writtenAs(value), usual(value, required)];
    const cells = [...known, ...more, meaning(value)];
    return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  });
  const titles = column === null ? [] : [column.title];
  const heads = ["Key", "Written as", "Default", ...titles, "Meaning"];
  return [`| ${heads.join(" | ")} |`, `|${"---|".repeat(heads.length)}`, ...rows];
}

/** `null` may stand in its place. */
const listIn = ({ anyOf = [] }: JsonSchema): JsonSchema | undefined =>
  anyOf.find(({ items }) => items !== undefined);

function writtenAs(schema: JsonSchema): string {
  const list = listIn(schema);
  if (list !== undefined) return `${writtenAs(list)}, or \`null\``;
  if (schema.enum !== undefined) return schema.enum.map((word) => `\`${word}\``).join(", ");
  if (schema.type === "boolean") return "`true`, `false`";
  if (schema.type === "array") return `list: ${writtenAs(schema.items ?? {})}`;
  return schema.errorMessage?.replace(/^expected /, "") ?? "a block of keys, see below";
}

function usual(schema: JsonSchema, required: boolean): string {
  if (required) return "required";
  const value = schema.default;
  if (value === undefined) return "none";
  if (typeof value !== "object") return `\`${value}\``;
  const text = JSON.stringify(value)
    .replaceAll('"', "")
    .replaceAll(/([:,])/g, "$1 ");
  return /^\[?\{\}\]?$/.test(text) ? "as below" : `\`${text}\``;
}

const meaning = (schema: JsonSchema): string => schema.description ?? "";

/** A section, and after it the blocks among the values of its keys. */
function withBlocksBelow(section: Section): readonly Section[] {
  const { path, schema } = section;
  const below = (schema.oneOf ?? [schema]).flatMap((holder) =>
    Object.entries(holder.properties ?? {}).flatMap(([name, value]) => {
      const [place, block] = blockIn(path === "" ? name : `${path}.${name}`, value);
      if (block.properties === undefined && block.oneOf === undefined) return [];
      return withBlocksBelow({ path: place, schema: { ...block, description: meaning(value) } });
    }),
  );
  return [section, ...below];
}

/** Lists and named blocks are described by what they hold. */
function blockIn(path: string, schema: JsonSchema): readonly [string, JsonSchema] {
  const list = listIn(schema);
  if (list !== undefined) return blockIn(path, list);
  if (schema.items !== undefined) return [`${path}[]`, schema.items];
  if (schema.properties === undefined && typeof schema.additionalProperties === "object") {
    return [`${path}.NAME`, schema.additionalProperties];
  }
  return [path, schema];
}
