import type { MailLocale } from "../notifications/format-when.ts";

interface WaitingTexts {
  subject: { joined: string; offered: string };
  greeting: string;
  opening: { joined: string; offered: string };
  labels: { service: string; with: string; where: string; days: string; when: string; until: string };
  anyone: string;
  days: string;
  action: { joined: string; offered: string };
  closing: { joined: string; offered: string };
}

/** Every word of the waitlist's mails; `{…}` stands for a value. */
export const waitingTexts: Record<MailLocale, WaitingTexts> = {
  fr: {
    subject: {
      joined: "Vous êtes sur la liste d’attente : {service}",
      offered: "Une place s’est libérée : {when}",
    },
    greeting: "Bonjour {name},",
    opening: {
      joined:
        "Dès qu’une place qui vous convient se libère, nous vous la réservons un moment et vous écrivons.",
      offered:
        "Une place s’est libérée, et nous vous la réservons. Sans réponse de votre part, elle passera au suivant.",
    },
    labels: {
      service: "Objet",
      with: "Avec",
      where: "Où",
      days: "Jours souhaités",
      when: "Quand",
      until: "Réservée jusqu’au",
    },
    anyone: "La première personne libre",
    days: "du {from} au {to}",
    action: { joined: "Voir ma demande", offered: "Répondre" },
    closing: {
      joined:
        "Vous pouvez quitter la liste à tout moment par ce lien. Il est à vous : ne le transmettez à personne.",
      offered:
        "Ouvrir ce lien ne réserve rien : un bouton vous y attend. Il est à vous, ne le transmettez à personne.",
    },
  },
  en: {
    subject: {
      joined: "You are on the waiting list: {service}",
      offered: "A place has come free: {when}",
    },
    greeting: "Hello {name},",
    opening: {
      joined:
        "As soon as a place that suits you comes free, we keep it for you for a while and write to you.",
      offered:
        "A place has come free, and we keep it for you. Without an answer from you it goes to the next person.",
    },
    labels: {
      service: "About",
      with: "With",
      where: "Where",
      days: "Days you wish",
      when: "When",
      until: "Kept for you until",
    },
    anyone: "Whoever is free first",
    days: "from {from} to {to}",
    action: { joined: "See my request", offered: "Answer" },
    closing: {
      joined: "You can leave the list at any time by this link. It is yours: do not pass it on.",
      offered:
        "Opening this link books nothing: a button waits for you there. It is yours, do not pass it on.",
    },
  },
};
