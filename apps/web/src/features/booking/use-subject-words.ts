import { useTranslations } from "../../components/words.tsx";

const names = ["fuel", "type"] as const;
const fuels = ["petrol", "diesel", "electric", "hybrid", "gas", "lpg"] as const;
const types = ["car", "utility", "motorcycle", "camper", "collection"] as const;

function isKnown<Value extends string>(all: readonly Value[], text: string): text is Value {
  return (all as readonly string[]).includes(text);
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** How attributes of a subject and their values are called; those the product does not know keep the organization's words. */
export function useSubjectWords() {
  const t = useTranslations("booking.subject");
  return {
    nameOf: (name: string) => (isKnown(names, name) ? t(`name.${name}`) : sentence(name)),
    valueOf(name: string, value: string): string {
      if (name === "fuel" && isKnown(fuels, value)) return t(`fuel.${value}`);
      if (name === "type" && isKnown(types, value)) return t(`type.${value}`);
      return sentence(value);
    },
  };
}
