"""Class lists as student systems write them, with made-up people: the right students, ids and names, or one true line."""

from __future__ import annotations

import pytest

from builder.diagnostics import BuilderError
from builder.paper import roster

CANVAS = "Student,ID,SIS User ID,SIS Login ID,Section,Letters (77),Current Score,Final Score\n"
POSSIBLE = "    Points Possible,,,,,20.00,(read only),(read only)\n"
THEODORE = '"Twombly, Theodore",501,s8801,ttwombly,Los Angeles,17.50,88,88\n'
AMY = '"Adams, Amy",502,s8802,aadams,Los Angeles,,,\n'
TEST = '"Student, Test",599,,0af31c,Los Angeles,,,\n'
TWO = [("s8801", "Twombly, Theodore"), ("s8802", "Adams, Amy")]

MOODLE = {
    "participants": 'First name,Last name,"ID number","Email address",Groups\nAmy,Adams,8802,amy@example.org,"Group 1"\n',
    "grades": (
        'First name,Surname,ID number,Institution,Email address,"Quiz: Letters (Real)",Last downloaded from this course\n'
        "Amy,Adams,8802,,amy@example.org,-,1767312000\n"
    ),
    "one column": 'First name / Last name,ID number,Email address\n"Amy Adams",8802,amy@example.org\n',
    "de": "Vorname,Nachname,ID-Nummer,E-Mail-Adresse\nAmy,Adams,8802,amy@example.org\n",
    "de with ;": "Vorname;Nachname;ID-Nummer;E-Mail-Adresse\nAmy;Adams;8802;amy@example.org\n",
    "es": 'Nombre,"Apellido(s)","Número de ID","Dirección de correo"\nAmy,Adams,8802,amy@example.org\n',
    "fr": 'Prénom,Nom,"Numéro d\'identification","Adresse de courriel"\nAmy,Adams,8802,amy@example.org\n',
    "pt": 'Nome,Apelido(s),"Número de identificação","Endereço de e-mail"\nAmy,Adams,8802,amy@example.org\n',
    "it": 'Nome,Cognome,"Codice identificativo","Indirizzo email"\nAmy,Adams,8802,amy@example.org\n',
    "nl": "Voornaam,Achternaam,ID-nummer,E-mailadres\nAmy,Adams,8802,amy@example.org\n",
    "pl": "Imię,Nazwisko,Numer ID,Adres e-mail\nAmy,Adams,8802,amy@example.org\n",
    "tr": "Adı,Soyadı,Kimlik numarası,E-posta adresi\nAmy,Adams,8802,amy@example.org\n",
    "fr with ’": "Prénom;Nom de famille;Numéro d’identification\nAmy;Adams;8802\n",
}


def read(text: str, asked: dict[str, str] | None = None) -> tuple[list[tuple[str, str]], list[str]]:
    """Ids and names in the order of a list, and what is told of it."""
    found = roster.read("list.csv", text.encode(), ["A", "B"], asked)
    return [(student.id, student.name) for student in found.students], [
        note.removeprefix("list.csv: ") for note in found.notes
    ]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (CANVAS + POSSIBLE + THEODORE + AMY + TEST, "line 2 (Points Possible), line 5 (Student, Test)"),
        (CANVAS + THEODORE + AMY + TEST, "line 4 (Student, Test)"),
        (
            CANVAS + ",,,,,Manual Posting,,\n" + POSSIBLE + THEODORE + AMY + TEST,
            "line 2 (Manual Posting), line 3 (Points Possible), line 6 (Student, Test)",
        ),
        (
            "\ufeff" + (CANVAS + POSSIBLE.replace("20.00", '"20.00"')).replace(",", ";")
            + '"Twombly, Theodore";501;s8801;ttwombly;L;17,50;88;88\nAdams, Amy;502;s8802;aadams;L;;;\n',
            "line 2 (Points Possible)",
        ),
    ],
    ids=["whole", "edited", "posted by hand", "semicolons"],
)  # fmt: skip
def test_the_gradebook_of_canvas(text: str, lines: str) -> None:
    """What each exercise is worth and the test student get no paper, and ids are those of the university."""
    assert read(text) == (TWO, [f"no students, and so left out: {lines}"])


def test_a_gradebook_of_canvas_without_numbers_has_logins_for_ids() -> None:
    """Where the university has given Canvas no numbers, students know their login, and never Canvas's own ID."""
    text = (CANVAS + THEODORE + AMY + TEST).replace("s8801", "").replace("s8802", "")
    found, notes = read(text)
    assert found == [("ttwombly", "Twombly, Theodore"), ("aadams", "Adams, Amy")]
    assert notes == [
        "no students, and so left out: line 4 (Student, Test)",
        "no student numbers, so what stands under 'SIS Login ID' takes their place",
    ]


def test_the_analytics_of_canvas() -> None:
    """There the column "Student ID" is Canvas's own; "Student SIS ID" is the number that students know."""
    text = "Student Name,Student ID,Student SIS ID,Email,Section Name\nAmy Adams,502,s8802,amy@example.org,L\n"
    assert read(text) == ([("s8802", "Amy Adams")], [])


def test_a_student_whose_name_is_test_elsewhere_gets_a_paper() -> None:
    """Only the gradebook of Canvas has a test student, and only without a number."""
    assert read('Student,ID\n"Student, Test",7\n') == ([("7", "Student, Test")], [])
    named = CANVAS + TEST.replace("599,,", "599,s8899,")
    assert read(named) == ([("s8899", "Student, Test")], [])


@pytest.mark.parametrize("which", MOODLE)
def test_lists_of_moodle_in_four_languages(which: str) -> None:
    """Participants and grades, headed in the language of whoever downloads them."""
    assert read(MOODLE[which]) == ([("8802", "Amy Adams")], [])


def test_participants_of_moodle_without_numbers() -> None:
    """E-mail addresses tell students apart where there are no numbers: for all, or for the one who has none."""
    head = 'First name,Last name,"Email address",Groups\n'
    assert read(head + "Amy,Adams,amy@example.org,\n") == (
        [("amy@example.org", "Amy Adams")],
        ["no student numbers, so what stands under 'Email address' takes their place"],
    )
    head = 'First name,Last name,"ID number","Email address"\n'
    assert read(head + "Amy,Adams,8802,amy@example.org\nPaul,Isaac,,paul@example.org\n") == (
        [("8802", "Amy Adams"), ("paul@example.org", "Paul Isaac")],
        ["nothing stands under 'ID number', and another column takes its place: line 3 ('Email address')"],
    )


BLACKBOARD = (
    "Last Name",
    "First Name",
    "Username",
    "Student ID",
    "Availability",
    "Letters [Total Pts: 20 Score] |7731",
)


def blackboard(*students: tuple[str, ...], between: str = ",") -> str:
    """A list as Blackboard writes it: every cell in quotes, behind a byte order mark."""
    return "\ufeff" + "".join(between.join(f'"{cell}"' for cell in row) + "\r\n" for row in (BLACKBOARD, *students))


def test_lists_of_blackboard() -> None:
    """As CSV, and with tabs as the text in UTF-16 that is named .xls; the previewing teacher gets no paper."""
    rows = [
        ("Adams", "Amy", "aadams", "8802", "Yes", "17.00"),
        ("Isaac_PreviewUser", "Paul", "pisaac_previewuser", "", "Yes", ""),
    ]
    expected = ([("8802", "Amy Adams")], ["no students, and so left out: line 3 (Paul Isaac_PreviewUser)"])
    assert read(blackboard(*rows)) == expected
    tabs = blackboard(*rows, between="\t")
    for codec in ("utf-16-le", "utf-16-be"):
        found = roster.read("list.csv", tabs.encode(codec), ["A"])
        assert [(it.id, it.name) for it in found.students] == expected[0]
    assert read('"Last Name","First Name","Username","Availability"\n"Adams","Amy","aadams","Yes"\n') == (
        [("aadams", "Amy Adams")],
        ["no student numbers, so what stands under 'Username' takes their place"],
    )


def test_lists_of_google() -> None:
    """Classroom has addresses alone, and sums above the students; a form asks for what its author wrote."""
    head = "Last Name,First Name,Email Address,Letters\n"
    sums = "Date,,,2026-01-02\nPoints,,,20\nClass average,,,17.5\n"
    assert read(f"{head}{sums}Adams,Amy,amy@example.org,17\n") == (
        [("amy@example.org", "Amy Adams")],
        [
            "no students, and so left out: line 2 (Date), line 3 (Points), line 4 (Class average)",
            "no student numbers, so what stands under 'Email Address' takes their place",
        ],
    )
    answer = '"2026/01/02 10:00:00 AM GMT+1","amy@example.org","Amy Adams","8802"\n'
    for asked in ('"Full name","Student number"', '"What is your name?","What is your student ID number?"'):
        assert read(f'"Timestamp","Email Address",{asked}\n{answer}') == ([("8802", "Amy Adams")], [])


@pytest.mark.parametrize(
    ("head", "row", "found"),
    [
        ("Login;Vorname;Nachname;Matrikelnummer;E-Mail", "aadams;Amy;Adams;8802;a@x.org", ("8802", "Amy Adams")),
        ("Vorname;Nachname;Benutzername;Matrikelnr.", "Amy;Adams;aadams;8802", ("8802", "Amy Adams")),
        ("Name,Vorname,Matrikelnummer", "Adams,Amy,8802", ("8802", "Amy Adams")),
        ("Nombre completo;Nº de matrícula", "Amy Adams;8802", ("8802", "Amy Adams")),
        ("Nom;N° étudiant", "Amy Adams;8802", ("8802", "Amy Adams")),
        ("OrgDefinedId,Username,Last Name,First Name,End-of-Line Indicator", "#8802,#aadams,Adams,Amy,#", ("8802", "Amy Adams")),
        ("First Name,Last Name,SID,Email,Role", "Amy,Adams,8802,a@x.org,Student", ("8802", "Amy Adams")),
        ("Notify,ID,Name,Grade Basis,Units", 'N,8802,"Adams,Amy J",GRD,3.00', ("8802", "Adams,Amy J")),
        ("Record Number,Student Name,ID,Registration Status", '1,"Adams, Amy J.",8802,Registered', ("8802", "Adams, Amy J.")),
        ("Student Code,Surname,Forename(s),Programme", "8802/1,Adams,Amy Jane,L500", ("8802/1", "Amy Jane Adams")),
        ("Perm #,Student Last,Student First Middle,Major", "8802,ADAMS,AMY JANE,SOC", ("8802", "AMY JANE ADAMS")),
    ],
    ids=["ILIAS", "VIPS", "Name is last", "es", "fr", "D2L", "Gradescope", "PeopleSoft", "Banner", "SITS", "UCSB"],
)  # fmt: skip
def test_lists_of_other_systems(head: str, row: str, found: tuple[str, str]) -> None:
    """Each has its own names for the number and the name; quotes around all cells make no difference."""
    assert read(f"{head}\n{row}\n") == ([found], [])
    if ";" in head:
        quoted = "".join('"' + line.replace(";", '";"') + '"\n' for line in (head, row))
        assert read(quoted) == ([found], [])


def test_those_who_teach_get_no_paper() -> None:
    """Stud.IP has lecturers first, Gradescope and Moodle name roles; who is a student as well stays."""
    text = (
        '"Status";"Anrede";"Titel";"Vorname";"Nachname";"Benutzername";"E-Mail";"Matrikelnummer";"Studiengänge"\n'
        '"dozent";"Frau";"Prof.";"Isabella";"Lang";"ilang";"i@example.org";"";""\n'
        '"autor";"";"";"Amy";"Adams";"aadams";"a@example.org";"8802";"Physik"\n'
    )
    assert read(text) == ([("8802", "Amy Adams")], ["no students, and so left out: line 2 (Isabella Lang, dozent)"])
    text = 'Name,SID,Role\nIsabella Lang,1,Instructor\nPaul Isaac,2,TA\nAmy Adams,3,Student\nCatherine Klausen,4,"Teacher, Student"\n'
    assert read(text) == (
        [("3", "Amy Adams"), ("4", "Catherine Klausen")],
        ["no students, and so left out: line 2 (Isabella Lang, Instructor), line 3 (Paul Isaac, TA)"],
    )


def test_many_lines_that_are_left_out_are_counted() -> None:
    """Five are named, the rest is a number."""
    (note,) = read("id,name,role\n" + "".join(f"{n},P{n},Teacher\n" for n in range(8)) + "9,Amy,Student\n")[1]
    assert note.endswith("line 6 (P4, Teacher) and 3 more")


def test_a_list_of_teachers_alone_has_no_student() -> None:
    """What is left out may be all there is: that is said, and no empty file is made."""
    with pytest.raises(BuilderError, match=r"list.csv: no student in it; correct the file"):
        read("id,name,role\n1,Amy,Teacher\n")


def test_a_number_of_the_university_counts_before_a_running_one() -> None:
    """A list that somebody has numbered keeps the ids of its students."""
    assert read("id,student id,name\n1,8802,Amy Adams\n2,8803,Paul Isaac\n")[0] == [
        ("8802", "Amy Adams"),
        ("8803", "Paul Isaac"),
    ]
    assert read("Number,Name,Matriculation number\n1,Amy Adams,8802\n")[0] == [("8802", "Amy Adams")]


def test_title_lines_may_stand_above_the_heads() -> None:
    """Lines are counted from the top of the file, titles and blank lines too."""
    text = "Course: Letters, love and loss\nTerm: autumn 2026\n\nID,Name\n8802,Amy Adams\n8802,Paul Isaac\n"
    with pytest.raises(BuilderError, match="line 6 has the id '8802' of line 5"):
        read(text)
    assert read(text.replace("8802,Paul", "8803,Paul"))[0] == [("8802", "Amy Adams"), ("8803", "Paul Isaac")]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"id": "Code", "name": "Who"}, [("x1", "Amy")]),
        ({"id": "code", "first": "Who", "last": "Family, all"}, [("x1", "Amy Adams")]),
        ({"id": "Number", "name": "2"}, [("7", "Amy")]),
        ({"name": "Who"}, [("7", "Amy")]),
        ({"id": "Code", "name": "Who", "version": "Paper"}, [("x1", "Amy")]),
    ],
)
def test_columns_can_be_named(asked: dict[str, str], found: list[tuple[str, str]]) -> None:
    """By heading or by number from 1; what is not said is found as ever."""
    text = 'A list\nCode,Who,Number,"Family, all",Paper\nx1,Amy,7,Adams,B\n'
    assert read(text, asked) == (found, [])


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"id": "Kode"}, "no line has the columns 'Kode'; did you mean 'Code'?"),
        ({"id": "Z", "name": "Y"}, "no line has the columns 'Z' and 'Y'; line 1 has 'Code', 'Who', 'Paper'"),
        ({"id": "4", "name": "Who"}, "no line has the columns '4'; line 1 has 'Code', 'Who', 'Paper'"),
        ({"id": "Code"}, "no column 'name'; line 1 has 'Code', 'Who', 'Paper'; name the columns id,name"),
        ({"name": "Who"}, "no column 'id'; line 1 has 'Code', 'Who', 'Paper'; name the columns id,name"),
    ],
)
def test_columns_that_are_named_wrongly(asked: dict[str, str], said: str) -> None:
    """The message shows what the list has."""
    with pytest.raises(BuilderError) as caught:
        read("Code,Who,Paper\nx1,Amy,B\n", asked)
    assert str(caught.value).startswith(f"list.csv: {said}")


@pytest.mark.parametrize(
    ("head", "cells"),
    [
        ("NOM Prénom;Division;Né(e) le;INE", "DUPONT Éloïse;TG3;01/03/2008;123456780AB"),
        ("Élève;Classe;N° INE", "DUPONT Éloïse;TG3;123456780AB"),
        ("Nom de famille;Nom d’usage;Prénom 1;Identifiant national", "DUPONT;;Éloïse;123456780AB"),
        ("Nom de l'élève;Prénom de l'élève;INE", "DUPONT;Éloïse;123456780AB"),
    ],
)
def test_class_lists_of_french_schools(head: str, cells: str) -> None:
    """Names and the national number of a pupil are found as Pronote, SIECLE and teachers' own sheets head them."""
    ((number, name),), told = read(f"{head}\n{cells}\n")
    assert (number, set(name.split()), told) == ("123456780AB", {"DUPONT", "Éloïse"}, [])


@pytest.mark.parametrize(
    "head", ["NIU,Alumno", "DNI,Alumno/a", "N.º de matrícula,Estudiante", "Nº de matrícula,Apellidos y nombre"]
)
def test_lists_of_spanish_schools(head: str) -> None:
    """Numbers and names go by what schools in Spain call them."""
    found, _ = read(f'{head},Correo\n77,"Núñez, Ana",ana@example.org\n')
    assert found == [("77", "Núñez, Ana")]


@pytest.mark.parametrize(
    "text",
    [
        "N.º Mecanográfico;Nome completo;Curso\n8802;Amy Adams;ENF\n",
        "Nº de aluno;Nome do aluno;E-mail\n8802;Amy Adams;a@example.org\n",
        "Número;Nome\n8802;Amy Adams\n",
        "Matrícula;Nome;Sobrenome\n8802;Amy;Adams\n",
        "Matricola;Cognome;Nome;Codice Fiscale\n8802;Adams;Amy;X\n",
        "Matricola;Studente\n8802;Amy Adams\n",
        "Studentnummer;Roepnaam;Achternaam\n8802;Amy;Adams\n",
        "Naam;Voornaam;Studentnr\nAdams;Amy;8802\n",
        "Nr albumu;Nazwisko i imię\n8802;Amy Adams\n",
        "ÖĞRENCİ NO;ADI SOYADI\n8802;Amy Adams\n",
        "Öğrenci No;Adı;Soyadı\n8802;Amy;Adams\n",
    ],
)
def test_lists_of_schools_in_other_languages(text: str) -> None:
    """Portuguese, Italian, Dutch, Polish and Turkish heads are known, in any case and without their accents."""
    assert read(text) == ([("8802", "Amy Adams")], [])


def test_a_dutch_name_keeps_what_stands_between() -> None:
    """The particle has a column of its own; who has none loses nothing."""
    text = "Studentnummer;Voornaam;Tussenvoegsel;Achternaam\n1;Anna;van der;Berg\n2;Amy;;Adams\n"
    assert read(text)[0] == [("1", "Anna van der Berg"), ("2", "Amy Adams")]
