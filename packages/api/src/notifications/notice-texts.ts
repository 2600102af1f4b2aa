import type { NoticeKind } from "./decide-notice.ts";
import type { MailLocale } from "./format-when.ts";

interface NoticeTexts {
  subject: Record<NoticeKind, string>;
  opening: Record<NoticeKind, string>;
  greeting: string;
  appointment: string;
  labels: { when: string; service: string; with: string; where: string; phone: string };
  video: string;
  byPhone: string;
  /** What the client can do, as a button; and where else they can go. */
  manage: string;
  portal: string;
  contact: string;
}

/** Every word of the mails; `{…}` stands for a value. */
export const noticeTexts: Record<MailLocale, NoticeTexts> = {
  fr: {
    subject: {
      requested: "Demande de rendez-vous reçue : {when}",
      booked: "Rendez-vous confirmé : {when}",
      confirmed: "Rendez-vous confirmé : {when}",
      moved: "Rendez-vous déplacé : {when}",
      changed: "Rendez-vous modifié : {when}",
      cancelled: "Rendez-vous annulé : {when}",
    },
    opening: {
      requested: "Nous avons bien reçu votre demande. Vous recevrez un message dès qu’elle sera confirmée.",
      booked: "Votre rendez-vous est confirmé.",
      confirmed: "Votre rendez-vous est maintenant confirmé.",
      moved: "Votre rendez-vous a été déplacé. Voici le nouvel horaire.",
      changed: "Votre rendez-vous a été modifié. Voici les informations à jour.",
      cancelled: "Votre rendez-vous est annulé.",
    },
    greeting: "Bonjour {name},",
    appointment: "Rendez-vous",
    labels: {
      when: "Quand",
      service: "Objet",
      with: "Avec",
      where: "Où",
      phone: "Téléphone",
    },
    video: "En visioconférence",
    byPhone: "Par téléphone",
    manage: "Déplacer ou annuler",
    portal: "Tous vos rendez-vous",
    contact: "Une question ? Contactez {organization}{phone}.",
  },
  en: {
    subject: {
      requested: "Appointment request received: {when}",
      booked: "Appointment confirmed: {when}",
      confirmed: "Appointment confirmed: {when}",
      moved: "Appointment moved: {when}",
      changed: "Appointment changed: {when}",
      cancelled: "Appointment cancelled: {when}",
    },
    opening: {
      requested: "We have received your request. You will get a message as soon as it is confirmed.",
      booked: "Your appointment is confirmed.",
      confirmed: "Your appointment is now confirmed.",
      moved: "Your appointment has been moved. Here is the new time.",
      changed: "Your appointment has been changed. Here are the current details.",
      cancelled: "Your appointment is cancelled.",
    },
    greeting: "Hello {name},",
    appointment: "Appointment",
    labels: {
      when: "When",
      service: "About",
      with: "With",
      where: "Where",
      phone: "Phone",
    },
    video: "By video call",
    byPhone: "By phone",
    manage: "Move or cancel",
    portal: "All your appointments",
    contact: "Any question? Contact {organization}{phone}.",
  },
};
