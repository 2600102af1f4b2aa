import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { endJourney, type Journey, startJourney } from "./journey.ts";
import type { Product } from "./product.ts";
import { mutate, query, signIn } from "./staff.ts";

type Rule = { id: string; isoWeekday: number; startMinute: number; endMinute: number };
type Rows = { items: { id: string; name: string }[] };

let journey: Journey;
let product: Product;
let browser: Browser;
/** Changes through the API. */
let colleague: Page;
/** Looks on, and never reloads. */
let admin: Page;

beforeAll(async () => {
  journey = await startJourney();
  ({ product, browser } = journey);
  [colleague, admin] = await Promise.all([
    signIn(browser, { url: product.url, email: "admin@ct.demo" }),
    signIn(browser, { url: product.url, email: "admin@ct.demo" }),
  ]);
});

afterAll(() => endJourney(journey));

async function firstOf(kind: "sites" | "providers" | "clients", input: object = {}) {
  const { items } = await query<Rows>(colleague, `directory.${kind}.list`, input);
  const [first] = items;
  if (!first) throw new Error(`the demo data has no ${kind}`);
  return first;
}

/** Opens a page whose live line has told what it tells first. */
async function open(path: string) {
  const told = admin.waitForResponse((response) => response.url().includes("/api/trpc/"));
  await admin.goto(path);
  await told;
  await admin.getByRole("heading", { level: 1 }).first().waitFor();
}

describe("what a colleague changes appears by itself", () => {
  it("in the lists of the settings", async () => {
    const site = await firstOf("sites");
    await open("/fr/settings/sites");
    await admin.getByRole("link", { name: site.name }).waitFor();
    await mutate(colleague, "directory.sites.update", { id: site.id, name: "Aubagne Nord" });
    await admin.getByRole("link", { name: "Aubagne Nord" }).waitFor();
    await mutate(colleague, "directory.sites.update", { id: site.id, name: site.name });
    await admin.getByRole("link", { name: site.name }).waitFor();
  });

  it("among the members", async () => {
    await open("/fr/settings/members");
    await mutate(colleague, "members.invite", {
      email: "nouvelle@ct.example",
      role: "viewer",
      siteIds: [],
      locale: "fr",
    });
    await admin.getByText("nouvelle@ct.example").first().waitFor();
  });

  it("among the clients", async () => {
    await open("/fr/dashboard/clients");
    await mutate(colleague, "directory.clients.create", { name: "Aaron Aubépine", phone: "06 39 98 01 77" });
    await admin.getByLabel("Nom, téléphone, e-mail, plaque").fill("aubepin");
    await admin.getByRole("link", { name: /Aaron Aubépine/ }).waitFor();
    const client = await firstOf("clients", { search: "aubepin" });
    await mutate(colleague, "directory.clients.update", { id: client.id, name: "Aaron Aubépin" });
    await admin.getByRole("link", { name: /Aaron Aubépin(?!e)/ }).waitFor();
  });

  it("in the hours, while a week that is being edited stays as it is", async () => {
    const provider = await firstOf("providers");
    await open(`/fr/dashboard/availability?provider=${provider.id}`);
    const day = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10);
    await mutate(colleague, "availability.addTimeOff", {
      providerId: provider.id,
      startsAt: `${day}T08:00:00Z`,
      endsAt: `${day}T10:00:00Z`,
      reason: "Formation Zéphyr",
    });
    await admin.getByText("Formation Zéphyr").first().waitFor();

    const end = admin.getByLabel(/, plage 1, fin$/).first();
    await end.fill("16:45");
    await end.press("Tab");
    const { sites } = await query<{ sites: { siteId: string; rules: Rule[] }[] }>(
      colleague,
      "availability.get",
      { providerId: provider.id },
    );
    const { siteId, rules } = sites[0] ?? { rules: [] };
    await mutate(colleague, "availability.setRules", {
      providerId: provider.id,
      siteId,
      rules: rules.slice(1).map(({ id: _id, ...rule }) => rule),
      basedOn: rules.map(({ id }) => id),
    });
    await admin.getByText("Quelqu’un d’autre vient d’enregistrer ces horaires.").waitFor();
    expect(await end.inputValue()).toBe("16:45");
    await admin.getByRole("button", { name: "Reprendre les siens" }).click();
  });
});

describe("a form that is being edited", () => {
  it("keeps what was typed, takes over the rest, and says so", async () => {
    const site = await firstOf("sites");
    await open(`/fr/settings/sites/${site.id}`);
    const [address, city] = ["Adresse", "Ville"].map((name) => admin.getByLabel(name, { exact: true }));
    if (!address || !city) throw new Error("no fields");
    await address.fill("7 rue de la Saisie");
    await mutate(colleague, "directory.sites.update", { id: site.id, city: "Ailleurs" });
    await expect.poll(() => city.inputValue()).toBe("Ailleurs");
    await admin.getByText("ses changements sont repris ici").waitFor();
    expect(await address.inputValue()).toBe("7 rue de la Saisie");

    await mutate(colleague, "directory.sites.update", { id: site.id, address: "1 rue du Collègue" });
    await admin.getByText("les mêmes champs").waitFor();
    expect(await address.inputValue()).toBe("7 rue de la Saisie");
    await admin.getByRole("button", { name: "Reprendre sa version" }).click();
    expect(await address.inputValue()).toBe("1 rue du Collègue");

    await address.fill("9 rue de la Suite");
    await mutate(colleague, "directory.sites.update", { id: site.id, city: "Encore ailleurs" });
    await expect.poll(() => city.inputValue()).toBe("Encore ailleurs");
    await admin.getByRole("button", { name: "Enregistrer" }).click();
    await admin.getByText("Centre enregistré").waitFor();
    expect(await firstOf("sites", { ids: [site.id] })).toMatchObject({
      address: "9 rue de la Suite",
      city: "Encore ailleurs",
    });
    await expect.poll(() => admin.getByRole("button", { name: "Enregistrer" }).count()).toBe(0);
  });

  it("of the client keeps it too", async () => {
    const client = await firstOf("clients");
    await open(`/fr/dashboard/clients/${client.id}/edit`);
    const name = admin.getByLabel("Nom", { exact: true });
    await name.fill("Saisie en cours");
    await mutate(colleague, "directory.clients.update", { id: client.id, name: "Du collègue" });
    await admin.getByText("les mêmes champs").waitFor();
    expect(await name.inputValue()).toBe("Saisie en cours");
  });
});
