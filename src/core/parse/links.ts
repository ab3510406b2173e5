/**
 * Takes out web addresses: `tradingview.com/x/6326ESlong` is a picture, not an alert.
 *
 * An address ends at the next blank. What stands before it in the same chunk stays only when the
 * scheme says where it begins: `(chart:https://…` keeps `(chart:`.
 */
const CHUNKS = /[^ \n]+/g;
const SCHEME = /[a-z]{2,10}:\/\//i;
const HOST = /^\W*www\.|[a-z]\.(?:com|net|org|io|gg|co|tv|app|ly|be|xyz|finance)(?:\W|$)/i;

/** One of these stands in every address. */
const ADDRESS = /:\/\/|www\.|[a-z]\.(?:com|net|org|io|gg|co|tv|app|ly|be|xyz|finance)(?:\W|$)/i;

export const withoutLinks = (text: string): string =>
  ADDRESS.test(text) ? text.replace(CHUNKS, cut) : text;

function cut(chunk: string): string {
  const scheme = chunk.search(SCHEME);
  if (scheme >= 0) return chunk.slice(0, scheme);
  return HOST.test(chunk) ? "" : chunk;
}
