/**
 * Writes docs/reference/configuration.md. Run it after changing a key of the configuration:
 * `npx tsx tools/write-config-reference.ts`. A test compares the page with the schema.
 */
import { writeFileSync } from "node:fs";
import { configReference } from "./config-reference.ts";

writeFileSync(new URL("../docs/reference/configuration.md", import.meta.url), configReference());
