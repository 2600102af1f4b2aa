import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";

/** What axe finds on the page once it has come to rest: a colour on its way to another one would be judged half-way. */
export async function violations(page: Page): Promise<string[]> {
  await page.locator("main").first().waitFor();
  await page.evaluate(async () => {
    const ending = () =>
      document.getAnimations().filter(({ effect }) => effect?.getTiming().iterations === 1);
    while (ending().length > 0) await Promise.allSettled(ending().map(({ finished }) => finished));
  });
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.target.join(" ")}`);
}

/** The same in the theme shown, then in the other one, which stays: a state that is long to reach is reached once. */
export async function violationsInBothThemes(page: Page): Promise<string[]> {
  const found = await violations(page);
  const isDark = await page.evaluate(() => document.documentElement.classList.toggle("dark"));
  const other = await violations(page);
  return [...found, ...other.map((each) => `${each} (${isDark ? "dark" : "light"})`)];
}
