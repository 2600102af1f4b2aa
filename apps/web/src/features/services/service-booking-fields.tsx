"use client";

import { useTranslations } from "next-intl";
import { useFormContext } from "react-hook-form";
import { Checkbox } from "../../components/checkbox.tsx";
import { Field } from "../../components/field.tsx";
import { Input } from "../../components/input.tsx";
import { NumberInput } from "../../components/number-input.tsx";
import { Panel } from "../../components/page.tsx";
import { Select } from "../../components/select.tsx";
import type { NoticeUnit, ServiceValues } from "./service-values.ts";

type BookingFieldsProps = { messageOf: (name: keyof ServiceValues) => string | undefined };

const noticeUnits: readonly NoticeUnit[] = ["minutes", "hours", "days"];
const places = ["in_person", "video", "phone"] as const;

/** How long a service takes, what it costs, and when and where it can be booked. */
export function BookingFields({ messageOf }: BookingFieldsProps) {
  const t = useTranslations("services.form");
  const staff = useTranslations("staff");
  const { register, watch } = useFormContext<ServiceValues>();

  function number(name: "durationMinutes" | "bufferBefore" | "bufferAfter" | "horizonDays", hint?: string) {
    return (
      <Field label={t(name)} hint={hint} error={messageOf(name)}>
        {(field) => <NumberInput {...field} {...register(name)} />}
      </Field>
    );
  }

  return (
    <>
      <Panel title={t("time")}>
        <div className="grid gap-4 sm:grid-cols-3">
          {number("durationMinutes")}
          {number("bufferBefore", t("bufferHint"))}
          {number("bufferAfter", t("bufferHint"))}
          <Field label={t("notice")} hint={t("noticeHint")} error={messageOf("notice")}>
            {(field) => (
              <div className="flex gap-1.5">
                <NumberInput {...field} {...register("notice")} className="min-w-0 flex-1" />
                <div className="w-28 shrink-0">
                  <Select aria-label={t("noticeUnit")} {...register("noticeUnit")}>
                    {noticeUnits.map((unit) => (
                      <option key={unit} value={unit}>
                        {t(`units.${unit}`)}
                      </option>
                    ))}
                  </Select>
                </div>
              </div>
            )}
          </Field>
          {number("horizonDays", t("horizonHint"))}
        </div>
      </Panel>
      <Panel title={t("placeAndPrice")}>
        <div className="grid gap-4 sm:grid-cols-3">
          <Field label={t("place")} error={messageOf("locationKind")}>
            {(field) => (
              <Select {...field} {...register("locationKind")}>
                {places.map((place) => (
                  <option key={place} value={place}>
                    {staff(`places.${place}`)}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <Field label={t("price")} hint={t("priceHint")} error={messageOf("price") && t("priceError")}>
            {(field) => (
              <NumberInput isDecimal {...field} {...register("price")} placeholder={t("noPrice")} />
            )}
          </Field>
          <Field label={t("currency")} error={messageOf("currency") && t("currencyError")}>
            {(field) => (
              <Input
                {...field}
                {...register("currency")}
                maxLength={3}
                autoComplete="off"
                spellCheck={false}
                className="uppercase"
              />
            )}
          </Field>
        </div>
        <div className="mt-4 grid gap-2 sm:grid-cols-2">
          {watch("locationKind") === "in_person" && (
            <Checkbox label={t("needsRoom")} hint={t("needsRoomHint")} {...register("needsRoom")} />
          )}
          <Checkbox label={t("needsApproval")} hint={t("needsApprovalHint")} {...register("needsApproval")} />
          <Checkbox label={t("needsPayment")} hint={t("needsPaymentHint")} {...register("needsPayment")} />
        </div>
      </Panel>
    </>
  );
}
