"use client";

import { useTranslations } from "next-intl";
import { Select } from "../../components/select.tsx";
import { DirectorySelect } from "../directory/directory-select.tsx";
import { useViewer } from "../viewer/viewer.tsx";
import { Segments } from "./segments.tsx";
import type { HoursChoice } from "./use-hours-choice.ts";

/** Whose hours: a person's or a site's, where, and who. */
export function HoursBar({ choice, leave }: { choice: HoursChoice; leave: (action: () => void) => void }) {
  const t = useTranslations("availability.whose");
  const staff = useTranslations("staff");
  const { providerId } = useViewer();
  const { directory, site, provider, providers } = choice;
  return (
    <div className="flex flex-wrap items-center gap-2">
      {providers.length > 0 && (
        <Segments
          label={t("label")}
          value={provider ? "provider" : "site"}
          options={[
            { value: "provider", label: staff("provider") },
            { value: "site", label: staff("site") },
          ]}
          onChange={(kind) => leave(() => choice.chooseKind(kind))}
        />
      )}
      {(directory.isPart || directory.sites.length > 1) && (
        <DirectorySelect
          kind="sites"
          aria-label={staff("site")}
          className="h-11 max-w-60 sm:h-9"
          value={site?.id ?? ""}
          items={directory.sites}
          onChange={(id) => leave(() => choice.chooseSite(id))}
        />
      )}
      {provider && providers.length > 1 && (
        <Select
          aria-label={staff("provider")}
          className="h-11 max-w-60 sm:h-9"
          value={provider.id}
          onChange={(event) => {
            const { value } = event.target;
            leave(() => choice.chooseProvider(value));
          }}
        >
          {providers.map(({ id, name }) => (
            <option key={id} value={id}>
              {id === providerId ? t("you", { name }) : name}
            </option>
          ))}
        </Select>
      )}
    </div>
  );
}
