/** A stream that may be a terminal. */
import type { Writable } from "node:stream";

export type Output = Writable & { readonly isTTY?: boolean; readonly columns?: number };
