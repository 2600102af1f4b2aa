import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { endJourney, type Journey, startJourney } from "./journey.ts";
import type { Product } from "./product.ts";
import { mutate, query, signIn } from "./staff.ts";

const limit = { timeout: 5_000, interval: 50 };

interface Listed {
  id: string;
  startsAt: string;
  clientName: string | null;
  clientPhone: string | null;
  clientEmail: string | null;
  subjectReference: string | null;
  source: string;
}

let journey: Journey;
let product: Product;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  journey = await startJourney();
  ({ product, browser } = journey);
  page = await signIn(browser, { url: product.url, email: "appel@ct.demo" });
});

afterAll(() => endJourney(journey));

/** The accessible role and name of what has the focus. */
const focused = () =>
  page.evaluate(() => {
    const element = document.activeElement;
    return [element?.getAttribute("role") ?? element?.tagName, element?.getAttribute("aria-label")].join(" ");
  });

async function openDesk(): Promise<void> {
  await page.goto("/fr/dashboard/operator");
  await expect.poll(focused, limit).toBe("combobox Client");
}

/** Types into the box and waits for the answer, as a person does. */
async function find(text: string, option: string): Promise<void> {
  await page.keyboard.type(text);
  await page.getByRole("option", { name: option }).first().waitFor();
}

async function appointmentsOf(search: string): Promise<Listed[]> {
  const from = new Date(Date.now() - 86_400_000).toISOString();
  const to = new Date(Date.now() + 120 * 86_400_000).toISOString();
  return (await query<{ items: Listed[] }>(page, "appointments.list", { from, to, search })).items;
}

/** From the service list on: the first service, the first free start. */
async function bookFirst(): Promise<void> {
  await expect.poll(focused, limit).toBe("listbox Types de rendez-vous");
  await page.keyboard.press("1");
  await expect.poll(focused, limit).toBe("listbox Créneaux les plus proches");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "C’est réservé" }).waitFor();
}

describe("a call taken without a mouse", () => {
  it("books a known client by their plate, and is ready for the next call", async () => {
    const [vehicle] = (
      await query<{ items: { reference: string; clientName: string }[] }>(page, "directory.subjects.list", {
        kind: "vehicle",
        limit: 1,
      })
    ).items;
    const { reference = "", clientName = "" } = vehicle ?? {};
    const before = await appointmentsOf(reference);
    await openDesk();
    await find(reference, clientName);
    await page.keyboard.press("Enter");
    await bookFirst();
    const after = await appointmentsOf(reference);
    expect(after.length).toBe(before.length + 1);
    expect(after.every(({ subjectReference }) => subjectReference === reference)).toBe(true);
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.textContent), limit)
      .toBe("Nouvel appel");
    await page.keyboard.press("Enter");
    await expect.poll(focused, limit).toBe("combobox Client");
  });

  it("books somebody new, known by a phone number alone", async () => {
    await openDesk();
    await find("06 98 76 54 32", "Nouveau client : 06 98 76 54 32");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Enter");
    await expect
      .poll(() => page.getByLabel("Nom").evaluate((field) => field === document.activeElement), limit)
      .toBe(true);
    expect(await page.getByLabel("Téléphone").inputValue()).toBe("06 98 76 54 32");
    await page.keyboard.type("Appel Inconnu");
    await page.keyboard.press("Enter");
    await bookFirst();
    const [made] = await appointmentsOf("Appel Inconnu");
    expect(made).toMatchObject({
      clientName: "Appel Inconnu",
      clientPhone: "+33698765432",
      clientEmail: null,
      source: "operator",
    });
  });

  it("goes back to the caller for a phone number that is none, and loses nothing else", async () => {
    await openDesk();
    await find("Numéro Coupé", "Nouveau client : Numéro Coupé");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Enter");
    const phone = page.getByLabel("Téléphone");
    await expect.poll(() => phone.evaluate((field) => field === document.activeElement), limit).toBe(true);
    await page.keyboard.type("06 12");
    await page.keyboard.press("Enter");
    await page.keyboard.press("1");
    await expect.poll(focused, limit).toBe("listbox Créneaux les plus proches");
    await page.keyboard.press("Enter");
    await expect.poll(() => phone.getAttribute("aria-invalid"), limit).toBe("true");
    await expect.poll(() => phone.evaluate((field) => field === document.activeElement), limit).toBe(true);
    expect(await page.getByLabel("Nom").inputValue()).toBe("Numéro Coupé");
    await phone.fill("06 12 98 76 54");
    await page.keyboard.press("Enter");
    await expect.poll(focused, limit).toBe("listbox Créneaux les plus proches");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "C’est réservé" }).waitFor();
    expect((await appointmentsOf("Numéro Coupé")).map(({ clientPhone }) => clientPhone)).toEqual([
      "+33612987654",
    ]);
  });

  it("asks which vehicle it is about when the caller has several, and goes back without losing a word", async () => {
    const client = await mutate<{ id: string }>(page, "directory.clients.create", { name: "Deux Voitures" });
    for (const reference of ["ZA-111-ZA", "ZB-222-ZB"])
      await mutate(page, "directory.subjects.create", { kind: "vehicle", reference, clientId: client.id });
    await openDesk();
    await find("deux voit", "Deux Voitures");
    await page.keyboard.press("Enter");
    await expect.poll(focused, limit).toMatch(/listbox Pour quel dossier/);
    await page.keyboard.press("Escape");
    await expect.poll(focused, limit).toBe("combobox Client");
    expect(await page.getByRole("combobox", { name: "Client" }).inputValue()).toBe("deux voit");
    await page.getByRole("option", { name: "Deux Voitures" }).waitFor();
    await page.keyboard.press("Enter");
    await page.getByRole("option", { name: /ZA111ZA/ }).waitFor();
    const options = await page.getByRole("option").allTextContents();
    const wanted = options.findIndex((text) => text.includes("ZA111ZA")) + 1;
    await page.keyboard.press(String(wanted));
    await bookFirst();
    expect((await appointmentsOf("ZA111ZA")).map(({ clientName }) => clientName)).toEqual(["Deux Voitures"]);
    expect(await appointmentsOf("ZB222ZB")).toEqual([]);
  });

  it("looks at other days by the arrows, and keeps the focus where a date is typed", async () => {
    await openDesk();
    await find("deux voit", "Deux Voitures");
    await page.keyboard.press("Enter");
    await page.keyboard.press("1");
    await page.keyboard.press("1");
    await expect.poll(focused, limit).toBe("listbox Créneaux les plus proches");
    const date = page.getByLabel("À partir du");
    const today = await date.inputValue();
    const list = page.getByRole("listbox", { name: "Créneaux les plus proches" });
    const first = await list.locator("time").first().getAttribute("datetime");
    await page.keyboard.press("PageDown");
    await expect.poll(() => date.inputValue(), limit).not.toBe(today);
    await expect.poll(() => list.locator("time").first().getAttribute("datetime"), limit).not.toBe(first);
    await expect.poll(focused, limit).toBe("listbox Créneaux les plus proches");
    const later = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10);
    await date.focus();
    await date.fill(later);
    await expect
      .poll(async () => ((await list.locator("time").first().getAttribute("datetime")) ?? "") >= later, limit)
      .toBe(true);
    expect(await date.evaluate((field) => field === document.activeElement)).toBe(true);
  });

  it("tells why a time is not possible", async () => {
    await openDesk();
    await find("deux voit", "Deux Voitures");
    await page.keyboard.press("Enter");
    await page.keyboard.press("1");
    await page.keyboard.press("1");
    await page.getByLabel("Heure souhaitée").fill("03:00");
    // Enter asks nothing before the practitioners are there to ask about.
    await expect
      .poll(() => page.getByRole("button", { name: "Est-ce possible" }).isEnabled(), limit)
      .toBe(true);
    await page.getByLabel("Heure souhaitée").press("Enter");
    await page.getByText("Non, pour cette raison :").waitFor();
    await page
      .getByText(/fermé|horaires/i)
      .first()
      .waitFor();
  });
});

describe("a desk that is not theirs", () => {
  it("is explained to a provider rather than opened", async () => {
    const provider = await signIn(browser, { url: product.url, email: "claire@immo.demo" });
    await provider.goto("/fr/dashboard/operator");
    await provider.getByRole("heading", { name: "Votre rôle n’ouvre pas cette page" }).waitFor();
    expect(await provider.getByRole("link", { name: "Standard" }).count()).toBe(0);
    await provider.context().close();
  });
});
