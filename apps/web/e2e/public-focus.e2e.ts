import { type Database, openDatabase } from "@creneau/db/database";
import type { Browser, Frame, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { freeSlots, hold, openBooking, openDays } from "./booking-page.ts";
import { endJourney, type Journey, startJourney } from "./journey.ts";
import { behind } from "./tenant-rows.ts";

/** For what a busy machine may take its time over. */
const limit = { timeout: 15_000 };

let journey: Journey;
let rows: Database;
let browser: Browser;

beforeAll(async () => {
  journey = await startJourney();
  ({ browser } = journey);
  rows = openDatabase({ url: journey.database.adminUrl });
  // More time is offered at once.
  await behind(rows, "claire-martin", "UPDATE organization SET hold_minutes = 2");
});

afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
});

afterAll(async () => {
  await rows?.close();
  await endJourney(journey);
});

const open = (path: string, options = {}) =>
  openBooking(browser, { url: journey.product.url, path, ...options });

let daysGiven = 6;

/** A working day with many free times that no other test uses, `YYYY-MM-DD`. */
function anotherDay(): string {
  daysGiven++;
  const day = new Date(Date.now() + daysGiven * 86_400_000);
  return day.getUTCDay() === 0 || day.getUTCDay() === 6 ? anotherDay() : day.toISOString().slice(0, 10);
}

const visit = () => `/fr/book/claire-martin?service=visite&date=${anotherDay()}`;

/** What has the focus, by its words; "BODY" when nothing has. */
function focused(page: Page | Frame): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body) return "BODY";
    const name = element.getAttribute("aria-label") ?? element.getAttribute("name") ?? "";
    return [element.tagName, element.id, name, element.textContent?.trim().slice(0, 120)].join(" ");
  });
}

/** Waits until the focus rests on what the words name, and sees that it stays there. */
async function restsOn(page: Page | Frame, words: RegExp): Promise<void> {
  await expect.poll(() => focused(page), limit).toMatch(words);
  await page.waitForTimeout(250);
  expect(await focused(page)).toMatch(words);
}

/** A page that takes keys: what was drawn by the server alone takes none. */
async function alive(page: Page): Promise<void> {
  await page.waitForLoadState("networkidle");
}

/** Puts the focus where somebody at a keyboard would have it, and presses. */
async function press(page: Page | Frame, selector: string, key = "Enter"): Promise<void> {
  const target = page.locator(selector).first();
  await target.focus();
  await target.press(key);
}

/** Calls the API as some other visitor. */
async function post(procedure: string, input: object): Promise<Record<string, string>> {
  const response = await fetch(`${journey.product.url}/api/trpc/${procedure}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(input),
  });
  const text = await response.text();
  expect(response.status, text).toBe(200);
  return (JSON.parse(text) as { result: { data: Record<string, string> } }).result.data;
}

/** Takes a start as somebody else, behind the page's back. */
async function takeElsewhere(startsAt: string, serviceSlug = "visite"): Promise<void> {
  await post("booking.hold", { username: "claire-martin", serviceSlug, startsAt });
}

describe("the focus of a visitor who chooses", () => {
  it("goes to the question of the next screen after a service, and back to the services", async () => {
    const page = await open("/fr/book/claire-martin");
    await alive(page);
    await press(page, 'a[href*="service=visite"]');
    await restsOn(page, /Choisir un jour et une heure/);
    await press(page, 'a:has-text("Changer de rendez-vous")');
    await restsOn(page, /Pour quel rendez-vous/);
  });

  it("goes to the next screen after a site, and stays through a search", async () => {
    const page = await open("/fr/book/ct-reseau-sud/sites");
    await alive(page);
    await page.getByRole("searchbox").fill("Marseille");
    await page.locator("[data-site]").first().waitFor(limit);
    await restsOn(page, /INPUT/);
    await press(page, 'button:has-text("Au plus près")');
    await restsOn(page, /Au plus près/);
    await press(page, 'button:has-text("Chercher plus loin")');
    await restsOn(page, /lieux? trouvés?/);
    await press(page, '[data-site] a[href*="site="]');
    await restsOn(page, /Pour quel rendez-vous|Choisir un jour/);
  });

  it("goes to the times of a day, and from one day to another, up to the last", async () => {
    const page = await open("/fr/book/claire-martin?service=visite", {
      viewport: { width: 360, height: 740 },
    });
    await alive(page);
    await openDays(page).first().waitFor(limit);
    await press(page, '[role="grid"] [aria-disabled="false"]');
    await restsOn(page, /slots-heading/);
    const next = '[aria-label="Jour suivant"]';
    while ((await page.locator(next).getAttribute("aria-disabled")) === "false") {
      await press(page, next);
      await restsOn(page, /slots-heading/);
    }
    await press(page, next);
    await restsOn(page, /Jour suivant|slots-heading/);
    await press(page, ':text("Choisir un autre jour")');
    await restsOn(page, /Choisir un jour et une heure|data-date|BUTTON|A /);
  });

  it("stays on the arrow of the months at the last one", async () => {
    const page = await open("/fr/book/claire-martin?service=visite");
    await alive(page);
    const next = '[aria-label="Mois suivant"]';
    for (let month = 0; month < 24; month++) {
      await press(page, next);
      await restsOn(page, /Mois suivant/);
      if ((await page.locator(next).getAttribute("aria-disabled")) === "true") break;
    }
    expect(await page.locator(next).getAttribute("aria-disabled")).toBe("true");
    await press(page, next);
    await restsOn(page, /Mois suivant/);
  });

  it("stays on the zone while one is tried after the other", async () => {
    const page = await open("/fr/book/claire-martin?service=point-video", { timezoneId: "Asia/Kathmandu" });
    await alive(page);
    await press(page, 'button:text-is("Changer")');
    await restsOn(page, /SELECT/);
    await page.keyboard.press("ArrowDown");
    await restsOn(page, /SELECT/);
    await page.keyboard.press("Tab");
    await expect.poll(() => focused(page), limit).not.toBe("BODY");
  });

  it("stays on a time that somebody else takes under it", async () => {
    const page = await open(visit());
    await alive(page);
    const slot = freeSlots(page).nth(1);
    const startsAt = (await slot.getAttribute("data-starts-at")) ?? "";
    await slot.focus();
    await takeElsewhere(startsAt);
    await page.locator(`[data-starts-at="${startsAt}"][data-state="taken"]`).waitFor(limit);
    await restsOn(page, /n’est plus libre/);
    await page.keyboard.press("Enter");
    await page.waitForTimeout(300);
    expect(new URL(page.url()).searchParams.get("slot")).toBeNull();
  });

  it("goes to what says that a time is gone, each time", async () => {
    const page = await open(visit());
    await alive(page);
    await page.route("**/booking.onSlots*", (route) => route.abort());
    for (let round = 0; round < 2; round++) {
      const slot = freeSlots(page).last();
      const startsAt = (await slot.getAttribute("data-starts-at")) ?? "";
      // The live line may tell first: the request is held up until the other has it.
      await page.route("**/booking.hold", async (route) => {
        await takeElsewhere(startsAt);
        await route.continue();
      });
      await slot.focus();
      await slot.press("Enter");
      await restsOn(page, /vient d’être pris/);
      await page.unroute("**/booking.hold");
    }
    // One of the nearest, by keyboard.
    await press(page, "[data-alternative]");
    await restsOn(page, /Vos coordonnées/);
  });

  it("goes to what failed, and to the times once they come", async () => {
    const page = await open("/fr/book/claire-martin?service=visite", {
      viewport: { width: 360, height: 740 },
    });
    await alive(page);
    await page.route("**/booking.slots?*", (route) => route.abort("connectionreset"));
    await press(page, '[aria-label="Mois suivant"]');
    await page.getByText("Les créneaux n’ont pas pu être chargés.").waitFor(limit);
    await page.unroute("**/booking.slots?*");
    await press(page, 'button:has-text("Réessayer")');
    await openDays(page).first().waitFor(limit);
    await expect.poll(() => focused(page), limit).not.toBe("BODY");
  });
});

describe("the focus of a visitor who confirms", () => {
  /** Holds a time; `giveBack` ends the hold without a word to the page, `lose` gives it to somebody else. */
  async function holding(page: Page) {
    await alive(page);
    const held = page.waitForResponse("**/booking.hold");
    const startsAt = await hold(page, freeSlots(page).first());
    const { result } = (await (await held).json()) as { result: { data: { holdToken: string } } };
    await page.locator('input[name="email"]').fill("zoe@example.org");
    await page.locator('input[name="name"]').fill("Zoé Lemaître");
    const giveBack = () => post("booking.releaseHold", { holdToken: result.data.holdToken });
    return { giveBack, lose: () => giveBack().then(() => takeElsewhere(startsAt)) };
  }

  it("goes to the time that was added", async () => {
    const page = await open(visit());
    await holding(page);
    await press(page, 'button:has-text("Demander plus de temps")');
    await restsOn(page, /Du temps vous a été ajouté/);
  });

  it("goes to what says that the time is gone, which no longer advises to confirm", async () => {
    const page = await open(visit());
    const { lose } = await holding(page);
    await lose();
    await press(page, 'button[type="submit"]');
    await restsOn(page, /Ce créneau n’est plus libre/);
    const told = await page.locator("main").innerText();
    expect(told).not.toMatch(/confirmez|Confirmer le rendez-vous|réessayez/i);
    expect(await page.locator('input[name="name"]').inputValue()).toBe("Zoé Lemaître");
    expect(await page.locator("[data-alternative]").count()).toBe(3);
    await press(page, "[data-alternative]");
    await page.locator("[data-countdown]").waitFor(limit);
    expect(await focused(page)).not.toBe("BODY");
    await press(page, 'button[type="submit"]');
    await page.waitForURL("**/confirmation?booking=*");
    await restsOn(page, /C’est réservé/);
  });

  it("goes back to the times from there too", async () => {
    const page = await open(visit());
    const { lose } = await holding(page);
    await lose();
    // From a field, as most people confirm.
    await press(page, 'input[name="email"]');
    await restsOn(page, /Ce créneau n’est plus libre/);
    await press(page, 'button:has-text("Choisir une autre heure")');
    await restsOn(page, /Choisir un jour et une heure/);
    await hold(page, freeSlots(page).first());
    expect(await page.locator('input[name="name"]').inputValue()).toBe("Zoé Lemaître");
  });

  it("stays in the field while the time runs out, and confirms when it is still free", async () => {
    const page = await open(visit());
    await page.clock.install();
    await page.reload();
    const { giveBack } = await holding(page);
    await giveBack();
    await page.clock.fastForward(125_000);
    await page.getByText("Ce créneau n’est plus réservé").waitFor(limit);
    expect(await focused(page)).toMatch(/INPUT .*name/);
    await page.keyboard.press("Enter");
    await page.waitForURL("**/confirmation?booking=*");
    await page.clock.fastForward(1_000);
    await expect.poll(() => focused(page), limit).toMatch(/C’est réservé/);
  });

  it("goes to what says that no answer came, and that a field was refused", async () => {
    const page = await open(visit());
    await holding(page);
    await page.route("**/booking.confirm", (route) => route.abort("connectionreset"));
    for (let round = 0; round < 2; round++) {
      await press(page, 'button[type="submit"]');
      await restsOn(page, /Pas de réponse du serveur/);
    }
    await page.unroute("**/booking.confirm");
    await page.route("**/booking.confirm", (route) =>
      route.fulfill({
        status: 400,
        json: { error: { data: { code: "invalid_input", details: { field: "client.email" } } } },
      }),
    );
    await press(page, 'button[type="submit"]');
    await restsOn(page, /INPUT .*email/);
    await page.unroute("**/booking.confirm");
    await page.locator('input[name="name"]').fill("");
    await press(page, 'button[type="submit"]');
    await restsOn(page, /INPUT .*name/);
  });

  it("goes to the answer of the waiting list, whichever it is", async () => {
    const page = await open("/fr/book/claire-martin?service=visite&wait=1");
    await alive(page);
    await page.locator('input[name="name"]').fill("At Tente");
    await page.locator('input[name="email"]').fill("attente@example.org");
    await page.route("**/waitlist.join", (route) => route.abort("connectionreset"));
    await press(page, 'button[type="submit"]');
    await restsOn(page, /Pas de réponse du serveur/);
    await page.unroute("**/waitlist.join");
    await press(page, 'button[type="submit"]');
    await restsOn(page, /vous êtes sur la liste/);
    await press(page, 'a:has-text("Voir ma demande")');
    await page.waitForURL("**/waitlist/**");
    await alive(page);
    await press(page, 'button:has-text("Ne plus attendre")');
    await restsOn(page, /Ne plus attendre/);
    await press(page, 'button:has-text("Non, rester")');
    await restsOn(page, /Rien n’a changé/);
    await press(page, 'button:has-text("Ne plus attendre")');
    await page.route("**/waitlist.leave", (route) => route.abort("connectionreset"));
    await press(page, 'button:has-text("Oui, quitter la liste")');
    await restsOn(page, /Pas de réponse du serveur/);
    await page.unroute("**/waitlist.leave");
    await press(page, 'button:has-text("Oui, quitter la liste")');
    await restsOn(page, /Vous n’êtes plus sur la liste/);
  });
});

describe("the focus of a client with a booking", () => {
  async function booked(name: string): Promise<{ token: string; startsAt: string }> {
    const day = anotherDay();
    const question = {
      username: "claire-martin",
      serviceSlug: "visite",
      timezone: "Europe/Paris",
      from: day,
      to: day,
    };
    const found = await fetch(
      `${journey.product.url}/api/trpc/booking.slots?input=${encodeURIComponent(JSON.stringify(question))}`,
    );
    const { result } = (await found.json()) as {
      result: { data: { days: { slots: { startsAt: string }[] }[] } };
    };
    const startsAt = result.data.days[0]?.slots.at(-1)?.startsAt ?? "";
    const { holdToken } = await post("booking.hold", {
      username: "claire-martin",
      serviceSlug: "visite",
      startsAt,
    });
    const { manageToken } = await post("booking.confirm", {
      holdToken,
      client: { name, email: `${name.toLowerCase()}@example.org`, locale: "fr" },
      answers: {},
    });
    return { token: manageToken ?? "", startsAt };
  }

  it("goes to each question and each answer of moving and cancelling", async () => {
    const { token } = await booked("Mova");
    const page = await open(`/fr/manage/${token}`);
    await alive(page);
    const move = 'a:text-is("Déplacer")';
    await press(page, move);
    await restsOn(page, /Choisir un autre moment/);
    await page.goBack();
    await expect.poll(() => focused(page), limit).not.toBe("BODY");
    await press(page, move);
    await restsOn(page, /Choisir un autre moment/);
    await press(page, 'a:has-text("Rien ne me convient")');
    await restsOn(page, /votre rendez-vous est maintenu/);

    await press(page, move);
    await freeSlots(page).first().waitFor(limit);
    await press(page, '[data-starts-at][data-state="free"]');
    await restsOn(page, /Déplacer votre rendez-vous/);
    await press(page, 'a:has-text("Choisir un autre moment")');
    await restsOn(page, /Choisir un autre moment/);
    const slot = freeSlots(page).first();
    const startsAt = (await slot.getAttribute("data-starts-at")) ?? "";
    await slot.focus();
    await slot.press("Enter");
    await restsOn(page, /Déplacer votre rendez-vous/);
    await takeElsewhere(startsAt);
    await press(page, 'button:has-text("Confirmer le déplacement")');
    await restsOn(page, /vient d’être pris/);
    await press(page, "[data-alternative]");
    await restsOn(page, /Déplacer votre rendez-vous/);
    await press(page, 'button:has-text("Confirmer le déplacement")');
    await restsOn(page, /Votre rendez-vous est déplacé/);

    await press(page, 'a:text-is("Annuler le rendez-vous")');
    await restsOn(page, /Annuler ce rendez-vous/);
    await page.route("**/booking.cancel", (route) => route.abort("connectionreset"));
    await press(page, 'button:has-text("Oui, annuler")');
    await restsOn(page, /L’annulation n’a pas abouti/);
    await page.unroute("**/booking.cancel");
    await press(page, 'button:has-text("Oui, annuler")');
    await restsOn(page, /Votre rendez-vous est annulé/);
  });

  it("goes to each answer in the portal, and to the note that was sent", async () => {
    const { token } = await booked("Porta");
    const [client] = await behind<{ id: string }>(
      rows,
      "claire-martin",
      `UPDATE client SET portal_token_hash = encode(sha256('portal-of-the-focus'), 'base64') WHERE name = 'Porta' RETURNING id`,
    );
    expect(client, token).toBeDefined();
    await behind(
      rows,
      "claire-martin",
      `UPDATE client SET portal_token_hash = rtrim(translate(portal_token_hash, '+/', '-_'), '=') WHERE name = 'Porta'`,
    );
    const page = await open("/fr/portal/portal-of-the-focus");
    await alive(page);
    await press(page, 'a:text-is("Déplacer")');
    await restsOn(page, /Choisir un autre moment/);
    await press(page, 'a:has-text("Rien ne me convient")');
    await restsOn(page, /H3 .*de \d\d:\d\d à/);
    await page.getByText("Notes partagées").click();
    await page.getByLabel("Écrire une note").fill("Je viendrai à pied.");
    await press(page, 'button:has-text("Envoyer la note")');
    await restsOn(page, /LI .*Je viendrai à pied/);
    await press(page, 'a:text-is("Annuler")');
    await restsOn(page, /Annuler ce rendez-vous/);
    await press(page, 'button:has-text("Oui, annuler")');
    await restsOn(page, /Rendez-vous annulé/);
  });
});

describe("the focus inside a frame on somebody else's page", () => {
  it("stays in the frame, and goes to what happened there", async () => {
    const page = await open("/fr/embed/claire-martin");
    await alive(page);
    await press(page, 'a[href*="service=visite"]');
    await restsOn(page, /Choisir un jour et une heure/);
    await press(page, "[data-first-available]");
    await restsOn(page, /Vos coordonnées/);
    await page.goBack();
    await restsOn(page, /Choisir un jour et une heure/);
  });
});

describe("what keeps the focus on the page", () => {
  it("catches whatever goes, is hidden or disabled, and leaves alone who left on their own", async () => {
    const page = await open(visit());
    await alive(page);
    const body = () => page.evaluate(() => document.activeElement === document.body);
    for (const end of ["remove", "hide", "disable"]) {
      await page.evaluate((how) => {
        const section = document.querySelector("#slots-heading")?.closest("section");
        const button = document.createElement("button");
        button.textContent = "of no consequence";
        section?.append(button);
        button.focus();
        if (document.activeElement !== button) throw new Error("it has no focus to lose");
        if (how === "remove") button.remove();
        else if (how === "hide") button.hidden = true;
        else button.disabled = true;
      }, end);
      await restsOn(page, /slots-heading/);
    }
    await page.locator("#slots-heading").click();
    await page.evaluate(() => (document.activeElement as HTMLElement).blur());
    await page.waitForTimeout(500);
    expect(await body()).toBe(true);
    await page.locator("#slots-heading").evaluate((heading) => heading.parentElement?.append("x"));
    await page.waitForTimeout(500);
    expect(await body()).toBe(true);
  });
});
