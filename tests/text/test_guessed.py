from __future__ import annotations

import json
from importlib.resources import files

import pytest

from builder.source import nodes
from builder.text.guessed import guessed

SAMPLES = sorted(it.name for it in (files("builder") / "starting" / "files" / "languages").iterdir())


@pytest.mark.parametrize("name", SAMPLES)
def test_the_samples_of_a_new_course_tell_their_language(name: str) -> None:
    """Of each language that `new` has samples in."""
    text = (files("builder") / "starting" / "files" / "languages" / name).read_text("utf-8")
    found = guessed([json.dumps(nodes.values(name, text).value, ensure_ascii=False)])
    assert found == ("" if name == "en.yaml" else name.removesuffix(".yaml"))  # the English ones stand elsewhere


@pytest.mark.parametrize(
    ("texts", "language"),
    [
        (["Which of the kings was crowned in Reims, and what did he do for the town?"], "en"),
        (["Quel roi ?"], ""),
        (["1789", "x^2", ""], ""),
        (["la taille: the tax of the king", "le roi et la reine: the king and the queen", "une église: a church"], ""),
        (["漢字とかなの文です。"], "ja"),
        (["谁是皇帝？"], "zh"),
        (["日语单词的意思：ありがとう 是什么意思？"], ""),
        (["le roi et la reine dans la ville: the king and queen in town", "Qui est dans la rue ?: who is it?"], ""),
        (
            [
                'What does "die Katze ist auf dem Tisch" mean?',
                'Translate "der Hund und das Kind".',
                "Which is the article?",
            ],
            "",
        ),
        (["a + o = a", "a < o", "o = na", "do a", "a"], ""),
    ],
)
def test_a_language_is_told_by_what_is_frequent_in_it_alone(texts: list[str], language: str) -> None:
    """Few words, and words of two languages side by side, tell none."""
    assert guessed(texts) == language


@pytest.mark.parametrize(
    "text",
    [
        "Vilken är huvudstaden i Sverige? Vad är det som händer i en cell? Det är en stad i norra delen av landet.",
        "Hvad er hovedstaden i Danmark? Hvad er en celle? Hvem er den konge, der er kendt? Det er en by i landet.",
        "Co je na obrázku? Z čeho se skládá buňka a od koho to je? Do kdy se na to čeká? Po roce a z toho na to.",
        "Što je na slici? Tko je došao na vlast od kralja i po čemu se zna? Na što se odnosi i od čega je po tome?",
        "Care este capitala României? Ce este o celulă? Unde se află un oraș pe un deal? La ce se referă un text?",
        "Quina és la capital de Catalunya? Què és una cèl·lula? Qui va ser el rei que va guanyar la batalla?",
        "Mi a fővárosa Magyarországnak? Ki volt a király, aki a csatát megnyerte? A sejt és a mag a testben.",
        "Quid est in cellula? Quis est rex et quid fecit? Ubi est urbs et quae est via? Quid est quod est in templo?",
        "Wat is die hoofstad van die land? Wat is die sel van die dier? Wie is die koning van die land op die kaart?",
        "Bu nədir? Bir hüceyrə nədir və bir insan üçün nə deməkdir? Bu bir şəhər və bu da bir çaydır.",
        "پایتخت ایران کدام شهر است؟ سلول چیست و از چه ساخته شده است؟ پادشاه که بود؟",
    ],
)
def test_a_language_that_nothing_here_speaks_does_not_pass_for_its_neighbour(text: str) -> None:
    """Swedish is no Polish, and Persian no Arabic: nothing is told, however much of it there is."""
    assert guessed([text] * 9) == ""
