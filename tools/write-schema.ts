/**
 * Writes config/tradestream.schema.json, format.schema.json and rules.schema.json, by which editors know
 * the configuration, the format packs and the rule packs. Run it after changing a key: `npx tsx tools/write-schema.ts`, then `npm run format`. A test compares the files
 * with the schemas they come from.
 */
import { writeFileSync } from "node:fs";
import {
  configJsonSchema,
  formatJsonSchema,
  type JsonSchema,
  rulesJsonSchema,
} from "../src/shell/yaml/json-schema.ts";

const write = (name: string, schema: JsonSchema): void =>
  writeFileSync(
    new URL(`../config/${name}.schema.json`, import.meta.url),
    `${JSON.stringify(schema, null, 2)}\n`,
  );

write("tradestream", configJsonSchema());
write("format", formatJsonSchema());
write("rules", rulesJsonSchema());
