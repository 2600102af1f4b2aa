import { readFile } from "node:fs/promises";
import { openDatabase } from "@creneau/db/database";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { endJourney, type Journey, startJourney } from "./journey.ts";
import type { Product } from "./product.ts";
import { at, quietDay } from "./quiet-week.ts";
import { mutate, query, signIn } from "./staff.ts";

const limit = { timeout: 10_000, interval: 50 };

let journey: Journey;
let product: Product;
let browser: Browser;
let operator: Page;
let admin: Page;

/** The demo's network as it would be at full size: 2 000 sites with six providers each, who offer every service. */
async function grow(adminUrl: string, organizationId: string) {
  const rows = openDatabase({ url: adminUrl });
  const statements = [
    `INSERT INTO site (organization_id, id, name, slug, timezone)
     SELECT $1::uuid, uuid_v7(), 'Zone ' || to_char(n, 'FM0000'), 'zone-' || n, 'Europe/Paris' FROM generate_series(1, 2000) n`,
    `INSERT INTO provider (organization_id, id, name, position)
     SELECT $1::uuid, uuid_v7(), 'Agent ' || to_char(n, 'FM00000'), 1000 + n FROM generate_series(1, 12000) n`,
    `INSERT INTO provider_site (organization_id, provider_id, site_id)
     SELECT $1::uuid, p.id, s.id FROM provider p JOIN site s ON s.organization_id = $1::uuid AND p.organization_id = $1::uuid
       AND p.name LIKE 'Agent %' AND s.slug = 'zone-' || ((p.position - 1001) / 6 + 1)`,
    `INSERT INTO service_provider (organization_id, service_id, provider_id)
     SELECT $1::uuid, v.id, p.id FROM service v, provider p
     WHERE v.organization_id = $1::uuid AND p.organization_id = $1::uuid AND p.name LIKE 'Agent %'`,
    `INSERT INTO appointment (organization_id, id, site_id, provider_id, title, starts_at, ends_at, busy_from, busy_to, status, source, updated_at)
     SELECT $1::uuid, uuid_v7(), s.site_id, p.id, 'Rendez-vous lointain', t.at, t.at + interval '45 minutes', t.at, t.at + interval '45 minutes',
       'confirmed', 'backoffice', now()
     FROM provider p JOIN provider_site s ON s.organization_id = p.organization_id AND s.provider_id = p.id
     CROSS JOIN LATERAL (SELECT date_trunc('hour', now()) + interval '9 days' AS at) t
     WHERE p.organization_id = $1::uuid AND p.name = 'Agent 04325'`,
  ];
  const client = await rows.pool.connect();
  await client.query("BEGIN");
  await client.query("SELECT set_config('app.organization_id', $1, true)", [organizationId]);
  for (const statement of statements) await client.query(statement, [organizationId]);
  await client.query("COMMIT");
  client.release();
  await rows.close();
}

beforeAll(async () => {
  journey = await startJourney();
  ({ product, browser } = journey);
  operator = await signIn(browser, { url: product.url, email: "appel@ct.demo" });
  const { organization } = await query<{ organization: { id: string } }>(operator, "session.me", {});
  await grow(journey.database.adminUrl, organization.id);
  admin = await signIn(browser, { url: product.url, email: "admin@ct.demo" });
});

afterAll(() => endJourney(journey));

/** Bytes that a page and what it asks of the API weigh, scripts and styles aside. */
async function weigh(page: Page, path: string, shown = ".fc-timegrid-col"): Promise<number> {
  let bytes = 0;
  const answers: Promise<void>[] = [];
  const onResponse = (response: Awaited<ReturnType<Page["waitForResponse"]>>) => {
    const { pathname } = new URL(response.url());
    if (pathname !== path && !pathname.startsWith("/api/trpc")) return;
    answers.push(
      response.body().then(
        (body) => {
          bytes += body.byteLength;
        },
        () => undefined,
      ),
    );
  };
  page.on("response", onResponse);
  await page.goto(path);
  await page.locator(shown).first().waitFor();
  await page.waitForLoadState("networkidle");
  page.off("response", onResponse);
  await Promise.all(answers);
  return bytes;
}

describe("the calendar of a network of 2 000 sites", () => {
  it("loads the site it shows and no other", async () => {
    const bytes = await weigh(operator, "/fr/dashboard/calendar");
    expect(bytes).toBeLessThan(1_000_000);
    expect(await operator.content()).not.toContain("Agent 11999");
  });

  it("finds another site by its name, and shows who works there", async () => {
    await operator.getByRole("button", { name: /Filtr/ }).click();
    await operator.getByRole("searchbox", { name: "Chercher un centre" }).fill("zone 1234");
    await operator.getByRole("menuitemcheckbox", { name: "Zone 1234" }).click();
    await expect.poll(() => new URL(operator.url()).searchParams.getAll("site").length, limit).toBe(2);
    await operator.getByRole("menuitemcheckbox", { name: "Agent 07399" }).waitFor();
    await operator.keyboard.press("Escape");
    await operator.reload();
    await operator.getByRole("button", { name: /Filtr/ }).click();
    await operator.getByRole("menuitemcheckbox", { name: "Zone 1234", checked: true }).waitFor();
    await operator.getByRole("menuitemcheckbox", { name: "Agent 07404" }).waitFor();
    await operator.keyboard.press("Escape");
  });

  it("names the site it shows, never claims to show all, and keeps one at least", async () => {
    await operator.goto("/fr/dashboard/calendar?site=all");
    const filter = operator.getByRole("button", { name: /Filtr/ });
    await expect.poll(() => filter.textContent(), limit).toMatch(/^Centre /);
    const name = (await filter.textContent()) ?? "";
    await filter.click();
    const only = operator.getByRole("menuitemcheckbox", { checked: true });
    await only.waitFor();
    expect(await only.textContent()).toBe(name);
    expect(await only.getAttribute("aria-disabled")).toBe("true");
    expect(await operator.getByRole("menuitem", { name: /Tout afficher/ }).count()).toBe(0);
    await operator.getByRole("menuitemcheckbox", { name: "En attente" }).click();
    await operator.getByRole("menuitem", { name: "Tout afficher de ce centre" }).click();
    await expect.poll(() => new URL(operator.url()).searchParams.has("status"), limit).toBe(false);
    await expect.poll(() => filter.textContent(), limit).toBe(name);
    await filter.click();
    await operator.getByRole("searchbox", { name: "Chercher un centre" }).fill("zone 1234");
    await operator.getByRole("menuitemcheckbox", { name: "Zone 1234" }).click();
    // Two may be chosen down to the other one again.
    await operator.getByRole("menuitemcheckbox", { name, disabled: false, checked: true }).click();
    await operator.keyboard.press("Escape");
    await expect.poll(() => filter.textContent(), limit).toBe("Zone 1234");
  });

  it("names whom and where an appointment of another site is, and offers to move it there", async () => {
    await operator.goto("/fr/dashboard/calendar");
    await operator.locator(".fc-timegrid-col").first().waitFor();
    await operator.keyboard.press("/");
    await operator.getByRole("combobox", { name: "Chercher un rendez-vous" }).fill("lointain");
    await operator.getByRole("option", { name: /Rendez-vous lointain/ }).click();
    const panel = operator.getByRole("dialog", { name: "Rendez-vous lointain" });
    await panel.getByText("Agent 04325").waitFor();
    await panel.getByText(/Zone 0721/).waitFor();
    await panel.getByRole("button", { name: "Déplacer" }).click();
    const provider = operator.getByRole("dialog", { name: /Déplacer/ }).getByLabel("Praticien");
    expect(await provider.locator("option:checked").textContent()).toBe("Agent 04325");
    expect(await provider.locator("option", { hasText: "Agent 04321" }).count()).toBe(1);
    await operator.keyboard.press("Escape");
  });
});

describe("the other pages of a network of 2 000 sites", () => {
  it("narrow the table to a site and a provider that are searched, and name who is in it", async () => {
    await operator.goto("/fr/dashboard/appointments");
    const firstRow = operator.locator("tbody tr").first();
    await firstRow.getByText(/Centre /).waitFor();
    await operator.getByRole("button", { name: /^Praticien/ }).click();
    await operator.getByPlaceholder("Chercher un praticien").fill("agent 04321");
    // Where somebody works tells namesakes apart.
    await operator.getByRole("option", { name: "Agent 04321 Zone 0721" }).click();
    await operator.getByRole("heading", { name: /Aucun rendez-vous/ }).waitFor();
    await operator.reload();
    await operator.getByRole("button", { name: "Praticien, Agent 04321" }).waitFor();
    await operator.getByRole("button", { name: /^Centre/ }).click();
    await operator.getByPlaceholder("Chercher un centre").fill("marseille");
    await operator.getByRole("option", { name: /Marseille/ }).click();
    await expect.poll(() => new URL(operator.url()).searchParams.has("site"), limit).toBe(true);
  });

  it("book with a provider who is searched, at the provider's site", async () => {
    await operator.goto("/fr/dashboard/appointments/new");
    await operator.getByLabel("Praticien").click();
    await operator.getByPlaceholder("Chercher un praticien").fill("agent 04321");
    await operator.getByRole("option", { name: "Agent 04321" }).click();
    await operator.getByLabel("Type de rendez-vous").selectOption({ index: 1 });
    await operator.getByLabel("Début").fill("10:00");
    await operator.getByRole("button", { name: "Créer le rendez-vous" }).click();
    // Nobody has given this provider hours: the server was asked, about this provider.
    await operator
      .getByText(/horaires|ouvert/i)
      .first()
      .waitFor();
  });

  it("tell a caller why a time is not possible with somebody who is searched", async () => {
    await operator.goto("/fr/dashboard/operator");
    await operator.getByRole("combobox", { name: "Client" }).fill("06 98 76 54 33");
    await operator.getByRole("option", { name: /Nouveau client/ }).click();
    await operator.getByLabel("Nom").fill("Appel Lointain");
    await operator.keyboard.press("Enter");
    await operator.getByRole("listbox", { name: "Types de rendez-vous" }).getByRole("option").first().click();
    const ask = operator.getByRole("button", { name: "Est-ce possible" });
    await ask.waitFor();
    // Nobody has been chosen, and the first of thousands is not.
    expect(await ask.isEnabled()).toBe(false);
    await operator.getByLabel("Praticien").click();
    await operator.getByPlaceholder("Chercher un praticien").fill("agent 04321");
    await operator.getByRole("option", { name: "Agent 04321" }).click();
    await expect.poll(() => ask.isEnabled(), limit).toBe(true);
    await ask.click();
    // This provider has no hours.
    await operator.getByText("Non, pour cette raison :").waitFor();
  });

  it("export the names of providers and sites that no screen has shown", async () => {
    const people = [];
    let cursor: string | null = null;
    while (people.length < 55) {
      const page: { items: { id: string; name: string }[]; nextCursor: string | null } = await query(
        admin,
        "directory.providers.list",
        { search: "Agent 0", limit: 200, cursor },
      );
      // Six to a site: every sixth is at another one.
      people.push(...page.items.filter(({ name }) => Number(name.slice(6)) % 6 === 1));
      cursor = page.nextCursor;
    }
    const date = quietDay(2);
    // Side by side, or 55 trips would take their time.
    for (let from = 0; from < people.length; from += 10)
      await Promise.all(
        people.slice(from, from + 10).map(({ id, name }) =>
          mutate(admin, "appointments.create", {
            providerId: id,
            startsAt: at(date, "10:00"),
            endsAt: at(date, "10:30"),
            title: `Sujet de ${name}`,
            force: true,
            notify: false,
          }),
        ),
      );
    await admin.goto(`/fr/dashboard/appointments?from=${date}&to=${date}`);
    await expect.poll(() => admin.locator("tbody tr").count(), limit).toBe(50);
    const [download] = await Promise.all([
      admin.waitForEvent("download"),
      admin.getByRole("button", { name: "Exporter en CSV" }).click(),
    ]);
    const lines = (await readFile(await download.path(), "utf8")).trimEnd().split("\r\n").slice(1);
    const named = lines.map((line) => line.split(";").slice(8, 11).join(" · "));
    const expected = people.map(({ name }) => {
      const zone = String((Number(name.slice(6)) - 1) / 6 + 1).padStart(4, "0");
      return `Sujet de ${name} · ${name} · Zone ${zone}`;
    });
    expect(named.toSorted()).toEqual(expected.toSorted());
  });

  it("give a seat over a site that is searched, and name it, without reading the others", async () => {
    const bytes = await weigh(admin, "/fr/settings/members", 'main [role="table"], main ul');
    expect(bytes).toBeLessThan(200_000);
    await admin.getByRole("button", { name: "Inviter" }).click();
    const dialog = admin.getByRole("dialog");
    await dialog.getByLabel("Adresse e-mail").fill("zone@ct.example");
    await dialog.getByLabel("Certains centres").check();
    await dialog.getByLabel("Chercher un centre").fill("zone 1777");
    await dialog.getByRole("checkbox", { name: "Zone 1777" }).check();
    await dialog.getByRole("button", { name: /Envoyer/ }).click();
    const row = admin.getByRole("listitem").filter({ hasText: "zone@ct.example" });
    await row.getByText("Zone 1777").waitFor();
  });
});
