/**
 * The floor of the metrics: one loop over plain arrays with every sum in local variables, quantiles
 * and λ from a table of cents. It knows its data: trades in order, whole cents, few names. It gives
 * numbers without reasons, names or days without trades.
 */
import type { TradeColumns } from "../../src/core/model/trade-columns.ts";

const DAY = 86_400_000;

export function floorMetrics(trades: TradeColumns, start: number): number {
  const { length, entryAt, exitAt, net, fees, quantity, direction, risk, mae, mfe } = trades;
  const { pointWorth, labels } = trades;
  const names = Object.values(labels).filter((one) => one.names.some((name) => name !== ""));
  const groups = names.map((one) => new Float64Array(one.names.length * 4));
  const [sides, hours] = [new Float64Array(8), new Float64Array(24 * 4)];
  const days: number[] = [];
  const cents = new Uint32Array(2_000_000);
  const seconds = new Uint32Array(100_000);
  let [sum, feeSum, won, lost, wins, losses, contracts, held, heldWon] = [
    0, 0, 0, 0, 0, 0, 0, 0, 0,
  ];
  let [equity, peak, deepest, share, below, longest] = [start, start, 0, 0, 0, 0];
  let [multiples, squaresOfR, staked, squares, run, runWins, runLosses] = [0, 0, 0, 0, 0, 0, 0];
  let [maeSum, mfeSum, maeWon, mfeLost, kept, worst, best] = [0, 0, 0, 0, 0, 0, 0];
  let [present, until, day, dayNet] = [0, 0, 0, 0];
  const put = (table: Float64Array, group: number, outcome: number, made: number): void => {
    const at = group * 4;
    table[at + outcome] = (table[at + outcome] as number) + 1;
    table[at + 3] = (table[at + 3] as number) + made;
  };
  for (let at = 0; at < length; at++) {
    const made = net[at] as number;
    const [entry, exit, stake] = [entryAt[at] as number, exitAt[at] as number, risk[at] as number];
    const outcome = made > 0 ? 1 : made < 0 ? 2 : 0;
    const worth = (pointWorth[at] as number) * (quantity[at] as number);
    const [against, along] = [mae[at] as number, mfe[at] as number];
    sum += made;
    squares += made * made;
    feeSum += fees[at] as number;
    contracts += quantity[at] as number;
    held += exit - entry;
    maeSum += against;
    mfeSum += along;
    worst = Math.max(worst, against * worth);
    best = Math.max(best, along * worth);
    if (made > 0) {
      wins += 1;
      won += made;
      heldWon += exit - entry;
      maeWon += against;
      kept += (made + (fees[at] as number)) / (along * worth);
      run = run > 0 ? run + 1 : 1;
      runWins = Math.max(runWins, run);
    } else if (made < 0) {
      losses += 1;
      lost -= made;
      mfeLost += along;
      run = run < 0 ? run - 1 : -1;
      runLosses = Math.max(runLosses, -run);
    } else run = 0;
    const multiple = made / stake;
    if (stake > 0) {
      staked += 1;
      multiples += multiple;
      squaresOfR += multiple * multiple;
    }
    equity += made;
    peak = Math.max(peak, equity);
    deepest = Math.max(deepest, peak - equity);
    share = Math.max(share, (peak - equity) / peak);
    below = equity < peak ? below + 1 : 0;
    longest = Math.max(longest, below);
    present += exit - Math.max(entry, Math.min(until, exit));
    until = exit;
    const date = Math.floor(exit / DAY);
    if (date !== day) {
      days.push(dayNet);
      [day, dayNet] = [date, 0];
    }
    dayNet += made;
    const [cent, second] = [made / 100 + 1_000_000, (exit - entry) / 1_000];
    cents[cent] = (cents[cent] as number) + 1;
    seconds[second] = (seconds[second] as number) + 1;
    put(sides, (direction[at] as number) > 0 ? 0 : 1, outcome, made);
    put(hours, Math.floor(entry / 3_600_000) % 24, outcome, made);
    for (let one = 0; one < names.length; one++) {
      const { codes } = names[one] as (typeof names)[number];
      put(groups[one] as Float64Array, codes[at] as number, outcome, made);
    }
  }
  const lambda = lambdaOf(cents, (2 * sum) / squares, length);
  const middle =
    rankIn(cents, length / 2) + rankIn(cents, length / 20) + rankIn(seconds, length / 2);
  // All of it is looked at, so that none of it is left out by a clever compiler.
  return [
    ...[sum, feeSum, won, lost, wins, losses, contracts, held, heldWon, deepest, share, longest],
    ...[multiples, squaresOfR, staked, runWins, runLosses, maeSum, mfeSum, maeWon, mfeLost, kept],
    ...[worst, best, present, days.length, lambda, middle, sides[0] as number, hours[8] as number],
    ...groups.map((table) => table[0] as number),
  ].reduce((all, one) => all + one, 0);
}

function rankIn(counts: Uint32Array, rank: number): number {
  let [at, passed] = [0, 0];
  while (passed <= rank) passed += counts[at++] as number;
  return at;
}

function lambdaOf(cents: Uint32Array, start: number, length: number): number {
  let lambda = start;
  for (let step = 0; step < 6; step++) {
    let [excess, slope] = [0, 0];
    for (let cent = 0; cent < cents.length; cent++) {
      const count = cents[cent] as number;
      if (count === 0) continue;
      const made = (cent - 1_000_000) * 100;
      const above = Math.expm1(-lambda * made);
      excess += count * above;
      slope -= count * made * (above + 1);
    }
    lambda -= excess / length / (slope / length);
  }
  return lambda;
}
