/**
 * Writes config/tradestream.schema.json, by which editors know the configuration. Run it after
 * changing a key: `npx tsx tools/write-schema.ts`, then `npm run format`. A test compares the file
 * with the schema it comes from.
 */
import { writeFileSync } from "node:fs";
import { configJsonSchema } from "../src/shell/yaml/json-schema.ts";

writeFileSync(
  new URL("../config/tradestream.schema.json", import.meta.url),
  `${JSON.stringify(configJsonSchema(), null, 2)}\n`,
);
