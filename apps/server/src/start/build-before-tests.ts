import { buildWebIfStale } from "./build-web.ts";

/** vitest's global setup of the browser journeys: they run against the built product, as its users do. */
export default async function setup(): Promise<void> {
  if (await buildWebIfStale()) console.log("built the web app for the browser journeys");
}
