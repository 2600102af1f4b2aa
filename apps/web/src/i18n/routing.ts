import { defineRouting } from "next-intl/routing";

/** The languages of the product; French first. Every page lives under `/<locale>`. */
export const routing = defineRouting({
  locales: ["fr", "en"],
  defaultLocale: "fr",
  localePrefix: "always",
});

export type Locale = (typeof routing.locales)[number];
