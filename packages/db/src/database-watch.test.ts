import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Database, openDatabase } from "./database.ts";
import { type EmbeddedPostgres, startEmbedded } from "./embedded/start-embedded.ts";
import { outageOf } from "./outage.ts";
import { type Standby, startStandby } from "./testing/standby.ts";
import { makeTestFolder } from "./testing/test-folder.ts";

let dataDir: string;
let primary: EmbeddedPostgres;
let standby: Standby;
let database: Database;

beforeAll(async () => {
  dataDir = makeTestFolder("creneau-watch-");
  primary = await startEmbedded({ dataDir, isDurable: false });
  standby = await startStandby({ url: primary.url, adminUrl: primary.adminUrl, dataDir });
  database = openDatabase({ url: standby.url, poolSize: 2 });
}, 120_000);
afterAll(async () => {
  await database?.close();
  await standby?.stop();
  await primary?.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

describe("a standby", () => {
  it("answers, and says that nothing can be written there, until it is promoted", async () => {
    expect(await database.watch.ask()).toMatchObject({ isReachable: true, isReadOnly: true });
    expect(database.watch.away).toBeNull();
    const write = database.pool.query("CREATE TEMPORARY TABLE mine (one integer)");
    expect(outageOf(await write.catch((error: unknown) => error))).toBe("read_only");
    await standby.promote();
    await expect.poll(() => database.watch.ask()).toMatchObject({ isReachable: true, isReadOnly: false });
    await database.pool.query("CREATE TEMPORARY TABLE mine (one integer)");
  });

  it("that is asked by many at once is asked once", async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => database.watch.ask()));
    expect(new Set(answers).size).toBe(1);
  });
});
