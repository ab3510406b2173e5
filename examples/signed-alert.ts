/**
 * Sends an alert as a program would: signed, and sent again under the same id until it was answered.
 *
 * ```text
 * DESK_SECRET=whsec_... npx tsx examples/signed-alert.ts http://127.0.0.1:8787 "ES long ..."
 * ```
 *
 * It uses nothing of TradeStream's and no package: copy it into your own program. The id names the
 * message, not the attempt; with the same id it may arrive twice and counts once.
 */
import { createHmac, randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";

const [url = "http://127.0.0.1:8787", text = "ES long 6326: A\nStop: 6316"] = process.argv.slice(2);
const secret = process.env["DESK_SECRET"] ?? "";

const ATTEMPTS = 4;
const WAIT = 5_000;

const id = randomUUID();
const body = JSON.stringify({ text, author: "my program", timenow: new Date().toISOString() });

for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
  const said = await send();
  console.log(said);
  // Whatever is not the other side's trouble will not be better the next time.
  if (!said.startsWith("5") && !said.startsWith("no answer")) break;
  if (attempt < ATTEMPTS) await pause(WAIT);
}

async function send(): Promise<string> {
  try {
    const answer = await fetch(`${url}/alerts`, {
      method: "POST",
      body,
      headers: headersFor(body),
    });
    return `${answer.status} ${await answer.text()}`;
  } catch (failure) {
    return `no answer: ${failure instanceof Error ? failure.message : failure}`;
  }
}

/** Each attempt has a time and a signature of its own. */
function headersFor(signed: string): Record<string, string> {
  const timestamp = Math.floor(Date.now() / 1_000);
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const signature = createHmac("sha256", key)
    .update(`${id}.${timestamp}.${signed}`)
    .digest("base64");
  return {
    "content-type": "application/json",
    "webhook-id": id,
    "webhook-timestamp": String(timestamp),
    "webhook-signature": `v1,${signature}`,
  };
}
