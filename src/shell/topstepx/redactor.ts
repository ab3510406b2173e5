/**
 * The last look at every word that leaves the client: no key and no token in it.
 *
 * A venue, a proxy or the host may repeat in an error what it was sent. So reasons and log lines go
 * through here, and lose every secret of this client in each form it may take on the way: as it is,
 * in a URL, in JSON, in base64. They also lose control characters, and all beyond a line's length.
 */
export interface Redactor {
  add(secret: string): void;
  clean(words: string): string;
}

/** The key, and tokens: a renewed one takes the place of the oldest. */
const SECRETS_MAX = 8;
/** Shorter ones would blacken ordinary words. */
const LENGTH_MIN = 6;
const WORDS_MAX = 300;
/** Looked through; far more than any sentence. */
const LOOKED_AT_MAX = 20_000;

export function createRedactor(key: string): Redactor {
  const keyForms = formsOf(key);
  let tokenForms: readonly (readonly string[])[] = [];
  return {
    add(token) {
      tokenForms = [formsOf(token), ...tokenForms].slice(0, SECRETS_MAX - 1);
    },
    clean(words) {
      let rest = words.slice(0, LOOKED_AT_MAX);
      for (const form of [...keyForms, ...tokenForms.flat()]) {
        rest = rest.replaceAll(form, "[removed]");
      }
      return rest.replace(/\p{Cc}+/gu, " ").slice(0, WORDS_MAX);
    },
  };
}

function formsOf(secret: string): readonly string[] {
  if (secret.length < LENGTH_MIN) return [];
  const bytes = Buffer.from(secret);
  const base64 = bytes.toString("base64").replaceAll("=", "");
  const forms = [
    secret,
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
    base64,
    bytes.toString("base64url"),
  ];
  return [...new Set(forms)];
}
