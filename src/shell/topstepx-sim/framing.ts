/**
 * Where one hub message ends and the next begins.
 *
 * ```text
 * bytes, chopped anyhow   {"type":6}␞{"typ  +  e":1,"target":"Su  +  bscribe..."}␞
 * messages                {"type":6}   {"type":1,"target":"Subscribe..."}
 * ```
 *
 * Every message is followed by the record separator, 0x1E, which JSON text never contains. The
 * separator and not the WebSocket frame is what counts: a frame may hold several messages, or part
 * of one. Source: ASP.NET Core SignalR, JSON hub protocol, version 1.
 */
export const SEPARATOR = "\x1e";

export interface Framer {
  /** The messages that are now whole; null once one is longer than allowed or is not UTF-8. */
  push(chunk: Uint8Array): readonly string[] | null;
}

/** `sizeMax` counts UTF-16 units of one message, separator excluded. */
export function framer(sizeMax: number): Framer {
  // A byte-order mark is content here: nothing may be lost on the way.
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  let rest = "";
  let isBroken = false;

  const decoded = (chunk: Uint8Array): string | null => {
    try {
      return decoder.decode(chunk, { stream: true });
    } catch (failure) {
      if (failure instanceof TypeError) return null; // what it throws for bytes that are no text
      throw failure;
    }
  };

  return {
    push(chunk) {
      const text = isBroken ? null : decoded(chunk);
      const whole = text === null ? [] : `${rest}${text}`.split(SEPARATOR);
      rest = whole.pop() ?? "";
      isBroken =
        text === null || rest.length > sizeMax || whole.some(({ length }) => length > sizeMax);
      return isBroken ? null : whole;
    },
  };
}

export const frame = (message: unknown): string => `${JSON.stringify(message)}${SEPARATOR}`;
