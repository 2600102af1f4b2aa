import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { violationsInBothThemes } from "./axe.ts";
import { confirm, freeSlots, hold, openBooking } from "./booking-page.ts";
import { endJourney, type Journey, startJourney } from "./journey.ts";
import type { Product } from "./product.ts";

/** For what a busy machine may take its time over. */
const limit = { timeout: 20_000 };

let journey: Journey;
let product: Product;
let browser: Browser;
let host: Server;
let hostUrl = "";

beforeAll(async () => {
  journey = await startJourney();
  ({ product, browser } = journey);
  // Somebody's own site, on another origin.
  host = createServer((_request, response) => {
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.end(`<!doctype html><title>My site</title><h1>My site</h1>
      <div id="booker" data-creneau="claire-martin" data-service="visite" data-title="Rendez-vous"></div>
      <script>window.told = []; for (const name of ["ready", "height", "step", "booked"])
        document.addEventListener("creneau:" + name, ({ type, detail }) => told.push({ type, detail }));</script>
      <script src="${product.url}/embed.js" async></script>`);
  });
  await new Promise<void>((done) => host.listen(0, "127.0.0.1", done));
  hostUrl = `http://localhost:${(host.address() as AddressInfo).port}`;
});

afterAll(async () => {
  host?.close();
  await endJourney(journey);
});

const open = (path: string, options = {}) => openBooking(browser, { url: product.url, path, ...options });

describe("a booker on somebody else's site", () => {
  it("is as high as its content, tells what happens, and books", async () => {
    const page = await (await browser.newContext()).newPage();
    await page.goto(hostUrl);
    const told = (type: string) =>
      page.evaluate(
        (wanted) =>
          (window as unknown as { told: { type: string; detail: Record<string, unknown> }[] }).told
            .filter((each) => each.type === wanted)
            .map(({ detail }) => detail),
        type,
      );
    await expect.poll(() => told("creneau:ready").then(({ length }) => length), limit).toBeGreaterThan(0);
    const element = page.locator("#booker iframe");
    const frame = page.frameLocator("#booker iframe");
    const slot = frame.locator('[data-state][data-starts-at]:not([data-state="taken"]):visible').first();
    await slot.waitFor();
    const scrolled = () =>
      frame.locator("html").evaluate((html) => html.scrollHeight - document.documentElement.clientHeight);
    await expect.poll(scrolled, limit).toBe(0);
    const before = (await element.boundingBox())?.height;
    await slot.click();
    await frame.locator("[data-countdown]").waitFor();
    await expect.poll(async () => (await element.boundingBox())?.height, limit).not.toBe(before);
    await expect.poll(scrolled, limit).toBe(0);
    await frame.locator('input[name="name"]').fill("Ina Frame");
    await frame.locator('input[name="email"]').fill("ina@example.org");
    await frame.locator('button[type="submit"]').click();
    await frame.getByRole("heading", { name: "C’est réservé" }).waitFor();
    const [booked] = await told("creneau:booked");
    expect(booked).toMatchObject({ service: "visite", status: "confirmed" });
    // Nothing of who booked, and no link that could be used.
    expect(Object.keys(booked ?? {}).sort()).toEqual(["endsAt", "service", "startsAt", "status"]);
    await expect
      .poll(async () => (await told("creneau:step")).at(-1), limit)
      .toEqual({ step: "confirmation" });
    await page.context().close();
  });

  it("is clean for axe inside its frame", async () => {
    const page = await open("/fr/embed/claire-martin?service=visite");
    await freeSlots(page).first().waitFor();
    expect(await violationsInBothThemes(page), "time").toEqual([]);
    await hold(page, freeSlots(page).first());
    expect(await violationsInBothThemes(page), "details").toEqual([]);
    await page.context().close();
  });

  it("is the only page that may be framed", async () => {
    const policyOf = async (path: string) => {
      const { headers } = await fetch(product.url + path);
      return [
        headers.get("x-frame-options"),
        /frame-ancestors ([^;]+)/.exec(headers.get("content-security-policy") ?? "")?.[1],
      ];
    };
    expect(await policyOf("/fr/embed/claire-martin")).toEqual([null, "*"]);
    for (const path of ["/fr/book/claire-martin", "/fr/sign-in", "/fr/manage/x", "/fr/portal/x"])
      expect(await policyOf(path), path).toEqual(["DENY", "'none'"]);
  });
});

describe("a network of places", () => {
  it("shows the first slots around a town, and takes one straight away", async () => {
    const page = await open("/fr/book/ct-reseau-sud", { viewport: { width: 360, height: 740 } });
    await page.getByRole("searchbox").fill("Marseil");
    const found = page.locator("[data-site]").first();
    await found.waitFor();
    expect(await found.textContent()).toContain("Centre Marseille");
    expect(await violationsInBothThemes(page)).toEqual([]);
    await found.locator("[data-starts-at]").first().click();
    await page.locator("[data-countdown]").waitFor();
    // Back leads to what was found, as it was.
    await page.goBack();
    await found.waitFor();
    expect(await page.getByRole("searchbox").inputValue()).toBe("Marseil");
    await page.getByRole("searchbox").fill("zzyzx");
    await page.getByText("Aucun lieu ne correspond").waitFor();
    await page.context().close();
  });

  it("lets a site, a service and somebody by name be chosen one after the other, each with a way back", async () => {
    const page = await open("/fr/book/ct-reseau-sud", { viewport: { width: 360, height: 740 } });
    // A target for a thumb, as all others.
    await page.getByRole("searchbox").fill("13001");
    const order = page.getByRole("button", { name: "Au plus près" });
    await order.waitFor();
    expect((await order.boundingBox())?.height).toBeGreaterThanOrEqual(44);
    await page.getByRole("searchbox").fill("");
    // The places found give way to the list of all.
    await expect.poll(() => page.locator("[data-site]").count()).toBe(0);
    await page.getByRole("link", { name: /Centre Marseille/ }).click();
    await page.getByRole("link", { name: /Contre-visite/ }).click();
    const who = page.getByLabel("Avec qui ?");
    await who.waitFor();
    expect(await who.inputValue()).toBe("");
    await page.getByRole("link", { name: "Changer de rendez-vous" }).click();
    await page.getByRole("link", { name: "Changer de lieu" }).click();
    await page.getByRole("link", { name: /Centre Marseille/ }).click();
    await page.getByRole("link", { name: /Contre-visite/ }).click();
    await who.waitFor();
    const names = await who.locator("option").allTextContents();
    expect(names[0]).toBe("Sans préférence");
    expect(names.length).toBeGreaterThan(2);
    await who.selectOption({ index: 2 });
    await page.locator("[data-first-available]").click();
    await page.locator("[data-countdown]").waitFor();
    await confirm(page, { name: "Nomi Nale", email: "nomi@example.org" });
    // The summary names whom they asked for, and where.
    await page.locator("dd", { hasText: names[2] ?? "" }).waitFor();
    await page.locator("dd", { hasText: "Centre Marseille" }).waitFor();
    await page.context().close();
  });

  it("asks what changes the price before a start is held straight from the search", async () => {
    const page = await open("/fr/book/ct-reseau-sud?near=Marseille");
    const found = page.locator("[data-site]").first();
    await found.waitFor();
    const offer = (price: string) => page.locator("[data-offer]", { hasText: price }).waitFor();
    await offer("79 €");
    await page.getByLabel("Énergie").selectOption("diesel");
    await offer("84 €");
    await found.locator("[data-starts-at]").first().click();
    await page.locator("[data-countdown]").waitFor();
    await page.getByText("84 €").first().waitFor();
    await confirm(page, { name: "Mona Zout", email: "mona@example.org" });
    await page.getByText("84 €").waitFor();
    await page.context().close();
  });

  it("asks what changes the price", async () => {
    const page = await open("/fr/book/ct-reseau-sud?site=marseille");
    await page.getByRole("link", { name: /Contrôle technique/ }).click();
    await page.getByText("79 €").first().waitFor();
    await page.getByLabel("Énergie").selectOption("diesel");
    await page.getByText("84 €").first().waitFor();
    await hold(page, freeSlots(page).first());
    await confirm(page, { name: "Gaz Oil", email: "gaz@example.org" });
    await page.getByText("84 €").waitFor();
    await page.context().close();
  });
});

/** A date some days from now, `YYYY-MM-DD`. */
const dateIn = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

describe("the mails of a booking", () => {
  it("have links that change nothing when a scanner opens them all", async () => {
    // Not today: what is left of it may soon be too near to be moved.
    const month = new Date();
    month.setUTCMonth(month.getUTCMonth() + 1, 1);
    const page = await open(`/fr/book/dr-leroy?service=suivi&month=${month.toISOString().slice(0, 7)}`);
    await hold(page, freeSlots(page).last());
    const token = await confirm(page, { name: "Ana Mail", email: "ana-mail@example.org" });
    const mails = async () => {
      const { messages } = (await (await fetch(`${product.url}/demo/mailbox.json`)).json()) as {
        messages: { to: unknown; text?: string; html?: string }[];
      };
      return messages.filter((message) => JSON.stringify(message.to).includes("ana-mail@example.org"));
    };
    const input = { manageToken: token };
    const state = async () => {
      const query = encodeURIComponent(JSON.stringify(input));
      return (await fetch(`${product.url}/api/trpc/booking.manage?input=${query}`)).json();
    };
    const links = new Set<string>();
    /** Waits for the mail after so many others, and opens all that is in it as a scanner does. */
    const scan = async (count: number) => {
      await expect.poll(mails, { timeout: 20_000 }).toHaveLength(count);
      const mail = (await mails()).map(({ text, html }) => `${text} ${html}`).join(" ");
      for (const [link] of mail.matchAll(/https?:\/\/[^\s"'<>)]+/g))
        if (link.startsWith(product.url)) links.add(link.replaceAll("&amp;", "&"));
      const before = await state();
      for (const link of links) {
        for (const method of ["GET", "HEAD"])
          expect((await fetch(link, { method })).status, `${method} ${link}`).toBe(200);
      }
      expect(await state()).toEqual(before);
      expect(await mails()).toHaveLength(count);
    };
    await scan(1);
    expect([...links].some((link) => link.includes(`/manage/${token}`))).toBe(true);
    expect([...links].some((link) => link.includes("/portal/"))).toBe(true);
    // Those of a booking that was moved, and of one that is no more.
    const free = page.request.get("/api/trpc/booking.moveSlots", {
      params: { input: JSON.stringify({ ...input, from: dateIn(7), to: dateIn(21) }) },
    });
    const { result } = (await (await free).json()) as {
      result: { data: { days: { slots: { startsAt: string }[] }[] } };
    };
    const startsAt = result.data.days.at(-1)?.slots.at(-1)?.startsAt;
    const post = async (procedure: string, data: object) =>
      expect((await page.request.post(`/api/trpc/booking.${procedure}`, { data })).status()).toBe(200);
    await post("reschedule", { ...input, startsAt });
    await scan(2);
    await post("cancel", input);
    await scan(3);
    expect(await state()).toMatchObject({ result: { data: { status: "cancelled", startsAt } } });
    // The portal behind it offers to book again, with who they are filled in.
    await page.goto([...links].find((link) => link.includes("/portal/")) ?? "");
    await page
      .getByRole("region", { name: "Prendre un nouveau rendez-vous" })
      .getByRole("link")
      .first()
      .click();
    await hold(page, freeSlots(page).first());
    expect(await page.locator('input[name="name"]').inputValue()).toBe("Ana Mail");
    expect(await page.locator('input[name="email"]').inputValue()).toBe("ana-mail@example.org");
    await page.context().close();
  });
});

describe("an address that nothing answers", () => {
  const name = "Aucune page à cette adresse";
  const link = "Ce lien n’ouvre rien";
  /** A document as a browser without JavaScript has it. */
  const contentOf = (html: string) => html.replaceAll(/<script[^>]*>.*?<\/script>/gs, "");
  it.each([
    ["/fr/book/nobody-here", name],
    ["/en/book/nobody-here", "There is no page at this address"],
    ["/fr/embed/nobody-here", name],
    ["/fr/book/dr-leroy/confirmation?booking=nothing", link],
    ["/fr/manage/nothing", link],
    ["/en/portal/nothing", "This link opens nothing"],
    ["/fr/invitation/nothing", "Cette invitation"],
    ["/fr/no-such-page", "Cette page n’existe pas"],
    ["/fr/no/such/page", "Cette page n’existe pas"],
  ])("%s says so with a 404, without JavaScript", async (path, sentence) => {
    const answer = await fetch(product.url + path);
    expect(answer.status).toBe(404);
    const content = contentOf(await answer.text());
    expect(content).toContain(sentence);
    expect(content).toContain('name="robots" content="noindex"');
  });

  it.each([
    "/fr/book/claire-martin?service=visite&month=9999-12",
    "/fr/book/claire-martin?service=visite&slot=%2B275760-09-13T00:00:00.000Z",
    "/fr/book/claire-martin?service=point-video&tz=%2B01:00",
    "/fr/book/claire-martin?service=visite&with=%00&about=%00",
    "/fr/book/claire-martin?site=%00&service=%00",
    "/fr/book/claire-martin/sites?near=%00",
    "/fr/manage/%00?do=move&month=9999-12",
    "/_next/image?url=%2F..%2Fetc%2Fpasswd&w=640&q=75",
    "/_next/image?url=https%3A%2F%2Fexample.org%2Fa.png&w=640&q=75",
    "/_next/image?url=%2Ffr%2Fbook%2Fclaire-martin&w=640&q=75",
  ])("%s is no error of ours", async (path) => {
    const { status } = await fetch(product.url + path);
    expect(status).toBeLessThan(500);
    if (path.startsWith("/_next/image")) expect(status).toBe(404);
  });

  it("is told from one that something answers, whose first free times are there without JavaScript", async () => {
    const answer = await fetch(`${product.url}/fr/book/dr-leroy?service=suivi`);
    expect(answer.status).toBe(200);
    const content = contentOf(await answer.text());
    expect(content).not.toContain(name);
    expect(content).toContain("data-first-available=");
    expect(content).toMatch(/<a[^>]*data-starts-at="/);
  });
});
