import { hasLocale } from "next-intl";
import { getRequestConfig } from "next-intl/server";
import { routing } from "./routing.ts";

/** Messages of the requested language. Times are formatted with an explicit zone, so none is set here. */
export default getRequestConfig(async ({ requestLocale }) => {
  const requested = await requestLocale;
  const locale = hasLocale(routing.locales, requested) ? requested : routing.defaultLocale;
  const { default: messages } =
    locale === "en" ? await import("../messages/en.json") : await import("../messages/fr.json");
  return { locale, messages, timeZone: "Europe/Paris" };
});
