"use client";

import { Check, Copy, ExternalLink, Link2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { Button, buttonVariants } from "../../components/button.tsx";
import { Input } from "../../components/input.tsx";
import { Panel } from "../../components/page.tsx";
import { trpc } from "../../trpc/react.ts";
import { useRefusal } from "../directory/use-refusal.ts";

/** The private address where a client sees their appointments and shared notes, for staff to hand over. */
export function PortalLink({ clientId }: { clientId: string }) {
  const t = useTranslations("clients.portal");
  const { tell } = useRefusal();
  const [isCopied, setIsCopied] = useState(false);
  const link = trpc.directory.clients.portalLink.useMutation({ onError: tell });
  const url = link.data?.url;
  // Their link came from a record merged into this one: it cannot be shown, only replaced.
  const isHeld = link.data !== undefined && url === null;

  async function copy(text: string) {
    try {
      await navigator.clipboard.writeText(text);
      setIsCopied(true);
    } catch {
      toast.error(t("copyFailed"));
    }
  }

  return (
    <Panel title={t("title")} description={t("lead")}>
      {url ? (
        <div className="flex flex-wrap gap-2">
          <Input
            readOnly
            aria-label={t("title")}
            value={url}
            className="tabular min-w-48 flex-1"
            onFocus={(event) => event.target.select()}
          />
          <Button variant="secondary" className="h-9 max-sm:h-11" onClick={() => void copy(url)}>
            {isCopied ? <Check aria-hidden /> : <Copy aria-hidden />}
            {isCopied ? t("copied") : t("copy")}
          </Button>
          <a
            href={url}
            target="_blank"
            rel="noreferrer"
            className={buttonVariants({ variant: "ghost", className: "h-9 max-sm:h-11" })}
          >
            <ExternalLink aria-hidden />
            {t("open")}
          </a>
          <span role="status" className="sr-only">
            {isCopied ? t("copied") : ""}
          </span>
        </div>
      ) : (
        <div className="flex flex-col items-start gap-2">
          {isHeld && <p role="status">{t("held")}</p>}
          <Button
            variant="secondary"
            className="max-sm:h-11"
            disabled={link.isPending}
            onClick={() => link.mutate({ id: clientId, replace: isHeld })}
          >
            <Link2 aria-hidden />
            {isHeld ? t("replace") : t("get")}
          </Button>
        </div>
      )}
    </Panel>
  );
}
