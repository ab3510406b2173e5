/** The socket of a running house. Without its door it runs all the same; the operator is told. */
import type { ControlServer, Watching } from "../ports/control.ts";
import type { Context } from "./context.ts";
import type { controlDesk } from "./control-desk.ts";
import { wire } from "./wire.ts";

export async function openDoor(
  { screen }: Context,
  { directory, prefix }: { readonly directory: string; readonly prefix: string },
  desk: ReturnType<typeof controlDesk>,
  watching: Watching,
): Promise<ControlServer | null> {
  const { controlSocket } = await wire.control();
  const door = await controlSocket().listen(directory, desk, watching);
  if (door.ok) return door.value;
  screen.remark(`${prefix}no commands while this runs: ${door.error.detail}`);
  return null;
}
