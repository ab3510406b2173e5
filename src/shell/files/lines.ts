/**
 * Bytes in, whole lines out, each with its number.
 *
 * ```text
 *   chunks   "…6326: A\nSto" │ "p: 6316\n@ever" │ "yone\n"
 *   lines    …6326: A          Stop: 6316          @everyone
 * ```
 *
 * A line is handed on when its end has come, so half a line is never taken for a whole one. No line
 * is kept beyond `LINE_MAX`: a longer one is reported once and passed over to its end.
 */
import { StringDecoder } from "node:string_decoder";

/** Characters; a Discord message has at most 4,000, a record of one a few times that. */
export const LINE_MAX = 65_536;

export interface LineListener {
  /** Without its line end; `number` counts from 1. */
  line(text: string, number: number): void;
  tooLong(number: number): void;
}

export interface LineReader {
  push(bytes: Buffer): void;
  /** Whether the beginning of a line is waiting for its end. */
  isInsideLine(): boolean;
  /** No more will come: what waits is a line. */
  end(): void;
}

const BYTE_ORDER_MARK = "\uFEFF";

export function lineReader(listener: LineListener): LineReader {
  const decoder = new StringDecoder("utf8");
  let rest = "";
  let isPassingOver = false;
  let number = 0;

  const finish = (text: string): void => {
    number += 1;
    const wasPassedOver = isPassingOver;
    isPassingOver = false;
    if (wasPassedOver) return;
    if (text.length > LINE_MAX) {
      listener.tooLong(number);
      return;
    }
    const start = number === 1 && text.startsWith(BYTE_ORDER_MARK) ? 1 : 0;
    const end = text.endsWith("\r") ? text.length - 1 : text.length;
    listener.line(text.slice(start, end), number);
  };

  const take = (text: string): void => {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) finish(line);
    if (rest.length > LINE_MAX && !isPassingOver) listener.tooLong(number + 1);
    if (rest.length > LINE_MAX) isPassingOver = true;
    if (isPassingOver) rest = "";
  };

  return {
    push: (bytes) => take(decoder.write(bytes)),
    isInsideLine: () => rest !== "" || isPassingOver,
    end() {
      take(decoder.end());
      if (rest !== "" || isPassingOver) finish(rest);
      rest = "";
    },
  };
}
