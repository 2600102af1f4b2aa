import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { violations } from "./axe.ts";
import { endJourney, type Journey, startJourney } from "./journey.ts";
import type { Product } from "./product.ts";
import { signIn } from "./staff.ts";
import { mailedLink, password } from "./team.ts";

const limit = { timeout: 10_000, interval: 50 };

let journey: Journey;
let product: Product;
let browser: Browser;
let owner: Page;

beforeAll(async () => {
  journey = await startJourney();
  ({ product, browser } = journey);
  owner = await signIn(browser, { url: product.url, email: "admin@immo.demo" });
});

afterAll(() => endJourney(journey));

async function visitor(colorScheme: "light" | "dark" = "light"): Promise<Page> {
  const context = await browser.newContext({ baseURL: product.url, colorScheme, reducedMotion: "reduce" });
  return context.newPage();
}

/** Invites through the screen; answers the link that was mailed. */
async function invite(email: string, role: string): Promise<string> {
  await owner.goto("/fr/settings/members");
  await owner.getByRole("button", { name: "Inviter", exact: true }).click();
  const dialog = owner.getByRole("dialog", { name: "Inviter dans l’équipe" });
  await dialog.getByLabel("Adresse e-mail").fill(email);
  await dialog.getByLabel("Rôle").selectOption(role);
  await dialog.getByRole("button", { name: "Envoyer l’invitation" }).click();
  await owner.getByText(`Invitation envoyée à ${email}`).waitFor();
  await owner.getByRole("button", { name: `Renvoyer l’invitation à ${email}` }).waitFor();
  return mailedLink(owner, { email, part: "/invitation/" });
}

const navigation = (page: Page) =>
  page.getByRole("navigation", { name: "Navigation principale" }).getByRole("link");

/** Opens the menu of somebody in the team and chooses from it. */
async function choose(name: string, item: string) {
  await owner.getByRole("button", { name: `Actions pour ${name}` }).click();
  await owner.getByRole("menuitem", { name: item }).click();
}

describe("somebody who joins", () => {
  it("makes an account by the mailed link, has the role the team gives, and is out once removed", async () => {
    const email = "nina@nouvelle.test";
    const link = await invite(email, "viewer");
    const page = await visitor();
    await page.goto(link);
    await page.getByRole("heading", { name: "Rejoindre Immo Rive Gauche" }).waitFor();
    await page.getByRole("button", { name: "Créer mon compte et rejoindre" }).click();
    await page.getByText("Dix caractères au moins.").waitFor();
    await page.getByLabel("Votre nom").fill("Nina Nouvelle");
    await page.getByLabel("Mot de passe", { exact: true }).fill(password);
    await page.getByRole("button", { name: "Créer mon compte et rejoindre" }).click();
    await page.waitForURL("**/fr/dashboard/calendar**");
    await page.goto(link);
    await page.getByRole("heading", { name: "Cette invitation n’est plus valable" }).waitFor();
    await page.context().close();

    const nina = await signIn(browser, { url: product.url, email });
    await nina.locator(".fc-view").waitFor();
    expect(await navigation(nina).allInnerTexts()).not.toContain("Clients");
    await owner.goto("/fr/settings/members");
    await choose("Nina Nouvelle", "Changer le rôle ou les centres");
    await owner.getByRole("dialog").getByLabel("Rôle").selectOption("operator");
    await owner.getByRole("dialog").getByRole("button", { name: "Enregistrer" }).click();
    await owner.getByText("Rôle de Nina Nouvelle : Secrétariat").waitFor();
    // Nobody touched her screen.
    await expect
      .poll(
        () =>
          navigation(nina)
            .allInnerTexts()
            .catch(() => []),
        limit,
      )
      .toContain("Clients");

    await nina.locator(".fc-view").waitFor();
    await choose("Nina Nouvelle", "Retirer de l’équipe");
    await owner.getByRole("dialog").getByRole("button", { name: "Retirer" }).click();
    await owner.getByText("Nina Nouvelle ne fait plus partie de l’équipe").waitFor();
    await nina.getByRole("heading", { name: "Aucune organisation" }).waitFor({ timeout: limit.timeout });
    await nina.context().close();
  });

  it("with an account elsewhere signs in by the link, and goes from one organization to the other", async () => {
    const email = "secretariat@dubois.demo";
    const link = await invite(email, "provider");
    const page = await visitor();
    await page.goto(link);
    await page.getByLabel("Mot de passe", { exact: true }).fill("not the password");
    await page.getByRole("button", { name: "Se connecter et rejoindre" }).click();
    await page.getByText("L’adresse ou le mot de passe ne correspond pas.").waitFor();
    await page.getByLabel("Mot de passe", { exact: true }).fill(password);
    await page.getByRole("button", { name: "Se connecter et rejoindre" }).click();
    await page.waitForURL("**/dashboard/calendar**");
    const switcher = page.getByRole("button", { name: /^Changer d’organisation/ }).first();
    await page.goto("/fr/settings/profile");
    await expect.poll(() => switcher.getAttribute("aria-label"), limit).toContain("Immo Rive Gauche");
    await switcher.click();
    await page.getByRole("menuitemradio", { name: "Cabinet Dubois" }).click();
    await expect
      .poll(() => switcher.getAttribute("aria-label").catch(() => ""), limit)
      .toContain("Cabinet Dubois");
    expect(new URL(page.url()).pathname).toBe("/fr/settings/profile");
    await page.goto("/fr/settings/members");
    await page.getByRole("heading", { name: "Votre rôle n’ouvre pas cette page" }).waitFor();
    await page.context().close();
  });

  it("is not let in by an invitation that was withdrawn, nor with somebody else's session", async () => {
    const email = "tard@venue.test";
    const link = await invite(email, "viewer");
    await owner.goto(link);
    await owner.getByText(`Cette invitation est pour ${email}`).waitFor();
    await owner.goto("/fr/settings/members");
    await owner.getByRole("button", { name: `Annuler l’invitation de ${email}` }).click();
    await owner.getByRole("dialog").getByRole("button", { name: "Annuler l’invitation" }).click();
    await owner.getByText(`Invitation de ${email} annulée`).waitFor();
    const page = await visitor();
    await page.goto(link);
    await page.getByRole("heading", { name: "Cette invitation n’est plus valable" }).waitFor();
    await page.context().close();
  });
});

it("the last owner neither steps down nor leaves, and is told why", async () => {
  await owner.goto("/fr/settings/members");
  await choose("Hélène Garnier", "Changer le rôle ou les centres");
  const dialog = owner.getByRole("dialog");
  await dialog.getByLabel("Rôle").selectOption("admin");
  await dialog.getByText("Nommez-en un autre avant de changer ce rôle.").waitFor();
  expect(await dialog.getByRole("button", { name: "Enregistrer" }).isDisabled()).toBe(true);
  await owner.keyboard.press("Escape");
  await choose("Hélène Garnier", "Quitter l’organisation");
  await dialog.getByRole("button", { name: "Quitter" }).click();
  await owner.getByRole("dialog", { name: "Dernier propriétaire" }).waitFor();
});

it("a public link is refused when taken or reserved, and moves when it is free", async () => {
  const claire = await signIn(browser, { url: product.url, email: "claire@immo.demo" });
  await claire.goto("/fr/settings/profile");
  const name = claire.getByLabel("Nom dans le lien");
  const save = claire.getByRole("button", { name: "Enregistrer le lien" });
  for (const [wished, answer] of [
    ["karim-benali", "est déjà pris"],
    ["immo-rive-gauche", "est déjà pris"],
    ["admin", "est un mot réservé"],
    ["a--b", "Utilisez de 3 à 40 lettres"],
  ] as const) {
    await name.fill(wished);
    await claire.getByText(answer).waitFor();
    expect(await save.isDisabled(), wished).toBe(true);
  }
  await name.fill("Claire-Rive-Gauche");
  await claire.getByText("est libre").waitFor();
  await save.click();
  await claire.getByRole("dialog").getByRole("button", { name: "Changer le lien" }).click();
  await claire.getByText("Lien public enregistré").waitFor();
  await expect
    .poll(() => claire.getByLabel("Votre lien").inputValue(), limit)
    .toBe(`${product.url}/book/claire-rive-gauche`);
  expect((await claire.request.get("/fr/book/claire-rive-gauche")).status()).toBe(200);
  // The name given up leads to the new one for a year.
  const old = await claire.request.get("/fr/book/claire-martin");
  expect([old.status(), new URL(old.url()).pathname]).toEqual([200, "/fr/book/claire-rive-gauche"]);

  await claire.goto("/fr/settings/calendar");
  await claire.getByRole("button", { name: "Créer le lien de Claire Martin" }).click();
  const address = await claire.getByLabel("Adresse privée").inputValue();
  expect(await (await claire.request.get(address)).text()).toContain("BEGIN:VCALENDAR");
  await claire.getByRole("button", { name: "Fermer le lien de Claire Martin" }).click();
  await claire.getByRole("dialog").getByRole("button", { name: "Fermer le lien" }).click();
  await claire.getByText("Aucun lien n’est en service.").waitFor();
  expect((await claire.request.get(address)).status()).toBe(404);
  await claire.context().close();
});

it("language and theme apply at once and follow to another device", async () => {
  const email = "karim@immo.demo";
  const karim = await signIn(browser, { url: product.url, email });
  await karim.goto("/fr/settings/profile");
  const saved = () => karim.waitForResponse((response) => response.url().includes("session.updateProfile"));
  await Promise.all([saved(), karim.getByRole("radio", { name: "Sombre" }).click()]);
  await expect.poll(() => karim.locator("html").getAttribute("class"), limit).toContain("dark");
  await Promise.all([saved(), karim.getByRole("radio", { name: "English" }).click()]);
  await karim.getByRole("heading", { name: "My profile" }).waitFor();
  expect(new URL(karim.url()).pathname).toBe("/en/settings/profile");
  await karim.context().close();

  const other = await visitor();
  await other.goto("/fr/sign-in");
  await other.locator('input[type="email"]').fill(email);
  await other.locator('input[type="password"]').fill(password);
  await other.locator('button[type="submit"]').click();
  await other.waitForURL("**/en/dashboard/calendar**");
  await expect.poll(() => other.locator("html").getAttribute("class"), limit).toContain("dark");
  await other.context().close();
});

it("a forgotten password is replaced by way of a mailed link, without the old one, once", async () => {
  const email = "claire@immo.demo";
  const page = await visitor();
  await page.goto("/fr/sign-in");
  await page.locator('input[type="email"]').fill(email);
  await page.getByRole("button", { name: /Mot de passe oublié/ }).click();
  await page.getByText(`Un lien vient de partir vers ${email}`).waitFor();
  await page.goto(await mailedLink(page, { email, part: "/api/auth/link" }));
  await page.locator('button[type="submit"]').click();
  await page.waitForURL("**/fr/settings/profile");
  await page.getByText("choisissez un nouveau mot de passe sans donner l’ancien").waitFor();
  expect(await page.getByLabel("Mot de passe actuel", { exact: true }).count()).toBe(0);
  await page.getByLabel("Nouveau mot de passe", { exact: true }).fill("une phrase toute neuve");
  await page.getByRole("button", { name: "Changer le mot de passe" }).click();
  await page.getByText("Mot de passe changé").waitFor();
  // From now on the password is known again, and asked for.
  await page.getByLabel("Mot de passe actuel", { exact: true }).waitFor();
  await page.context().close();

  const again = await visitor();
  await again.goto("/fr/sign-in");
  await again.locator('input[type="email"]').fill(email);
  await again.locator('input[type="password"]').fill("une phrase toute neuve");
  await again.locator('button[type="submit"]').click();
  await again.waitForURL("**/fr/dashboard/calendar**");
  await again.context().close();
});

it("the organization's settings are kept, and seen by the whole team", async () => {
  await owner.goto("/fr/settings/organization");
  await owner.getByLabel("Nom", { exact: true }).fill("Immo Rive Droite");
  await owner.getByLabel("Limite pour déplacer ou annuler en ligne").fill("");
  await owner.getByRole("button", { name: "Enregistrer" }).click();
  await owner.getByText("À remplir.").waitFor();
  await owner.getByLabel("Limite pour déplacer ou annuler en ligne").fill("3");
  await owner.getByRole("button", { name: "Enregistrer" }).click();
  await owner.getByText("Organisation enregistrée").waitFor();
  await owner.reload();
  expect(await owner.getByLabel("Limite pour déplacer ou annuler en ligne").inputValue()).toBe("3");
  expect(await owner.getByLabel("Nom", { exact: true }).inputValue()).toBe("Immo Rive Droite");
  await owner.getByRole("complementary").getByText("Immo Rive Droite").first().waitFor();
});

describe.each(["light", "dark"] as const)("axe finds nothing in the %s theme", (colorScheme) => {
  it("on the pages of people and the organization", async () => {
    const link = await invite("axe@lecteur.test", "manager");
    const page = await visitor(colorScheme);
    await page.goto(link);
    await page.getByRole("button", { name: "Créer mon compte et rejoindre" }).click();
    await page.getByText("Indiquez votre nom.").waitFor();
    expect(await violations(page), "invitation").toEqual([]);
    await page.context().close();

    await owner.emulateMedia({ colorScheme });
    for (const path of ["profile", "members", "organization", "calendar"]) {
      await owner.goto(`/fr/settings/${path}`);
      await owner.locator("[aria-busy]").waitFor({ state: "detached" });
      expect(await violations(owner), path).toEqual([]);
    }
    await owner.goto("/fr/settings/members");
    await owner.getByRole("button", { name: "Inviter", exact: true }).click();
    await owner.getByRole("dialog").waitFor();
    expect(await violations(owner), "invite").toEqual([]);
  });
});
