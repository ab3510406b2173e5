/**
 * Writes docs/reference/configuration.md, rule-packs.md, reasons.md, metrics.md and prometheus.md. Run it after changing a key
 * of the configuration or of the rule packs, a code, or a metric: `npx tsx tools/write-config-reference.ts`. A test compares the
 * pages with their schemas.
 */
import { writeFileSync } from "node:fs";
import { configReference } from "./config-reference.ts";
import { metersReference } from "./meters-reference.ts";
import { metricsReference } from "./metrics-reference.ts";
import { reasonsReference } from "./reasons-reference.ts";
import { rulesReference } from "./rules-reference.ts";

const write = (name: string, page: string): void =>
  writeFileSync(new URL(`../docs/reference/${name}.md`, import.meta.url), page);

write("configuration", configReference());
write("rule-packs", rulesReference());
write("reasons", reasonsReference());
write("metrics", metricsReference());
write("prometheus", metersReference());
