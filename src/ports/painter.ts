/** Turns a drawing into a picture that every mail program shows. */
import type { Result } from "../std/result.ts";

export interface Painter {
  /** SVG to PNG, so many pixels wide. Refused with words: it cannot be painted here. */
  paint(svg: string, width: number): Promise<Result<Uint8Array, string>>;
}
