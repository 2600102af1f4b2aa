import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { KeptFocus } from "../../components/kept-focus.tsx";
import { GuestWords } from "../booking/guest-words.tsx";
import { WithoutScript } from "../booking/without-script.tsx";
import { ProductMark } from "../identity/product-mark.tsx";
import { accentRule } from "../shell/accent.ts";
import { HeightReporter } from "./height-reporter.tsx";

/** The public page inside another site: no more around it than who serves it. */
export async function EmbedFrame({
  accent,
  phone,
  children,
}: {
  accent: string;
  /** Whom to call when the page cannot help. */
  phone: string | null;
  children: ReactNode;
}) {
  const t = await getTranslations("booking.frame");
  const rule = accentRule(accent);
  return (
    <HeightReporter>
      {rule && <style>{rule}</style>}
      <KeptFocus />
      <main>
        <WithoutScript phone={phone} />
        <GuestWords>{children}</GuestWords>
      </main>
      <footer className="mt-6 flex items-center gap-2 text-muted-foreground text-xs">
        <ProductMark className="size-4" />
        {t("poweredBy")}
      </footer>
    </HeightReporter>
  );
}
