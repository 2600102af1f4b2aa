"use client";

import { AtSign, Phone, Star, UserRound, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "../../components/button.tsx";
import { type Outputs, trpc } from "../../trpc/react.ts";
import { useRefusal } from "../directory/use-refusal.ts";
import { aliasText } from "./client-words.ts";

type ClientDetail = Outputs["directory"]["clients"]["byId"];
type Alias = ClientDetail["aliases"][number];

const icons = { name: UserRound, email: AtSign, phone: Phone };

/** What a client is also known by: each can become the one that is used, or be removed. */
export function ClientAliases({ client, canChange }: { client: ClientDetail; canChange: boolean }) {
  const t = useTranslations("clients.aliases");
  const { tell } = useRefusal();
  const utils = trpc.useUtils();
  const update = trpc.directory.clients.update.useMutation({
    onSuccess: () => void utils.directory.clients.invalidate(),
    onError: tell,
  });
  if (client.aliases.length === 0) return null;
  const without = (alias: Alias) => client.aliases.filter((each) => each !== alias);

  function use(alias: Alias) {
    const before = client[alias.kind];
    const aliases = [...without(alias), ...(before ? [{ kind: alias.kind, value: before }] : [])];
    update.mutate({ id: client.id, [alias.kind]: alias.value, aliases });
  }

  return (
    <div className="mt-1 border-t pt-3">
      <h3 className="mb-1 font-medium text-muted-foreground text-xs">{t("title")}</h3>
      <ul className="flex flex-col">
        {client.aliases.map((alias) => {
          const Icon = icons[alias.kind];
          const text = aliasText(alias);
          return (
            <li
              key={`${alias.kind} ${alias.value}`}
              className="flex min-h-8 items-center gap-2 max-sm:min-h-11"
            >
              <Icon aria-hidden className="size-4 shrink-0 text-muted-foreground" />
              <AliasText alias={alias} />
              {canChange && (
                <span className="ml-auto flex shrink-0">
                  <Button
                    variant="ghost"
                    size="icon"
                    className="max-sm:size-11"
                    aria-label={t("use", { value: text })}
                    title={t("use", { value: text })}
                    disabled={update.isPending}
                    onClick={() => use(alias)}
                  >
                    <Star aria-hidden />
                  </Button>
                  <Button
                    variant="ghost"
                    size="icon"
                    className="max-sm:size-11"
                    aria-label={t("remove", { value: text })}
                    title={t("remove", { value: text })}
                    disabled={update.isPending}
                    onClick={() => update.mutate({ id: client.id, aliases: without(alias) })}
                  >
                    <X aria-hidden />
                  </Button>
                </span>
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function AliasText({ alias }: { alias: Alias }) {
  const className = "tabular min-w-0 break-words";
  if (alias.kind === "name") return <span className={className}>{alias.value}</span>;
  return (
    <a
      href={`${alias.kind === "phone" ? "tel" : "mailto"}:${alias.value}`}
      className={`${className} underline underline-offset-2`}
    >
      {aliasText(alias)}
    </a>
  );
}
