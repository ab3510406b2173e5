/** What any program must write down for an alert and its order, in about as many bytes as ours. */

export interface Understood {
  readonly instrument: string;
  readonly side: string;
  readonly entry: number;
  readonly size: string;
  readonly stop: number;
}

const ALERT = /^🚨 (\w+) (long|short) ([\d.]+): ([ABC])\nStop: ([\d.]+)/u;

export function understood(text: string): Understood {
  const match = ALERT.exec(text);
  if (match === null) throw new Error("not an alert");
  const [, instrument = "", side = "", entry, size = "", stop] = match;
  return { instrument, side, entry: Number(entry) * 4, size, stop: Number(stop) * 4 };
}

export const alertRow = (number: number, at: number, text: string, alert: Understood): string =>
  JSON.stringify({
    at,
    message: { source: "chat-file", channel: "alerts", id: `m${number}` },
    kind: "AlertRead",
    author: "sam",
    text,
    sentAt: at,
    alert: { ...alert, targets: [], tags: [], stopCondition: null },
  });

const SIZES: Readonly<Record<string, number>> = { A: 3, B: 2, C: 1 };

export const orderRow = (id: string, at: number, account: string, alert: Understood): string =>
  JSON.stringify({
    at,
    message: { source: "chat-file", channel: "alerts", id },
    account,
    kind: "TradePlanned",
    trade: `ts-${id}-${account}`,
    number: at,
    author: "sam",
    plan: {
      instrument: "MES",
      contract: "MESZ26",
      side: alert.side,
      entry: { kind: "limit", limit: alert.entry + 8 },
      alerted: alert.entry,
      worst: alert.entry + 8,
      expected: alert.entry + 8,
      stop: alert.stop,
      targets: [alert.entry + 28, alert.entry + 48],
      shares: [500, 500],
      tranches: [{ quantity: SIZES[alert.size], target: alert.entry + 28 }],
      anchor: "alert",
      breakevenAfter: 1,
      onBreakevenPassed: "exit",
      expiresAt: at + 30_000,
      risk: 637_200,
    },
  });

export const venueRow = (id: string, at: number, account: string, alert: Understood): string =>
  JSON.stringify({
    at,
    kind: "request",
    request: {
      kind: "place",
      id: `ts-${id}-${account}-e1-1`,
      account,
      contract: "MESZ26",
      tag: `ts-${id}-${account}-e1-1`,
      role: "entry",
      side: "buy",
      type: "limit",
      quantity: SIZES[alert.size],
      price: alert.entry + 8,
      bracket: { stopTicks: 48, targetTicks: 20 },
    },
    quote: { instrument: "MES", at, last: 25_304, bid: 25_304, ask: 25_305 },
  });
