import { chmodSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * Makes a temporary folder for test data. Unlike a bare temporary one, others may pass through it: the account that
 * PostgreSQL runs under when the tests run as root would otherwise need its data moved elsewhere.
 */
export function makeTestFolder(prefix: string): string {
  const folder = mkdtempSync(join(tmpdir(), prefix));
  chmodSync(folder, 0o711);
  return folder;
}
