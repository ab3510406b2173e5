/**
 * The process: its words, streams and signals handed to the program, and its exit code handed back.
 */
import { runWords } from "./app/program.ts";
import { wire } from "./app/wire.ts";

const { screenOn } = await wire.screen();
const { systemClock } = await wire.clock();
const { stopSignals } = await wire.signals();

const code = await runWords(process.argv.slice(2), {
  here: process.cwd(),
  version: process.env["TRADESTREAM_VERSION"] ?? "0.0.0",
  screen: screenOn({
    input: process.stdin,
    out: process.stdout,
    err: process.stderr,
    environment: process.env,
  }),
  input: process.stdin,
  clock: systemClock(),
  signals: stopSignals(),
  environment: process.env,
  quit: (code) => process.exit(code),
});

// Whatever still waits (a watched file, an open socket) waits for nothing.
process.exit(code);
