"use client";

import { dateFormat } from "@creneau/domain/time/date-format";
import { Merge, Undo2 } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { Button } from "../../components/button.tsx";
import { Panel } from "../../components/page.tsx";
import { Link } from "../../i18n/navigation.ts";
import type { Outputs } from "../../trpc/react.ts";
import { useViewer } from "../viewer/viewer.tsx";
import { mayMergeClients } from "./may-merge.ts";
import { useUndoMerge } from "./use-undo-merge.ts";

type ClientDetail = Outputs["directory"]["clients"]["byId"];

/** Records that were merged into this one: to be looked at as they were, and given back. */
export function ClientMerges({ merges }: Pick<ClientDetail, "merges">) {
  const t = useTranslations("clients.merge");
  const locale = useLocale();
  const viewer = useViewer();
  const undo = useUndoMerge();
  if (merges.length === 0) return null;
  const day = dateFormat(locale, { dateStyle: "long", timeZone: viewer.organization.timezone });
  return (
    <Panel title={t("records")}>
      <ul className="divide-y">
        {merges.map(({ id, at, by, records }) => (
          <li key={id} className="flex flex-wrap items-center gap-2 py-2 first:pt-0 last:pb-0">
            <div className="min-w-40 flex-1">
              <p className="break-words">
                {records.map((record, index) => (
                  <span key={record.id}>
                    {index > 0 && ", "}
                    <Link href={`/dashboard/clients/${record.id}`} className="underline underline-offset-2">
                      {record.name}
                    </Link>
                  </span>
                ))}
              </p>
              <p className="text-muted-foreground text-xs">
                {[day.format(Date.parse(at)), by].filter(Boolean).join(" · ")}
              </p>
            </div>
            {mayMergeClients(viewer) && (
              <Button
                variant="secondary"
                size="small"
                disabled={undo.isPending}
                onClick={() => undo.mutate({ id })}
              >
                <Undo2 aria-hidden />
                {t("takeBack")}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** Says on a merged record's card where it went. */
export function MergedNotice({ into }: { into: NonNullable<ClientDetail["mergedInto"]> }) {
  const t = useTranslations("clients.merge");
  return (
    <p role="status" className="flex items-center gap-3 rounded-xl border bg-surface p-4">
      <Merge aria-hidden className="size-4 shrink-0" />
      <span>
        {t.rich("into", {
          name: into.name,
          link: (name) => (
            <Link href={`/dashboard/clients/${into.id}`} className="font-medium underline underline-offset-2">
              {name}
            </Link>
          ),
        })}
      </span>
    </p>
  );
}
