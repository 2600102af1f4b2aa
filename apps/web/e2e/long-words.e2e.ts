import { createHash } from "node:crypto";
import { renderMail } from "@creneau/api/messages/render-mail";
import { type Database, openDatabase } from "@creneau/db/database";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { confirm, freeSlots, hold, openBooking, openDays } from "./booking-page.ts";
import { endJourney, type Journey, startJourney } from "./journey.ts";
import { mutate, signIn } from "./staff.ts";
import { mailedLink } from "./team.ts";
import { behind } from "./tenant-rows.ts";

const widths = [320, 360, 768] as const;
/** A word of 150 characters that nothing allows to break, as some languages and addresses have them. */
const word = `${"Électroencéphalographiquement".repeat(6)}`.slice(0, 150);

let journey: Journey;
let rows: Database;
let browser: Browser;

beforeAll(async () => {
  journey = await startJourney();
  ({ browser } = journey);
  rows = openDatabase({ url: journey.database.adminUrl });
  for (const name of ["claire-martin", "ct-reseau-sud"]) {
    for (const statement of [
      "UPDATE organization SET name = $w",
      "UPDATE site SET name = $w || ' ' || name, address = $w, city = $w || city, phone = '+33472000000'",
      "UPDATE provider SET name = $w || ' ' || name, title = $w",
      "UPDATE service SET name = $w || ' ' || name, description = $w",
    ]) {
      await behind(rows, name, statement.replaceAll("$w", `'${word}'`));
    }
  }
  // What was written behind the server's back reaches it with the next look into the log.
  await new Promise((done) => setTimeout(done, 1_500));
});

afterAll(async () => {
  await rows?.close();
  await endJourney(journey);
});

const open = (path: string) => openBooking(browser, { url: journey.product.url, path });

/** What reaches further right than the window at one of the widths; empty where all of it can be read. */
async function overflow(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const width of widths) {
    await page.setViewportSize({ width, height: 740 });
    // A frame for the new width.
    await page.evaluate(
      () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
    );
    const wide = await page.evaluate(() => {
      const limit = document.documentElement.clientWidth;
      const isClipped = (element: Element) => {
        for (let each: Element | null = element; each; each = each.parentElement) {
          const { overflowX, position } = getComputedStyle(each);
          if (
            overflowX === "hidden" ||
            overflowX === "clip" ||
            (position === "absolute" && each.clientWidth <= 1)
          )
            return true;
        }
        return false;
      };
      const beyond = [...document.body.querySelectorAll("*")].filter(
        (each) => each.getBoundingClientRect().right > limit + 1 && !isClipped(each),
      );
      const names = beyond.slice(0, 3).map((each) => `${each.tagName}.${each.className}`.slice(0, 90));
      const scroll = document.documentElement.scrollWidth;
      return scroll > limit || names.length > 0 ? [`${scroll} > ${limit}: ${names.join(" | ")}`] : [];
    });
    found.push(...wide);
  }
  return found;
}

describe.each(["book", "embed"])("a word of 150 characters on the pages under /%s", (kind) => {
  it("never pushes the choice of a service, a day, a time, or the details wider than the window", async () => {
    const page = await open(`/fr/${kind}/claire-martin`);
    await page.getByRole("heading", { level: 2 }).first().waitFor();
    expect(await page.getByText(word).count()).toBeGreaterThan(3);
    expect(await overflow(page), "services").toEqual([]);
    await page.goto(`/fr/${kind}/claire-martin?service=estimation`);
    await openDays(page).first().waitFor();
    expect(await overflow(page), "days").toEqual([]);
    await page.goto(`/fr/${kind}/claire-martin?service=estimation&month=2031-01`);
    await page.locator("[data-wait]").waitFor();
    expect(await overflow(page), "nothing free").toEqual([]);
    await page.goto(`/fr/${kind}/claire-martin?service=estimation`);
    await openDays(page).last().click();
    await freeSlots(page).first().waitFor();
    expect(await overflow(page), "times").toEqual([]);
    await hold(page, freeSlots(page).first());
    await page.locator('input[name="name"]').fill(word);
    await page.locator('textarea[name="message"]').fill(word);
    await page.locator('button[type="submit"]').click();
    expect(await overflow(page), "details").toEqual([]);
    await confirm(page, { name: word, email: `${kind}@${"long".repeat(12)}.example.org` });
    await page.getByRole("heading", { level: 1 }).waitFor();
    expect(await overflow(page), "confirmation").toEqual([]);
    await page.goto(`/fr/${kind}/claire-martin?service=estimation&wait=1`);
    await page.locator('input[name="name"]').fill(word);
    await page.locator('input[name="email"]').fill(`${kind}@${"long".repeat(12)}.example.org`);
    expect(await overflow(page), "wish").toEqual([]);
    await page.locator('button[type="submit"]').click();
    await page.getByText("vous êtes sur la liste").waitFor();
    expect(await overflow(page), "on the list").toEqual([]);
    await page.context().close();
  });

  it("nor the choice of a site", async () => {
    const page = await open(`/fr/${kind}/ct-reseau-sud/sites`);
    await page.getByRole("heading", { level: 2 }).first().waitFor();
    expect(await overflow(page), "sites").toEqual([]);
    await page.getByRole("searchbox").fill("Marseille");
    await page.locator("[data-site]").first().waitFor();
    expect(await overflow(page), "found").toEqual([]);
    await page.context().close();
  });
});

describe("a word of 150 characters on a client's own pages", () => {
  it("never pushes booking, portal and wish wider than the window", async () => {
    const page = await open("/fr/book/claire-martin?service=point-video");
    await freeSlots(page).first().waitFor();
    await openDays(page).last().click();
    await hold(page, freeSlots(page).last());
    const token = await confirm(page, { name: `Own ${word}`, email: "own@example.org" });
    const portal = "a-portal-token-of-long-words";
    const [client] = await behind<{ id: string }>(
      rows,
      "claire-martin",
      `UPDATE client SET portal_token_hash = '${createHash("sha256").update(portal).digest("base64url")}'
       WHERE name LIKE 'Own %' RETURNING id`,
    );
    await behind(
      rows,
      "claire-martin",
      `WITH shared AS (INSERT INTO note (organization_id, id, appointment_id, kind, author_user_id, body, shared_at, created_at, updated_at)
         SELECT a.organization_id, gen_random_uuid(), a.id, 'shared', p.user_id, '${word}', now(), now(), now()
         FROM appointment a JOIN provider p ON p.id = a.provider_id WHERE a.client_id = '${client?.id}')
       UPDATE appointment SET location_detail = 'https://meet.example.org/${word}' WHERE client_id = '${client?.id}'`,
    );
    for (const path of [`/fr/manage/${token}`, `/fr/manage/${token}?do=cancel`, `/fr/portal/${portal}`]) {
      await page.goto(path);
      await page.getByText("meet.example.org").first().waitFor();
      expect(await overflow(page), path).toEqual([]);
    }
    await page.goto(`/fr/manage/${token}?do=move`);
    await openDays(page).last().click();
    expect(await overflow(page), "times to move to").toEqual([]);
    await freeSlots(page).first().click();
    await page.getByRole("heading", { name: "Déplacer votre rendez-vous" }).waitFor();
    expect(await overflow(page), "question").toEqual([]);

    await page.goto("/fr/book/claire-martin?service=estimation&wait=1");
    await page.locator('input[name="name"]').fill(word);
    await page.locator('input[name="email"]').fill("waits@example.org");
    await page.locator('button[type="submit"]').click();
    await page.getByRole("link", { name: "Voir ma demande" }).click();
    await page.getByRole("heading", { name: "Votre demande" }).waitFor();
    expect(await overflow(page), "wish").toEqual([]);
    await page.context().close();
  });

  it("nor an invitation", async () => {
    const owner = await signIn(browser, { url: journey.product.url, email: "admin@immo.demo" });
    const email = `${"long".repeat(14)}@example.org`;
    await mutate(owner, "members.invite", { email, role: "provider" });
    const page = await open(new URL(await mailedLink(owner, { email, part: "/invitation/" })).pathname);
    await page.getByText(email).waitFor();
    expect(await overflow(page)).toEqual([]);
    await Promise.all([page.context().close(), owner.context().close()]);
  });

  it("nor any mail, as text or as HTML", async () => {
    const page = await open("/demo/mailbox");
    expect(await overflow(page), "mailbox").toEqual([]);
    const mails = await page
      .locator('a[href^="/demo/mailbox/"]')
      .evaluateAll((all) => all.map((each) => (each as HTMLAnchorElement).href));
    expect(mails.length).toBeGreaterThan(0);
    for (const mail of mails) {
      await page.goto(mail);
      expect(await overflow(page), mail).toEqual([]);
    }
    const { html } = renderMail({
      locale: "fr",
      sender: word,
      paragraphs: [word],
      rows: [{ label: "Rendez-vous", value: word }],
      action: { label: word, url: "https://example.org" },
      links: [{ label: word, url: "https://example.org" }],
      closing: word,
    });
    await page.setContent(
      html.replace("<head>", '<head><meta name="viewport" content="width=device-width">'),
    );
    expect(await overflow(page), "HTML").toEqual([]);
    await page.context().close();
  });
});
