import { fileURLToPath } from "node:url";
import type { ServerOptions } from "../main.ts";
import { type Reloading, serveReloaded, startReloading } from "./reload.ts";

type ServeInput = Pick<ServerOptions, "env" | "databaseUrl">;

/** What the server is made of. The pages reload themselves. */
const sources = ["apps/server/src", "packages/api/src", "packages/db/src", "packages/domain/src"];

/** The server of `npm run dev`: reloaded at each change of its sources, while the database stays. */
export function startServerReloading(input: ServeInput): Promise<Reloading> {
  const folders = sources.map((path) => fileURLToPath(new URL(`../../../../${path}`, import.meta.url)));
  return startReloading({ moduleUrl: import.meta.url, input, folders });
}

if (import.meta.main && process.send) {
  serveReloaded(async (input: ServeInput) =>
    (await import("../main.ts")).startServer({ ...input, dev: true }),
  );
}
