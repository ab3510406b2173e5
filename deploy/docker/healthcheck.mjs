/**
 * Asks the running program how it is: exit code 0 when it says that it is well, else 1 and why.
 *
 *   node healthcheck.mjs          ready: journal written, accounts settled, sources heard
 *   node healthcheck.mjs live     alive: it turns, whatever it waits for
 *
 * Docker calls it from inside the container and Kubernetes from inside the pod, so nothing has to be
 * reachable from outside.
 */
const question = process.argv[2] ?? "ready";
const port = process.env["TRADESTREAM_HEALTH_PORT"] ?? "8788";
const PATIENCE = 4_000;

try {
  const answer = await fetch(`http://127.0.0.1:${port}/${question}`, {
    signal: AbortSignal.timeout(PATIENCE),
  });
  console.log(`${question}: ${answer.status} ${(await answer.text()).slice(0, 400)}`);
  process.exitCode = answer.ok ? 0 : 1;
} catch (failure) {
  console.log(`${question}: no answer on port ${port} (${String(failure)})`);
  process.exitCode = 1;
}
