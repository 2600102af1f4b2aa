import { copyDatabase } from "@creneau/db/testing/copy-database";
import { templateName } from "@creneau/db/testing/global-setup";
import type { TestProject } from "vitest/node";
import { seedWhenEmpty } from "../../server/src/start/seed-apart.ts";

/** The database with the demo in it that every journey gets a copy of. */
export const demoTemplate = "creneau_demo";

/** vitest's global setup of the journeys, after the database's: the demo is written once for the whole run. */
export default async function setup(project: TestProject): Promise<void> {
  const { databaseServer } = project.getProvidedContext();
  await seedWhenEmpty(await copyDatabase(databaseServer, { name: demoTemplate, template: templateName }));
}
