import { mkdtempSync, rmSync } from "node:fs";
import { floorHouse } from "./floor/alert-to-order.ts";
import { textOf } from "./kit/alerts.ts";
import { nextTurn, until } from "./kit/turns.ts";
import { distributionOf } from "./kit/distribution.ts";
for (const gap of [0, 2, 5]) {
const folder = mkdtempSync(process.argv[2] ?? "/dev/shm/zz-");
const house = floorHouse(folder);
const s: number[] = [];
for (let n = 0; n < 1000; n++) {
  const w = performance.now(); await until(() => performance.now() > w + gap, "gap");
  await nextTurn();
  const from = performance.now();
  const to = await new Promise<number>((r) => house.alert(textOf(n), () => r(performance.now())));
  s.push((to - from) * 1000);
}
const d = distributionOf(s); console.log(gap, d.p50.toFixed(1), d.p90.toFixed(1), d.p99.toFixed(1));
house.close(); rmSync(folder, { recursive: true });
}
process.exit(0);
