"use client";

import { ExternalLink } from "lucide-react";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { toast } from "sonner";
import { Button } from "../../components/button.tsx";
import { ConfirmDialog } from "../../components/confirm-dialog.tsx";
import { CopyField } from "../../components/copy-field.tsx";
import { Input } from "../../components/input.tsx";
import { Panel } from "../../components/page.tsx";
import { useRouter } from "../../i18n/navigation.ts";
import { errorCode } from "../../trpc/error-code.ts";
import { trpc } from "../../trpc/react.ts";
import { useRefusal } from "../directory/use-refusal.ts";
import { useViewer } from "../viewer/viewer.tsx";
import { useUsernameCheck } from "./use-username-check.ts";
import { UsernameStateLine } from "./username-state.tsx";

/** The last part of one's public booking link: chosen, checked while typing, shown whole, taken back. */
export function UsernamePanel() {
  const t = useTranslations("profile.username");
  const staff = useTranslations("staff");
  const { user, providerId } = useViewer();
  const router = useRouter();
  const id = useId();
  const { tell } = useRefusal();
  const utils = trpc.useUtils();
  const [typed, setTyped] = useState(user.username ?? "");
  const [question, setQuestion] = useState<"change" | "remove" | null>(null);
  const name = typed.trim().toLowerCase();
  const state = useUsernameCheck(name, user.username);
  const config = trpc.session.config.useQuery(undefined, { staleTime: Number.POSITIVE_INFINITY });
  const linkOf = (username: string) => `${config.data?.appUrl ?? ""}/book/${username}`;
  const save = trpc.members.setUsername.useMutation({
    onSuccess: (_, { username }) => {
      setQuestion(null);
      setTyped(username ?? "");
      toast.success(username ? t("saved") : t("removed"));
      router.refresh();
    },
    onError: (error) => {
      setQuestion(null);
      // Somebody was quicker: the line below the field says so.
      if (errorCode(error) === "already_exists") void utils.members.usernameAvailable.invalidate();
      else tell(error);
    },
  });

  function submit() {
    if (state !== "free") return;
    if (user.username) setQuestion("change");
    else save.mutate({ username: name });
  }

  return (
    <Panel title={t("title")} description={t("lead")}>
      <div className="flex flex-col gap-4">
        {user.username ? (
          <div className="flex flex-col gap-2">
            <CopyField label={t("link")} value={linkOf(user.username)} />
            <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
              {providerId ? (
                <a
                  href={`/book/${user.username}`}
                  target="_blank"
                  rel="noreferrer"
                  className="inline-flex min-h-7 items-center gap-1.5 font-medium underline-offset-2 hover:underline"
                >
                  {t("open")}
                  <ExternalLink aria-hidden className="size-3.5" />
                </a>
              ) : (
                <p className="text-muted-foreground text-xs">{t("notProvider")}</p>
              )}
              <button
                type="button"
                className="min-h-7 text-muted-foreground underline-offset-2 hover:text-danger hover:underline"
                onClick={() => setQuestion("remove")}
              >
                {t("remove")}
              </button>
            </div>
          </div>
        ) : (
          <p className="text-muted-foreground">
            {t("none")} {!providerId && t("notProvider")}
          </p>
        )}
        <form
          noValidate
          className="flex flex-col gap-1.5"
          onSubmit={(event) => {
            event.preventDefault();
            submit();
          }}
        >
          <label htmlFor={id} className="font-medium text-sm">
            {t("label")}
          </label>
          <div className="flex flex-wrap items-center gap-2">
            <span className="text-muted-foreground">/book/</span>
            <Input
              id={id}
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
              aria-describedby={`${id}-state`}
              aria-invalid={state === "taken" || state === "reserved" || state === "invalid" || undefined}
              autoCapitalize="none"
              autoComplete="off"
              spellCheck={false}
              maxLength={60}
              className="min-w-40 flex-1 max-sm:h-11"
            />
            <Button type="submit" className="h-9 max-sm:h-11" disabled={state !== "free" || save.isPending}>
              {save.isPending ? staff("saving") : t("save")}
            </Button>
          </div>
          <UsernameStateLine id={`${id}-state`} name={name} state={state} />
        </form>
      </div>
      {question === "change" && (
        <ConfirmDialog
          title={t("changeTitle")}
          description={t("changeLead", { old: `/book/${user.username}` })}
          action={t("change")}
          isBusy={save.isPending}
          onConfirm={() => save.mutate({ username: name })}
          onClose={() => setQuestion(null)}
        >
          <p className="mb-4 break-all rounded-md border bg-muted/50 px-3 py-2">{linkOf(name)}</p>
        </ConfirmDialog>
      )}
      {question === "remove" && (
        <ConfirmDialog
          title={t("removeTitle")}
          description={t("removeLead")}
          action={t("remove")}
          isDanger
          isBusy={save.isPending}
          onConfirm={() => save.mutate({ username: null })}
          onClose={() => setQuestion(null)}
        />
      )}
    </Panel>
  );
}
