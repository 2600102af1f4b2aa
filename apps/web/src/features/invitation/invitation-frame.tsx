import { getLocale } from "next-intl/server";
import type { ReactNode } from "react";
import { accentRule } from "../shell/accent.ts";

type InvitationFrameProps = { accent: string; otherLanguage: string; children: ReactNode };

/** The inviting organization's colour around its invitation, and the way to the other language. */
export async function InvitationFrame({ accent, otherLanguage, children }: InvitationFrameProps) {
  const rule = accentRule(accent);
  const other = (await getLocale()) === "fr" ? "en" : "fr";
  return (
    <>
      {rule && <style>{rule}</style>}
      <div className="flex min-h-dvh flex-col wrap-anywhere px-4">
        <main className="flex flex-1 flex-col py-8">{children}</main>
        <footer className="mx-auto flex w-full max-w-sm justify-end border-t py-2 text-muted-foreground text-xs">
          <a
            href={otherLanguage}
            lang={other}
            hrefLang={other}
            className="inline-flex min-h-11 items-center rounded px-2 underline-offset-2 hover:underline"
          >
            {other === "en" ? "English" : "Français"}
          </a>
        </footer>
      </div>
    </>
  );
}
