"use client";

import { type ComponentProps, useRef } from "react";
import { Button } from "./button.tsx";

type KeptFormProps = Omit<ComponentProps<"form">, "action" | "onSubmit"> & { onSubmit: () => void };

/**
 * A form that works before its script is there: React keeps an early submission and hands it to `action` once the form is
 * alive. Later ones go the quicker way, outside of a transition.
 */
export function KeptForm({ onSubmit, ...props }: KeptFormProps) {
  const submit = useRef(onSubmit);
  submit.current = onSubmit;
  return (
    <form
      noValidate
      // Of the form as it is by then: what was typed early is known a moment after it has come to life.
      action={() => submit.current()}
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
      {...props}
    />
  );
}

/** A button whose press is not lost while its script is on the way. */
export function KeptButton({
  onPress,
  ...props
}: Omit<ComponentProps<typeof Button>, "onClick" | "type"> & { onPress: () => void }) {
  return (
    <KeptForm onSubmit={onPress} className="contents">
      <Button type="submit" {...props} />
    </KeptForm>
  );
}
