import { NextIntlClientProvider } from "next-intl";
import type { ReactNode } from "react";

/** The words of an invitation, and of a link that opens none. */
export default function InvitationLayout({ children }: { children: ReactNode }) {
  return <NextIntlClientProvider>{children}</NextIntlClientProvider>;
}
