import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const script = fileURLToPath(new URL("./process-zone.fixture.ts", import.meta.url));

function runIn(timeZone: string): { result: unknown; control: number } {
  const output = execFileSync(process.execPath, [script], {
    env: { ...process.env, TZ: timeZone },
    encoding: "utf8",
  });
  return JSON.parse(output) as { result: unknown; control: number };
}

test("no answer depends on the zone of the process", () => {
  const runs = ["UTC", "America/St_Johns", "Asia/Kathmandu", "Pacific/Apia"].map(runIn);
  for (const run of runs) expect(run.result).toEqual(runs[0]?.result);
  // The twin: local Date arithmetic does differ, so the processes really were in different zones.
  expect(new Set(runs.map(({ control }) => control)).size).toBe(runs.length);
}, 30_000);
