import type { ComponentProps, MouseEvent } from "react";
import { joinClasses } from "./join-classes.ts";

const base =
  "base:inline-flex base:shrink-0 base:select-none base:items-center base:justify-center base:gap-1.5 base:whitespace-nowrap base:rounded-md base:font-medium base:transition-colors disabled:pointer-events-none disabled:opacity-50 aria-disabled:cursor-default aria-disabled:opacity-50 [&_svg]:size-4 [&_svg]:shrink-0";

const variants = {
  primary: "base:bg-accent base:text-accent-foreground hover:base:bg-accent/90",
  secondary: "base:border base:bg-surface base:text-foreground hover:base:bg-muted",
  ghost: "base:text-foreground hover:base:bg-muted",
  danger: "base:bg-danger base:text-danger-foreground hover:base:bg-danger/90",
};

const sizes = {
  // On a phone every one of them is a target for a thumb: 44 px.
  small: "base:h-7 base:px-2 base:text-xs max-sm:h-11",
  medium: "base:h-8 base:px-3 base:text-sm max-sm:h-11",
  large: "base:h-11 base:px-4 base:text-sm",
  icon: "base:size-8",
};

interface ButtonLook {
  variant?: keyof typeof variants;
  size?: keyof typeof sizes;
  className?: string;
}

/** The look of a button, for links too; classes of the caller's replace its own. */
export function buttonVariants({ variant = "primary", size = "medium", className }: ButtonLook = {}): string {
  return joinClasses(base, variants[variant], sizes[size], className);
}

type ButtonProps = ComponentProps<"button"> &
  ButtonLook & {
    /** What it was pressed for is under way: it takes no second press, and keeps the focus that `disabled` would drop. */
    isBusy?: boolean;
  };

/** Stops a form as well: the Enter key in a field presses its button. */
const stop = (event: MouseEvent) => event.preventDefault();

export function Button({
  className,
  variant,
  size,
  type = "button",
  isBusy = false,
  onClick,
  ...props
}: ButtonProps) {
  return (
    <button
      type={type}
      aria-disabled={isBusy || undefined}
      onClick={isBusy ? stop : onClick}
      className={buttonVariants({ variant, size, className })}
      {...props}
    />
  );
}
