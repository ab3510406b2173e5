/**
 * Mail over SMTP: one connection, kept for a while, one letter at a time.
 *
 * ```text
 * starttls  plain greeting, then encrypted or not at all      587
 * tls       encrypted from the first byte                     465
 * none      a relay on this machine                            25
 * ```
 *
 * Whatever the server does, an answer comes: each stage of the connection has its own patience. The
 * library would send a letter again by itself when its connection breaks; it is told not to, for the
 * outbox knows when, and under which id.
 */
import { readFileSync } from "node:fs";
import { rootCertificates } from "node:tls";
import nodemailer from "nodemailer";
import type { EmailConfig } from "../../core/model/config.ts";
import type { Delivery, Notifier } from "../../ports/notifier.ts";
import { err, ok, type Result } from "../../std/result.ts";
import { mailOf } from "./mail.ts";
import { oneLine, refusalOf, secretsOf } from "./refusals.ts";

export interface Patience {
  readonly connect: number;
  readonly greeting: number;
  readonly silence: number;
}

export interface SmtpParts {
  readonly config: EmailConfig;
  /** Null where nobody logs in. */
  readonly password: string | null;
  readonly patience?: Patience;
}

const PATIENCE: Patience = { connect: 10_000, greeting: 10_000, silence: 30_000 };
/** A connection that rests longer is closed; most servers do it at about this age. */
const REST_MAX = 30_000;
const LETTERS_PER_CONNECTION = 100;

export function smtpNotifier(parts: SmtpParts): Result<Notifier, string> {
  const { config } = parts;
  const { login } = config;
  const secrets =
    login === null || parts.password === null ? [] : secretsOf(login.user, parts.password);
  const asked = { channel: config.rules.name, secrets };
  const certificate = certificateIn(config);
  if (!certificate.ok) return certificate;
  const open = () => {
    const made = nodemailer.createTransport(optionsOf(parts, certificate.value));
    // Of a resting connection that breaks nobody waits for an answer; the next letter makes a new one.
    made.on("error", () => {});
    return made;
  };
  let transport = open();
  return ok({
    send(letter, answered) {
      transport.sendMail(mailOf(letter, config)).then(
        ({ response, rejected }) => answered(accepted(response, rejected.map(addressOf), secrets)),
        (error: unknown) => answered(refusalOf(error, asked)),
      );
    },
    look(answered) {
      transport.verify().then(
        () => answered({ kind: "accepted", said: "it lets us in" }),
        (error: unknown) => answered(refusalOf(error, asked)),
      );
    },
    reopen() {
      transport.close();
      transport = open();
    },
    close: () => transport.close(),
  });
}

/** Taken for some is taken: for the others it would be taken twice. */
function accepted(
  response: string,
  rejected: readonly string[],
  secrets: readonly string[],
): Delivery {
  const not = rejected.length === 0 ? "" : ` (not for ${rejected.join(", ")})`;
  return { kind: "accepted", said: oneLine(`${response}${not}`, secrets) };
}

const addressOf = (one: string | { readonly address: string }): string =>
  typeof one === "string" ? one : one.address;

function certificateIn({ ca }: EmailConfig): Result<string | null, string> {
  if (ca === null) return ok(null);
  try {
    return ok(readFileSync(ca, "utf8"));
  } catch (failure) {
    const code = failure instanceof Error && "code" in failure ? String(failure.code) : "unknown";
    return err(`${ca}: the certificate cannot be read (${code})`);
  }
}

function optionsOf(
  { config, password, patience = PATIENCE }: SmtpParts,
  certificate: string | null,
) {
  const { host, port, security, login } = config;
  return {
    pool: true as const,
    ...{ host, port },
    secure: security === "tls",
    requireTLS: security === "starttls",
    ignoreTLS: security === "none",
    ...(login === null || password === null ? {} : { auth: { user: login.user, pass: password } }),
    tls: {
      minVersion: "TLSv1.2" as const,
      ...(certificate === null ? {} : { ca: [...rootCertificates, certificate] }),
    },
    maxConnections: 1,
    maxMessages: LETTERS_PER_CONNECTION,
    maxRequeues: 0,
    idleTimeout: REST_MAX,
    connectionTimeout: patience.connect,
    dnsTimeout: patience.connect,
    greetingTimeout: patience.greeting,
    socketTimeout: patience.silence,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}
