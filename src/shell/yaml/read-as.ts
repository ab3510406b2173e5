/** A text as the schema says it should be, with the document to find places in; or every mistake. */
import type * as z from "zod";
import type { ConfigFault } from "../../ports/config-source.ts";
import { err, ok, type Result } from "../../std/result.ts";
import { readDocument, type YamlDocument } from "./document.ts";
import { type Finding, faultOf, findingsOf } from "./problems.ts";

export interface Checked<Value> {
  readonly value: Value;
  readonly document: YamlDocument;
}

/** Lays values from elsewhere over the document, or says what is wrong with them. */
export type Over = (document: YamlDocument) => Result<YamlDocument, readonly Finding[]>;

export function readAs<Kind extends z.ZodType>(
  kind: Kind,
  text: string,
  file: string,
  over: Over = ok,
): Result<Checked<z.output<Kind>>, ConfigFault> {
  const document = readDocument(text);
  if (!document.ok) {
    const findings = document.error.map((one) => ({ path: [], ...one }));
    return err(faultOf("invalid", file, findings));
  }
  if (document.value.data === null) {
    // A file cut short by a failed copy must not pass for "everything as usual".
    const reason = "the file holds nothing; {} stands for all defaults";
    return err(faultOf("invalid", file, [{ place: { line: 1, column: 1 }, path: [], reason }]));
  }
  const laid = over(document.value);
  if (!laid.ok) return err(faultOf("invalid", file, laid.error));
  const checked = kind.safeParse(laid.value.data);
  return checked.success
    ? ok({ value: checked.data, document: laid.value })
    : err(faultOf("invalid", file, findingsOf(checked.error.issues, laid.value)));
}
