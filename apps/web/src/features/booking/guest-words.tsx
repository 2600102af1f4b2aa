import { getLocale, getMessages } from "next-intl/server";
import type { ReactNode } from "react";
import { WordsProvider } from "../../components/words.tsx";
import { OutageNotice } from "./outage-notice.tsx";

/** The words a client's page can say: those of the staff's screens would triple what a phone has to load. */
export async function GuestWords({ children }: { children: ReactNode }) {
  const [locale, { booking, manage, portal, waitlist, common }] = await Promise.all([
    getLocale(),
    getMessages(),
  ]);
  return (
    <WordsProvider locale={locale} messages={{ booking, manage, portal, waitlist, common }}>
      <OutageNotice />
      {children}
    </WordsProvider>
  );
}
