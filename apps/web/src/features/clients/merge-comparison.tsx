"use client";

import { dateFormat } from "@creneau/domain/time/date-format";
import { useLocale, useTranslations } from "next-intl";
import { type ReactNode, useId } from "react";
import { Badge } from "../../components/badge.tsx";
import { formatPhone } from "../../components/format-phone.ts";
import { useViewer } from "../viewer/viewer.tsx";
import { aliasText } from "./client-words.ts";
import {
  type ComparedClient,
  differs,
  type MergeChoices,
  type MergedField,
  shownFields,
  sourceOf,
} from "./merge-choices.ts";

type MergeComparisonProps = {
  records: readonly ComparedClient[];
  suggestedId: string;
  keepId: string;
  choices: MergeChoices;
  onKeep: (id: string) => void;
  onChoose: (field: MergedField, id: string) => void;
};

/** Records in columns: what hangs on each, and field by field what they say, to choose from where they differ. */
export function MergeComparison({
  records,
  suggestedId,
  keepId,
  choices,
  onKeep,
  onChoose,
}: MergeComparisonProps) {
  const t = useTranslations("clients");
  const words = useFieldWords();
  return (
    <div className="overflow-x-auto pb-1">
      <div className="flex min-w-fit flex-col gap-3">
        <Row legend={t("merge.keep")} columns={records.length}>
          {(name) =>
            records.map((record) => (
              <Cell
                key={record.id}
                name={name}
                isChosen={record.id === keepId}
                onChoose={() => onKeep(record.id)}
              >
                <span className="block break-words font-semibold">{record.name}</span>
                {record.id === suggestedId && (
                  <Badge tone="accent" className="whitespace-normal">
                    {t("merge.fullest")}
                  </Badge>
                )}
                <History record={record} />
              </Cell>
            ))
          }
        </Row>
        {shownFields(records).map((field) => {
          const source = sourceOf(records, { field, keepId, choices });
          const isChoice = differs(records, field);
          return (
            <Row key={field} legend={t(`merge.fields.${field}`)} columns={records.length}>
              {(name) =>
                records.map((record) => (
                  <Cell
                    key={record.id}
                    name={isChoice && record[field] !== null ? name : null}
                    isChosen={record.id === source}
                    onChoose={() => onChoose(field, record.id)}
                  >
                    <span className="tabular block break-words">{words(field, record[field])}</span>
                  </Cell>
                ))
              }
            </Row>
          );
        })}
        {records.some(({ aliases }) => aliases.length > 0) && (
          <Row legend={t("aliases.title")} columns={records.length}>
            {() =>
              records.map((record) => (
                <Cell key={record.id} name={null}>
                  {record.aliases.map((alias) => (
                    <span key={`${alias.kind} ${alias.value}`} className="tabular block break-words">
                      {aliasText(alias)}
                    </span>
                  ))}
                </Cell>
              ))
            }
          </Row>
        )}
      </div>
    </div>
  );
}

type RowProps = { legend: string; columns: number; children: (name: string) => ReactNode };

/** One line of the comparison; a group of its own, named by what it is about. */
function Row({ legend, columns, children }: RowProps) {
  const name = useId();
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 font-medium text-muted-foreground text-xs">{legend}</legend>
      <div className="grid gap-2" style={{ gridTemplateColumns: `repeat(${columns}, minmax(8.25rem, 1fr))` }}>
        {children(name)}
      </div>
    </fieldset>
  );
}

type CellProps = {
  /** Of the group of choices; null where there is nothing to choose. */
  name: string | null;
  isChosen?: boolean;
  onChoose?: () => void;
  children: ReactNode;
};

function Cell({ name, isChosen = false, onChoose, children }: CellProps) {
  if (name === null) return <div className="min-w-0 rounded-md bg-muted/50 px-2.5 py-2">{children}</div>;
  return (
    <label className="flex min-w-0 cursor-pointer items-start gap-2 rounded-md border bg-surface px-2.5 py-2 hover:bg-muted/60 has-checked:border-accent has-checked:bg-accent/8 has-focus-visible:outline-2 has-focus-visible:outline-accent has-focus-visible:-outline-offset-2 max-sm:min-h-11">
      <input
        type="radio"
        name={name}
        className="mt-0.5 size-4 shrink-0 accent-accent outline-none"
        checked={isChosen}
        onChange={onChoose}
      />
      <span className="min-w-0 flex-1">{children}</span>
    </label>
  );
}

/** What hangs on a record: how much, from when to when, and its latest notes. */
function History({ record }: { record: ComparedClient }) {
  const t = useTranslations("clients.merge");
  const locale = useLocale();
  const { organization } = useViewer();
  const format = dateFormat(locale, { dateStyle: "medium", timeZone: organization.timezone });
  const day = (instant: string) => format.format(Date.parse(instant));
  const counts = [
    t("appointments", { count: record.appointments }),
    record.subjects > 0 && t("subjects", { count: record.subjects }),
    record.notes > 0 && t("notes", { count: record.notes }),
  ];
  return (
    <span className="mt-1 block text-muted-foreground text-xs">
      <span className="block">{t("since", { date: day(record.createdAt) })}</span>
      <span className="block">{counts.filter(Boolean).join(" · ")}</span>
      {record.lastAt && <span className="block">{t("last", { date: day(record.lastAt) })}</span>}
      {record.nextAt && <span className="block">{t("next", { date: day(record.nextAt) })}</span>}
      {record.latestNotes.map(({ id, at, body }) => (
        <span key={id} className="mt-1 line-clamp-4 block break-words border-l-2 pl-2">
          <span className="block">{day(at)}</span>
          {body}
        </span>
      ))}
    </span>
  );
}

/** A field's value as people read it. */
function useFieldWords() {
  const t = useTranslations("clients");
  return (field: MergedField, value: string | null) => {
    if (value === null) return <span className="text-muted-foreground">{t("merge.none")}</span>;
    if (field === "phone") return formatPhone(value);
    if (field === "kind") return t(`kinds.${value === "company" ? "company" : "individual"}`);
    if (field === "locale") return value === "fr" ? "Français" : "English";
    return value;
  };
}
