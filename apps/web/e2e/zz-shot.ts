import { launchBrowser } from "./browser.ts";

const base = "http://localhost:3100";
const browser = await launchBrowser();
const email = process.argv[2] ?? "dubois@dubois.demo";
for (const [w, h, theme, locale] of [
  [1440, 900, "light", "fr"],
  [360, 780, "dark", "en"],
] as const) {
  const context = await browser.newContext({ viewport: { width: w, height: h }, colorScheme: theme, locale });
  const page = await context.newPage();
  page.on("console", (m) => m.type() === "error" && console.log("console", m.text()));
  page.on("pageerror", (e) => console.log("pageerror", e.message));
  await page.goto(`${base}/${locale}/sign-in`);
  await page.waitForTimeout(800);
  await page.screenshot({ path: `/tmp/shots/signin-${w}.png` });
  await page.fill('input[name="email"]', email);
  await page.fill('input[name="password"]', "creneau-demo");
  await page.keyboard.press("Enter");
  await page.waitForURL(/dashboard/, { timeout: 15000 }).catch((e) => console.log(e.message));
  await page.waitForTimeout(2500);
  await page.screenshot({ path: `/tmp/shots/cal-${w}.png` });
  await context.close();
}
await browser.close();
