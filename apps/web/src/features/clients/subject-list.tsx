"use client";

import { dateFormat } from "@creneau/domain/time/date-format";
import { Archive, Pencil, Plus } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { Button } from "../../components/button.tsx";
import { Panel } from "../../components/page.tsx";
import { trpc } from "../../trpc/react.ts";
import { useRefusal } from "../directory/use-refusal.ts";
import { noonOf } from "../time/wall-time.ts";
import { type Subject, SubjectDialog } from "./subject-dialog.tsx";
import { subjectFields } from "./subject-fields.ts";

type SubjectListProps = { clientId: string; subjects: readonly Subject[]; canChange: boolean };

/** What a client's appointments are about, with what is known of each. */
export function SubjectList({ clientId, subjects, canChange }: SubjectListProps) {
  const t = useTranslations("clients");
  const staff = useTranslations("staff");
  const { tell } = useRefusal();
  const utils = trpc.useUtils();
  const describe = useSubjectFacts();
  const [opened, setOpened] = useState<{ subject: Subject | null } | null>(null);
  const settle = () => void utils.directory.clients.byId.invalidate({ id: clientId });
  const archive = trpc.directory.subjects.archive.useMutation({ onError: tell, onSettled: settle });
  const putAway = (id: string) =>
    archive.mutate(
      { id, archived: true },
      {
        onSuccess: () =>
          toast.success(t("subjectForm.archived"), {
            action: { label: staff("restore"), onClick: () => archive.mutate({ id, archived: false }) },
          }),
      },
    );
  return (
    <Panel
      title={t("detail.subjects")}
      actions={
        canChange && (
          <Button variant="secondary" className="max-sm:h-11" onClick={() => setOpened({ subject: null })}>
            <Plus aria-hidden />
            {t("subjectForm.add")}
          </Button>
        )
      }
    >
      {subjects.length === 0 && <p className="text-muted-foreground">{t("detail.noSubjects")}</p>}
      <ul className="divide-y">
        {subjects.map((subject) => (
          <li key={subject.id} className="flex items-start gap-2.5 py-2">
            <span className="tabular mt-0.5 shrink-0 rounded border px-1.5 py-0.5 font-medium text-xs">
              {subject.reference}
            </span>
            <span className="min-w-0 flex-1">
              <span className="block break-words">
                {[subject.label, t(`subjectKinds.${subject.kind}`)].filter(Boolean).join(" · ")}
              </span>
              <span className="block break-words text-muted-foreground text-xs">{describe(subject)}</span>
            </span>
            {canChange && (
              <span className="flex shrink-0">
                <Button
                  variant="ghost"
                  size="icon"
                  className="max-sm:size-11"
                  aria-label={t("subjectForm.edit", { reference: subject.reference })}
                  onClick={() => setOpened({ subject })}
                >
                  <Pencil aria-hidden />
                </Button>
                <Button
                  variant="ghost"
                  size="icon"
                  className="max-sm:size-11"
                  aria-label={t("subjectForm.archive", { reference: subject.reference })}
                  disabled={archive.isPending}
                  onClick={() => putAway(subject.id)}
                >
                  <Archive aria-hidden />
                </Button>
              </span>
            )}
          </li>
        ))}
      </ul>
      {opened && (
        <SubjectDialog
          key={opened.subject?.id ?? "new"}
          clientId={clientId}
          subject={opened.subject}
          onClose={() => setOpened(null)}
        />
      )}
    </Panel>
  );
}

/** Says in one line what is known of a subject. */
function useSubjectFacts() {
  const t = useTranslations("clients");
  const locale = useLocale();
  return ({ kind, attributes }: Subject): string =>
    subjectFields[kind]
      .flatMap(({ key, as }) => {
        const value = attributes[key];
        if (value === undefined || value === null || value === "") return [];
        if (as === "date") {
          const date = dateFormat(locale, { dateStyle: "medium", timeZone: "UTC" }).format(
            noonOf(String(value)),
          );
          return [`${t(`subjectFields.${key}`)} ${date}`];
        }
        if (as === "amount") {
          const amount = Number(value) / 100;
          return [new Intl.NumberFormat(locale, { style: "currency", currency: "EUR" }).format(amount)];
        }
        if (as === "number")
          return [`${t(`subjectFields.${key}`)} ${new Intl.NumberFormat(locale).format(Number(value))}`];
        return [String(value)];
      })
      .join(" · ");
}
