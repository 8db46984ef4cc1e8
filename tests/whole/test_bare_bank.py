"""A bank of 200 choices without any feedback, as public question banks for certificates have them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from click.testing import CliRunner

from builder.cli import main
from tests.make.folder import course_folder

if TYPE_CHECKING:
    from pathlib import Path

# Each line: the question, the right option, the wrong ones.
WRITTEN = """
Which HTTP status code says that a resource was not found? | 404 | 400, 403, 410
Which HTTP method is idempotent but not safe? | PUT | POST, GET, PATCH
What does `git reset --soft HEAD~1` leave as it was? | The index and the working tree | The tip of the branch and its log; The last commit and its message; The branch and the remote one
Which command shows what the next commit will hold? | `git diff --staged` | `git diff`; `git status -s`; `git diff HEAD`
Which of these is the loopback address of IPv6? | ::1 | ::, fe80::1, ff02::1
What does `[1, 2, 3][-1]` give in Python? | 3 | 1, 2, -1
What does `3 // 2` give in Python? | 1 | 1.5, 2, 1.0
Which operator tests identity in Python? | `is` | `==`; `===`; `in`
Which value does `0.1 + 0.2 == 0.3` have in JavaScript? | false | true, undefined, NaN
What is the type of `null` according to `typeof` in JavaScript? | "object" | "null", "undefined", "number"
Which keyword declares a constant in JavaScript? | const | let, var, final
How does one comment out a line in SQL? | `-- text` | `// text`; `# text`; `/ text`
Which SQL clause filters groups after aggregation? | HAVING | WHERE, GROUP BY, ORDER BY
Which join keeps each row of the first table and of the second? | FULL JOIN | RIGHT JOIN, INNER JOIN, CROSS JOIN
What does `chmod 640 file` allow the group to do? | Read | Write, Execute, Search
Which file mode is `rwxr-xr-x`? | 755 | 775, 745, 751
What does `docker run --rm` do with the container when it exits? | Removes it | Restarts it, Pauses it, Renames it
Which Dockerfile instruction sets the default command of a container? | CMD | RUN, EXPOSE, COPY
Which Kubernetes object keeps a number of identical pods running? | A ReplicaSet | A Service, A ConfigMap, A Secret
Which flag makes `grep` ignore case? | `-i` | `-I`; `-v`; `-c`
What does `x ^ y` mean in C? | Bitwise exclusive or | Power, Logical and, Bitwise and
Which C type holds at least 64 bits? | `long long` | `long`; `int`; `short`
Which header declares `printf`? | `<stdio.h>` | `<stdlib.h>`; `<string.h>`; `<stdint.h>`
What does `sizeof(char)` give in C? | 1 | 2, 4, 8
Which complexity has binary search in a sorted array of n entries? | O(log n) | O(n), O(n log n), O(1)
Which complexity has merge sort in the worst case? | O(n log n) | O(n²), O(n), O(log n)
Which of these intervals holds 0 but not 1? | [0, 1) | (0, 1]; (0, 1); [0.5, 1]
Which prefix stands for a millionth? | µ | m, M, n
How is a current of a millionth of an ampere written? | 1 µA | 1 mA, 1 kA, 1 MA
Which of these is a gigawatt? | 1 GW | 1 MW, 1 kW, 1 mW
What does CIA stand for in information security? | Confidentiality, integrity, availability | Control, identity, access; Cipher, integrity, audit; Confidence, identity, authority
Which port does HTTPS use by default? | 443 | 80, 8080, 8443
Which protocol resolves an IPv4 address to a MAC address? | ARP | DNS, DHCP, ICMP
How many bits does an IPv6 address have? | 128 | 32, 64, 256
Which layer of the OSI model does a router work on? | Layer 3 | Layer 1, Layer 2, Layer 4
Which attack overwhelms a server with requests from many hosts? | DDoS | Phishing, SQL injection, XSS
What does a salt protect stored passwords against? | Precomputed tables | Phishing, Keyloggers, Shoulder surfing
Which AWS service stores objects? | S3 | EC2, RDS, VPC
Which AWS service runs code without servers to manage? | Lambda | EC2, EBS, Route 53
Which Linux signal ends any program? | SIGKILL | SIGTERM, SIGINT, SIGHUP
What does `ls -a` show in addition? | Hidden files | File sizes, Owners, Access times
Which regular expression matches one digit or more? | `\\d+` | `\\d*`; `\\d?`; `\\D+`
What does CSS stand for? | Cascading Style Sheets | Computer Style Sheets; Creative Style System; Coded Style Sheets
Which selector matches an element by its id? | `#main` | `.main`; `main`; `*main`
Which tag holds the largest heading in HTML? | `<h1>` | `<h6>`; `<head>`; `<header>`
Which Java keyword prevents a class from being extended? | final | static, abstract, sealed
Which Java type is a class? | String | int, boolean, char
What does the `volatile` keyword guarantee in Java? | Visibility across threads | Atomic increments, Mutual exclusion, Fair scheduling
Which exit code says that a Unix program succeeded? | 0 | 1, -1, 255
What does Ctrl+Z do to the program in the foreground of a shell? | It suspends it | It kills it, It restarts it, It detaches it
"""
TABLES = {
    "Which chemical element has the symbol {}?": "Fe Iron, Na Sodium, K Potassium, Ag Silver, Au Gold, Pb Lead, Sn Tin, "
    "Hg Mercury, Cu Copper, W Tungsten, Zn Zinc, Ni Nickel, Co Cobalt, Mg Magnesium, Ca Calcium, Al Aluminium, "
    "Si Silicon, P Phosphorus, S Sulfur, Cl Chlorine, Ar Argon, Ne Neon, He Helium, Li Lithium, Be Beryllium",
    "Which port does {} listen on by default?": "SSH 22, Telnet 23, SMTP 25, DNS 53, HTTP 80, POP3 110, NTP 123, "
    "IMAP 143, SNMP 161, LDAP 389, SMB 445, MySQL 3306, RDP 3389, PostgreSQL 5432, Redis 6379, MongoDB 27017",
    "What is decimal {} in hexadecimal?": "10 0xA, 15 0xF, 16 0x10, 17 0x11, 31 0x1F, 32 0x20, 100 0x64, 128 0x80, "
    "160 0xA0, 170 0xAA, 175 0xAF, 192 0xC0, 240 0xF0, 250 0xFA, 255 0xFF, 256 0x100",
    "Which city is the capital of {}?": "France Paris, Spain Madrid, Italy Rome, Portugal Lisbon, Austria Vienna, "
    "Poland Warsaw, Hungary Budapest, Greece Athens, Norway Oslo, Sweden Stockholm, Finland Helsinki, Denmark "
    "Copenhagen, Ireland Dublin, Belgium Brussels, Bulgaria Sofia, Romania Bucharest, Croatia Zagreb, Serbia Belgrade, "
    "Latvia Riga, Estonia Tallinn, Lithuania Vilnius, Iceland Reykjavik, Malta Valletta, Cyprus Nicosia",
    "Which of these commands is used to {}?": "list_files ls, copy_a_file cp, move_a_file mv, remove_a_file rm, "
    "make_a_folder mkdir, show_processes ps, show_unused_memory free, show_disk_usage du, search_text grep, "
    "put_lines_in_order sort, count_words wc, change_the_owner chown, change_the_mode chmod, print_the_folder pwd, "
    "download_a_page curl, show_the_manual man",
    "What does the HTTP status code {} mean?": "200 OK, 201 Created, 202 Accepted, 204 No_content, 301 Moved_permanently, "
    "302 Found, 304 Not_modified, 400 Bad_request, 401 Unauthorized, 403 Forbidden, 404 Not_found, 405 "
    "Method_not_allowed, 408 Request_timeout, 410 No_longer_here, 418 I'm_a_teapot, 429 Too_many_requests, 500 Internal_server_error, "
    "502 Bad_gateway, 503 Service_unavailable, 504 Gateway_timeout",
    "Which Python expression gives {}?": "the_length_of_x `len(x)`, the_last_entry_of_x `x[-1]`, a_copy_of_x `x[:]`, "
    "x_reversed `x[::-1]`, the_first_two_entries_of_x `x[:2]`, every_second_entry_of_x `x[::2]`, the_sum_of_x `sum(x)`, "
    "the_largest_entry_of_x `max(x)`, x_without_its_first_entry `x[1:]`, x_without_its_last_entry `x[:-1]`, "
    "the_type_of_x `type(x)`, the_entries_of_x_in_order `sorted(x)`, x_as_a_text `str(x)`, the_identity_of_x `id(x)`, "
    "x_as_a_set `set(x)`, the_smallest_entry_of_x `min(x)`",
    "Which sign stands for {} in logic?": "and ∧, or ∨, negation ¬, implication →, equivalence ↔, for_all ∀, there_is ∃, truth ⊤, "
    "falsehood ⊥, entailment ⊨, derivation ⊢, exclusive_or ⊕, identity =, difference ≠, membership ∈, inclusion ⊆, "
    "union ∪",
}


def choices() -> list[dict[str, object]]:
    """The items of the bank, as plain values; the right option stands first, but numbers stand in order."""
    asked: list[tuple[str, str, list[str]]] = []
    for line in WRITTEN.strip().splitlines():
        prompt, right, others = (part.strip() for part in line.split(" | "))
        asked.append((prompt, right, [part.strip() for part in others.split(";" if ";" in others else ",")]))
    for frame, table in TABLES.items():
        rows = [[part.replace("_", " ") for part in row.split()] for row in table.split(", ")]
        for number, (what, right) in enumerate(rows):
            asked.append((frame.format(what), right, [rows[(number + step) % len(rows)][1] for step in (1, 2, 3)]))
    made: list[dict[str, object]] = []
    for i, (prompt, right, wrong) in enumerate(asked[:200], 1):
        options = [right, *wrong]
        if all(option.replace(".", "").lstrip("-").isdigit() for option in options):
            options.sort(key=float)
        entries = [{"right" if option == right else "wrong": option} for option in options]
        made.append({"id": f"q{i}", "kind": "mcq", "prompt": prompt, "options": entries})
    return made


def test_a_bare_bank_is_told_of_its_gaps_in_a_few_lines_and_builds(tmp_path: Path) -> None:
    """200 bare choices with code, signs and near-equal options: at most 20 lines of findings, all true, and a deck."""
    items = choices()
    assert len(items) == 200
    folder = str(course_folder(tmp_path / "course", items))
    checked = CliRunner().invoke(main, ["check", folder])
    assert checked.exit_code == 0
    assert len(checked.stderr.splitlines()) <= 20, checked.stderr
    built = CliRunner().invoke(main, ["build", folder, "-o", str(tmp_path / "dist")])
    assert (built.exit_code, (tmp_path / "dist" / "made.apkg").is_file()) == (0, True), built.stderr
