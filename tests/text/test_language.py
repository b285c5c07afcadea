"""Only English is read; what is too short to tell passes."""

from __future__ import annotations

import pytest

from sitrep.errors import TextError
from sitrep.text.language import check_language


@pytest.mark.parametrize(
    "text",
    [
        "The army said on Monday that it had taken the hills, and that two of its men were hurt.",
        "SAN MIGUEL, 3 MAR 89 -- THE REBELS BURNED FOUR TRUCKS AND LEFT BEFORE THE ARMY CAME.",
        "Punjab government blockades Lahore, Rawalpindi, Multan, Faisalabad highways amid opposition rally",
        "Al-Nusra militants attack kills 12 civilians Aleppo Hama Idlib Homs Deir Ezzor",
        "Rebels shell Kafr",
        "Sirte 🚒🚒",
        "",
    ],
)
def test_english_passes(text):
    assert check_language(text, source="a") == "en"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("L'armée a repris lundi le port, selon un porte-parole qui a fait état de douze morts.", "fr"),
        ("Das Militär eroberte am Montag den Hafen zurück, wie ein Sprecher der Armee mitteilte.", "de"),
        ("El ejército recuperó el lunes el puerto, según dijo un portavoz de las fuerzas armadas.", "es"),
        ("Ordu pazartesi günü limanı geri aldı, bir sözcü on iki kişinin öldüğünü söyledi.", "tr"),
        ("Het leger heeft maandag de haven heroverd, zei een woordvoerder van de strijdkrachten.", "nl"),
        ("Военные заявили, что в понедельник город был взят, двенадцать человек погибли.", "ru"),
        ("قصف الجيش الميناء يوم الاثنين وقال المجلس المحلي للمدينة إن اثني عشر شخصا قتلوا", "ar"),
    ],
)
def test_other_languages_are_refused_by_name(text, language):
    with pytest.raises(TextError) as caught:
        check_language(text, source="a.txt")
    assert caught.value.facts["language"] == language
    assert "English" in caught.value.message


def test_a_short_text_in_another_script_is_refused():
    with pytest.raises(TextError, match="not in Latin script"):
        check_language("Город взят", source="a.txt")


def test_english_about_foreign_names_passes():
    text = "The Győr-Moson-Sopron council and Łódź officials said they would help. " * 3
    assert check_language(text, source="a") == "en"
