import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { violations, violationsInBothThemes } from "./axe.ts";
import { endJourney, type Journey, startJourney } from "./journey.ts";
import type { Product } from "./product.ts";
import { query, signIn } from "./staff.ts";

type Rows<Row> = { items: (Row & { id: string; name: string })[] };

let journey: Journey;
let product: Product;
let browser: Browser;
let admin: Page;

beforeAll(async () => {
  journey = await startJourney();
  ({ product, browser } = journey);
  admin = await signIn(browser, { url: product.url, email: "admin@ct.demo" });
});

afterAll(() => endJourney(journey));

/** What the list shows, by the headings of its rows. */
function rows(page: Page, kind: "sites" | "providers" | "services") {
  return page.locator(`main ul a[href*="/settings/${kind}/"]`);
}

async function firstOf<Row>(page: Page, kind: string, input: object = {}) {
  const { items } = await query<Rows<Row>>(page, `directory.${kind}.list`, input);
  const [first] = items;
  if (!first) throw new Error(`the demo data has no ${kind}`);
  return first;
}

describe("an administrator runs the directory", () => {
  it("creates a site after a refused form that keeps what was typed, and gives it a room", async () => {
    await admin.goto("/fr/settings/sites");
    await admin.getByRole("link", { name: "Nouveau centre" }).click();
    await admin.getByLabel("Ville", { exact: true }).fill("Évreux");
    await admin.getByLabel("Rendez-vous par jour au plus").fill("beaucoup");
    await admin.getByRole("button", { name: "Créer le centre" }).click();
    const name = admin.getByLabel("Nom", { exact: true });
    await expect.poll(() => name.getAttribute("aria-invalid")).toBe("true");
    await expect.poll(() => name.evaluate((field) => field === document.activeElement)).toBe(true);
    const described = (await name.getAttribute("aria-describedby")) ?? "";
    expect(await admin.locator(`[id="${described}"]`).textContent()).toBe("À remplir.");
    expect(await admin.getByLabel("Ville", { exact: true }).inputValue()).toBe("Évreux");
    expect(await admin.getByLabel("Rendez-vous par jour au plus").inputValue()).toBe("beaucoup");
    expect(await violations(admin)).toEqual([]);

    await name.fill("Évreux Centre");
    await admin.getByLabel("Rendez-vous par jour au plus").fill("40");
    await admin.getByRole("button", { name: "Créer le centre" }).click();
    await admin.getByRole("heading", { level: 1, name: "Évreux Centre" }).waitFor();
    await admin.getByLabel("Nouvelle salle").fill("Ligne 1");
    await admin.getByRole("button", { name: "Ajouter", exact: true }).click();
    await admin.getByRole("button", { name: "Renommer Ligne 1" }).click();
    await admin.getByRole("textbox", { name: "Renommer Ligne 1" }).fill("Ligne A");
    await admin.keyboard.press("Enter");
    await admin.getByRole("button", { name: "Renommer Ligne A" }).waitFor();

    const { items } = await query<Rows<{ dailyCapacity: number; roomCount: number; city: string }>>(
      admin,
      "directory.sites.list",
      { search: "evreux" },
    );
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({ dailyCapacity: 40, roomCount: 1, city: "Évreux" });
  });

  it("adds a provider at that site, who must work somewhere", async () => {
    await admin.goto("/fr/settings/providers/new");
    await admin.getByLabel("Nom", { exact: true }).fill("Zoé Lambert");
    await admin.getByRole("button", { name: "Créer le praticien" }).click();
    await admin.getByText("Choisissez au moins un centre.").waitFor();
    await admin.getByRole("checkbox", { name: "Évreux Centre" }).check();
    await admin.getByLabel("Compétences", { exact: true }).fill("VL");
    await admin.keyboard.press("Enter");
    await admin.getByRole("button", { name: "Retirer VL" }).waitFor();
    await admin.getByRole("button", { name: "Créer le praticien" }).click();
    await admin.getByRole("heading", { level: 1, name: "Zoé Lambert" }).waitFor();
    const { items } = await query<Rows<{ skills: string[] }>>(admin, "directory.providers.list", {
      search: "zoe lambert evreux",
    });
    expect(items).toMatchObject([{ name: "Zoé Lambert", skills: ["VL"] }]);
  });

  it("describes a service with a special case, and changes it", async () => {
    await admin.goto("/fr/settings/services/new");
    await admin.getByLabel("Nom", { exact: true }).fill("Contrôle camping-car");
    await admin.getByLabel("Prix", { exact: true }).first().fill("95,50");
    await admin.getByLabel("Délai minimal").fill("2");
    await admin.getByLabel("Unité du délai").selectOption("days");
    await admin.getByRole("button", { name: "Ajouter un cas" }).click();
    await admin.getByRole("button", { name: "Créer le type" }).click();
    await admin.getByText("Indiquez un attribut et sa valeur.").waitFor();
    const line = admin.getByRole("group", { name: "Cas 1" });
    await line.getByLabel("Attribut").fill("fuel");
    await line.getByLabel("Valeur").fill("gpl");
    await line.getByLabel("Prix").fill("110");
    await admin.getByRole("button", { name: "Créer le type" }).click();
    await admin.getByRole("heading", { level: 1, name: "Contrôle camping-car" }).waitFor();
    await admin.getByLabel("Durée (min)").first().fill("75");
    await admin.getByRole("button", { name: "Enregistrer" }).click();
    const toast = admin.getByText("Type enregistré");
    await toast.waitFor();
    // One toaster for all pages of staff: what was said stays in sight. Under the pointer it does not run out.
    await toast.hover();
    await admin.getByRole("navigation").getByRole("link", { name: "Clients" }).first().press("Enter");
    await admin.waitForURL("**/dashboard/clients");
    expect(await toast.count()).toBe(1);
    const service = await firstOf(admin, "services", { search: "camping" });
    expect(service).toMatchObject({
      durationMinutes: 75,
      priceCents: 9550,
      minNoticeMinutes: 2880,
      overrides: [{ when: { fuel: "gpl" }, priceCents: 11000 }],
    });
  });

  it("archives after a question, finds it among the archives and takes it back", async () => {
    const service = await firstOf(admin, "services", { search: "camping" });
    await admin.goto(`/fr/settings/services/${service.id}`);
    await admin.getByRole("button", { name: "Archiver…" }).click();
    await admin.getByRole("dialog").getByRole("button", { name: "Archiver", exact: true }).click();
    await admin.getByRole("button", { name: "Rétablir" }).waitFor();
    await admin.goto("/fr/settings/services?search=camping");
    await admin.getByText("Rien ne correspond").waitFor();
    await admin.getByLabel("Afficher les archives").check();
    await rows(admin, "services").first().click();
    await admin.getByRole("button", { name: "Rétablir" }).click();
    await admin.getByRole("button", { name: "Archiver…" }).waitFor();
    expect(new URL(admin.url()).searchParams.get("search")).toBe("camping");
  });

  it("does not leave a change unsaved without a question", async () => {
    const site = await firstOf<{ city: string }>(admin, "sites", { search: "evreux" });
    await admin.goto(`/fr/settings/sites/${site.id}`);
    const city = admin.getByLabel("Ville", { exact: true });
    await city.fill("Louviers");
    const question = admin.getByRole("dialog", { name: /Quitter sans enregistrer/ });
    const elsewhere = admin.getByRole("link", { name: "Types de rendez-vous" }).first();
    await elsewhere.click();
    await question.getByRole("button", { name: "Rester" }).click();
    await question.waitFor({ state: "detached" });
    expect(await city.inputValue()).toBe("Louviers");
    await elsewhere.click();
    await question.getByRole("button", { name: "Abandonner et quitter" }).click();
    await admin.waitForURL("**/settings/services");
    expect((await firstOf<{ city: string }>(admin, "sites", { search: "evreux" })).city).toBe(site.city);
  });

  it("is told what stands in the way of archiving", async () => {
    const site = await firstOf(admin, "sites", { search: "Marseille" });
    await admin.goto(`/fr/settings/sites/${site.id}`);
    await admin.getByRole("button", { name: "Archiver…" }).click();
    await admin.getByRole("dialog").getByRole("button", { name: "Archiver", exact: true }).click();
    await admin.getByRole("dialog").getByRole("link", { name: "Voir les rendez-vous" }).waitFor();
    expect(await firstOf(admin, "sites", { search: "Marseille" })).toMatchObject({ archivedAt: null });
  });
});

describe("everybody else", () => {
  it("a manager of one site sees it alone, changes it, and cannot change services", async () => {
    const manager = await signIn(browser, { url: product.url, email: "centre@ct.demo" });
    await manager.goto("/fr/settings/sites");
    await expect.poll(() => rows(manager, "sites").count()).toBe(1);
    expect(await manager.getByRole("link", { name: "Nouveau centre" }).count()).toBe(0);
    const other = await firstOf(admin, "sites", { search: "Toulon" });
    await manager.goto(`/fr/settings/sites/${other.id}`);
    await manager.getByText("Cette fiche n’existe pas").waitFor();
    const own = await firstOf(manager, "sites");
    await manager.goto(`/fr/settings/sites/${own.id}`);
    await manager.getByLabel("Téléphone").fill("04 91 00 00 09");
    await manager.getByRole("button", { name: "Enregistrer" }).click();
    await manager.getByText("Centre enregistré").waitFor();
    const service = await firstOf(manager, "services");
    await manager.goto(`/fr/settings/services/${service.id}`);
    await manager.getByText("seule une personne qui les couvre tous").waitFor();
    expect(await manager.getByLabel("Nom", { exact: true }).isDisabled()).toBe(true);
    await manager.context().close();
  });

  it.each(["appel@ct.demo", "claire@immo.demo"])("%s reads and is offered no change", async (email) => {
    const page = await signIn(browser, { url: product.url, email });
    for (const kind of ["sites", "providers", "services"] as const) {
      await page.goto(`/fr/settings/${kind}`);
      await rows(page, kind).first().waitFor();
      expect(await page.getByRole("link", { name: /^Nouveau/ }).count(), kind).toBe(0);
      await rows(page, kind).first().click();
      await page.getByText("Lecture seule.").waitFor();
      expect(await page.getByLabel("Nom", { exact: true }).isDisabled(), kind).toBe(true);
      expect(await page.getByRole("button", { name: /Archiver|Enregistrer|Ajouter/ }).count(), kind).toBe(0);
    }
    await page.goto("/fr/settings/organization");
    await page.getByText("Votre rôle n’ouvre pas cette page").waitFor();
    await page.context().close();
  });
});

it("shows lists and pages in which axe finds nothing, in either theme", async () => {
  for (const kind of ["sites", "providers", "services"] as const) {
    await admin.goto(`/fr/settings/${kind}`);
    await rows(admin, kind).first().waitFor();
    expect(await violationsInBothThemes(admin), kind).toEqual([]);
    await rows(admin, kind).first().click();
    await admin.getByLabel("Nom", { exact: true }).waitFor();
    expect(await violationsInBothThemes(admin), `one of ${kind}`).toEqual([]);
  }
});
