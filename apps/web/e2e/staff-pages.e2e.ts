import { readFile } from "node:fs/promises";
import { DateTime } from "luxon";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { endJourney, type Journey, startJourney } from "./journey.ts";
import type { Product } from "./product.ts";
import { at, book, quietDay, stored, storedPlace } from "./quiet-week.ts";
import { mutate, query, signIn } from "./staff.ts";

const limit = { timeout: 5_000, interval: 50 };

interface Listed {
  id: string;
  startsAt: string;
  status: string;
  providerId: string;
}

let journey: Journey;
let product: Product;
let browser: Browser;
let secretary: Page;
let doctor: Page;
let doctors: { id: string; name: string }[];
let services: { id: string; name: string }[];

beforeAll(async () => {
  journey = await startJourney();
  ({ product, browser } = journey);
  [secretary, doctor] = await Promise.all([
    signIn(browser, { url: product.url, email: "secretariat@dubois.demo" }),
    signIn(browser, { url: product.url, email: "dubois@dubois.demo" }),
  ]);
  const everyone = await query<{ items: { id: string; name: string }[] }>(
    secretary,
    "directory.providers.list",
    {},
  );
  doctors = everyone.items.toSorted((a, b) => a.name.localeCompare(b.name));
  services = (
    await query<{ items: { id: string; name: string }[] }>(secretary, "directory.services.list", {})
  ).items;
});

afterAll(() => endJourney(journey));

const dubois = () => doctors.find(({ name }) => name.includes("Dubois"))?.id ?? "";
const rows = () => secretary.locator("tbody tr");
const starts = () =>
  secretary
    .locator("tbody time")
    .evaluateAll((all) => all.map((each) => each.getAttribute("datetime") ?? ""));

/** What the table asks for at first: the coming month, of every status. */
async function month(extra: object = {}): Promise<Listed[]> {
  const statuses = ["held", "pending", "confirmed", "in_progress", "completed", "no_show", "cancelled"];
  const address = new URL(secretary.url()).searchParams;
  const first = address.get("from") ?? (await secretary.getByLabel("Du", { exact: true }).inputValue());
  const last = address.get("to") ?? (await secretary.getByLabel("Au", { exact: true }).inputValue());
  const to = new Date(Date.parse(at(last, "00:00")) + 25 * 3_600_000).toISOString().slice(0, 10);
  const range = { from: at(first, "00:00"), to: at(to, "00:00") };
  return (
    await query<{ items: Listed[] }>(secretary, "appointments.list", {
      ...range,
      statuses,
      limit: 1000,
      ...extra,
    })
  ).items;
}

describe("the table of appointments", () => {
  it("is filtered, searched, sorted and paged by the server, and its address says how", async () => {
    await secretary.goto("/fr/dashboard/appointments");
    await expect.poll(() => rows().count(), limit).toBe(50);
    const all = await month();
    expect(all.length).toBeGreaterThan(50);
    await secretary.getByRole("button", { name: "Afficher la suite" }).click();
    await expect.poll(() => rows().count(), limit).toBe(Math.min(100, all.length));
    expect(await starts()).toEqual(all.slice(0, 100).map(({ startsAt }) => startsAt));

    await secretary.getByRole("button", { name: "Date et heure" }).click();
    await expect.poll(async () => (await starts())[0], limit).toBe(all.at(-1)?.startsAt);
    expect(await secretary.locator("th[aria-sort=descending]").count()).toBe(1);

    await secretary.getByLabel("Praticien").selectOption(dubois());
    const own = await month({ providerIds: [dubois()] });
    await expect.poll(async () => (await starts())[0], limit).toBe(own.at(-1)?.startsAt);
    await secretary.getByLabel("Statut").selectOption("cancelled");
    await expect.poll(() => rows().getByText("Confirmé").count(), limit).toBe(0);
    expect(new URL(secretary.url()).search).toContain(`provider=${dubois()}&status=cancelled`);
    await secretary.reload();
    await rows().first().waitFor();
    expect(await secretary.getByLabel("Statut").inputValue()).toBe("cancelled");

    await secretary.getByRole("button", { name: "Effacer les filtres" }).click();
    const { items } = await query<{ items: { clientName: string; startsAt: string }[] }>(
      secretary,
      "appointments.list",
      { from: all[0]?.startsAt, to: all.at(-1)?.startsAt, limit: 1 },
    );
    const name = items[0]?.clientName ?? "";
    await secretary.getByRole("searchbox", { name: "Rechercher" }).fill(name);
    const others = async () => (await rows().allTextContents()).filter((text) => !text.includes(name));
    await expect.poll(others, limit).toEqual([]);
    expect(await rows().count()).toBeGreaterThan(0);
    expect(new URL(secretary.url()).searchParams.get("search")).toBe(name);
  });

  it("is exported whole, with nothing in it that a spreadsheet would run", async () => {
    const { appointment } = await mutate<{ appointment: Listed }>(secretary, "appointments.create", {
      providerId: dubois(),
      startsAt: at(quietDay(1), "10:00"),
      endsAt: at(quietDay(1), "10:30"),
      client: { name: '=HYPERLINK("http://evil.example";"clic")', phone: "0611223344" },
      title: 'Deux; "mots" à part',
      notify: false,
    });
    await secretary.goto(`/fr/dashboard/appointments?to=${quietDay(4)}`);
    await expect.poll(() => rows().count(), limit).toBe(50);
    const all = await month();
    const [download] = await Promise.all([
      secretary.waitForEvent("download"),
      secretary.getByRole("button", { name: "Exporter en CSV" }).click(),
    ]);
    expect(download.suggestedFilename()).toBe("rendez-vous.csv");
    const text = await readFile(await download.path(), "utf8");
    expect(text.startsWith("\uFEFFDate;Début;Fin;")).toBe(true);
    expect(text.trimEnd().split("\r\n")).toHaveLength(all.length + 1);
    const line = text.split("\r\n").find((each) => each.includes("evil"));
    expect(line).toContain(
      `${quietDay(1)};10:00;10:30;Europe/Paris;"'=HYPERLINK(""http://evil.example"";""clic"")";+33611223344;`,
    );
    expect(line).toContain('"Deux; ""mots"" à part"');
    await secretary.getByText(`${all.length} lignes exportées`).waitFor();
    await mutate(secretary, "appointments.cancel", { id: appointment.id, version: 1, notify: false });
  });

  it("keeps its place when the server cannot be reached, and goes on", async () => {
    await secretary.route("**/api/trpc/**appointments.list**", (route) => route.abort());
    await secretary.goto("/fr/dashboard/appointments");
    await secretary
      .getByRole("heading", { name: "Impossible de charger cette liste" })
      .waitFor({ timeout: 20_000 });
    await secretary.unroute("**/api/trpc/**appointments.list**");
    await secretary.getByRole("button", { name: "Réessayer" }).click();
    await rows().first().waitFor();
  });
});

describe("an appointment by its form", () => {
  it("is refused field by field, then made, changed, cancelled and taken back", async () => {
    await secretary.goto("/fr/dashboard/appointments/new");
    await secretary.getByRole("button", { name: "Créer le rendez-vous" }).click();
    await secretary.getByText("Champ obligatoire").or(secretary.locator('p[role="alert"]')).first().waitFor();
    expect(await secretary.getByLabel("Praticien").getAttribute("aria-invalid")).toBe("true");
    expect(await secretary.getByLabel("Début").getAttribute("aria-invalid")).toBe("true");

    await secretary
      .getByLabel("Type de rendez-vous")
      .selectOption(services.find(({ name }) => name === "Consultation")?.id ?? "");
    await secretary.getByLabel("Praticien").selectOption(dubois());
    await secretary.getByLabel("Date", { exact: true }).fill(quietDay(0));
    await secretary.getByLabel("Début").fill("10h");
    await secretary.getByRole("combobox", { name: "Client" }).fill("Formulaire Nouveau");
    await secretary.getByRole("option", { name: /Nouveau client/ }).click();
    await secretary.getByLabel("Téléphone").fill("0612121212");
    await secretary.getByRole("button", { name: "Inviter quelqu’un" }).click();
    const first = secretary.getByRole("group", { name: "Participant 1" });
    await first.getByLabel("Nom").fill("Proche Accompagnant");
    await first.getByLabel("E-mail").fill("proche@");
    await secretary.getByLabel("Prévenir le client").uncheck();
    await secretary.getByRole("button", { name: "Créer le rendez-vous" }).click();
    // An incomplete address is told at its line, and nothing is sent.
    await first.getByRole("alert").waitFor();
    await first.getByLabel("E-mail").fill("");
    await first.getByLabel("Téléphone").fill("06 98 76 54 32");
    await secretary.getByRole("button", { name: "Créer le rendez-vous" }).click();
    await secretary.getByRole("heading", { name: "Formulaire Nouveau", level: 1 }).waitFor();
    await secretary.waitForURL(/appointments\/[0-9a-f-]{36}$/);
    const id = secretary.url().split("/").at(-1) ?? "";
    expect(await storedPlace(secretary, id)).toBe(`${quietDay(0)} 10:00–10:30`);
    await secretary.locator('a[href="tel:+33698765432"]').waitFor();

    await secretary.getByRole("link", { name: "Modifier" }).click();
    await secretary.getByLabel("Début").fill("11:00");
    await secretary.getByLabel("Fin").fill("10:45");
    await secretary.getByRole("button", { name: "Enregistrer" }).click();
    await expect.poll(() => secretary.getByLabel("Fin").getAttribute("aria-invalid"), limit).toBe("true");
    await secretary.getByLabel("Fin").fill("11:45");
    await secretary.getByLabel("Objet").fill("Bilan");
    await secretary.getByRole("button", { name: "Enregistrer" }).click();
    await secretary.getByText(/Isabelle Perrin a modifié/).waitFor();
    await secretary.getByText(/Isabelle Perrin a déplacé le rendez-vous du .*10:00 au .*11:00/).waitFor();
    expect(await storedPlace(secretary, id)).toBe(`${quietDay(0)} 11:00–11:45`);

    await secretary.getByRole("button", { name: "Inviter quelqu’un" }).click();
    const invitation = secretary.getByRole("form", { name: "Inviter quelqu’un" });
    await invitation.getByLabel("Nom").fill("Ami Invité");
    await invitation.getByRole("button", { name: "Inviter" }).click();
    await secretary.getByLabel("Réponse de Ami Invité").selectOption("accepted");
    await secretary.getByText("Isabelle Perrin a noté la réponse de Ami Invité").waitFor();

    await secretary.getByRole("button", { name: "Annuler le rendez-vous" }).click();
    await secretary.getByText("Annulé", { exact: true }).waitFor();
    await secretary.getByRole("button", { name: "Rétablir" }).click();
    await secretary.getByText("Confirmé", { exact: true }).waitFor();
  });

  it("is offered the nearest free times when its place is taken", async () => {
    const from = new Date(Date.now() + 2 * 86_400_000).toISOString();
    const to = new Date(Date.now() + 16 * 86_400_000).toISOString();
    const { items } = await query<{ items: Listed[] }>(secretary, "appointments.list", {
      from,
      to,
      providerIds: [dubois()],
      statuses: ["confirmed"],
    });
    const taken = DateTime.fromISO(items[0]?.startsAt ?? "", { zone: "Europe/Paris" });
    const service = services.find(({ name }) => name === "Consultation")?.id ?? "";
    await secretary.goto(`/fr/dashboard/appointments/new?provider=${dubois()}&date=${taken.toISODate()}`);
    await secretary.getByLabel("Type de rendez-vous").selectOption(service);
    await secretary.getByLabel("Début").fill(taken.toFormat("HH:mm"));
    await secretary.getByLabel("Objet").fill("Décalé");
    await secretary.getByRole("button", { name: "Créer le rendez-vous" }).click();
    await secretary.getByRole("heading", { name: "Ce créneau n’est pas possible" }).waitFor();
    expect(await secretary.getByRole("button", { name: "Forcer quand même" }).count()).toBe(0);
    const choice = secretary
      .getByRole("alert")
      .getByRole("button", { name: /\d\d:\d\d/ })
      .first();
    const [, offered] = (await choice.textContent())?.match(/(\d\d:\d\d)/) ?? [];
    await choice.click();
    await secretary.waitForURL(/appointments\/[0-9a-f-]{36}$/);
    const id = secretary.url().split("/").at(-1) ?? "";
    expect(await storedPlace(secretary, id)).toMatch(new RegExp(` ${offered}–`));
    expect((await stored(secretary, id)).title).toBe("Décalé");
  });

  it("loses no word of two people who change it at once", async () => {
    const { id, version } = await book(secretary, {
      providerId: dubois(),
      date: quietDay(3),
      time: "10:00",
      title: "Avant",
    });
    await secretary.goto(`/fr/dashboard/appointments/${id}/edit`);
    await secretary.getByLabel("Objet").fill("Mon objet");
    await secretary.getByLabel("Message").fill("Mon message");
    await mutate(doctor, "appointments.update", { id, version, title: "Son objet", notify: false });
    const { version: next } = await stored(doctor, id);
    await mutate(doctor, "appointments.move", {
      id,
      version: next,
      startsAt: at(quietDay(3), "11:00"),
      endsAt: at(quietDay(3), "11:30"),
      notify: false,
    });

    await secretary.getByRole("button", { name: "Enregistrer", exact: true }).click();
    const notice = secretary
      .getByRole("alert")
      .filter({ hasText: "a modifié ce rendez-vous pendant votre saisie" });
    await notice.getByRole("heading", { name: /Dr Anne Dubois/ }).waitFor();
    await notice.getByText("Maintenant enregistré : Son objet".replace(" :", "\u202f:")).waitFor();
    expect(await secretary.getByLabel("Objet").inputValue()).toBe("Mon objet");
    expect(await secretary.getByLabel("Message").inputValue()).toBe("Mon message");
    expect(await secretary.getByLabel("Début").inputValue()).toBe("11:00");
    await notice.getByRole("button", { name: "Reprendre la valeur enregistrée" }).click();
    expect(await secretary.getByLabel("Objet").inputValue()).toBe("Son objet");
    await notice.getByRole("button", { name: "Enregistrer ma saisie" }).click();
    await secretary.waitForURL(/appointments\/[0-9a-f-]{36}$/);
    expect(await storedPlace(secretary, id)).toBe(`${quietDay(3)} 11:00–11:30`);
    const kept = await query<{ title: string; description: string }>(secretary, "appointments.byId", { id });
    expect([kept.title, kept.description]).toEqual(["Son objet", "Mon message"]);
  });

  it("warns that somebody else has it open, and tells of a cancellation without losing what was typed", async () => {
    const { id, version } = await book(secretary, {
      providerId: dubois(),
      date: quietDay(4),
      time: "10:00",
      title: "Ouvert deux fois",
    });
    await doctor.goto(`/fr/dashboard/appointments/${id}/edit`);
    await secretary.goto(`/fr/dashboard/appointments/${id}/edit`);
    await secretary
      .getByText(/Dr Anne Dubois/)
      .first()
      .waitFor();
    await secretary.getByLabel("Objet").fill("Trop tard");
    await mutate(doctor, "appointments.cancel", { id, version, notify: false });
    await secretary.getByRole("button", { name: "Enregistrer", exact: true }).click();
    await secretary.getByText("Il a été annulé").waitFor();
    expect(await secretary.getByLabel("Objet").inputValue()).toBe("Trop tard");
    expect(await secretary.getByRole("button", { name: "Enregistrer ma saisie" }).count()).toBe(0);
  });
});

describe("the way around", () => {
  it("is found by words in the palette, accents and case aside", async () => {
    await secretary.goto("/fr/dashboard/agenda");
    await secretary.getByRole("heading", { level: 1 }).waitFor();
    await secretary.keyboard.press("Control+k");
    const palette = secretary.getByRole("dialog", { name: "Aller à" });
    await palette.waitFor();
    await secretary.keyboard.type("NOUVEAU rdv");
    await palette.getByText("Rien de trouvé.").waitFor();
    await secretary.keyboard.press("Control+a");
    await secretary.keyboard.type("horair");
    await palette.getByRole("option", { name: "Horaires" }).waitFor();
    await secretary.keyboard.press("Enter");
    await secretary.waitForURL("**/dashboard/availability**");
  });

  it("stays in sight on a page that does not exist", async () => {
    for (const [locale, title] of [
      ["fr", "Cette page n’existe pas"],
      ["en", "This page does not exist"],
    ]) {
      for (const path of ["dashboard/nowhere", "dashboard/no/where", "settings/nowhere"]) {
        const answer = await secretary.goto(`/${locale}/${path}`);
        expect(answer?.status(), path).toBe(404);
        await secretary.getByRole("heading", { name: title }).waitFor();
        await secretary.getByRole("navigation").getByRole("link").first().waitFor();
      }
      await secretary
        .getByRole("main")
        .getByRole("link", { name: /agenda|calendar/ })
        .click();
      await secretary.waitForURL(`**/${locale}/dashboard/calendar**`);
    }
  });

  const unknown = "0198c0de-0000-7000-8000-000000000001";
  it.each([
    [`dashboard/appointments/${unknown}`, "Ce rendez-vous n’existe pas"],
    ["dashboard/appointments/nothing/edit", "Ce rendez-vous n’existe pas"],
    [`dashboard/clients/${unknown}`, "Ce client n’existe pas"],
    ["dashboard/clients/nothing/edit", "Ce client n’existe pas"],
    [`settings/sites/${unknown}`, "Cette fiche n’existe pas"],
    ["settings/services/nothing", "Cette fiche n’existe pas"],
  ])("stays in sight at %s, where nothing is", async (path, title) => {
    const answer = await secretary.goto(`/fr/${path}`);
    expect(answer?.status()).toBe(404);
    await secretary.getByRole("heading", { name: title }).waitFor();
    await secretary.getByRole("navigation").getByRole("link").first().waitFor();
  });

  it("answers otherwise where something is", async () => {
    const { items } = await query<{ items: { id: string }[] }>(secretary, "directory.sites.list", {});
    const answer = await secretary.goto(`/fr/settings/sites/${items[0]?.id}`);
    expect(answer?.status()).toBe(200);
  });
});
