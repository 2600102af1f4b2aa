"use client";

import { dateFormat } from "@creneau/domain/time/date-format";
import format, { type CompiledMessage, type FormatValues } from "icu-minify/format";
import type { useLocale as useIntlLocale, useTranslations as useIntlTranslations } from "next-intl";
import { cloneElement, createContext, isValidElement, type ReactNode, useContext, useMemo } from "react";

interface Words {
  locale: string;
  /** Namespaces of the messages, compiled by the build. */
  messages: object;
}

const Context = createContext<Words>({ locale: "fr", messages: {} });

/**
 * The words of the pages that clients open. It reads the product's messages as next-intl does, typed the same, and costs a
 * phone a third of it: no dates, no fallbacks, no formats of its own.
 */
export function WordsProvider({ locale, messages, children }: Words & { children: ReactNode }) {
  const words = useMemo(() => ({ locale, messages }), [locale, messages]);
  return <Context value={words}>{children}</Context>;
}

/** As next-intl's, below a `WordsProvider`. */
export const useLocale = (() => useContext(Context).locale) as typeof useIntlLocale;

/** As next-intl's, below a `WordsProvider`; `rich` is its only variant. */
export const useTranslations = ((namespace: string) => {
  const { locale, messages } = useContext(Context);
  return useMemo(() => translator(locale, messages, namespace), [locale, messages, namespace]);
}) as unknown as typeof useIntlTranslations;

function translator(locale: string, messages: object, namespace: string) {
  function say(key: string, values?: FormatValues<ReactNode>) {
    const path = `${namespace}.${key}`;
    const message = path
      .split(".")
      .reduce<unknown>((part, name) => (part as Record<string, unknown> | undefined)?.[name], messages);
    return message === undefined
      ? path
      : format(message as CompiledMessage, locale, values && withKeys(values), { formatters });
  }
  return Object.assign(say, { rich: say });
}

/** What a tag becomes stands in a list, where React wants keys. */
function withKeys(values: FormatValues<ReactNode>): FormatValues<ReactNode> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      if (typeof value !== "function") return [name, value];
      let count = 0;
      return [
        name,
        (chunks) => {
          const drawn = value(chunks);
          return isValidElement(drawn) ? cloneElement(drawn, { key: name + count++ }) : drawn;
        },
      ];
    }),
  );
}

const known = new Map<string, unknown>();

/** Making a formatter costs far more than using it. */
function once<Options, Formatter>(name: string, make: (locale: string, options?: Options) => Formatter) {
  return (locale: unknown, options?: Options): Formatter => {
    const key = name + locale + JSON.stringify(options);
    if (!known.has(key)) known.set(key, make(String(locale), options));
    return known.get(key) as Formatter;
  };
}

const formatters = {
  getDateTimeFormat: (locale: unknown, options: Intl.DateTimeFormatOptions = {}) =>
    dateFormat(String(locale), options),
  getNumberFormat: once("number", (locale, options?: Intl.NumberFormatOptions) =>
    Intl.NumberFormat(locale, options),
  ),
  getPluralRules: once(
    "plural",
    (locale, options?: Intl.PluralRulesOptions) => new Intl.PluralRules(locale, options),
  ),
};
