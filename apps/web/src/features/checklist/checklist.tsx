"use client";

import { Check, ChevronRight } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { Button } from "../../components/button.tsx";
import { Panel } from "../../components/page.tsx";
import { Link } from "../../i18n/navigation.ts";
import { trpc } from "../../trpc/react.ts";
import { useDirectory } from "../directory/use-directory.ts";
import { useViewer } from "../viewer/viewer.tsx";
import { setupSteps } from "./setup-steps.ts";

/** What is left to set up, for those who may do it; goes away when all is done or when it is hidden. */
export function Checklist() {
  const t = useTranslations("checklist");
  const viewer = useViewer();
  const directory = useDirectory();
  const mayChange = viewer.permissions.includes("directory.change");
  const maySeeTeam = viewer.permissions.includes("members.view");
  const members = trpc.members.list.useQuery(undefined, {
    enabled: mayChange && maySeeTeam,
    staleTime: 300_000,
  });
  const storageKey = `setup-hidden-${viewer.organization.id}`;
  // Shown only after the browser said that it was not hidden, so that it does not flash.
  const [isHidden, setIsHidden] = useState(true);
  useEffect(() => setIsHidden(localStorage.getItem(storageKey) !== null), [storageKey]);

  const isKnown = !directory.isPending && !directory.isError && (!maySeeTeam || members.data);
  if (!mayChange || isHidden || !isKnown) return null;
  const memberCount = members.data ? members.data.items.length + members.data.invitations.length : null;
  const steps = setupSteps({ directory, viewer, memberCount });
  const done = steps.filter(({ isDone }) => isDone).length;
  if (done === steps.length) return null;

  function hide() {
    localStorage.setItem(storageKey, "1");
    setIsHidden(true);
  }

  return (
    <Panel
      title={t("title")}
      description={t("lead", { done, total: steps.length })}
      actions={
        <Button variant="ghost" size="small" onClick={hide}>
          {t("hide")}
        </Button>
      }
    >
      <ol className="grid gap-1.5 sm:grid-cols-2">
        {steps.map(({ key, href, isDone }) => (
          <li key={key}>
            <Link
              href={href}
              className="flex min-h-10 items-center gap-2.5 rounded-lg border px-3 py-2 hover:bg-muted"
            >
              <span
                aria-hidden
                className={`grid size-5 shrink-0 place-items-center rounded-full border ${isDone ? "border-success bg-success/10 text-success" : ""}`}
              >
                {isDone && <Check className="size-3.5" />}
              </span>
              <span className={isDone ? "text-muted-foreground line-through" : "font-medium"}>
                {t(`steps.${key}`)}
              </span>
              {isDone ? (
                <span className="sr-only">{t("done")}</span>
              ) : (
                <ChevronRight aria-hidden className="ml-auto size-4 text-muted-foreground" />
              )}
            </Link>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
