import type { Browser, Page, Response } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { violations } from "./axe.ts";
import { endJourney, type Journey, startJourney } from "./journey.ts";
import type { Product } from "./product.ts";
import { at, quietDay } from "./quiet-week.ts";
import { mutate, query, signIn } from "./staff.ts";

const limit = { timeout: 5_000, interval: 50 };
const secret = "ZÈBRE-INTERNE";

type Named = { id: string; name: string };

let journey: Journey;
let product: Product;
let browser: Browser;
let admin: Page;
let phone: Page;
let provider: Named & { siteIds: string[] };

beforeAll(async () => {
  journey = await startJourney();
  ({ product, browser } = journey);
  [admin, phone] = await Promise.all([
    signIn(browser, { url: product.url, email: "admin@ct.demo" }),
    signIn(browser, { url: product.url, email: "centre@ct.demo", width: 360 }),
  ]);
  const [first] = (await query<{ items: (typeof provider)[] }>(phone, "directory.providers.list", {})).items;
  if (!first) throw new Error("the demo has nobody at this centre");
  provider = first;
});

afterAll(() => endJourney(journey));

/** An appointment that has just begun, with a provider of its own so that nothing stands in its way at any hour. */
async function beginNow(title: string): Promise<{ id: string; path: string }> {
  const { siteIds } = provider;
  const { id: providerId } = await mutate<Named>(admin, "directory.providers.create", {
    name: `Avec ${title}`,
    siteIds,
  });
  const now = Math.floor(Date.now() / 60_000) * 60_000;
  const { appointment } = await mutate<{ appointment: { id: string } }>(admin, "appointments.create", {
    providerId,
    startsAt: new Date(now).toISOString(),
    endsAt: new Date(now + 20 * 60_000).toISOString(),
    title,
    force: true,
    notify: false,
  });
  return { id: appointment.id, path: `/fr/dashboard/today?provider=${providerId}` };
}

const statusOf = async (id: string) =>
  (await query<{ status: string }>(admin, "appointments.byId", { id })).status;

/** Controls on screen that a thumb would miss: less than 44 px high. Links inside text are none. */
async function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [
      ...document.querySelectorAll<HTMLElement>(
        "main button, main select, main input, main a[class*=inline-flex]",
      ),
    ]
      .filter(
        (element) =>
          element.checkVisibility() && !["radio", "checkbox"].includes(element.getAttribute("type") ?? ""),
      )
      .filter((element) => element.getBoundingClientRect().height < 43.5)
      .map((element) => `${element.tagName} ${element.getAttribute("aria-label") ?? element.textContent}`),
  );
}

const overflow = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

describe("the day on a phone", () => {
  it("goes from arrived to completed by one tap each, seen by a colleague at once", async () => {
    const { id, path } = await beginNow("Arrive maintenant");
    await Promise.all([phone.goto(path), admin.goto(path)]);
    const card = (page: Page) => page.locator("li", { hasText: "Arrive maintenant" });
    await Promise.all([card(phone).waitFor(), card(admin).waitFor()]);
    await card(phone).getByRole("button", { name: "Arrivé" }).click();
    await card(admin).getByText("En cours", { exact: true }).waitFor();
    expect(await statusOf(id)).toBe("in_progress");
    await card(phone).getByRole("button", { name: "Terminer" }).click();
    await card(admin).getByText("Terminé", { exact: true }).waitFor();
    expect(await statusOf(id)).toBe("completed");
    await card(phone).getByRole("button", { name: "Reprendre" }).click();
    await expect.poll(() => statusOf(id), limit).toBe("in_progress");
  });

  it("marks who did not come, cancels by one tap and takes it back", async () => {
    const missed = await beginNow("Ne vient pas");
    await phone.goto(missed.path);
    await phone.locator("li", { hasText: "Ne vient pas" }).getByRole("button", { name: "Absent" }).click();
    await expect.poll(() => statusOf(missed.id), limit).toBe("no_show");
    const cancelled = await beginNow("Prévient trop tard");
    await phone.goto(cancelled.path);
    await phone.getByRole("button", { name: "Annuler le rendez-vous de Prévient trop tard" }).click();
    await expect.poll(() => statusOf(cancelled.id), limit).toBe("cancelled");
    await phone.getByRole("button", { name: "Rétablir" }).click();
    await expect.poll(() => statusOf(cancelled.id), limit).toBe("confirmed");
  });

  it("confirms by one tap what waits for it", async () => {
    const from = new Date().toISOString();
    const to = new Date(Date.now() + 20 * 86_400_000).toISOString();
    const waiting = await query<{ items: { id: string; providerId: string; startsAt: string }[] }>(
      phone,
      "appointments.list",
      { from, to, statuses: ["pending"] },
    );
    const last = waiting.items.at(-1);
    if (!last) throw new Error("nothing waits for an answer in the demo");
    const date = last.startsAt.slice(0, 10);
    await phone.goto(`/fr/dashboard/agenda?date=${date}&provider=${last.providerId}`);
    const line = phone
      .locator("main li")
      .filter({ has: phone.locator(`a[href$="${last.id}"]`) })
      .last();
    await line.getByRole("button", { name: "Confirmer" }).click();
    await expect.poll(() => statusOf(last.id), limit).toBe("confirmed");
    await line.getByText("Confirmé", { exact: true }).filter({ visible: true }).waitFor();
  });

  it.each(["today", "agenda", "appointments", "appointments/new", "clients", "clients/new", "operator"])(
    "fits 360 px, with targets for a thumb: %s",
    async (name) => {
      await phone.goto(`/fr/dashboard/${name}`);
      await phone.getByRole("heading", { level: 1 }).waitFor();
      if (!/new|operator/.test(name)) await phone.locator("main li a").first().waitFor();
      else await phone.locator("main input").first().waitFor();
      expect(await overflow(phone)).toBeLessThanOrEqual(0);
      expect(await smallTargets(phone)).toEqual([]);
    },
  );
});

/** The address of the portal in the mail that has come for somebody. */
async function linkMailedTo(email: string): Promise<string> {
  const mailed = async () => {
    const { messages } = (await (await fetch(`${product.url}/demo/mailbox.json`)).json()) as {
      messages: { to: unknown; text?: string }[];
    };
    const mail = messages.find(({ to }) => JSON.stringify(to).includes(email));
    return /https?:\S+\/portal\/\S+/.exec(mail?.text ?? "")?.[0] ?? "";
  };
  await expect.poll(mailed, { timeout: 20_000 }).not.toBe("");
  return mailed();
}

describe("notes", () => {
  it("stay inside until they are shared, in every page of the client", async () => {
    const client = await mutate<Named>(admin, "directory.clients.create", {
      name: "Note Cliente",
      email: "note.cliente@exemple.fr",
    });
    const { appointment } = await mutate<{ appointment: { id: string } }>(admin, "appointments.create", {
      providerId: provider.id,
      startsAt: at(quietDay(0), "10:00"),
      endsAt: at(quietDay(0), "10:30"),
      clientId: client.id,
      force: true,
      notify: false,
    });
    await admin.goto(`/fr/dashboard/appointments/${appointment.id}`);
    await admin.getByLabel("Nouvelle note").fill(`${secret} à vérifier`);
    await admin.getByRole("button", { name: "Ajouter la note interne" }).click();
    const note = admin.getByRole("listitem").filter({ hasText: secret });
    await note.getByText("Interne", { exact: true }).waitFor();
    await admin.getByLabel("Nouvelle note").fill("Apportez vos papiers");
    await admin.getByLabel("L’équipe et le client").check();
    await admin.getByRole("button", { name: "Partager avec le client" }).click();
    await admin.getByRole("listitem").filter({ hasText: "Apportez vos papiers" }).waitFor();
    expect(await admin.getByLabel("L’équipe seulement").isChecked()).toBe(true);

    await admin.goto(`/fr/dashboard/clients/${client.id}`);
    await admin.getByRole("button", { name: "Aperçu" }).click();
    const preview = admin.getByRole("dialog", { name: "Ce que voit Note Cliente" });
    await preview.getByText("Apportez vos papiers").waitFor();
    expect(await preview.getByText(secret).count()).toBe(0);
    expect(await violations(admin)).toEqual([]);
    await admin.keyboard.press("Escape");
    const heard: string[] = [];
    const listen = (response: Response) =>
      void response.text().then(
        (text) => heard.push(text),
        () => undefined,
      );
    admin.on("response", listen);
    await admin.getByRole("button", { name: "Envoyer le lien" }).click();
    await admin.getByText("Lien envoyé à note.cliente@exemple.fr").waitFor();
    const link = await linkMailedTo("note.cliente@exemple.fr");
    await admin.reload();
    await admin.getByText(/Dernier envoi/).waitFor();
    admin.off("response", listen);
    // Staff have it sent, and never hold it.
    expect(heard.join("\n")).not.toContain(link.split("/").at(-1));
    const visitor = await (await browser.newContext()).newPage();
    const said: string[] = [];
    visitor.on("response", (response) => {
      response.text().then(
        (text) => said.push(text),
        () => undefined,
      );
    });
    await visitor.goto(link);
    await visitor.getByText("Apportez vos papiers").waitFor();
    said.push(await visitor.content());
    expect(said.join("\n")).not.toContain(secret);

    await admin.goto(`/fr/dashboard/appointments/${appointment.id}`);
    await note.getByRole("button", { name: "Partager" }).click();
    await admin.getByRole("button", { name: "Oui, partager" }).click();
    await note.getByText("Partagée avec le client").waitFor();
    await visitor.reload();
    await visitor.getByText(secret).waitFor();

    await admin.goto(`/fr/dashboard/clients/${client.id}`);
    await admin.getByRole("button", { name: "Révoquer les liens" }).click();
    await admin.getByRole("dialog").getByRole("button", { name: "Révoquer les liens" }).click();
    await admin.getByText("Les liens ne fonctionnent plus.").waitFor();
    expect((await visitor.reload())?.status()).toBe(404);
    await visitor.context().close();
  });
});

describe("clients", () => {
  it("are found by plate, carry their vehicles' facts, and doubles become one until that is taken back", async () => {
    const keep = await mutate<Named>(admin, "directory.clients.create", {
      name: "Dominique Double",
      phone: "0633333333",
    });
    const double = await mutate<Named>(admin, "directory.clients.create", {
      name: "D. Double",
      phone: "+33633333333",
      email: "d.double@exemple.fr",
    });
    await admin.goto(`/fr/dashboard/clients/${keep.id}`);
    await admin.getByRole("button", { name: "Ajouter un dossier" }).click();
    const dialog = admin.getByRole("dialog", { name: "Ajouter un dossier" });
    await dialog.getByRole("button", { name: "Enregistrer" }).click();
    await expect.poll(() => dialog.getByLabel("Plaque").getAttribute("aria-invalid"), limit).toBe("true");
    await dialog.getByLabel("Plaque").fill("qq-123-qq");
    await dialog.getByLabel("Énergie").fill("diesel");
    await dialog.getByLabel("Kilométrage").fill("120 000");
    await dialog.getByRole("button", { name: "Enregistrer" }).click();
    await dialog.waitFor({ state: "detached" });
    await admin.getByText(/diesel · Kilométrage 120\s000/).waitFor();
    await admin.getByRole("button", { name: "Modifier QQ123QQ" }).click();
    const change = admin.getByRole("dialog", { name: "Modifier le dossier" });
    expect(await change.getByLabel("Kilométrage").inputValue()).toBe("120000");
    await change.getByLabel("Énergie").fill("essence");
    await change.getByRole("button", { name: "Enregistrer" }).click();
    await admin.getByText(/essence · Kilométrage/).waitFor();

    const notice = admin.getByRole("region", { name: "Une autre fiche semble être la même personne" });
    await notice.getByText("même téléphone").waitFor();
    // From the newer and emptier record: the fuller one is proposed all the same.
    await admin.goto(`/fr/dashboard/clients/${double.id}`);
    await notice.getByRole("button", { name: "Comparer et fusionner" }).click();
    const comparison = admin.getByRole("dialog", { name: "Réunir les fiches d’une même personne" });
    const group = (name: string) => comparison.getByRole("group", { name });
    await group("Fiche à garder").getByText("1 dossier").waitFor();
    expect(await group("Fiche à garder").getByLabel("Dominique Double").isChecked()).toBe(true);
    expect(await group("Nom").getByLabel("Dominique Double").isChecked()).toBe(true);
    expect(await violations(admin)).toEqual([]);
    await group("Nom").getByLabel("D. Double").check();
    await comparison.getByRole("button", { name: "Fusionner 2 fiches" }).click();
    await admin.waitForURL(`**/dashboard/clients/${keep.id}`);
    await admin.getByRole("heading", { name: "D. Double", level: 1 }).waitFor();
    await admin.getByText("d.double@exemple.fr").waitFor();
    await admin.getByRole("list").getByText("Dominique Double").waitFor();
    await admin.goto(`/fr/dashboard/clients/${double.id}`);
    await admin.getByText("Cette fiche a été fusionnée avec celle de").waitFor();
    expect(await admin.getByRole("button", { name: "Rétablir" }).count()).toBe(0);

    await admin.goto("/fr/dashboard/clients");
    await admin.getByRole("searchbox").fill("QQ-123");
    await expect.poll(() => admin.locator("main li").count(), limit).toBe(1);
    await admin.getByRole("searchbox").fill("dominique double");
    await expect.poll(() => admin.locator("main li").count(), limit).toBe(1);
    await admin.locator("main li").getByText("Aussi : Dominique Double").waitFor();

    await admin.locator("main li a").click();
    await admin.getByRole("button", { name: "Annuler la fusion" }).click();
    await admin.getByRole("heading", { name: "Dominique Double", level: 1 }).waitFor();
    await notice.getByText("D. Double").waitFor();
    expect(await admin.getByText("d.double@exemple.fr").count()).toBe(0);
  });

  it("are not left half typed without a question", async () => {
    await admin.goto("/fr/dashboard/clients/new");
    const question = admin.getByRole("dialog", { name: /Quitter sans enregistrer/ });
    const elsewhere = admin.getByRole("link", { name: "Rendez-vous" }).first();
    await admin.getByLabel("Nom").fill("À moitié saisi");
    await elsewhere.click();
    await question.getByRole("button", { name: "Rester" }).click();
    await question.waitFor({ state: "detached" });
    expect(await admin.getByLabel("Nom").inputValue()).toBe("À moitié saisi");
    await elsewhere.click();
    await question.getByRole("button", { name: "Abandonner et quitter" }).click();
    await admin.waitForURL("**/dashboard/appointments");
  });

  it("are made with the server's own checks, and double contacts are told", async () => {
    await admin.goto("/fr/dashboard/clients/new");
    await admin.getByRole("button", { name: "Enregistrer" }).click();
    await expect.poll(() => admin.getByLabel("Nom").getAttribute("aria-invalid"), limit).toBe("true");
    await admin.getByLabel("Nom").fill("Client Saisi");
    await admin.getByLabel("E-mail").fill("pas une adresse");
    await admin.getByRole("button", { name: "Enregistrer" }).click();
    await expect.poll(() => admin.getByLabel("E-mail").getAttribute("aria-invalid"), limit).toBe("true");
    await admin.getByLabel("E-mail").fill("");
    await admin.getByLabel("Téléphone").fill("06 33 33 33 33");
    await admin.getByRole("button", { name: "Enregistrer" }).click();
    await admin.getByRole("heading", { name: "Client Saisi", level: 1 }).waitFor();
    await admin
      .getByRole("region", { name: /sembl\w+ être la même personne/ })
      .getByText("Dominique Double")
      .waitFor();
  });
});
