import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { makeTestFolder } from "@creneau/db/testing/test-folder";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { startReloading } from "./reload.ts";

let folder: string;

beforeAll(() => {
  folder = makeTestFolder("creneau-reload-");
});
afterAll(() => rmSync(folder, { recursive: true }));

/** As editors save: the new text beside the file, then in its place. */
function save(name: string, text: string): void {
  writeFileSync(join(folder, `${name}.draft`), text);
  renameSync(join(folder, `${name}.draft`), join(folder, name));
}

test("a changed source replaces the server; a broken one, or a server that ended, waits for the next change", async () => {
  const said = vi.spyOn(console, "log").mockReturnValue();
  const diary = join(folder, "diary");
  save("package.json", '{ "type": "module" }');
  save("word.ts", 'export const word = "one";');
  save(
    "served.ts",
    `import { appendFileSync } from "node:fs";
    import { serveReloaded } from ${JSON.stringify(new URL("reload.ts", import.meta.url))};
    import { word } from "./word.ts";
    serveReloaded(async ({ diary }: { diary: string }) => {
      appendFileSync(diary, word);
      if (word === "three") setTimeout(() => process.exit(1), 200);
      return { close: async () => appendFileSync(diary, " ended, ") };
    });`,
  );
  const moduleUrl = pathToFileURL(join(folder, "served.ts")).href;
  const reloading = await startReloading({ moduleUrl, input: { diary }, folders: [folder] });
  const hasWritten = (text: string) =>
    vi.waitFor(() => expect(readFileSync(diary, "utf8")).toBe(text), { timeout: 10_000, interval: 20 });
  await hasWritten("one");
  save("word.ts", 'export const word = "two";');
  await hasWritten("one ended, two");
  save("word.ts", "process.exit(1); export const word = 0;");
  await vi.waitFor(() => expect(said).toHaveBeenCalledWith(expect.stringContaining("tries again")), 10_000);
  await hasWritten("one ended, two ended, ");
  save("word.ts", 'export const word = "three";');
  await vi.waitFor(() => expect(said).toHaveBeenCalledWith(expect.stringContaining("ended;")), 10_000);
  await hasWritten("one ended, two ended, three");
  save("word.ts", 'export const word = " four";');
  await hasWritten("one ended, two ended, three four");
  await reloading.close();
  await hasWritten("one ended, two ended, three four ended, ");
});
