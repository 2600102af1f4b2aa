import { styleText } from "node:util";
import { examine } from "../doctor/examine.ts";
import type { Finding } from "../doctor/finding.ts";
import { EnvError, readEnv } from "../env.ts";
import { fail, note } from "../start/progress.ts";

const signs = { fine: ["✔", "green"], hint: ["!", "yellow"], fault: ["✖", "red"] } as const;

function print({ level, about, says, mend }: Finding): void {
  const [sign, color] = signs[level];
  console.log(`${styleText(color, sign, { stream: process.stdout })} ${about}: ${says}`);
  if (mend) console.log(`  → ${mend}`);
}

function count(findings: Finding[], level: Finding["level"]): number {
  return findings.filter((finding) => finding.level === level).length;
}

try {
  const findings = await examine(readEnv(), { now: Date.now(), onProgress: note });
  for (const finding of findings) print(finding);
  const faults = count(findings, "fault");
  const hints = count(findings, "hint");
  console.log(
    faults + hints === 0
      ? "nothing that would hurt"
      : `${faults} ${faults === 1 ? "fault" : "faults"}, ${hints} ${hints === 1 ? "hint" : "hints"}`,
  );
  process.exit(faults > 0 ? 1 : 0);
} catch (error) {
  fail(error instanceof Error ? error.message : String(error));
  process.exit(error instanceof EnvError ? 2 : 1);
}
