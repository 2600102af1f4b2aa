import { getTranslations } from "next-intl/server";
import { PhoneLink } from "./phone-link.tsx";

/** For a browser without JavaScript: what this page can still do, and what to do instead. */
export async function WithoutScript({ phone }: { phone: string | null }) {
  const t = await getTranslations("booking.frame");
  return (
    <noscript>
      <div className="mb-6 rounded-xl border border-warning/40 bg-warning/8 p-4">
        <p>{t("withoutScript")}</p>
        {phone && (
          <p className="mt-2">
            {t("orCall")} <PhoneLink phone={phone} />
          </p>
        )}
      </div>
    </noscript>
  );
}
