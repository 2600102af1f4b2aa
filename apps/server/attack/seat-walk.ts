import type { Visitor } from "./browser.ts";
import type { Furnished } from "./furnish-site.ts";
import { type Answer, call, callable, gently, isReached, type Procedure } from "./procedures.ts";
import { fieldsIn, findWorking, translated } from "./requests.ts";
import { type SeatRule, seatRules } from "./seat-rules.ts";

/** Takes the caller's own seat or session away: tried by tests of their own. */
const partings = [
  "session.signOutEverywhere",
  "session.changePassword",
  "members.leave",
  "session.switchOrganization",
];

/** A request that works for whoever owns the organization, as it was found at the model site. */
export interface Model {
  procedure: Procedure;
  rule: SeatRule;
  request: unknown;
}

/**
 * Finds a working request for every procedure that asks for a seat, as the unlimited owner, at a site made for it. What
 * no request of ours can reach is answered by name.
 */
export async function findModels(model: Furnished): Promise<{ models: Model[]; missed: string[] }> {
  const models: Model[] = [];
  const missed: string[] = [];
  for (const procedure of gently(callable)) {
    const rule = seatRules[procedure.name] ?? "organization";
    if (rule === "link" || partings.includes(procedure.name)) continue;
    const found = await findWorking(procedure, model);
    if ("request" in found) models.push({ procedure, rule, request: found.request });
    else missed.push(`${procedure.name}: ${found.refused.at(0)}`);
  }
  return { models, missed };
}

interface Sites {
  model: Furnished;
  /** What the seat covers. */
  here: Furnished;
  /** What it does not. */
  elsewhere: Furnished;
}

/** The request wholly about the other site, and with each of its ids alone among those of one's own. */
function foreignRequests(request: unknown, { model, here, elsewhere }: Sites): unknown[] {
  const fields = fieldsIn(request, model);
  const mixed = fields.map((field) => {
    const one = translated(request, model, elsewhere, (each) => each === field);
    return translated(one, model, here);
  });
  const all = [translated(request, model, elsewhere), ...mixed].flatMap((each) => searching(each, elsewhere));
  return [...new Map(all.map((each) => [JSON.stringify(each), each])).values()];
}

/** A request that looks for words, with words that are to be found, and without any. */
function searching(request: unknown, { marker }: Furnished): unknown[] {
  if (typeof request !== "object" || request === null) return [request];
  if ("query" in request) return [{ ...request, query: marker }];
  if (!("search" in request)) return [request];
  const { search: _search, ...rest } = request;
  return [rest, { ...rest, search: marker }];
}

export interface SeatWalk extends Sites {
  models: readonly Model[];
  /** Who walks, for the findings. */
  role: string;
  seat: Visitor;
  /** What may not change, as text. */
  observe: () => Promise<string>;
}

/**
 * Asks every procedure as a seat limited to one site, with ids of another; answers what was found: secrets of the other
 * site in an answer, a change of what is not its own, and anything of the whole organization that was not refused.
 */
export async function walkElsewhere({ models, role, seat, observe, ...sites }: SeatWalk): Promise<string[]> {
  const findings: string[] = [];
  const before = await observe();
  for (const { procedure, rule, request } of models) {
    const who = `${procedure.name} as ${role}`;
    for (const foreign of foreignRequests(request, sites)) {
      const answer: Answer = await call(seat, procedure, foreign);
      const said = `${who}: ${answer.status} ${answer.text.slice(0, 160)} to ${JSON.stringify(foreign)?.slice(0, 300)}`;
      if (answer.status >= 500) findings.push(said);
      if (sites.elsewhere.secrets.some((secret) => answer.text.includes(secret)))
        findings.push(`told: ${said}`);
      if (rule === "organization" && isReached(procedure, answer)) findings.push(`let in: ${said}`);
    }
  }
  const after = await observe();
  if (after !== before) findings.push(`changed: as ${role} ${differences(before, after)}`);
  return findings;
}

/** Procedures that a seat reaches at its own site, by the same requests: a walk that nobody comes past proves nothing. */
export async function walkHere({
  models,
  seat,
  model,
  here,
}: Pick<SeatWalk, "models" | "seat" | "model" | "here">): Promise<string[]> {
  const reached: string[] = [];
  for (const { procedure, request } of models) {
    const answer = await call(seat, procedure, translated(request, model, here));
    if (isReached(procedure, answer)) reached.push(procedure.name);
  }
  return reached;
}

function differences(before: string, after: string): string {
  const [old, now] = [new Set(before.split("\n")), new Set(after.split("\n"))];
  const fresh = [...now].filter((line) => !old.has(line));
  const gone = [...old].filter((line) => !now.has(line));
  return JSON.stringify({ fresh, gone }).slice(0, 2_000);
}
