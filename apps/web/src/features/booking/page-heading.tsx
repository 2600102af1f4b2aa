import { useTranslations } from "next-intl";
import { Avatar } from "../../components/avatar.tsx";
import type { PageView } from "./guest-client.ts";

/** Whose page this is; drawn on the server, since nothing on the page changes it. */
export function PageHeading({ page }: { page: PageView }) {
  const t = useTranslations("booking");
  const name = page.provider?.name ?? page.organization.name;
  return (
    <div className="flex items-center gap-3">
      <Avatar name={name} className="size-12 bg-accent/12 text-base" />
      <div className="min-w-0">
        <h1 className="text-balance font-semibold text-xl leading-tight tracking-tight">{name}</h1>
        <p className="text-muted-foreground">
          {page.provider
            ? [page.provider.title, page.organization.name].filter(Boolean).join(" · ")
            : t("online")}
        </p>
      </div>
    </div>
  );
}
