/**
 * The configuration, the format packs, the rule packs and the files of dates as JSON Schemas, for
 * editors: completion, tool tips and a red line under a mistake while it is being typed. Draft 7,
 * which the YAML language server understands best.
 *
 * It knows every key and notation. What keys owe each other is checked at start alone.
 */
import * as z from "zod";
import { CONFIG_FILE } from "./schema.ts";
import { CALENDAR_FILE, NEWS_FILE } from "./schema-dated.ts";
import { FORMAT_FILE } from "./schema-format.ts";
import { FIRM_FILE, WHOLE_PLAN } from "./schema-plan.ts";

export interface JsonSchema {
  readonly type?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly pattern?: string;
  readonly errorMessage?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: JsonSchema | false;
  readonly items?: JsonSchema;
  readonly oneOf?: readonly JsonSchema[];
  readonly anyOf?: readonly JsonSchema[];
}

export const configJsonSchema = (): JsonSchema =>
  schemaOf(CONFIG_FILE, "TradeStream configuration");

export const formatJsonSchema = (): JsonSchema => schemaOf(FORMAT_FILE, "TradeStream format pack");

export const rulesJsonSchema = (): JsonSchema => schemaOf(FIRM_FILE, "TradeStream rule pack");

/** With what a plan needs, wherever in its pack that is written. */
export const planJsonSchema = (): JsonSchema => schemaOf(WHOLE_PLAN, "A plan of a firm");
export const calendarJsonSchema = (): JsonSchema =>
  schemaOf(CALENDAR_FILE, "TradeStream exchange calendar");

export const newsJsonSchema = (): JsonSchema => schemaOf(NEWS_FILE, "TradeStream news dates");

function schemaOf(kind: z.ZodType, title: string): JsonSchema {
  const { $schema, ...rest } = z.toJSONSchema(kind, { target: "draft-7", io: "input" });
  return { $schema, title, ...rest } as JsonSchema;
}
