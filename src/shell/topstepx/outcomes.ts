/**
 * What became of a call, told from its reply.
 *
 * ```text
 *                        a call that changes something     a call that looks
 * no byte has left       not-sent                          not-sent
 * cut, timed out, 5xx    unknown                           unknown = nothing was learnt
 * 401                    unknown                           again, once, with a new token
 * 403, 429, other 4xx    unknown: nobody documents that    unknown
 *                        nothing was done
 * 400, 404, 405, 413..   refused: it reached no desk       refused
 * 200, success:false     refused; unknown where the venue  refused
 *                        itself is not sure
 * 200, unreadable        unknown                           unknown
 * 200, success:true      done                              done
 * ```
 *
 * `orderId` in a refusal means nothing: a rejected order has one too.
 */
import { codeName, isUndecided } from "./codes.ts";
import type { Called } from "./gateway.ts";
import { fieldsIn, flagIn, jsonIn, row, textOrNull, wholeIn } from "./json-fields.ts";
import { answers } from "./schemas.ts";
import type { Reply } from "./transport.ts";
import type { Answer, CallName } from "./wire-types.ts";

type Unfinished = Exclude<Called<never>, { readonly kind: "done" }>;

/** Of these a web server says that the request itself will not do; no order is behind that. */
const UNFIT: Readonly<Record<number, string>> = {
  400: "BadRequest",
  404: "NotFound",
  405: "MethodNotAllowed",
  413: "TooLarge",
  414: "TooLong",
  415: "UnsupportedMediaType",
  422: "Unprocessable",
};

const envelope = row((one, wrong) => ({
  success: flagIn(wrong, "success", one["success"]),
  errorCode: wholeIn(wrong, "errorCode", one["errorCode"] ?? 0),
  errorMessage: textOrNull(wrong, "errorMessage", one["errorMessage"]),
}));

/** Reasons hold the venue's own words: they are cleaned where they leave the client. */
export function calledOf<Name extends CallName>(name: Name, reply: Reply): Called<Answer<Name>> {
  if (reply.kind === "not-sent") return reply;
  if (reply.kind === "lost") return unknown(reply.reason);
  if (reply.status < 200 || reply.status > 299) return ofStatus(reply.status, reply.body);
  const body = jsonIn(reply.body);
  const said = envelope(body);
  if (!said.ok) return unknown(`unreadable answer: ${said.error}`);
  const { success, errorCode, errorMessage } = said.value;
  if (success !== (errorCode === 0)) {
    return unknown(`contradictory answer: success ${success} with code ${errorCode}`);
  }
  if (!success) return refusal(name, errorCode, errorMessage);
  const read = answers[name](body);
  return read.ok
    ? { kind: "done", value: read.value }
    : unknown(`unreadable answer: ${read.error}`);
}

const unknown = (reason: string): Unfinished => ({ kind: "unknown", reason });

function refusal(call: CallName, code: number, message: string | null): Unfinished {
  const name = codeName(call, code);
  if (isUndecided(call, code)) return unknown(`${name} (${code}): ${message ?? "no reason given"}`);
  return { kind: "refused", code, name, reason: message ?? name };
}

function ofStatus(status: number, body: string): Unfinished {
  const name = UNFIT[status];
  if (name === undefined) return unknown(`HTTP status ${status}`);
  const problem = fieldsIn(jsonIn(body));
  const detail = problem?.["detail"] ?? problem?.["title"];
  const reason = typeof detail === "string" ? detail : `HTTP status ${status}`;
  return { kind: "refused", code: status, name, reason };
}
