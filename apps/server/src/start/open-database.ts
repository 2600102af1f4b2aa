import { EmbeddedError } from "@creneau/db/embedded/embedded-error";
import { readMajorVersion } from "@creneau/db/embedded/probe-database";
import { startEmbedded } from "@creneau/db/embedded/start-embedded";
import type { StartEnv } from "../env.ts";
import { StartError } from "./start-error.ts";

/** The database of this start. `close` stops the embedded one and does nothing to an external one. */
export interface OpenDatabase {
  url: string;
  adminUrl: string;
  description: string;
  close(): Promise<void>;
}

const oldestVersion = 15;

/** Checks that an external PostgreSQL answers and is young enough; returns its major version. Throws StartError. */
async function checkExternal(name: string, connectionString: string): Promise<number> {
  let version: number;
  try {
    version = await readMajorVersion(connectionString);
  } catch (error) {
    const reason = error instanceof AggregateError ? error.errors[0] : error;
    const text = reason instanceof Error ? reason.message : String(reason);
    throw new StartError(`${name}: the database does not answer (${text})`, { cause: error });
  }
  if (version < oldestVersion) {
    throw new StartError(`${name}: PostgreSQL ${version} is too old, ${oldestVersion} or later is needed`);
  }
  return version;
}

/** Opens the database this environment asks for: an external one, or the embedded one of the data folder. */
export async function openDatabase(env: StartEnv, onProgress: (text: string) => void): Promise<OpenDatabase> {
  if (env.DATABASE_URL) {
    const adminUrl = env.DATABASE_ADMIN_URL ?? env.DATABASE_URL;
    const version = await checkExternal("DATABASE_URL", env.DATABASE_URL);
    if (env.DATABASE_ADMIN_URL) await checkExternal("DATABASE_ADMIN_URL", env.DATABASE_ADMIN_URL);
    return {
      url: env.DATABASE_URL,
      adminUrl,
      description: `database ready: PostgreSQL ${version} at ${new URL(env.DATABASE_URL).host}`,
      close: async () => {},
    };
  }
  try {
    const embedded = await startEmbedded({ dataDir: env.DATA_DIR, address: env.APP_URL, onProgress });
    return {
      url: embedded.url,
      adminUrl: embedded.adminUrl,
      description: embedded.adopted ? "database ready: it was still running" : "database ready",
      close: () => embedded.stop(),
    };
  } catch (error) {
    if (error instanceof EmbeddedError) throw new StartError(error.message, { cause: error });
    throw error;
  }
}
