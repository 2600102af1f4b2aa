import { offerFor } from "@creneau/domain/pricing/price-matrix";
import type { BookingState } from "./booking-state.ts";
import type { Service } from "./start.ts";

/** What the visitor comes with, as far as it changes the duration or the price: a vehicle's fuel, its type… */
export type Subject = Readonly<Record<string, string>>;

/** Something to ask about the subject, with the answers that make a difference. */
export interface SubjectQuestion {
  name: string;
  values: string[];
}

/** What a service's matrix asks, in its order. */
export function subjectQuestions({ overrides }: Pick<Service, "overrides">): SubjectQuestion[] {
  const questions = new Map<string, Set<string>>();
  for (const { when } of overrides) {
    for (const [name, value] of Object.entries(when))
      questions.set(name, (questions.get(name) ?? new Set()).add(String(value)));
  }
  return [...questions].map(([name, values]) => ({ name, values: [...values] }));
}

/** The answers in the address that this service asks for; others are left out. */
export function subjectOf({ about }: Pick<BookingState, "about">, service: Service): Subject {
  const said = new URLSearchParams(about ?? "");
  return Object.fromEntries(
    subjectQuestions(service).flatMap(({ name, values }) => {
      const value = said.get(name);
      return value !== null && values.includes(value) ? [[name, value]] : [];
    }),
  );
}

/** The answers as the address keeps them; null without any. */
export function aboutOf(subject: Subject): string | null {
  return new URLSearchParams(Object.entries(subject).filter(([, value]) => value)).toString() || null;
}

/** The service with the duration and the price that it has for this subject. */
export function serviceFor(service: Service, subject: Subject): Service {
  return { ...service, ...offerFor(service, subject) };
}

/** As the API takes it: nothing is said of nothing. */
export function subjectInput(subject: Subject): { subject?: { attributes: Record<string, string> } } {
  return Object.keys(subject).length === 0 ? {} : { subject: { attributes: { ...subject } } };
}
