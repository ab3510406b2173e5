/** The texts a configuration had, kept beside the books of those who ran by them. */
import { isoOf } from "../core/model/iso-time.ts";
import type { Context } from "./context.ts";
import { placesIn } from "./places.ts";
import { wire } from "./wire.ts";

/** A disk that refuses it is told of and stops nothing. */
export async function keepingConfigTexts(
  { clock, screen }: Pick<Context, "clock" | "screen">,
  directory: string,
): Promise<(text: string) => void> {
  const { keepConfigVersion } = await wire.configVersions();
  const { configHistory } = placesIn(directory);
  let newest: string | null = null;
  return (text) => {
    if (text === newest) return;
    try {
      keepConfigVersion(configHistory, text, isoOf(clock.now()));
      newest = text;
    } catch (failure) {
      if (!(failure instanceof Error) || !("code" in failure)) throw failure;
      screen.remark(`${configHistory}: this version is not kept (${String(failure.code)})`);
    }
  };
}
