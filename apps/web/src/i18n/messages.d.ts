import type messages from "../messages/fr.json";
import type { Locale as ProductLocale } from "./routing.ts";

declare module "next-intl" {
  interface AppConfig {
    Locale: ProductLocale;
    Messages: typeof messages;
  }
}
