import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";

/** The rules whose verdict hangs on colours. All others say the same of a page in either theme. */
const colourRules = ["color-contrast", "link-in-text-block"];

/** What axe finds on the page once it has come to rest: a colour on its way to another one would be judged half-way. */
export async function violations(page: Page, rules?: string[]): Promise<string[]> {
  await page.locator("main").first().waitFor();
  await page.evaluate(async () => {
    const ending = () =>
      document.getAnimations().filter(({ effect }) => effect?.getTiming().iterations === 1);
    while (ending().length > 0) await Promise.allSettled(ending().map(({ finished }) => finished));
  });
  // "Legacy": in the page itself. The other way opens a second page for each answer, for the sake of foreign frames.
  const axe = new AxeBuilder({ page }).setLegacyMode();
  const { violations } = await (rules ? axe.withRules(rules) : axe).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.target.join(" ")}`);
}

/** The same in the theme shown, then the colours of the other one, which stays: a page is reached and read once. */
export async function violationsInBothThemes(page: Page): Promise<string[]> {
  const found = await violations(page);
  const isDark = await page.evaluate(() => document.documentElement.classList.toggle("dark"));
  const other = await violations(page, colourRules);
  return [...found, ...other.map((each) => `${each} (${isDark ? "dark" : "light"})`)];
}
