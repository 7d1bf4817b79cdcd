"""People of a generated club: their true names, and how files spell them."""

import random
import unicodedata
from dataclasses import dataclass, field

FIRST = [
    "José",
    "María",
    "Ana",
    "Lucía",
    "Íñigo",
    "Marta",
    "Zoë",
    "Chloé",
    "François",
    "Hélène",
    "Éloïse",
    "Luc",
    "Jürgen",
    "Björn",
    "Søren",
    "Åsa",
    "Håkon",
    "Kåre",
    "Łukasz",
    "Małgorzata",
    "Paweł",
    "Katarzyna",
    "Giulia",
    "Niccolò",
    "Chiara",
    "Matteo",
    "Inês",
    "João",
    "Conceição",
    "Rui",
    "Tiago",
    "Femke",
    "Joost",
    "Daan",
    "Sanne",
    "Wouter",
    "Anneke",
    "Freja",
    "Mikkel",
    "Astrid",
    "Ingrid",
    "Torbjørn",
    "Sigrid",
    "Owen",
    "Siobhán",
    "Aoife",
    "Rhys",
    "Gareth",
    "Priya",
    "Kwame",
    "Amara",
    "Yusuf",
    "Fatima",
    "Mei",
    "Haruka",
    "Dmitri",
    "Oksana",
    "Tom",
    "Jack",
    "Emma",
    "Sofia",
    "David",
    "Lars",
]
LAST = [
    "Núñez",
    "García",
    "Fernández",
    "Ibáñez",
    "Dubois",
    "Lefèvre",
    "Moreau",
    "Müller",
    "Schröder",
    "Weiß",
    "Großmann",
    "Åkesson",
    "Sørensen",
    "Østergård",
    "Lindqvist",
    "Wójcik",
    "Kowalczyk",
    "Zieliński",
    "Rossi",
    "Esposito",
    "D'Angelo",
    "Conceição",
    "Ferreira",
    "Magalhães",
    "O'Brien",
    "Kelly",
    "Hughes",
    "Fischer",
    "Baker",
    "Turner",
    "Nair",
    "Mensah",
    "Okafor",
    "Haddad",
    "Nakamura",
    "Petrov",
    "Kovalenko",
    "Visser",
    "Jansen",
    "Bakker",
    "Hansen",
    "Christensen",
    "Bergström",
    "Dahl",
]
PARTICLES = ("van der Berg", "de la Cruz", "von Hagen", "dos Santos", "ter Horst", "Smith-Jones")

ORDINARY = ("plain", "accents", "lower", "upper", "order", "comma", "spaces")
"""Ways to write a whole name: whom it means is beyond doubt."""
SHORT = ("initial_first", "initial_last", "first", "brackets", "typo")
"""Ways that may fit several people."""


@dataclass(frozen=True)
class Person:
    """Somebody of the club.

    Parameters
    ----------
    name : str
        The name in full, which the folder bears.
    """

    name: str

    @property
    def first(self) -> str:
        return self.name.split()[0]

    @property
    def last(self) -> str:
        return self.name.split(" ", 1)[1]


@dataclass
class Names:
    """Who is in a club, and every spelling that was used: spelling -> person."""

    people: list[Person]
    used: dict[str, Person] = field(default_factory=dict)
    """Only spellings that can mean one person of the club."""

    def spell(self, person: Person, rng: random.Random, ways: tuple[str, ...]) -> str:
        """Write a person's name in one of some ways; a way that may mean two is not taken."""
        for way in rng.sample(ways, len(ways)):
            text = spelled(person, way, rng)
            if text and self._means_one(text, person, way):
                self.used[text] = person
                return text
        self.used[person.name] = person
        return person.name

    def _means_one(self, text: str, person: Person, way: str) -> bool:
        if self.used.get(text, person) is not person:
            return False
        others = [one for one in self.people if one is not person]
        if way == "first":
            return all(plain(one.first) != plain(person.first) for one in others)
        if way == "initial_first":
            return all(plain(one.last) != plain(person.last) for one in others)
        if way == "initial_last":
            return all(plain(one.first) != plain(person.first) for one in others)
        return True


def plain(text: str) -> str:
    """Return a text without accents, as somebody at an English keyboard types it."""
    for letter, typed in (("ø", "o"), ("Ø", "O"), ("ł", "l"), ("Ł", "L"), ("ß", "ss")):
        text = text.replace(letter, typed)
    letters = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def spelled(person: Person, way: str, rng: random.Random) -> str:
    """Return one way to write a name; an empty text where the name cannot be written so."""
    first, last = person.first, person.last
    ways = {
        "plain": person.name,
        "accents": plain(person.name),
        "lower": person.name.lower(),
        "upper": person.name.upper(),
        "order": f"{last} {first}",
        "comma": f"{last}, {first}",
        "spaces": f" {first}  {last} ",
        "initial_first": f"{first[0]}. {last}",
        "initial_last": f"{first} {last[0]}.",
        "first": first,
        "brackets": f"{person.name} ({rng.choice(['U17', 'coach', 'new', 'W35'])})",
        "typo": _mistyped(person, rng),
    }
    return ways[way]


def _mistyped(person: Person, rng: random.Random) -> str:
    last = person.last
    if len(last) < 6 or " " in last or "'" in last:
        return ""
    at = rng.randrange(2, len(last) - 2)
    swapped = last[:at] + last[at + 1] + last[at] + last[at + 2 :]
    told = rng.choice([last[:at] + last[at + 1 :], last[:at] + last[at] + last[at:], swapped])
    return f"{person.first} {told}"


def people_of(rng: random.Random, count: int) -> Names:
    """Draw people; now and then two share a first name or a last name."""
    people: list[Person] = []
    while len(people) < count:
        first = rng.choice(FIRST)
        last = rng.choice(LAST) if rng.random() < 0.85 else rng.choice(PARTICLES)
        if people and rng.random() < 0.12:
            other = rng.choice(people)
            first, last = rng.choice([(other.first, last), (first, other.last)])
        if _is_apart(first, last, people):
            people.append(Person(f"{first} {last}"))
    return Names(people)


def _is_apart(first: str, last: str, people: list[Person]) -> bool:
    """Return whether a name can be told from the others: no two whole names are alike."""
    words = {plain(first).lower(), plain(last).lower()}
    for person in people:
        theirs = {plain(person.first).lower(), plain(person.last).lower()}
        if words == theirs or {word[:3] for word in words} == {word[:3] for word in theirs}:
            return False
    return True
