/** A benchmark has no use for a fault: it stops. */
import type { Result } from "../../src/std/result.ts";

export function opened<T>(result: Result<T, { readonly detail: string }>): T {
  if (!result.ok) throw new Error(result.error.detail);
  return result.value;
}
