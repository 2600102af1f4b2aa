import { createTestDatabase, type TestDatabase } from "@creneau/db/testing/test-database";
import type { Browser } from "playwright-core";
import { launchBrowser } from "./browser.ts";
import { demoTemplate } from "./demo-template.ts";
import { type Product, startProduct } from "./product.ts";

/** What a journey stands on. */
export interface Journey {
  database: TestDatabase;
  product: Product;
  browser: Browser;
}

/** Starts the product on a demo of the journey's own, with `variables` on top of its environment, and a browser. */
export async function startJourney(variables?: Record<string, string>): Promise<Journey> {
  const database = await createTestDatabase({ template: demoTemplate });
  const [product, browser] = await Promise.all([startProduct(database, variables), launchBrowser()]);
  return { database, product, browser };
}

/** Ends a journey, in the order in which nothing complains; one that never started needs no end. */
export async function endJourney(journey: Journey | undefined): Promise<void> {
  await journey?.browser.close();
  await journey?.product.stop();
  await journey?.database.drop();
}
