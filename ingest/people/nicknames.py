"""Short forms of first names that share too few letters with the full name to be recognised."""

from collections.abc import Mapping
from functools import cache
from typing import Final

_SHORT_FORMS: Final = """
alexander: alex sasha sascha sandro xander alec lex
alexandra: alex sandra sasha lexi
andreas: andi andy
andrew: andy drew
anna: anni annie anja
anthony: tony ant
antonio: toni tony tonio nino
barbara: babs barb babsi
beatriz: bea
benjamin: ben benni benny
catherine: cathy kate katie cat
charles: charlie chuck chaz
charlotte: lotte charlie lottie
christian: chris christi
christina: chris tina chrissy
christopher: chris kit topher
daniel: dan danny dani
david: dave davy
dominic: dom nick
dominik: domi nik
dorothy: dot dottie dolly
edward: ed eddie ted ned
eleanor: ellie nell nora
elisabeth: lisa elli lisbeth sissi betti
elizabeth: liz lizzie beth betty eliza libby
emily: em emmy
federico: fede rico
francesco: franco checco
francisco: paco pancho curro fran
frederick: fred freddie
friedrich: fritz friedl
giovanni: gianni nino
giuseppe: beppe peppe pino
guadalupe: lupe
guillaume: gui
gregory: greg
hans: hansi
heinrich: heinz heiner
ignacio: nacho
isabella: bella isa izzy
jacob: jake
james: jim jimmy jamie
jennifer: jen jenny jenni
jeffrey: jeff
jessica: jess jessie
joao: joaozinho
johannes: hannes jo hans joe
john: jack johnny jonny
jonathan: jon jonny nate
jose: pepe chepe
joseph: joe joey
josef: sepp joschi pepi
juergen: jogi
jurgen: jogi
katharina: kathi kati kathy katja
katherine: kate kathy katie kat kitty
kenneth: ken kenny
lawrence: larry laurie
leonard: leo lenny len
ludwig: luggi lutz
magdalena: lena magda leni
manuel: manolo manu
margaret: maggie meg peggy greta marge daisy
margarethe: gretel grete greta
maria: mia mitzi mari
matthew: matt matty
matthias: matze matthi hias
maximilian: max maxi
mercedes: merche
michael: mike mick mickey michi micha mischa
michelle: shelly mich
nathaniel: nate nat
nicholas: nick nicky nico
nicolas: nico nick colas
nikolaus: niko klaus nik
oliver: olli ollie
olivia: liv livvy
patricia: pat trish tricia patty
patrick: pat paddy pad
pamela: pam
peter: pete
philip: phil pip
philipp: phil flip
rebecca: becky becca bex
richard: rick dick rich ricky
robert: bob bobby rob robbie bert robin
ronald: ron ronnie
rosario: charo
samantha: sam sammy
samuel: sam sammy
sebastian: basti seb bastian
stefan: steff steffen
stephanie: steph steffi
stephen: steve
steven: steve
susan: sue susie suzy
susanne: susi sanne
teresa: tere resi
theodore: ted theo teddy
theresa: resi tess terry
thomas: tom tommy tomi
timothy: tim timmy
ulrich: uli ulli
ursula: uschi ulla
valentina: vale tina
veronica: vero ronnie
victoria: vicky tori vic
vincent: vince vinnie
walter: wally walt
wilhelm: willi willy helmi
william: will bill billy willie liam
wolfgang: wolfi wolf
zoe: zo
"""


@cache
def _full_names() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for line in _SHORT_FORMS.strip().splitlines():
        full, _, shorts = line.partition(":")
        for short in shorts.split():
            found.setdefault(short, set()).add(full)
    return {short: frozenset(names) for short, names in found.items()}


_SHORTEST_PREFIX: Final = 3
_LEFT_OUT: Final = 3
"""So many letters a short form leaves out; fewer make another name (Ann and Anna)."""


def is_short_for(short: str, full: str) -> bool:
    """Return whether a word may be the short form of a first name.

    Examples
    --------
    >>> is_short_for("bob", "robert"), is_short_for("flo", "florian"), is_short_for("jo", "john")
    (True, True, False)
    """
    if full in _full_names().get(short, ()):
        return True
    is_beginning = len(short) >= _SHORTEST_PREFIX and full.startswith(short)
    return is_beginning and len(full) - len(short) >= _LEFT_OUT
