"""Which column of a class list is which: what student systems call them, in nine languages."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from builder.paper.roster.table import Line

KEYS = ("id", "name", "first", "last", "version")  # what a caller may say the column of
MOST_LINES = 30  # of titles above the heads


def _listed(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for line in text.strip().splitlines() for name in line.split(","))


# All names as `plain` gives them. Ids in the order of trust: a number that the university gave, then a number that
# may as well be a running one, then what a person logs in with, then an e-mail address.
NUMBERS = _listed("""
sis user id, student sis id, sis id, student id, student_id, studentid, student id number, student number, student no, id number, idnumber
orgdefinedid, org defined id, sid, student code, spr code, perm #, perm, perm number, emplid, empl id, campus id
banner id, university id, university number, uin, candidate number, candidate, registration number, registration
reg no, matriculation number, matriculation, matriculation no, matric number, matric no, enrolment number
enrollment number, roll number, roll no, index number
matrikelnummer, matrikelnr, matrikel-nr, matrikel nr, matrikel, id-nummer, studierendennummer, studentennummer
numero de id, numero de identificacion, numero de estudiante, numero de alumno, numero de matricula, no de matricula
matricula, n.o de matricula, n° de matricula, expediente, numero de expediente, nia, niu, nip, dni, nie, dni / nie
numero d'identification, numero d'etudiant, numero etudiant, no etudiant, n° etudiant, code etudiant, matricule
ine, n° ine, no ine, numero ine, identifiant national, n° interne
numero de identificacao, n.o de identificacao, numero mecanografico, n.o mecanografico, no mecanografico, n° mecanografico
numero de aluno, numero do aluno, n.o de aluno, n.o do aluno, no de aluno, no do aluno, n° de aluno, numero de estudante
n.o de estudante, no de estudante, codigo do aluno, registro academico, ra
matricola, numero di matricola, numero matricola, n. matricola, n° matricola, codice identificativo, codice studente
studentnummer, studentnr, leerlingnummer, leerlingnr, stamnummer
numer albumu, nr albumu, numer indeksu, nr indeksu, numer id
ogrenci no, ogrenci numarasi, okul no, kimlik numarasi
""")
RUNNING = ("id", "number", "numero")
LOGINS = _listed("""
sis login id, login id, login, username, user name, user id, userid, netid, net id
benutzername, nutzername, nutzerkennung, kennung, anmeldename, loginname
nombre de usuario, usuario, nom d'utilisateur, identifiant
nome de utilizador, nome de usuario, utilizador, nome utente, gebruikersnaam, nazwa uzytkownika, kullanici adi
""")
MAILS = _listed("""
email, e-mail, mail, email address, e-mail address, mail address, e-mail-adresse, email-adresse, emailadresse
mailadresse, direccion de correo, direccion de correo electronico, correo electronico, correo
adresse de courriel, courriel, adresse e-mail, adresse email, adresse mail, adresse electronique
endereco de e-mail, endereco de email, endereco de correio eletronico, correio eletronico
indirizzo email, indirizzo e-mail, indirizzo di posta elettronica, posta elettronica, e-mailadres, emailadres
adres e-mail, adres email, adres poczty elektronicznej, e-posta adresi, e-posta
""")
NAMES = _listed("""
full name, student name, name, student, display name, candidate name, first name / last name, first name / surname
vollstandiger name, vorname / nachname, nombre completo, nombre / apellido(s), nombre y apellidos, apellidos y nombre
alumno, alumna, alumno/a, alumnado, estudiante
nom complet, prenom / nom, nom et prenom, nom prenom, nom prenoms, nom et prenoms, prenom nom, prenom et nom
eleve, nom et prenom de l'eleve, etudiant
nome do aluno, nome da aluna, nome do estudante, aluno, estudante, nome completo
nome e cognome, cognome e nome, nome cognome, cognome nome, nominativo, studente, studentessa, alunno
volledige naam, naam, leerling, imie i nazwisko, nazwisko i imie, adi soyadi, ad soyad, isim soyisim
""")
FIRSTS = _listed("""
first name, first_name, firstname, given name, given names, first names, forename, forenames, forename(s)
student first, student first middle, vorname, vornamen, nombre, nombres, prenom, prenoms, prenom 1, prenom(s)
prenom de l'eleve, prenom usuel
nome proprio, nomes proprios, primeiro nome, nome, voornaam, voornamen, roepnaam, imie, imiona, adi, isim
""")
LASTS = _listed("""
last name, last_name, lastname, surname, family name, student last, nachname, familienname, zuname
apellido(s), apellidos, apellido, nom, nom de famille, nom de l'eleve, nom de naissance, nom d'usage
apelido(s), apelidos, apelido, sobrenome, sobrenomes, ultimo nome, cognome, cognomi, achternaam, familienaam
nazwisko, soyadi, soyad, soyisim
""")
BETWEEN = _listed("tussenvoegsel, tussenvoegsels, voorvoegsel, voorvoegsels")  # `van der`, in front of the last name
ALONE = ("nombre", "nom", "nom de l'eleve", "nome", "isim")  # the whole name, where the other half of it has no column
ROLES = _listed(
    "role, roles, course role, status, rolle, rollen, kursrolle, rol, papel, papeis, funcao, funcoes, ruolo, ruoli"
)
_ASKING = re.compile(r"^(?:what is |enter |please enter )?your ")  # as forms have it: "What is your name?"


_STROKES = str.maketrans({"\N{LATIN SMALL LETTER DOTLESS I}": "i", "\N{LATIN SMALL LETTER L WITH STROKE}": "l"})


def plain(text: str) -> str:
    """A heading as it is looked up: `Numéro étudiant :` is `numero etudiant`, and a typographic apostrophe a plain one."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(c for c in letters if not unicodedata.combining(c)).replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    return _ASKING.sub("", " ".join(bare.translate(_STROKES).split()).strip(" ?:*."))


def _is_of_canvas(head: str) -> bool:
    """Whether Canvas alone has a column of that name."""
    return head.startswith(("sis ", "student sis "))


class Columns(NamedTuple):
    """Where the columns of a list are: places in a line, from 0; -1 where there is no such column.

    `ids` are the places of all columns that can tell students apart, those to be trusted first; `numbers` says how
    many of these are no logins and no addresses. `heads` are the cells of the line that names the columns.
    """

    heads: tuple[str, ...]
    ids: tuple[int, ...] = ()
    numbers: int = 0
    name: int = -1
    first: int = -1
    last: int = -1
    role: int = -1
    version: int = -1
    between: int = -1

    @property
    def missing(self) -> list[str]:
        """What no student can do without."""
        has_name = self.name >= 0 or min(self.first, self.last) >= 0
        return [key for key, has in (("id", bool(self.ids)), ("name", has_name)) if not has]

    @property
    def known(self) -> int:
        """How many columns have a name that is known."""
        return len(self.ids) + sum(place >= 0 for place in self[3:])

    @property
    def is_canvas(self) -> bool:
        """Whether this is a gradebook of Canvas."""
        return any(_is_of_canvas(plain(head)) for head in self.heads)


def columns(cells: Sequence[str], asked: Mapping[str, str]) -> Columns | None:
    """The columns that a line names; None where it lacks one that the caller asked for by its heading or number."""
    heads = [plain(cell) for cell in cells]

    def place(names: Iterable[str]) -> int:
        return next((heads.index(name) for name in names if name in heads), -1)

    given = {key: _asked(heads, wanted) for key, wanted in asked.items()}
    if -1 in given.values():
        return None
    strong = [heads.index(name) for name in NUMBERS if name in heads]
    running = [heads.index(name) for name in RUNNING if name in heads]
    weak = [heads.index(name) for name in (*LOGINS, *MAILS) if name in heads]
    is_inner = any(map(_is_of_canvas, heads))  # the ID of Canvas, which its students never see
    ids = [*strong, *weak, *running] if is_inner else [*strong, *running, *weak]
    numbers = len(strong) if is_inner else len(strong) + len(running)
    if "id" in given:
        ids, numbers = [given["id"]], 1
    name, first, last = place(NAMES), place(FIRSTS), place(LASTS)
    if name < 0 and min(first, last) < 0:
        name = place(ALONE)
    return Columns(
        heads=tuple(cells),
        ids=tuple(dict.fromkeys(ids)),
        numbers=numbers,
        name=given.get("name", -1 if {"first", "last"} <= given.keys() else name),
        first=given.get("first", first),
        last=given.get("last", last),
        role=place(ROLES),
        version=given.get("version", place(["version"])),
        between=place(BETWEEN),
    )


def _asked(heads: Sequence[str], wanted: str) -> int:
    """The place of a column that is asked for by its heading, or by its number from 1; -1 where it is not there."""
    if plain(wanted) in heads:
        return heads.index(plain(wanted))
    return int(wanted) - 1 if wanted.isdecimal() and 0 < int(wanted) <= len(heads) else -1


def head_of(lines: Sequence[Line], asked: Mapping[str, str]) -> tuple[int, Columns | None]:
    """Which of the lines names the columns, and what they are; titles may stand above it.

    It is the first that names all that a student needs; else the one with the most names that are known, and of those
    the one with the most cells. None where no line has the columns that are asked for.
    """
    found = [(number, it) for number, line in enumerate(lines[:MOST_LINES]) if (it := columns(line.cells, asked))]
    if not found:
        return 0, None
    whole = next((pair for pair in found if not pair[1].missing), None)
    return whole or max(found, key=lambda pair: (pair[1].known, len(pair[1].heads)))
