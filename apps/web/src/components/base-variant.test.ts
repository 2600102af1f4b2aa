import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { compile } from "tailwindcss";
import { expect, it } from "vitest";
import { buttonVariants } from "./button.tsx";

const require = createRequire(import.meta.url);
const globals = readFileSync(new URL("../app/globals.css", import.meta.url), "utf8");

/** The utilities that the product's own style sheet makes of class names, as selectors by their order. */
async function selectorsOf(classes: string, styles = globals): Promise<string[]> {
  const { build } = await compile(styles, {
    loadStylesheet: async (id, base) => {
      const content =
        id === "tailwindcss" ? readFileSync(require.resolve("tailwindcss/index.css"), "utf8") : "";
      return { path: id, base, content };
    },
  });
  const built = build(classes.split(/\s+/));
  const utilities = built.slice(built.indexOf("@layer utilities {"));
  return [...utilities.matchAll(/^\s*([.:].*) \{$/gm)].map(([, selector = ""]) => selector.trim());
}

/** Selectors of what a caller may replace that weigh as much as, or more than, what replaces it. */
function heavy(selectors: readonly string[]): string[] {
  const replaceable = selectors.filter((selector) => selector.includes("base\\:"));
  expect(replaceable.length).toBeGreaterThan(0);
  return replaceable.filter((selector) => !/^:where\([^()]*(\([^()]*\)[^()]*)*\)$/.test(selector));
}

const looks = (["primary", "secondary", "ghost", "danger"] as const).map((variant) =>
  buttonVariants({ variant, className: "h-11 hover:bg-surface" }),
);

it("lets every class of a caller win over what a primitive writes `base:`, whatever the order of the rules", async () => {
  const selectors = await selectorsOf(looks.join(" "));
  expect(heavy(selectors)).toEqual([]);
  expect(selectors).toContain(":where(.base\\:h-8)");
  // In the same layer, so that weight decides, and weighing more than nothing.
  expect(selectors).toContain(".h-11");
});

it("would see a variant with a weight", async () => {
  const weighing = globals.replace("@custom-variant base (:where(&));", "@custom-variant base (&);");
  expect(weighing).not.toBe(globals);
  expect(heavy(await selectorsOf(looks.join(" "), weighing))).toContain(".base\\:h-8");
});
