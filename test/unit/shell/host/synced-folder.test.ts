/** Books do not lie where another program copies them while they are written. */
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { syncedFolder, syncedFolderFault } from "../../../../src/shell/host/synced-folder.ts";
import {
  type Person,
  thisPerson,
  userDataDirectory,
} from "../../../../src/shell/host/user-directory.ts";
import { temporaryFolder } from "../../../kit/temporary-folder.ts";

const linux: Person = { platform: "linux", home: "/h/olga", environment: {} };
const mac: Person = { platform: "darwin", home: "/h/olga", environment: {} };
const windows: Person = { platform: "win32", home: "C:\\h\\olga", environment: {} };

describe("a data directory of one's own", () => {
  test.each([
    [linux, "/h/olga/.local/share/tradestream"],
    [{ ...linux, environment: { XDG_DATA_HOME: "/d" } }, "/d/tradestream"],
    // A path that is not whole means nothing there.
    [{ ...linux, environment: { XDG_DATA_HOME: "d" } }, "/h/olga/.local/share/tradestream"],
    [mac, "/h/olga/Library/Application Support/TradeStream"],
    [windows, "C:\\h\\olga\\AppData\\Local\\TradeStream"],
    [{ ...windows, environment: { LOCALAPPDATA: "D:\\l" } }, "D:\\l\\TradeStream"],
  ] as const)("lies where the system keeps such things (%#)", (person, directory) => {
    expect(userDataDirectory(person)).toBe(directory);
    expect(syncedFolder(directory, person)).toBeNull();
  });

  test("is that of whoever runs the program", () => {
    expect(thisPerson()).toMatchObject({ platform: process.platform, environment: process.env });
  });
});

describe("a synced folder", () => {
  test.each([
    [windows, "C:\\h\\olga\\OneDrive\\trading\\data", "OneDrive", "C:\\h\\olga\\OneDrive"],
    [
      windows,
      "C:\\h\\olga\\OneDrive - Contoso\\data",
      "OneDrive",
      "C:\\h\\olga\\OneDrive - Contoso",
    ],
    [windows, "C:\\h\\olga\\iCloudDrive\\data", "iCloud", "C:\\h\\olga\\iCloudDrive"],
    [windows, "G:\\My Drive\\data", "Google Drive", "G:\\My Drive"],
    [
      mac,
      "/h/olga/Library/Mobile Documents/com~apple~CloudDocs/d",
      "iCloud",
      "/h/olga/Library/Mobile Documents",
    ],
    [
      mac,
      "/h/olga/Library/CloudStorage/OneDrive-Personal/d",
      "OneDrive",
      "/h/olga/Library/CloudStorage/OneDrive-Personal",
    ],
    [
      mac,
      "/h/olga/Library/CloudStorage/GoogleDrive-o@x.example/d",
      "Google Drive",
      "/h/olga/Library/CloudStorage/GoogleDrive-o@x.example",
    ],
    [mac, "/h/olga/Library/CloudStorage/Box-Box/d", "a cloud", "/h/olga/Library/CloudStorage"],
    [mac, "/h/olga/Library/CloudStorage", "a cloud", "/h/olga/Library/CloudStorage"],
    [linux, "/h/olga/Dropbox/data", "Dropbox", "/h/olga/Dropbox"],
    [linux, "/h/olga/Dropbox (Personal)/data", "Dropbox", "/h/olga/Dropbox (Personal)"],
    [
      { ...windows, environment: { OneDrive: "D:\\mine" } },
      "D:\\mine\\data",
      "OneDrive",
      "D:\\mine",
    ],
  ] as const)("is known by its name (%#)", (person, path, service, root) => {
    expect(syncedFolder(path, person)).toEqual({ service, root });
  });

  test.each([
    [linux, "/h/olga/data"],
    [linux, "/h/olga/OneDriver/data"],
    [linux, "/h/olga/my-dropbox-notes/data"],
    [{ ...windows, environment: { OneDrive: "D:\\mine" } }, "D:\\mines\\data"],
    [{ ...windows, environment: { OneDrive: "mine" } }, "C:\\mine\\data"],
  ] as const)("is not seen where there is none (%#)", (person, path) => {
    expect(syncedFolder(path, person)).toBeNull();
  });

  test("is known by the mark its program leaves, and through a link", () => {
    const folder = temporaryFolder();
    const kept = join(folder, "kept");
    mkdirSync(join(kept, "trading"), { recursive: true });
    writeFileSync(join(kept, ".dropbox.cache"), "");
    symlinkSync(join(kept, "trading"), join(folder, "innocent"));
    const person = { ...thisPerson(), environment: {} };
    expect(syncedFolder(join(folder, "innocent", "data"), person)?.service).toBe("Dropbox");
    expect(syncedFolder(join(folder, "other", "data"), person)).toBeNull();
  });

  test("is told with a place that is none", () => {
    expect(syncedFolderFault("/h/olga/Dropbox/data", linux)).toBe(
      "/h/olga/Dropbox/data lies in /h/olga/Dropbox, which Dropbox keeps equal with its copy: it can lock the books or bring old ones back; name another place (--data, or dataDirectory in the configuration), such as /h/olga/.local/share/tradestream",
    );
    expect(syncedFolderFault("/h/olga/data", linux)).toBeNull();
  });
});
