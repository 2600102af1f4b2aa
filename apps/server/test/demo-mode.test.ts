import { rmSync } from "node:fs";
import { makeTestFolder } from "@creneau/db/testing/test-folder";
import { afterAll, beforeAll, expect, test } from "vitest";
import { signInAt } from "../attack/browser.ts";
import { startServerProcess } from "./server-process.ts";

const APP_URL = "https://agenda.example.org";
let dataDir: string;

beforeAll(() => {
  dataDir = makeTestFolder("demo-mode-");
});
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

test("behind a public address demo mode starts only when it is asked for by hand, and the start says so", async () => {
  const real = await startServerProcess({ DATA_DIR: dataDir, APP_URL });
  expect(real.output()).toContain(`demo mode is off, because ${APP_URL} is a public address`);
  expect(real.output()).not.toContain("creneau-demo");
  expect((await fetch(`${real.url}/demo/mailbox`)).status).toBe(404);
  await expect(signInAt(real.url, "admin@immo.demo", "creneau-demo")).rejects.toThrow();
  // What every time is reckoned with is told at each start.
  expect(real.output()).toContain(`time zones as of ${process.versions.tz}`);
  await real.end("SIGTERM");

  const shown = await startServerProcess({ DATA_DIR: dataDir, APP_URL, DEMO: "1" });
  expect(shown.output()).toContain(`demo mode is on at ${APP_URL}`);
  expect((await fetch(`${shown.url}/demo/mailbox`)).status).toBe(200);
  await shown.end("SIGTERM");

  // The accounts stay when the mode is left, and so does their password.
  const left = await startServerProcess({ DATA_DIR: dataDir, APP_URL });
  expect(left.output()).toMatch(/9 demo accounts are open to everybody/);
  await left.end("SIGTERM");
}, 120_000);
