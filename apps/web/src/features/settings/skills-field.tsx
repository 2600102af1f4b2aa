"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useId, useRef, useState } from "react";
import { Button } from "../../components/button.tsx";
import { Field } from "../../components/field.tsx";
import { Input } from "../../components/input.tsx";
import { trpc } from "../../trpc/react.ts";

type SkillsFieldProps = {
  label: string;
  hint: string;
  error?: string | undefined;
  value: readonly string[];
  onChange: (skills: string[]) => void;
};

/** Skills in use anywhere in the organization, so that the same one is not written in two ways. */
function useKnownSkills(): string[] {
  const providers = trpc.directory.providers.list.useQuery({ limit: 200 }, { staleTime: 300_000 });
  const services = trpc.directory.services.list.useQuery({ limit: 200 }, { staleTime: 300_000 });
  return [
    ...new Set([
      ...(providers.data?.items.flatMap(({ skills }) => skills) ?? []),
      ...(services.data?.items.flatMap(({ requiredSkills }) => requiredSkills) ?? []),
    ]),
  ].toSorted((a, b) => a.localeCompare(b));
}

/** Skills one by one: Enter or a comma adds what is typed, and leaving the field does so too. */
export function SkillsField({ label, hint, error, value, onChange }: SkillsFieldProps) {
  const t = useTranslations("settings.skills");
  const listId = useId();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState("");
  const known = useKnownSkills().filter((skill) => !value.includes(skill));

  function add(typed: string) {
    const skills = typed
      .split(",")
      .map((skill) => skill.trim())
      .filter(Boolean);
    if (skills.length > 0) onChange([...new Set([...value, ...skills])]);
    setText("");
  }

  return (
    <div className="flex flex-col gap-2">
      <Field label={label} hint={hint} {...(error && { error })}>
        {(field) => (
          <Input
            {...field}
            ref={input}
            list={listId}
            value={text}
            maxLength={60}
            autoComplete="off"
            placeholder={t("placeholder")}
            onChange={(event) =>
              event.target.value.includes(",") ? add(event.target.value) : setText(event.target.value)
            }
            onKeyDown={(event) => {
              if (event.key === "Enter" && text.trim()) {
                event.preventDefault();
                add(text);
              } else if (event.key === "Backspace" && text === "") onChange(value.slice(0, -1));
            }}
            onBlur={() => add(text)}
          />
        )}
      </Field>
      <datalist id={listId}>
        {known.map((skill) => (
          <option key={skill} value={skill} />
        ))}
      </datalist>
      {value.length > 0 && (
        <ul className="flex flex-wrap gap-1.5" aria-label={label}>
          {value.map((skill) => (
            <li
              key={skill}
              className="inline-flex items-center gap-0.5 rounded-full border bg-muted pl-2.5 font-medium text-xs"
            >
              {skill}
              <Button
                variant="ghost"
                size="icon"
                className="size-7 rounded-full max-sm:size-11"
                aria-label={t("remove", { skill })}
                onClick={() => {
                  onChange(value.filter((each) => each !== skill));
                  input.current?.focus();
                }}
              >
                <X className="size-3.5!" />
              </Button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
