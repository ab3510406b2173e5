/**
 * The body of a request as a message: plain text, or JSON.
 *
 * ```text
 * ES long 6326: A ...                     the text of the message
 * {"text": "...", "author": "sam"}        a message; id, timenow, timestamp, time are read as well
 * {"action": "buy", "ticker": "ES1!"}     any other JSON is itself the text: the parser knows more
 * ```
 *
 * TradingView sends `application/json` when the alert's text happens to be JSON and `text/plain` when
 * it is not, a quotation mark in a placeholder being enough; so a text that looks like JSON is tried,
 * and taken as text where it is none. What was declared as JSON has to be JSON.
 */
import { err, ok, type Result } from "../../std/result.ts";

export interface Body {
  readonly bytes: Uint8Array;
  /** Declared as such. */
  readonly isJson: boolean;
}

export interface Content {
  readonly text: string;
  readonly author: string | null;
  /** Given by the sender; null where it has none. */
  readonly id: string | null;
  /** Where a time of sending may stand; empty for plain text. */
  readonly fields: Fields;
  /** The whole body as it came. */
  readonly raw: string;
}

export type Fields = Readonly<Record<string, unknown>>;

const NAME_MAX = 200;
const STRICT = new TextDecoder("utf-8", { fatal: true });

/** The error is for the sender. */
export function readBody({ bytes, isJson }: Body): Result<Content, string> {
  const raw = decoded(bytes);
  if (raw === null) return err("the body is not UTF-8");
  if (raw.trim() === "") return err("the body is empty");
  const plain: Content = { text: raw, author: null, id: null, fields: {}, raw };
  if (!isJson && !raw.trimStart().startsWith("{")) return ok(plain);
  const value = parsed(raw);
  if (value === undefined) return isJson ? err("the body is not JSON") : ok(plain);
  return isObject(value) ? readFields(value, plain) : ok(plain);
}

function readFields(fields: Fields, plain: Content): Result<Content, string> {
  const { text, author, id } = fields;
  if (typeof text === "string" && text.trim() === "") return err('"text" is empty');
  if (!isAbsent(id) && !isId(id)) {
    return err(`"id" is not a text of 1 to ${NAME_MAX} characters or a whole number`);
  }
  return ok({
    ...plain,
    text: typeof text === "string" ? text : plain.text,
    author: isName(author) ? author : null,
    id: isAbsent(id) ? null : String(id),
    fields,
  });
}

/** For the record of what could not be read. */
export const rawOf = (bytes: Uint8Array): string =>
  decoded(bytes) ?? `base64:${Buffer.from(bytes).toString("base64")}`;

function decoded(bytes: Uint8Array): string | null {
  try {
    return STRICT.decode(bytes);
  } catch (failure) {
    if (failure instanceof TypeError) return null; // the decoder's way of saying no
    throw failure;
  }
}

/** Undefined, which JSON cannot say, where it is none. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (failure) {
    if (failure instanceof SyntaxError) return undefined;
    throw failure;
  }
}

const isObject = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isAbsent = (value: unknown): boolean => value === undefined || value === null;

const isName = (value: unknown): value is string =>
  typeof value === "string" && value !== "" && value.length <= NAME_MAX;

const isId = (value: unknown): boolean => isName(value) || Number.isSafeInteger(value);
