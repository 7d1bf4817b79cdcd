"""Short forms of first names that share too few letters with the full name to be recognised."""

from collections.abc import Mapping
from functools import cache
from typing import Final

_SHORT_FORMS: Final = """
alberto: tito berto
alexander: alex sasha sascha sandro xander alec lex
alexandra: alex sandra sasha lexi
andreas: andi andy adde
andrew: andy drew
anna: anni annie anja
anthony: tony ant
antonio: toni tony tonio nino to
antonius: ton toon
barbara: babs barb babsi
beatriz: bea bia
benjamin: ben benni benny
bertil: berra
birgitta: gittan
carolina: carol
catharina: trijn toos
catherine: cathy kate katie cat
charles: charlie chuck chaz
charlotte: lotte charlie lottie
christian: chris christi
christina: chris tina chrissy
christopher: chris kit topher
concepcion: concha conchi
consuelo: chelo
cornelis: kees cor
daniel: dan danny dani
david: dave davy
dolores: lola loli
domenico: mimmo
dominic: dom nick
dominik: domi nik
dorothy: dot dottie dolly
eduardo: edu lalo
edward: ed eddie ted ned
eleanor: ellie nell nora
elisabeth: lisa elli lisbeth sissi betti els liesbeth
elizabeth: liz lizzie beth betty eliza libby
emily: em emmy
emmanuel: manu
enrique: quique kike
federico: fede rico
fernando: nando
filippo: pippo
filomena: mena
francesco: franco checco
francisco: paco pancho curro fran chico kiko quico xico
frederic: fred
frederick: fred freddie
fredrik: fredde
friedrich: fritz friedl
gabriele: lele gabri
gerard: gege
gerardus: gerard geert
giovanni: gianni nino vanni
giuseppe: beppe peppe pino peppino
gregory: greg
guadalupe: lupe
guillaume: gui
guillermo: guille memo
gunnar: gurra
hans: hansi
heinrich: heinz heiner
helena: lena leninha
hendrik: henk rik
henrik: henke
henrique: rique
ignacio: nacho
isabella: bella isa izzy
jacob: jake
jacobus: koos jaap
james: jim jimmy jamie
javier: xavi javi
jean: jeannot
jeffrey: jeff
jennifer: jen jenny jenni
jessica: jess jessie
jesus: chus suso
joakim: jocke
joao: joaozinho
joaquim: quim
joaquin: quino
johan: jocke
johannes: hannes jo hans joe jan johan
john: jack johnny jonny
jonathan: jon jonny nate
jose: pepe chepe ze zeca
josef: sepp joschi pepi
joseph: joe joey
juergen: jogi
jurgen: jogi
karl: kalle
katharina: kathi kati kathy katja
katherine: kate kathy katie kat kitty
kenneth: ken kenny
kristoffer: kris stoffe
lars: lasse
lawrence: larry laurie
leonard: leo lenny len
lorenzo: enzo renzo
ludwig: luggi lutz
luigi: gigi gino luigino
magdalena: lena magda leni
magnus: mange
manuel: manolo manu manel
margaret: maggie meg peggy greta marge daisy
margareta: greta maggan
margarethe: gretel grete greta
margarida: guida magui
maria: mia mitzi mari mieke
matthew: matt matty
matthias: matze matthi hias
maximilian: max maxi
mercedes: merche
michael: mike mick mickey michi micha mischa
michelle: shelly mich
mikael: micke
montserrat: montse
nathaniel: nate nat
nicholas: nick nicky nico
nicolas: nico nick colas
niklas: nicke
nikolaus: niko klaus nik
oliver: olli ollie
olivia: liv livvy
pamela: pam
patricia: pat trish tricia patty
patrick: pat paddy pad
per: pelle
peter: pete
petrus: piet peter
philip: phil pip
philipp: phil flip
pieter: piet
pilar: pili
rafael: rafa
raffaele: lele
rebecca: becky becca bex
richard: rick dick rich ricky
robert: bob bobby rob robbie bert robin
roberto: robi
ronald: ron ronnie
rosario: charo
salvatore: toto turi
samantha: sam sammy
samuel: sam sammy
sandrine: sandy
santiago: santi yago
sebastian: basti seb bastian
stefan: steff steffen
stephane: steph
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
veronique: vero
victoria: vicky tori vic
vincent: vince vinnie
vincenzo: enzo
walter: wally walt
wilhelm: willi willy helmi
wilhelmus: wim
willem: wim
william: will bill billy willie liam
wolfgang: wolfi wolf
xavier: xavi
zoe: zo
"""


@cache
def _full_names() -> Mapping[str, frozenset[str]]:
    full_names: dict[str, set[str]] = {}
    for line in _SHORT_FORMS.strip().splitlines():
        full, _, shorts = line.partition(":")
        for short in shorts.split():
            full_names.setdefault(short, set()).add(full)
    return {short: frozenset(names) for short, names in full_names.items()}


# Two letters begin too many names; those that are meant stand in the table.
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
