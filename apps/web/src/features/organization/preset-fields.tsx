"use client";

import { useTranslations } from "next-intl";
import { useController } from "react-hook-form";
import { ChoiceGroup } from "../../components/choice-group.tsx";
import { Panel } from "../../components/page.tsx";
import type { OrganizationValues } from "./form-values.ts";

const presets = ["medical", "real_estate", "inspection", "client_meetings", "solo"] as const;

/** The trade, which chooses words and fields. */
export function PresetFields() {
  const t = useTranslations("organization.preset");
  const { field } = useController<OrganizationValues, "preset">({ name: "preset" });
  return (
    <Panel title={t("title")} description={t("lead")}>
      <ChoiceGroup
        legend={t("label")}
        isLegendHidden
        layout="column"
        choices={presets.map((value) => ({
          value,
          label: t(`names.${value}`),
          hint: t(`hints.${value}`),
        }))}
        value={field.value}
        onChange={field.onChange}
      />
    </Panel>
  );
}
