"use client";

import { UsersRound } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "../../components/button.tsx";
import { Link, useRouter } from "../../i18n/navigation.ts";
import { trpc } from "../../trpc/react.ts";
import { MergeDialog } from "./merge-dialog.tsx";

/** Records that look like the same person, to be merged from here. */
export function DuplicatesNotice({ clientId }: { clientId: string }) {
  const router = useRouter();
  const t = useTranslations("clients");
  const [isAsking, setIsAsking] = useState(false);
  const duplicates = trpc.directory.clients.duplicates.useQuery({ id: clientId });
  const items = duplicates.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <section
      aria-label={t("duplicates.title", { count: items.length })}
      className="flex flex-wrap items-start gap-3 rounded-xl border border-warning/40 bg-warning/8 p-4"
    >
      <UsersRound aria-hidden className="mt-0.5 size-4 shrink-0 text-warning" />
      <div className="min-w-48 flex-1">
        <h2 className="font-semibold">{t("duplicates.title", { count: items.length })}</h2>
        <ul className="mt-1">
          {items.map((item) => (
            <li key={item.id}>
              <Link href={`/dashboard/clients/${item.id}`} className="underline underline-offset-2">
                {item.name}
              </Link>{" "}
              <span className="text-muted-foreground">
                ({item.because.map((reason) => t(`duplicates.${reason}`)).join(", ")})
              </span>
            </li>
          ))}
        </ul>
      </div>
      <Button variant="secondary" className="max-sm:h-11" onClick={() => setIsAsking(true)}>
        {t("duplicates.merge")}
      </Button>
      {isAsking && (
        <MergeDialog
          clientIds={[clientId, ...items.map(({ id }) => id)]}
          onClose={() => setIsAsking(false)}
          onMerged={(keptId) => {
            setIsAsking(false);
            if (keptId !== clientId) router.push(`/dashboard/clients/${keptId}`);
          }}
        />
      )}
    </section>
  );
}
