import { getLocale, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { KeptFocus } from "../../components/kept-focus.tsx";
import { ProductMark } from "../identity/product-mark.tsx";
import { accentRule } from "../shell/accent.ts";
import { GuestWords } from "./guest-words.tsx";
import { WithoutScript } from "./without-script.tsx";

interface PublicFrameProps {
  /** `#rrggbb` of the organization. */
  accent: string | null;
  /** The address of this page in the other language. */
  otherLanguage: string | null;
  /** Whom to call when the page cannot help. */
  phone: string | null;
  children: ReactNode;
}

/** What surrounds every page a client sees: their host's accent, the language, and little else. */
export async function PublicFrame({ accent, otherLanguage, phone, children }: PublicFrameProps) {
  const [locale, t] = await Promise.all([getLocale(), getTranslations("booking.frame")]);
  const rule = accent && accentRule(accent);
  const other = locale === "fr" ? "en" : "fr";
  return (
    <>
      {rule && <style>{rule}</style>}
      <KeptFocus />
      <div className="@container mx-auto wrap-anywhere flex min-h-dvh w-full max-w-6xl flex-col px-4 sm:px-6">
        <main className="flex flex-1 flex-col py-6 @2xl:py-10">
          <WithoutScript phone={phone} />
          <GuestWords>{children}</GuestWords>
        </main>
        <footer className="flex flex-wrap items-center justify-between gap-x-6 border-t py-3 text-muted-foreground text-xs">
          <span className="flex items-center gap-2">
            <ProductMark className="size-5" />
            {t("poweredBy")}
          </span>
          {otherLanguage && (
            <a
              href={otherLanguage}
              lang={other}
              hrefLang={other}
              className="inline-flex min-h-11 items-center rounded px-2 underline-offset-2 hover:underline"
            >
              {other === "en" ? "English" : "Français"}
            </a>
          )}
        </footer>
      </div>
    </>
  );
}
