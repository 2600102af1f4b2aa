import { getLocale } from "next-intl/server";
import { redirect } from "../../../../i18n/navigation.ts";

/** The first of the settings is one's own profile: every role has it. */
export default async function SettingsPage() {
  redirect({ href: "/settings/profile", locale: await getLocale() });
}
