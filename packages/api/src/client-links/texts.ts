/** The mail with a client's link to their page; `{…}` stands for a value. */
export const portalTexts = {
  fr: {
    subject: "Votre espace client chez {organization}",
    greeting: "Bonjour {name},",
    lead: "Voici le lien vers votre espace : vos rendez-vous, à déplacer ou annuler vous-même, et les notes partagées avec vous.",
    action: "Ouvrir mon espace",
    closing: "Ce lien est personnel : ne le transmettez pas.",
  },
  en: {
    subject: "Your page at {organization}",
    greeting: "Hello {name},",
    lead: "Here is the link to your page: your appointments, to move or cancel yourself, and the notes shared with you.",
    action: "Open my page",
    closing: "This link is personal: please do not pass it on.",
  },
} as const;
