/**
 * Takes the README's screenshots from a running demo: `node docs/images/take-screenshots.ts [address]`, with the Node of
 * `node_modules/.bin`. The address is http://localhost:3000 unless given.
 */
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { launchBrowser } from "../../apps/web/e2e/browser.ts";

const base = process.argv[2] ?? "http://localhost:3000";
const largest = 250_000;

/** The secretariat sees both practitioners of Cabinet Dubois. */
const account = { email: "secretariat@dubois.demo", password: "creneau-demo" };

/** The week ahead: nothing in it is past, whatever day it is. */
function nextMonday(): string {
  const day = new Date();
  day.setUTCDate(day.getUTCDate() + ((8 - day.getUTCDay()) % 7 || 7));
  return day.toISOString().slice(0, 10);
}

const browser = await launchBrowser();
try {
  for (const theme of ["light", "dark"] as const) {
    const context = await browser.newContext({
      baseURL: base,
      viewport: { width: 1440, height: 900 },
      deviceScaleFactor: 1,
      colorScheme: theme,
      locale: "fr-FR",
      timezoneId: "Europe/Paris",
      reducedMotion: "reduce",
    });
    const page = await context.newPage();
    await page.goto("/fr/sign-in");
    await page.locator('input[type="email"]').fill(account.email);
    await page.locator('input[type="password"]').fill(account.password);
    await page.locator('button[type="submit"]').click();
    await page.waitForURL("**/dashboard/calendar**");
    await page.goto(`/fr/dashboard/calendar?view=week&date=${nextMonday()}`);
    await page.locator(".fc-timegrid-event").first().waitFor();
    // The connection's banner and the fonts settle after the first appointments are drawn.
    await page.waitForLoadState("networkidle");
    await page.evaluate(() => document.fonts.ready);
    await page.mouse.move(0, 0);
    // Through the browser's own protocol, because Playwright's method does not write WebP.
    const protocol = await context.newCDPSession(page);
    const { data } = await protocol.send("Page.captureScreenshot", { format: "webp", quality: 90 });
    const image = Buffer.from(data, "base64");
    if (image.length > largest) throw new Error(`the ${theme} screenshot has ${image.length} bytes`);
    writeFileSync(fileURLToPath(new URL(`calendar-${theme}.webp`, import.meta.url)), image);
    console.log(`calendar-${theme}.webp, ${Math.round(image.length / 1000)} kB`);
    await context.close();
  }
} finally {
  await browser.close();
}
