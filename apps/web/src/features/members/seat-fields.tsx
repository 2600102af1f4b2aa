"use client";

import { useTranslations } from "next-intl";
import { ChoiceGroup } from "../../components/choice-group.tsx";
import { Field } from "../../components/field.tsx";
import { Select } from "../../components/select.tsx";
import { trpc } from "../../trpc/react.ts";
import { PickList } from "../settings/pick-list.tsx";
import { useSiteChoices } from "../settings/use-choices.ts";
import { useViewer } from "../viewer/viewer.tsx";
import { type Role, roles } from "./member.ts";
import { seatReach } from "./seat-reach.ts";

/** A seat being given or changed; `siteIds` empty with `isEverywhere` false is not a seat yet. */
export type SeatDraft = { role: Role; isEverywhere: boolean; siteIds: readonly string[] };

type SeatFieldsProps = { value: SeatDraft; onChange: (draft: SeatDraft) => void; sitesError?: string };

/** The role of a seat, with what it means, and the sites it covers. */
export function SeatFields({ value, onChange, sitesError }: SeatFieldsProps) {
  const t = useTranslations("members.seat");
  const members = useTranslations("members");
  const staff = useTranslations("staff");
  const reach = seatReach(useViewer());
  const first = trpc.directory.sites.list.useQuery({ limit: 2 }, { staleTime: 5 * 60_000 }).data?.items ?? [];
  return (
    <>
      <Field label={t("role")} hint={members(`roleLeads.${value.role}`)}>
        {(control) => (
          <Select
            {...control}
            className="max-sm:h-11"
            value={value.role}
            onChange={(event) =>
              onChange({ ...value, role: roles.find((role) => role === event.target.value) ?? value.role })
            }
          >
            {reach.roles.map((role) => (
              <option key={role} value={role}>
                {staff(`roles.${role}`)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {(first.length > 1 || !value.isEverywhere) && (
        <div className="flex flex-col gap-2">
          <ChoiceGroup
            legend={t("sites")}
            choices={[
              { value: "all", label: t("all"), disabled: !reach.coversAll },
              { value: "some", label: t("some") },
            ]}
            value={value.isEverywhere ? "all" : "some"}
            onChange={(choice) => onChange({ ...value, isEverywhere: choice === "all" })}
          />
          {!reach.coversAll && <p className="text-muted-foreground text-xs">{t("ownSites")}</p>}
          {!value.isEverywhere && (
            <PickList
              label={t("which")}
              searchLabel={t("search")}
              error={sitesError}
              value={value.siteIds}
              onChange={(siteIds) => onChange({ ...value, siteIds })}
              useChoices={useSiteChoices}
            />
          )}
        </div>
      )}
    </>
  );
}
