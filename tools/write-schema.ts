/**
 * Writes config/tradestream.schema.json and its siblings for format packs, rule packs, calendars and
 * news dates, by which editors know those files. Run it after
 * changing a key: `npx tsx tools/write-schema.ts`, then `npm run format`. A test compares the files
 * with the schemas they come from.
 */
import { writeFileSync } from "node:fs";
import {
  calendarJsonSchema,
  configJsonSchema,
  formatJsonSchema,
  type JsonSchema,
  newsJsonSchema,
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
write("calendar", calendarJsonSchema());
write("news", newsJsonSchema());
