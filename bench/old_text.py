"""French for made-up old newspapers: sentences of a small grammar, titles, rubrics, datelines, names, all our own."""

from __future__ import annotations

import random
from typing import NamedTuple

PLACES = [
    "Paris",
    "Lyon",
    "Rennes",
    "Brest",
    "Lille",
    "Nantes",
    "Rouen",
    "Toulon",
    "Bordeaux",
    "Marseille",
    "Londres",
    "Berlin",
    "Rome",
    "Vienne",
    "Madrid",
    "Alger",
    "Tunis",
    "Bruxelles",
    "Genève",
    "Dijon",
    "Tours",
    "Orléans",
    "Quimper",
    "Vannes",
    "Laval",
    "Angers",
    "Caen",
    "Amiens",
]
PEOPLE = [
    "le ministre",
    "le préfet",
    "le maire",
    "un ouvrier",
    "la foule",
    "le conseil",
    "la commission",
    "le tribunal",
    "un cultivateur",
    "le comité",
    "le gouvernement",
    "la chambre",
    "l'assemblée",
    "un marchand de vins",
    "le commissaire",
    "la compagnie",
    "le général",
    "une veuve",
    "l'instituteur",
    "le rapporteur",
    "un batelier",
    "la société de secours",
    "le parquet",
    "un voyageur",
    "le syndicat",
    "le gérant",
]
VERBS = [
    "a reçu",
    "a refusé",
    "examine",
    "réclame",
    "vient de publier",
    "a fait connaître",
    "discute",
    "a visité",
    "prépare",
    "a retrouvé",
    "annonce",
    "a présenté",
    "combat",
    "regrette",
    "a adopté",
    "doit voter",
    "conteste",
    "poursuit",
    "a ouvert",
    "soutient",
    "a ramené",
    "a décidé",
    "surveille",
]
THINGS = [
    "le projet de loi",
    "les travaux du port",
    "une somme importante",
    "le budget de la ville",
    "les dernières nouvelles",
    "le traité",
    "la ligne du chemin de fer",
    "les vivres",
    "une médaille",
    "le rapport annuel",
    "la demande des habitants",
    "les écoles du canton",
    "un convoi de charbon",
    "les mesures nécessaires",
    "la route nationale",
    "un pli cacheté",
    "le prix du pain",
    "les blessés",
    "la réponse du cabinet",
    "un atelier de tissage",
    "le marché couvert",
    "les élections",
    "la récolte de blé",
    "une barque échouée",
]
TURNS = [
    "depuis hier soir",
    "malgré la pluie",
    "au milieu d'un grand silence",
    "avec beaucoup de fermeté",
    "dans la matinée",
    "sans retard",
    "à l'unanimité des membres présents",
    "comme on pouvait s'y attendre",
    "pour la troisième fois",
    "vers six heures",
    "en présence des autorités",
    "selon toute apparence",
    "devant une salle comble",
    "à la suite d'une longue enquête",
]
LINKS = ["et l'on assure que", "tandis que", "parce que", "mais", "de sorte que", "alors que", "et"]
NAMES = [
    "Marchal",
    "Kerdrel",
    "Aubry",
    "Lescot",
    "Vasseur",
    "Renaudin",
    "Guillou",
    "Pommier",
    "Tardif",
    "Belloc",
    "Fontan",
    "Mercadier",
    "Sauvage",
]
RUBRICS = [
    "FAITS DIVERS",
    "INFORMATIONS",
    "NOUVELLES DU JOUR",
    "CHRONIQUE LOCALE",
    "TRIBUNAUX",
    "THÉÂTRES",
    "ÉCHOS",
    "A TRAVERS LA RÉGION",
    "LETTRES ET ARTS",
    "MARINE ET COLONIES",
    "REVUE DE LA PRESSE",
    "NOUVELLES MILITAIRES",
    "DÉPARTEMENTS",
]
TOPICS = [
    "Accident",
    "Incendie",
    "Vol avec effraction",
    "Un noyé",
    "Conseil municipal",
    "Arrestation",
    "Concours agricole",
    "Nécrologie",
    "Rixe",
    "Marché aux bestiaux",
    "Conférence",
    "Suicide",
    "Chemins de fer",
    "Les grèves",
    "Tombola",
    "Société de gymnastique",
    "Fête patronale",
    "Épave",
    "Un déraillement",
    "Ravitaillement",
    "Football",
    "État civil",
    "La récolte",
    "Obsèques",
    "Objets trouvés",
    "Tour de ville",
]
GOODS = [
    "CHOCOLAT",
    "SIROP",
    "ÉLIXIR",
    "PASTILLES",
    "VIN",
    "SAVON",
    "PAPIER",
    "POMMADE",
    "HUILE",
    "POUDRE",
    "CAFÉ",
    "THÉ",
    "LIQUEUR",
    "PARAPLUIES",
]
SHARES = [
    "Rente 3 0/0",
    "Rente 4 1/2",
    "Crédit foncier",
    "Banque",
    "Suez",
    "Nord",
    "Orléans",
    "Midi",
    "Ouest",
    "Gaz",
    "Italien 5 0/0",
    "Turc",
]
MONTHS = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
]


class Pen(NamedTuple):
    """Writes by chance, always the same for a seed."""

    chance: random.Random

    def one(self, some: tuple[str, ...] | list[str]) -> str:
        """Choose."""
        return self.chance.choice(some)

    def day(self) -> str:
        """Return a day and month."""
        return f"{self.chance.randint(2, 28)} {self.one(MONTHS)}"

    def clause(self) -> str:
        """Return who does what."""
        who, thing = self.one(PEOPLE), self.one(THINGS)
        more = f" de {self.one(PLACES)}" if self.chance.random() < 0.4 else ""
        turn = f", {self.one(TURNS)}" if self.chance.random() < 0.4 else ""
        return f"{who}{more} {self.one(VERBS)} {thing}{turn}"

    def sentence(self) -> str:
        """Return one to three clauses."""
        said = self.clause()
        while self.chance.random() < 0.4:
            said += f", {self.one(LINKS)} {self.clause()}"
        return said[0].upper() + said[1:] + self.chance.choice("......?!")

    def paragraph(self, letters: int) -> str:
        """Return sentences of at least so many letters."""
        said = self.sentence()
        while len(said) < letters:
            said += f" {self.sentence()}"
        return said

    def paragraphs(self, letters: int) -> list[str]:
        """Return paragraphs of so many letters, about."""
        found: list[str] = []
        while sum(map(len, found)) < letters:
            found.append(self.paragraph(int(self.chance.choice((60, 140, 220, 350, 500)))))
        return found

    def title(self) -> str:
        """Return a short title."""
        topic, place = self.one(TOPICS), self.one(PLACES)
        return self.chance.choice((topic, f"{topic} à {place}", topic, f"{topic} de {place}"))

    def headline(self, words: int) -> str:
        """Return a headline of so many words at most."""
        said = self.clause().split()[:words]
        while len(said) > 2 and len(said[-1]) < 4:
            said.pop()
        text = " ".join(said).rstrip(",")
        return text[0].upper() + text[1:]

    def name(self) -> str:
        """Return a signature."""
        return f"{self.chance.choice('ABCEGHJLMPR')}. {self.one(NAMES)}"


def misread(text: str, chance: random.Random, rate: float) -> str:
    """Return a text with letters read otherwise; spaces stay."""
    return "".join(chance.choice("eocaitlnu1") if c.isalpha() and chance.random() < rate else c for c in text)
