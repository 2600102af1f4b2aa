import { parseArgs } from "node:util";
import { startMailSimulator } from "../simulators/mail-simulator.ts";
import type { Simulator } from "../simulators/simulator.ts";
import { checkPort } from "../start/check-port.ts";
import { bold, fail } from "../start/progress.ts";

const host = "127.0.0.1";

/** The simulators on their own, so that a server outside the demo, or several, can use them. They live until Ctrl-C. */
async function startSimulators(): Promise<Simulator[]> {
  const { values } = parseArgs({
    options: {
      "smtp-port": { type: "string", default: "3125" },
      "mail-page-port": { type: "string", default: "3180" },
    },
  });
  const port = await portOf("--smtp-port", values["smtp-port"]);
  const pagesPort = await portOf("--mail-page-port", values["mail-page-port"]);
  return [await startMailSimulator({ port, pagesPort })];
}

async function portOf(setting: string, value: string): Promise<number> {
  const port = Number(value);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new Error(`${setting}: ${value} is no port`);
  await checkPort({ port, host, setting });
  return port;
}

try {
  const simulators = await startSimulators();
  for (const { name, variables, page } of simulators) {
    const settings = Object.entries(variables).map(([key, value]) => `${key}=${value}`);
    console.log(
      `\n  ${bold(name)}\n    start Créneau with  ${settings.join(" ")}\n    see it at           ${page}`,
    );
  }
  console.log("\n  Ctrl-C stops them.\n");
  const stop = async () => {
    for (const simulator of simulators) await simulator.close();
    process.exit(0);
  };
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
} catch (error) {
  fail(error instanceof Error ? error.message : String(error));
  process.exit(2);
}
