import type { TestOrganization } from "@creneau/db/testing/factories";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Visitor } from "../attack/browser.ts";
import { type Furnished, furnishSite } from "../attack/furnish-site.ts";
import { procedures } from "../attack/procedures.ts";
import { seatRules } from "../attack/seat-rules.ts";
import { findModels, type Model, walkElsewhere, walkHere } from "../attack/seat-walk.ts";
import { rowsOf } from "./organization-rows.ts";
import { startTestServer, type TestServer } from "./test-server.ts";

const roles = ["owner", "admin", "manager", "operator", "provider", "viewer"] as const;

let server: TestServer;
let organization: TestOrganization;
let owner: Visitor;
let model: Furnished;
let here: Furnished;
let elsewhere: Furnished;
let models: Model[];
let missed: string[];
/** Rows that belong to no seat of this site, by their keys: the other site's, and the organization's. */
let foreign: Set<string>;

beforeAll(async () => {
  server = await startTestServer();
  organization = await server.createOrganization({ name: "Réseau" });
  owner = await server.signInMember(organization, { role: "owner" });
  model = await furnish("Modèle-à-essayer");
  here = await furnish("Ici-à-nous");
  const before = new Set(await rowsOf(server.adminUrl, organization.id));
  elsewhere = await furnish("Ailleurs-confidentiel");
  ({ models, missed } = await findModels(model));
  foreign = new Set(
    (await rowsOf(server.adminUrl, organization.id))
      .filter((row) => (!before.has(row) && isOf(elsewhere, row)) || /^(organization|service) /.test(row))
      .map(keyOf),
  );
}, 120_000);

afterAll(() => server.close());

const isOf = ({ ids, marker }: Furnished, row: string) =>
  row.includes(marker) ||
  Object.entries(ids).some(
    ([field, id]) => field !== "organizationId" && field !== "token" && row.includes(id),
  );

/** A row is still the same one when something in it has changed. */
function keyOf(row: string): string {
  const [table = "", ...json] = row.split(" ");
  const { id, ...columns } = JSON.parse(json.join(" ")) as Record<string, unknown>;
  return `${table} ${id ?? Object.entries(columns).filter(([name]) => name.endsWith("_id"))}`;
}

async function furnish(marker: string): Promise<Furnished> {
  const colleague = await server.signInMember(organization, { role: "operator" });
  const site = await furnishSite({
    owner,
    visit: () => server.visit(),
    marker,
    moreIds: { membershipId: colleague.membershipId, userId: colleague.userId },
  });
  await owner.client.members.changeRole.mutate({
    id: colleague.membershipId,
    siteIds: [site.ids.siteId ?? ""],
  });
  return site;
}

/** A seat limited to one's own site; a provider has an agenda there. */
async function sit(role: (typeof roles)[number], { ids } = here): Promise<Visitor> {
  const member = await server.signInMember(organization, { role, siteIds: [ids.siteId ?? ""] });
  if (role === "provider") {
    await owner.client.directory.providers.create.mutate({
      name: "Praticien d’ici",
      siteIds: [ids.siteId ?? ""],
      userId: member.userId,
    });
  }
  return server.signIn(member.email);
}

/** Those rows as they are, and every new one that names something of the other site. */
async function observe(): Promise<string> {
  const rows = await rowsOf(server.adminUrl, organization.id);
  return rows
    .filter((row) => foreign.has(keyOf(row)) || (!/^(audit|event) /.test(row) && isOf(elsewhere, row)))
    .join("\n");
}

describe("seats limited to sites", () => {
  it("have one rule for every procedure", () => {
    expect(Object.keys(seatRules).sort()).toEqual(procedures.map(({ name }) => name).sort());
  });

  it("twin: an owner of every site reaches every procedure", () => {
    // These need a job or an event that has failed for good: their routers' own tests have one.
    expect(missed.map((each) => each.split(":")[0])).toEqual(["jobs.retry", "jobs.retryParkedEvent"]);
  });

  it.each(roles)(
    "%s: reaches nothing of another site, nor what concerns every site",
    { timeout: 120_000 },
    async (role) => {
      const seat = await sit(role);
      expect(await walkElsewhere({ models, role, seat, observe, model, here, elsewhere })).toEqual([]);
      // Still who they were.
      expect((await seat.client.session.me.query())?.role).toBe(role);
    },
  );

  it("twin: the same requests reach their own site", { timeout: 120_000 }, async () => {
    const reached = new Set<string>();
    for (const role of roles) {
      const fresh = await furnish(`À-nous-${role}`);
      const seat = await sit(role, fresh);
      for (const name of await walkHere({ models, seat, model, here: fresh })) reached.add(name);
    }
    const never = models.filter(
      ({ procedure, rule }) => rule !== "organization" && !reached.has(procedure.name),
    );
    // Only who made a change takes it back.
    expect(never.map(({ procedure }) => procedure.name)).toEqual(["appointments.undo"]);
  });

  it("twin: a seat that covers both sites is caught as if it did not", { timeout: 120_000 }, async () => {
    const seat = await server.signInMember(organization, {
      role: "owner",
      siteIds: [here.ids.siteId ?? "", elsewhere.ids.siteId ?? ""],
    });
    const reads = models.filter(({ procedure }) => procedure.type === "query");
    const findings = await walkElsewhere({
      models: reads,
      role: "owner",
      seat,
      observe,
      model,
      here,
      elsewhere,
    });
    const told = new Set(findings.map((finding) => finding.split(" ")[1]));
    for (const name of [
      "appointments.byId",
      "notes.list",
      "directory.sites.list",
      "directory.clients.search",
      "directory.clients.byId",
      "waitlist.list",
    ])
      expect(told).toContain(name);
  });
});
