import { randomBytes, randomUUID } from "node:crypto";
import {
  chmodSync,
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { EmbeddedError, fromFileError } from "./embedded-error.ts";

const secretsSchema = z.object({
  AUTH_SECRET: z.string().min(32),
  ENCRYPTION_KEYS: z.string().min(32),
  ownerPassword: z.string().min(16),
  appPassword: z.string().min(16),
});

/**
 * What a first embedded start generates and every later one reads back: the session secret, the keys of secrets at
 * rest (`id:base64`, 32 bytes), and the passwords of the two database roles.
 */
export type Secrets = z.infer<typeof secretsSchema>;

function generate(): Secrets {
  return {
    AUTH_SECRET: randomBytes(32).toString("base64url"),
    ENCRYPTION_KEYS: `k1:${randomBytes(32).toString("base64")}`,
    ownerPassword: randomBytes(24).toString("base64url"),
    appPassword: randomBytes(24).toString("base64url"),
  };
}

function read(path: string): Secrets | undefined {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw fromFileError(error, path);
  }
  try {
    return secretsSchema.parse(JSON.parse(text));
  } catch (error) {
    // Never replaced: stored calendar tokens can only be read with the keys in this very file.
    throw new EmbeddedError("start_failed", `${path} is damaged; restore it from a backup`, { cause: error });
  }
}

/**
 * Reads `DATA_DIR/secrets.json` (mode 0600), or creates it. Two processes that start together end up with the same
 * file: it appears by a hard link, complete or not at all. `created` tells that it did not exist before.
 * Throws an EmbeddedError when the folder cannot be written or the file is damaged.
 */
export function readOrCreateSecrets(dataDir: string): Secrets & { created: boolean } {
  const path = join(dataDir, "secrets.json");
  const existing = read(path);
  if (existing) return { ...existing, created: false };
  const draft = `${path}.${randomUUID()}`;
  try {
    mkdirSync(dataDir, { recursive: true });
    const file = openSync(draft, "wx", 0o600);
    try {
      writeSync(file, `${JSON.stringify(generate(), undefined, 2)}\n`);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    chmodSync(draft, 0o600);
    try {
      linkSync(draft, path);
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
      const winner = read(path);
      if (winner) return { ...winner, created: false };
      throw error;
    }
  } catch (error) {
    throw fromFileError(error, dataDir);
  } finally {
    rmSync(draft, { force: true });
  }
  const created = read(path);
  if (!created) throw new EmbeddedError("start_failed", `${path} vanished while starting`);
  return { ...created, created: true };
}
