"use client";

import {
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useEffectEvent,
  useId,
  useRef,
  useState,
} from "react";
import { joinClasses } from "../../components/join-classes.ts";

type ChoiceListProps<Item> = {
  label: string;
  items: readonly Item[];
  keyOf: (item: Item) => string;
  children: (item: Item) => ReactNode;
  onChoose: (item: Item) => void;
  /** Keys that mean something more than a choice. */
  onOtherKey?: (event: KeyboardEvent) => void;
  isDisabled?: boolean;
  /** Takes the focus when it appears: where it is the next thing to do, not where it only was read again. */
  autoFocus?: boolean;
};

/** A list to choose one thing from: arrows, Home and End move, Enter or a digit chooses. */
export function ChoiceList<Item>({
  label,
  items,
  keyOf,
  children,
  onChoose,
  onOtherKey,
  isDisabled = false,
  autoFocus = true,
}: ChoiceListProps<Item>) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState(0);
  const active = Math.min(at, items.length - 1);
  const onAppear = useEffectEvent(() => {
    if (autoFocus) list.current?.focus();
  });
  useEffect(() => onAppear(), []);

  function choose(index: number) {
    const item = items[index];
    if (item !== undefined && !isDisabled) onChoose(item);
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const targets: Record<string, number> = {
      ArrowDown: Math.min(active + 1, items.length - 1),
      ArrowUp: Math.max(active - 1, 0),
      Home: 0,
      End: items.length - 1,
    };
    const target = targets[event.key];
    if (target !== undefined) {
      event.preventDefault();
      setAt(target);
    } else if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      choose(active);
    } else if (/^[1-9]$/.test(event.key)) {
      event.preventDefault();
      choose(Number(event.key) - 1);
    } else {
      onOtherKey?.(event);
    }
  }

  return (
    <div
      ref={list}
      role="listbox"
      aria-label={label}
      aria-activedescendant={items.length > 0 ? `${id}-${active}` : undefined}
      aria-disabled={isDisabled || undefined}
      tabIndex={0}
      onKeyDown={onKeyDown}
      className="flex flex-col gap-1 rounded-lg"
    >
      {items.map((item, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the list itself has the keys
        <div
          key={keyOf(item)}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === active}
          className={joinClasses(
            "flex min-h-11 cursor-pointer items-center gap-3 rounded-lg border base:border-transparent px-3 py-1.5",
            index === active && "border-accent bg-accent/8",
            isDisabled && "opacity-60",
          )}
          onMouseEnter={() => setAt(index)}
          onClick={() => choose(index)}
        >
          <span aria-hidden className="tabular w-4 shrink-0 text-muted-foreground text-xs">
            {index < 9 ? index + 1 : ""}
          </span>
          {children(item)}
        </div>
      ))}
    </div>
  );
}
