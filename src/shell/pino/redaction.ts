/**
 * The last door before a line leaves for the log: no secret this process has read goes through, in
 * any form it may take on its way, and nothing that looks like one.
 *
 * ```text
 * secret ─► as it is · in JSON · in a URL · in hex · in base64, by itself or inside something longer
 * ```
 *
 * Base64 turns three bytes into four letters, so a secret inside a longer text has three faces, by
 * where it begins. Of each only the letters are looked for that the secret alone decides.
 */

export type Redaction = (line: string) => string;

const REMOVED = "[removed]";
/** Shorter ones would blacken ordinary words. */
const LENGTH_MIN = 6;
const PIECE_MIN = 8;

/** Asked again at every line: secrets are read while the program runs. */
export function redaction(secrets: () => ReadonlySet<string>): Redaction {
  let known = 0;
  let blacken: Redaction = (line) => line;
  return (line) => {
    const all = secrets();
    if (all.size !== known) {
      known = all.size;
      blacken = blackening([...all].flatMap(formsOf));
    }
    return withoutSecrets(blacken(line));
  };
}

/** Every text by which a secret can be read back. */
export function formsOf(secret: string): readonly string[] {
  if (secret.length < LENGTH_MIN) return [];
  const bytes = Buffer.from(secret);
  const encoded = [...bytes].map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join("");
  const url = encodeURIComponent(secret);
  const forms = [
    ...[secret, JSON.stringify(secret).slice(1, -1)],
    ...[url, url.replaceAll("%20", "+"), encodeURI(secret)],
    ...[url.replaceAll(/%[0-9A-F]{2}/g, (one) => one.toLowerCase()), encoded],
    ...[encoded.toUpperCase(), bytes.toString("hex"), bytes.toString("hex").toUpperCase()],
    ...inBase64(bytes),
    ...innerPartsOf(secret).flatMap(formsOf),
  ];
  return [...new Set(forms)];
}

/** What is secret of it by itself: the key of a signature, the end of a webhook's address. */
function innerPartsOf(secret: string): readonly string[] {
  const key = /^whsec_(.+)$/.exec(secret)?.[1];
  const end = /^https?:\/\/\S*\/([\w-]{16,})$/.exec(secret)?.[1];
  return [key, end].flatMap((part) => (part === undefined ? [] : [part]));
}

function inBase64(bytes: Buffer): readonly string[] {
  return [0, 1, 2].flatMap((offset) => {
    const text = Buffer.concat([Buffer.alloc(offset), bytes]).toString("base64");
    const from = Math.ceil((offset * 8) / 6);
    const until = Math.floor(((offset + bytes.length) * 8) / 6);
    const piece = text.slice(from, until);
    if (piece.length < PIECE_MIN) return [];
    const url = piece.replaceAll("+", "-").replaceAll("/", "_");
    const escaped = [piece, url].map(encodeURIComponent);
    // JSON may write a slash as \/, and some writers do.
    return [piece, url, ...escaped, piece.replaceAll("/", "\\/")];
  });
}

const START = 4;
const SLOTS = 2 ** 16;

/** Looks at each place once; what cannot begin a secret is passed at the cost of one look-up. */
function blackening(forms: readonly string[]): Redaction {
  const beginnings = new Uint8Array(SLOTS);
  const bySlot = new Map<number, string[]>();
  for (const form of forms.toSorted((a, b) => b.length - a.length)) {
    const slot = slotAt(form, 0);
    beginnings[slot] = 1;
    bySlot.set(slot, [...(bySlot.get(slot) ?? []), form]);
  }
  return (line) => {
    let clean = "";
    let from = 0;
    for (let at = 0; at + LENGTH_MIN <= line.length; at++) {
      const slot = slotAt(line, at);
      if (beginnings[slot] === 0) continue;
      const form = bySlot.get(slot)?.find((one) => line.startsWith(one, at));
      if (form === undefined) continue;
      clean += line.slice(from, at) + REMOVED;
      from = at + form.length;
      at = from - 1;
    }
    return from === 0 ? line : clean + line.slice(from);
  };
}

function slotAt(text: string, at: number): number {
  let slot = 0;
  for (let i = 0; i < START; i++) slot = (slot * 31 + text.charCodeAt(at + i)) % SLOTS;
  return slot;
}

/** What keys look like: a long run of letters and digits, or what stands behind such a word. */
const SECRETS: readonly RegExp[] = [
  // Looked for only where such a run begins, or a long one would be gone through from every sign.
  /(?<![\w-])[\w-]{20,}\.[\w-]{6,}\.[\w-]{20,}/g,
  /(?<=\b(?:token|secret|password|api[_-]?key)["']?\s*[:=]\s*["']?)[^\s"',}]{6,}/gi,
  /(?<=\b(?:bearer|basic) )[\w.~+/=-]{6,}/gi,
  /(?<=\/api\/webhooks\/\d+\/)[\w-]{20,}/g,
  /\bAGE-SECRET-KEY-1[0-9A-Z]{20,}/gi,
];

/** Nothing that looks like a key goes through, whoever read it. */
export const withoutSecrets = (line: string): string =>
  SECRETS.reduce((text, secret) => text.replace(secret, REMOVED), line);
