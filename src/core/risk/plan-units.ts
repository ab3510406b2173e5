/** In which unit a number of a firm's plan stands, by the key it stands at. */

export type PlanUnit = "amount" | "duration" | "minute" | "share" | "minis" | "plain";

const UNITS: Readonly<Record<string, PlanUnit>> = {
  ...{ lossMax: "amount", lock: "amount", afterPayout: "amount", profitTarget: "amount" },
  ...{ smallest: "amount", buffer: "amount", cap: "amount", profitMin: "amount" },
  ...{ balanceStart: "amount", from: "amount" },
  ...{ share: "share", shares: "share", split: "share", shareMax: "share" },
  ...{ tradesShare: "share", profitShare: "share", priceLimitBuffer: "share" },
  ...{ recomputedAt: "minute", resetsAt: "minute", latest: "minute" },
  ...{ opensAt: "minute", flatBy: "minute" },
  ...{ heldMin: "duration", after: "duration" },
  microWeight: "minis",
};

/** The way to it, as `Config` has it: `settings`, `plans`, its name, and on. */
export function planUnitOf(path: readonly string[]): PlanUnit {
  const name = String(path.at(-1));
  // Tiers hold what their key is about; before an early end minutes are counted, before news time.
  if (name === "first" || name === "value")
    return path.includes("amount") ? "amount" : inSize(path);
  if (name === "before") return path.includes("earlyClose") ? "plain" : "duration";
  return UNITS[name] ?? inSize(path);
}

const inSize = (path: readonly string[]): PlanUnit =>
  path.includes("limit") || path.includes("weights") ? "minis" : "plain";
