import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { BenchResult } from "./benchmark.ts";
import type { Machine } from "./machine.ts";

/** Prints a result as tables. */
export function printResult(name: string, { tables, notes = [] }: BenchResult): void {
  for (const { title, rows } of tables) {
    console.log(`\n${name}: ${title}`);
    const { what, ...rest } = rows[0] ?? {};
    const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))].filter(
      (column) => column !== "what",
    );
    if (what === undefined && Object.keys(rest).length === 0) continue;
    const lines = [
      ["", ...columns],
      ...rows.map((row) => [row.what ?? "", ...columns.map((column) => row[column] ?? "")]),
    ];
    const widths = ["", ...columns].map((_, index) =>
      Math.max(...lines.map((line) => String(line[index]).length)),
    );
    for (const line of lines) {
      const cells = line.map((cell, index) =>
        index === 0 ? String(cell).padEnd(widths[0] ?? 0) : String(cell).padStart(widths[index] ?? 0),
      );
      console.log(`  ${cells.join("  ")}`.trimEnd());
    }
  }
  for (const note of notes) console.log(`  – ${note}`);
}

/** Keeps a result for comparison; returns the file. */
export function saveResult(
  folder: string,
  {
    name,
    result,
    machine,
    settings,
  }: { name: string; result: BenchResult; machine: Machine; settings: object },
): string {
  mkdirSync(folder, { recursive: true });
  const measuredAt = new Date();
  const file = join(folder, `${name}-${measuredAt.toISOString().replaceAll(":", "-").slice(0, 19)}.json`);
  writeFileSync(file, `${JSON.stringify({ name, measuredAt, machine, settings, ...result }, null, 2)}\n`);
  return file;
}
