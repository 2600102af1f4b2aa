import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readOrCreateSecrets } from "./secrets.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "creneau-secrets-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

test("secrets are generated once, readable by their owner alone", () => {
  const first = readOrCreateSecrets(folder);
  const second = readOrCreateSecrets(folder);
  expect(first.created).toBe(true);
  expect(second).toEqual({ ...first, created: false });
  expect(statSync(join(folder, "secrets.json")).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder)).toEqual(["secrets.json"]);
});

test("an encryption key has an id and 32 bytes, and no two folders share one", () => {
  const { ENCRYPTION_KEYS } = readOrCreateSecrets(folder);
  const [id, key] = ENCRYPTION_KEYS.split(":");
  expect(id).toBe("k1");
  expect(Buffer.from(key ?? "", "base64")).toHaveLength(32);
  expect(readOrCreateSecrets(join(folder, "other")).ENCRYPTION_KEYS).not.toBe(ENCRYPTION_KEYS);
});

test("a damaged file is never replaced: the keys in it may be the only ones", () => {
  writeFileSync(join(folder, "secrets.json"), "{");
  expect(() => readOrCreateSecrets(folder)).toThrow(/damaged/);
});
