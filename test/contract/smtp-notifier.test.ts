/** Mail over SMTP keeps the contract, on each kind of connection. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import type { EmailConfig } from "../../src/core/model/config.ts";
import { smtpNotifier } from "../../src/shell/smtp/notifier.ts";
import { type MailServer, mailServer } from "../kit/mail-server.ts";
import { MAIL } from "../kit/post-office.ts";
import { temporaryFolder } from "../kit/temporary-folder.ts";
import { notifierContract, type OpenedChannel } from "./notifier.ts";

const PASSWORD = "correct horse battery";
const LOGIN = { user: "trader", password: PASSWORD };

async function opened(
  security: EmailConfig["security"],
  hasLogin: boolean,
): Promise<OpenedChannel> {
  const login = hasLogin ? LOGIN : undefined;
  const server: MailServer = await mailServer({
    security,
    ...(login === undefined ? {} : { login }),
  });
  const ca = join(temporaryFolder(), "ca.pem");
  writeFileSync(ca, server.certificate);
  const made = smtpNotifier({
    config: {
      kind: "email",
      rules: MAIL,
      host: "127.0.0.1",
      port: server.port,
      security,
      ca: security === "none" ? null : ca,
      login: hasLogin ? { user: "trader", password: { kind: "env", name: "X" } } : null,
      from: "TradeStream <bot@example.com>",
      to: ["trader@example.com"],
    },
    password: hasLogin ? PASSWORD : null,
    patience: { connect: 5_000, greeting: 3_000, silence: 3_000 },
  });
  if (!made.ok) expect.fail(made.error);
  return {
    notifier: made.value,
    arrived: () =>
      server.mails.map(({ mail, raw }) => ({
        id: mail.messageId ?? "",
        title: mail.subject ?? "",
        text: `${raw}\n${mail.text ?? ""}\n${mail.html || ""}`,
      })),
    days: {
      well: () => {
        server.day = "well";
      },
      letter: () => {
        server.day = "later";
      },
      busy: () => {
        server.day = "busy";
      },
      breaks: () => {
        server.day = "drops";
      },
      silent: () => {
        server.day = "silent";
      },
      ...(hasLogin && {
        secret: () => {
          server.day = "other-password";
        },
      }),
    },
    secrets: [
      PASSWORD,
      Buffer.from(PASSWORD).toString("base64"),
      Buffer.from(`\0trader\0${PASSWORD}`).toString("base64"),
    ],
    close: server.close,
  };
}

notifierContract("mail over a plain relay", () => opened("none", false));
notifierContract("mail over STARTTLS with a login", () => opened("starttls", true));
notifierContract("mail over TLS with a login", () => opened("tls", true));
