/** `tradestream config show`: each key, the value that holds, and where it came from. */
import type { ShownKey } from "../../ports/config-source.ts";
import type { Handlers } from "../../ports/console.ts";
import { type Context, leave, stopped } from "../context.ts";
import { placeFrom } from "../places.ts";
import { chooseConfig, faultLines, layersFrom, NO_CONFIG } from "../setup.ts";
import { wire } from "../wire.ts";

export const configShow =
  (context: Context): Handlers["configShow"] =>
  async (options) => {
    const choice = await chooseConfig(context, options);
    if (choice.kind === "absent") return leave(context, stopped(2, NO_CONFIG));
    if (choice.kind === "broken") {
      const { file, problems, omitted } = choice.fault;
      if (options.json) context.screen.printJson({ ok: false, file, problems, omitted });
      return leave(context, stopped(2, ...(options.json ? [] : faultLines(choice.fault))));
    }
    const { file, text } = choice;
    const { shownKeys } = await wire.shownKeys();
    const { readSecret, secretPlaceText } = await wire.secrets();
    const value = ({ value, secret }: ShownKey): string => {
      if (secret === null) return value;
      const read = readSecret(placeFrom(context.here, secret));
      return read.ok ? `set, from ${secretPlaceText(secret)}` : `not set: ${read.error}`;
    };
    const keys = shownKeys(text, file, withOptions(layersFrom(context, options), options))
      .filter(({ from }) => options.effective || from !== "default")
      .map((one) => ({ key: one.key, value: value(one), from: one.from }));
    if (options.json) context.screen.printJson({ ok: true, file, keys });
    else for (const line of columns(keys)) context.screen.print(line);
    return 0;
  };

/** Two keys have options of their own, which go before everything. */
const withOptions = (
  layers: ReturnType<typeof layersFrom>,
  { logLevel, data }: Parameters<Handlers["configShow"]>[0],
): typeof layers => ({
  ...layers,
  said: [
    ...layers.said,
    ...(logLevel === null ? [] : [{ key: "logLevel", value: logLevel, origin: "--log-level" }]),
    ...(data === null ? [] : [{ key: "dataDirectory", value: data, origin: "--data" }]),
  ],
});

type Told = Omit<ShownKey, "secret">;

const WIDTH_MAX = 44;

function columns(keys: readonly Told[]): readonly string[] {
  const wide = (texts: readonly string[]): number =>
    Math.min(WIDTH_MAX, Math.max(0, ...texts.map((text) => text.length)));
  const [first, second] = [wide(keys.map(({ key }) => key)), wide(keys.map(({ value }) => value))];
  return keys.map(
    ({ key, value, from }) => `${key.padEnd(first)}  ${value.padEnd(second)}  ${from}`,
  );
}
