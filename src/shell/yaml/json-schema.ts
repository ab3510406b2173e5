/**
 * The configuration as a JSON Schema, for editors: completion, tool tips and a red line under a
 * mistake while it is being typed. Draft 7, which the YAML language server understands best.
 *
 * It knows every key and notation. What keys owe each other is checked at start alone.
 */
import * as z from "zod";
import { CONFIG_FILE } from "./schema.ts";

export interface JsonSchema {
  readonly type?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly errorMessage?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: JsonSchema | false;
  readonly items?: JsonSchema;
  readonly oneOf?: readonly JsonSchema[];
}

export function configJsonSchema(): JsonSchema {
  const { $schema, ...rest } = z.toJSONSchema(CONFIG_FILE, { target: "draft-7", io: "input" });
  return { $schema, title: "TradeStream configuration", ...rest } as JsonSchema;
}
