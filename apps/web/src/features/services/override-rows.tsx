"use client";

import { ArrowDown, ArrowUp, Plus, Trash2, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useId, useRef } from "react";
import { Button } from "../../components/button.tsx";
import { Field } from "../../components/field.tsx";
import { Input } from "../../components/input.tsx";
import { NumberInput } from "../../components/number-input.tsx";
import { newCondition, newOverride, type OverrideValues, overrideProblem } from "./override-values.ts";

type OverrideRowsProps = {
  value: readonly OverrideValues[];
  onChange: (rows: OverrideValues[]) => void;
  /** After a refused submit each wrong line says what is wrong. */
  areErrorsShown: boolean;
  canChange: boolean;
};

/** What subjects are usually told apart by; any other word will do. */
const usualAttributes = ["type", "fuel", "make", "model", "surface", "rooms", "topic"];

/** The matrix of a service: lines from top to bottom, of which the first that fits counts. */
export function OverrideRows({ value, onChange, areErrorsShown, canChange }: OverrideRowsProps) {
  const t = useTranslations("services.matrix");
  const listId = useId();
  const list = useRef<HTMLOListElement>(null);

  function replace(row: OverrideValues) {
    onChange(value.map((each) => (each.key === row.key ? row : each)));
  }

  function move(index: number, by: -1 | 1) {
    const rows = [...value];
    const [row] = rows.splice(index, 1);
    if (row) rows.splice(index + by, 0, row);
    onChange(rows);
  }

  function add() {
    onChange([...value, newOverride()]);
    requestAnimationFrame(() => list.current?.querySelector<HTMLElement>("li:last-child input")?.focus());
  }

  return (
    <div className="flex flex-col gap-3">
      <datalist id={listId}>
        {usualAttributes.map((attribute) => (
          <option key={attribute} value={attribute} />
        ))}
      </datalist>
      {value.length === 0 && <p className="text-muted-foreground">{t("none")}</p>}
      <ol ref={list} className="flex flex-col gap-3">
        {value.map((row, index) => (
          <li key={row.key} className="rounded-lg border p-3">
            <OverrideRow
              row={row}
              number={index + 1}
              attributesId={listId}
              problem={areErrorsShown ? overrideProblem(row) : undefined}
              onChange={replace}
            />
            {canChange && (
              <div className="mt-2 flex justify-end gap-1">
                <Button
                  variant="ghost"
                  size="icon"
                  className="max-sm:size-11"
                  aria-label={t("up", { number: index + 1 })}
                  disabled={index === 0}
                  onClick={() => move(index, -1)}
                >
                  <ArrowUp />
                </Button>
                <Button
                  variant="ghost"
                  size="icon"
                  className="max-sm:size-11"
                  aria-label={t("down", { number: index + 1 })}
                  disabled={index === value.length - 1}
                  onClick={() => move(index, 1)}
                >
                  <ArrowDown />
                </Button>
                <Button
                  variant="ghost"
                  size="icon"
                  className="max-sm:size-11"
                  aria-label={t("remove", { number: index + 1 })}
                  onClick={() => onChange(value.filter(({ key }) => key !== row.key))}
                >
                  <Trash2 />
                </Button>
              </div>
            )}
          </li>
        ))}
      </ol>
      {canChange && (
        <Button variant="secondary" className="self-start max-sm:h-11" onClick={add}>
          <Plus aria-hidden />
          {t("add")}
        </Button>
      )}
    </div>
  );
}

function OverrideRow({
  row,
  number,
  attributesId,
  problem,
  onChange,
}: {
  row: OverrideValues;
  number: number;
  attributesId: string;
  problem: ReturnType<typeof overrideProblem>;
  onChange: (row: OverrideValues) => void;
}) {
  const t = useTranslations("services.matrix");
  const errorId = useId();
  const wrong = (...fields: (typeof problem)[]) =>
    problem !== undefined && fields.includes(problem)
      ? ({ "aria-invalid": true, "aria-describedby": errorId } as const)
      : {};

  function setCondition(key: string, change: { attribute?: string; value?: string }) {
    const conditions = row.conditions.map((each) => (each.key === key ? { ...each, ...change } : each));
    onChange({ ...row, conditions });
  }

  return (
    <fieldset className="grid gap-x-4 gap-y-3 sm:grid-cols-[1fr_7rem_7rem]">
      <legend className="sr-only">{t("line", { number })}</legend>
      <div className="flex flex-col gap-1.5">
        <span className="font-medium text-sm">{t("when")}</span>
        {row.conditions.map((condition) => (
          <div key={condition.key} className="flex items-center gap-1.5">
            <Input
              list={attributesId}
              aria-label={t("attribute")}
              placeholder={t("attributePlaceholder")}
              maxLength={64}
              value={condition.attribute}
              {...wrong("conditions")}
              onChange={(event) => setCondition(condition.key, { attribute: event.target.value })}
            />
            <span aria-hidden>=</span>
            <Input
              aria-label={t("value")}
              placeholder={t("valuePlaceholder")}
              maxLength={200}
              value={condition.value}
              {...wrong("conditions")}
              onChange={(event) => setCondition(condition.key, { value: event.target.value })}
            />
            {row.conditions.length > 1 && (
              <Button
                variant="ghost"
                size="icon"
                className="max-sm:size-11"
                aria-label={t("removeCondition")}
                onClick={() =>
                  onChange({ ...row, conditions: row.conditions.filter(({ key }) => key !== condition.key) })
                }
              >
                <X />
              </Button>
            )}
          </div>
        ))}
        <Button
          variant="ghost"
          size="small"
          className="self-start text-muted-foreground max-sm:h-11"
          onClick={() => onChange({ ...row, conditions: [...row.conditions, newCondition()] })}
        >
          <Plus aria-hidden />
          {t("and")}
        </Button>
      </div>
      <Field label={t("duration")}>
        {(control) => (
          <NumberInput
            id={control.id}
            placeholder={t("same")}
            value={row.durationMinutes}
            {...wrong("durationMinutes", "nothing")}
            onChange={(event) => onChange({ ...row, durationMinutes: event.target.value })}
          />
        )}
      </Field>
      <Field label={t("price")}>
        {(control) => (
          <NumberInput
            isDecimal
            id={control.id}
            placeholder={t("same")}
            value={row.price}
            {...wrong("price", "nothing")}
            onChange={(event) => onChange({ ...row, price: event.target.value })}
          />
        )}
      </Field>
      {problem && (
        <p id={errorId} role="alert" className="text-danger text-xs sm:col-span-3">
          {t(`problems.${problem}`)}
        </p>
      )}
    </fieldset>
  );
}
