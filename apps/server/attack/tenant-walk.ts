import type { Visitor } from "./browser.ts";
import type { Furnished } from "./furnish-site.ts";
import { call, callable, gently } from "./procedures.ts";
import { requestsFor } from "./requests.ts";

/** Ends the caller's own session: everything after it would be refused for that alone. */
const partings = ["session.signOutEverywhere"];

/**
 * Asks every procedure as somebody of another organization, with every id of the victim's; answers what was found:
 * secrets of the victim in an answer, and errors of ours.
 */
export async function walkAsStranger({
  victim,
  stranger,
}: {
  victim: Furnished;
  stranger: Visitor;
}): Promise<string[]> {
  const findings: string[] = [];
  for (const procedure of gently(callable.filter(({ name }) => !partings.includes(name)))) {
    for (const request of requestsFor(procedure, victim)) {
      const { status, text } = await call(stranger, procedure, request);
      if (victim.secrets.some((secret) => text.includes(secret)))
        findings.push(`${procedure.name} ${status} ${text.slice(0, 200)}`);
      if (status >= 500) findings.push(`${procedure.name} answered ${status} to ${JSON.stringify(request)}`);
    }
  }
  return findings;
}
