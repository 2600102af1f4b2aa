import { writeSync } from "node:fs";
import type { Reporter, TestModule } from "vitest/node";

function count(modules: ReadonlyArray<TestModule>): { passed: number; failed: number; skipped: number } {
  const totals = { passed: 0, failed: 0, skipped: 0 };
  for (const module of modules) {
    for (const test of module.children.allTests()) {
      const { state } = test.result();
      // A test that never got a result, because its process died say, has not passed.
      totals[state === "pending" ? "failed" : state] += 1;
    }
    for (const suite of module.children.allSuites()) totals.failed += suite.errors().length;
    totals.failed += module.errors().length;
  }
  return totals;
}

const shownFiles = 10;

/** The files that took longest, hooks included, slowest first. */
function slowestFiles(modules: ReadonlyArray<TestModule>): string {
  const files = modules.map((module) => {
    const { duration, setupDuration, collectDuration, prepareDuration } = module.diagnostic();
    const seconds = (duration + setupDuration + collectDuration + prepareDuration) / 1000;
    return { seconds, name: `${module.project.name}  ${module.relativeModuleId}` };
  });
  const lines = files
    .toSorted((a, b) => b.seconds - a.seconds)
    .slice(0, shownFiles)
    .map(({ seconds, name }) => `${seconds.toFixed(1).padStart(7)} s  ${name}`);
  return ["The slowest files:", ...lines].join("\n");
}

/**
 * Prints the slowest files, and the totals as the very last line of a run: `N passed, N failed` and, if any, `, N skipped`. A file that does
 * not load, a failing hook and an error outside any test each count as failed.
 */
export class TotalsReporter implements Reporter {
  #totals = { passed: 0, failed: 0, skipped: 0 };

  onInit(): void {
    // vitest goes on printing (timeouts, errors while closing) until it leaves.
    process.once("exit", (code) => {
      const { passed, failed, skipped } = this.#totals;
      const counted = code !== 0 && failed === 0 ? 1 : failed;
      writeSync(1, `${passed} passed, ${counted} failed${skipped > 0 ? `, ${skipped} skipped` : ""}\n`);
    });
  }

  onTestRunEnd(modules: ReadonlyArray<TestModule>, unhandledErrors: ReadonlyArray<unknown>): void {
    this.#totals = count(modules);
    this.#totals.failed += unhandledErrors.length;
    if (modules.length > shownFiles) console.log(`\n${slowestFiles(modules)}\n`);
  }
}
