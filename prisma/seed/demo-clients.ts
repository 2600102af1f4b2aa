const firstNames =
  "Camille Louis Emma Jules Chloé Hugo Inès Léo Manon Nathan Sarah Adam Jade Paul Lina Victor Zoé Antoine Amina Mathis Élise Bastien Fatou Gabriel Noémie Samuel Yasmine Thomas Océane Rayan Agathe Simon Mélanie Olivier Nadia Romain Sophie Vincent Aïcha Pierre".split(
    " ",
  );
const lastNames =
  "Bernard Petit Durand Leroux Moreau Simon Laurent Michel Garcia David Bertrand Roux Vincent Fournier Morel Girard André Mercier Dupuis Lambert Bonnet François Martinez Legrand Garnier Faure Rousseau Blanc Guérin Muller Henry Roussel Nicolas Perrin Morin Mathieu Clément Gauthier Dumont Lopez".split(
    " ",
  );

/** Clients with names that meet in both lists; every fifth has only a phone. */
export function demoClients(random: () => number, count: number) {
  return Array.from({ length: count }, (_, index) => {
    const first = firstNames[index % firstNames.length] ?? "";
    const last = lastNames[(index * 7 + Math.floor(index / firstNames.length)) % lastNames.length] ?? "";
    const digits = String(Math.floor(random() * 100_000_000)).padStart(8, "0");
    const address = `${first}.${last}`
      .normalize("NFD")
      .replace(/[^A-Za-z.]/g, "")
      .toLowerCase();
    return {
      name: `${first} ${last}`,
      email: index % 5 === 4 ? null : `${address}@clients.example`,
      phone: `+336${digits}`,
    };
  });
}
