import type { ServerEnv } from "../env.ts";
import { bold } from "./progress.ts";

const demo = [
  ["Immo Rive Gauche", "admin@immo.demo · claire@immo.demo · karim@immo.demo", "/book/claire-martin"],
  ["Cabinet Dubois", "secretariat@dubois.demo · dubois@dubois.demo · leroy@dubois.demo", "/book/dr-dubois"],
  ["CT Réseau Sud", "admin@ct.demo · centre@ct.demo · appel@ct.demo", "/book/ct-reseau-sud"],
] as const;

/** What a person who just started the product needs: where it is, how to get in, what to try, how to stop. */
export function announcement({ env, url }: { env: ServerEnv; url: string }): string {
  // A process without pages is one of several: whoever started it knows where the others are.
  if (!env.roles.has("web")) return `\n  Créneau is ready: ${[...env.roles].join(" and ")} for ${url}\n`;
  const lines = ["", `  Créneau is ready: ${bold(url)}`, ""];
  if (env.DEMO) {
    lines.push(`  Demo accounts (password ${bold("creneau-demo")})`);
    const width = Math.max(...demo.map(([name]) => name.length));
    for (const [name, accounts] of demo) lines.push(`    ${name.padEnd(width)}  ${accounts}`);
    lines.push("", "  To try", `    staff     ${url}/fr/dashboard/calendar`);
    for (const [, , path] of demo) lines.push(`    booking   ${url}${path}`);
    lines.push("");
  }
  lines.push("  Ctrl-C stops everything; the data stays.", "");
  return lines.join("\n");
}
