import { defineConfig } from "vitest/config";
import { TotalsReporter } from "./packages/db/src/testing/totals-reporter.ts";

const database = ["packages/db/src/testing/global-setup.ts"];

export default defineConfig({
  test: {
    reporters: ["default", new TotalsReporter()],
    // The tests wait for the database more than they compute: one more worker than this project's smallest machine has cores.
    maxWorkers: 3,
    projects: [
      {
        // Pure rules: no process, no database, nothing to isolate.
        test: {
          name: "domain",
          include: ["packages/domain/src/**/*.test.ts"],
          pool: "threads",
          isolate: false,
          // A property draws thousands of cases: on a busy machine it is slow, never wrong.
          testTimeout: 120_000,
        },
      },
      {
        test: {
          name: "product",
          include: ["packages/**/*.test.ts", "apps/**/*.test.ts", "prisma/**/*.test.ts"],
          exclude: ["packages/domain/**", "**/node_modules/**", "**/.next/**"],
          globalSetup: database,
          pool: "forks",
          // Every file brings its own database; loading the product anew for each took half of the processor's time.
          isolate: false,
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        // Last, and one at a time: a browser, the web server and the database fill two cores.
        test: {
          name: "journeys",
          include: ["apps/web/e2e/**/*.e2e.ts"],
          globalSetup: [
            ...database,
            "apps/web/e2e/demo-template.ts",
            "apps/server/src/start/build-before-tests.ts",
          ],
          pool: "forks",
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
          testTimeout: 90_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
