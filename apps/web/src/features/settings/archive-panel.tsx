"use client";

import { Archive, ArchiveRestore } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "../../components/button.tsx";
import { Panel } from "../../components/page.tsx";
import { ArchiveDialog } from "./archive-dialog.tsx";

type ArchivePanelProps = {
  name: string;
  isArchived: boolean;
  /** What is no longer possible once it is archived, and what stays. */
  consequence: string;
  /** The appointments that may stand in the way. */
  appointmentsHref: string;
  mutation: {
    isPending: boolean;
    error: unknown;
    reset: () => void;
    mutate: (input: { archived: boolean }) => void;
  };
};

/** The end of a page: puts the row away after a question, or takes it back. */
export function ArchivePanel({
  name,
  isArchived,
  consequence,
  appointmentsHref,
  mutation,
}: ArchivePanelProps) {
  const t = useTranslations("settings.archive");
  const staff = useTranslations("staff");
  const [isAsking, setIsAsking] = useState(false);
  return (
    <Panel
      title={isArchived ? t("archivedTitle") : t("title")}
      actions={
        isArchived ? (
          <Button
            variant="secondary"
            className="max-sm:h-11"
            disabled={mutation.isPending}
            onClick={() => mutation.mutate({ archived: false })}
          >
            <ArchiveRestore aria-hidden />
            {staff("restore")}
          </Button>
        ) : (
          <Button
            variant="secondary"
            className="text-danger max-sm:h-11"
            onClick={() => {
              mutation.reset();
              setIsAsking(true);
            }}
          >
            <Archive aria-hidden />
            {t("start")}
          </Button>
        )
      }
    >
      <p className="max-w-prose text-muted-foreground">
        {isArchived ? t("archivedDescription") : consequence}
      </p>
      {isAsking && !isArchived && (
        <ArchiveDialog
          name={name}
          consequence={consequence}
          appointmentsHref={appointmentsHref}
          mutation={mutation}
          onClose={() => setIsAsking(false)}
          onConfirm={() => mutation.mutate({ archived: true })}
        />
      )}
    </Panel>
  );
}
