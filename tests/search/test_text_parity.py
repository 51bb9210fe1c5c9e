"""Text is the same to the index (Python) and to the query (JavaScript): folded, cut into words, stemmed."""

import json
import random
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expert_search import stemming, text

PROCESS = """
const { fold, keys, words } = (await import("./bundle/parts.js")).parts; // as browsers get them
return {
    words: (given.texts ?? []).map(words),
    fold: (given.folds ?? []).map(fold),
    keys: given.words.map((word) => given.langs.map((lang) => keys(word, lang))),
};
"""
LANGS = ["de", "en", "fr"]

# What German and English endings are made of: their combinations reach every branch of both algorithms.
ENDINGS = {
    "de": "em ern er e en es s niss nis est st end ung ig eig ik isch lich heit keit u y t b au",
    "en": "sses ied ies s us ss eed eedly ed edly ing ingly at bl iz bb dd tional enci anci abli entli izer ization ational "
    "ation ator alism aliti alli fulness ousli ousness iveness iviti biliti bli ogi logi fulli lessli li alize icate iciti "
    "ical ful ness ative al ance ence er ic able ible ant ement ment ent ism ate iti ous ive ize ion sion e l ll y",
}


def known(node: Callable[..., Any], texts: list[str]) -> list[str]:
    """The texts of characters that Node knows too: Python may be of a newer Unicode, or an older one."""
    result: list[str] = node("return given.filter((text) => !/\\p{Cn}/u.test(text));", texts)
    return result


def differences(node: Callable[..., Any], words: list[str]) -> list[object]:
    """The words that the two sides fold or stem differently."""
    answer = node(PROCESS, {"words": words, "folds": words, "langs": LANGS})
    for lang in LANGS:
        text.memo(lang).fill(words)
    return [
        (word, folded, keys)
        for word, folded, keys in zip(words, answer["fold"], answer["keys"], strict=True)
        if folded != text.fold(word) or keys != [text.key(word, lang) for lang in LANGS]
    ]


@pytest.mark.slow
@pytest.mark.parametrize(("package", "least"), [("wngerman", 100_000), ("wbritish", 70_000)])
def test_words_of_a_language(
    node: Callable[..., Any], debian_words: Callable[[str], list[str]], package: str, least: int
) -> None:
    """Over the words of a language, each third of them, there is no difference."""
    words = list(dict.fromkeys(word for line in debian_words(package) for word in text.words(line)))
    assert len(words) >= least
    assert differences(node, words[::3]) == []


@pytest.mark.parametrize("lang", ["de", "en"])
def test_all_endings(node: Callable[..., Any], lang: str) -> None:
    """Nor is there one over made-up words with every ending behind every other."""
    chance = random.Random(lang)
    endings = ENDINGS[lang].split()
    starts = ["".join(chance.choices("aeiouybcdglmnqrstwxz", k=chance.randrange(6))) for _ in range(20_000)]
    whole = [
        "gener",
        "commun",
        "arsen",
        "sky",
        "skies",
        "dying",
        "constructor",
        "toString",
        "__proto__",
        "news",
        "inning",
    ]
    pairs = [first + second for first in ["", *endings] for second in ["", *endings]]
    words = [
        *whole,
        *[start + chance.choice(pairs) for start in starts],
        *[f"b{chance.choice(starts)}{pair}" for pair in pairs],
    ]
    assert differences(node, [word for word in words if word]) == []


# Only characters that Python knows: a browser may know those of a newer Unicode.
characters = st.characters(exclude_categories=("Cn",)).filter(lambda char: not 0xD800 <= ord(char) <= 0xDFFF)
PASTED = "ßẞøŁđıİIæŒþðςΣσäÄöüÿﬁ½²№ŉĿ'’‘ʼ´`-_.…,;:!? \n\u00a0\u00ad\u200b\u200d\u2060\ufeff\u0301\u0308\u0345K😀𝓐"
SCRIPTS = "ae oe ue aue que 가 한국어 ひらがな हिन्दी ﷺ ٣ Ⅷ ǆ 𐐀 👩\u200d🔬 🇩🇪 \ud83d \ude00"
tricky = st.sampled_from([*PASTED, *SCRIPTS.split(" ")])
texts = st.lists(
    st.one_of(characters, tricky, st.sampled_from(["Bäume", "O'Neill", "values", "e" * 39, "Müller"]))
).map("".join)


def one_string(given_text: str) -> str:
    """A text without two halves of one character side by side, which JavaScript would join."""
    return given_text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


def test_any_text(node: Callable[..., Any]) -> None:
    """Whatever people paste (other scripts, marks, emoji, halves of characters) is cut and folded alike."""
    made: list[str] = []

    @settings(max_examples=2000)
    @given(texts)
    def make(given_text: str) -> None:
        made.append(one_string(given_text))

    make()
    made = known(node, made)
    words = list(dict.fromkeys(word for given_text in made for word in text.words(given_text)))
    answer = node(PROCESS, {"words": [], "texts": made, "folds": made, "langs": []})
    assert [item for item in zip(made, answer["words"], strict=True) if item[1] != text.words(item[0])] == []
    assert [item for item in zip(made, answer["fold"], strict=True) if item[1] != text.fold(item[0])] == []
    assert differences(node, words) == []
    assert all(text.key(word, lang) for word in words for lang in LANGS)


def test_every_character(node: Callable[..., Any]) -> None:
    """Each character that Unicode has assigned, alone and between letters, is treated alike."""
    assigned = [chr(code) for code in range(0x110000) if unicodedata.category(chr(code)) not in ("Cn", "Cs", "Co")]
    made = known(node, [f"{char} x{char}y" for char in assigned])
    answer = node(PROCESS, {"words": [], "texts": made, "folds": made, "langs": []})
    assert [item for item in zip(made, answer["words"], strict=True) if item[1] != text.words(item[0])] == []
    assert [item for item in zip(made, answer["fold"], strict=True) if item[1] != text.fold(item[0])] == []


@settings(max_examples=500)
@given(texts)
def test_raw_words_lead_to_keys(given_text: str) -> None:
    """The indexer's short way, a memo of raw words, gives the keys of the words."""
    raw = text.raw_words(given_text)
    for lang in LANGS:
        memo = text.Words(lang)
        alone = [memo[word] for word in raw]
        assert alone == [text.key(word, lang) for word in text.words(given_text)]
        together = text.Words(f"{lang}")
        together.fill(raw)
        assert [together[word] for word in raw] == alone


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("de", "Häuser Haeuser Hausern"),
        ("de", "Müller Mueller"),
        ("de", "Straße Strasse Straßen"),
        ("de", "Wärmepumpe Waermepumpen WÄRMEPUMPEN"),
        ("de", "künstliche kuenstlichen"),
        ("de", "Bäuerin Baeuerin"),
        ("en", "value values valued"),
        ("en", "survey surveys"),
        ("en", "railway railways"),
        ("en", "naïve naive"),
        ("fr", "Œuvre oeuvre OEUVRE"),
    ],
)
def test_same_key(lang: str, words: str) -> None:
    """Spellings and forms of a word have one key."""
    assert len({text.key(word, lang) for word in words.split()}) == 1


@pytest.mark.parametrize(
    ("word", "folded"),
    [
        ("Steuer", "steuer"),
        ("neue", "neue"),
        ("Frauen", "frauen"),
        ("Bauer", "bauer"),
        ("Quelle", "quelle"),
        ("Übergröße", "ubergrosse"),
        ("Uebergroesse", "ubergrosse"),
        ("İstanbul", "istanbul"),
        ("Diyarbakır", "diyarbakir"),
        ("Łódź", "lodz"),
        ("Jørgensen", "jorgensen"),
        ("ΟΔΟΣ", "οδοσ"),
    ],
)
def test_fold(word: str, folded: str) -> None:
    """Case, marks and the German ways to write an umlaut do not matter; other vowels side by side stay."""
    assert text.fold(word) == folded


@pytest.mark.parametrize(
    ("given_text", "words"),
    [
        ("O'Brien, O’Brien und O´Brien", ["OBrien", "OBrien", "und", "OBrien"]),
        ("»Wärme\u00adpumpen«-Förderung 2026/27", ["Wärmepumpen", "Förderung", "2026", "27"]),
        ("'ne foo_bar 3,5 m²", ["ne", "foo", "bar", "3", "5", "m2"]),
        ("Cafe\u0301 und हिन्दी", ["Café", "und", "हिन्दी"]),
        ("x" * 50, ["x" * 40]),
        ("👩‍🔬 … – \u0301 '", []),
    ],
)
def test_words(given_text: str, words: list[str]) -> None:
    """Words are letters and digits, without apostrophes and what is not seen."""
    assert text.words(given_text) == words


@pytest.mark.parametrize(("lang", "name"), stemming.LANGUAGES.items())
def test_stemmers_of_one_release(lang: str, name: str) -> None:
    """Where there is no PyStemmer, the stems are the same."""
    compiled = stemming._compiled(name)
    if not compiled:
        pytest.skip("there is no PyStemmer for this platform")
    chance = random.Random(name)
    endings = ENDINGS[lang].split()
    letters = "aeiouybcdglmnqrstwxz"
    words = [
        "".join([*chance.choices(letters, k=chance.randrange(1, 7)), *chance.choices(endings, k=2)])
        for _ in range(5000)
    ]
    assert stemming.portable(name)(words) == compiled(words)


def test_stop_words_are_folded_and_sorted() -> None:
    """The list that both sides read holds words as they are compared, each once."""
    stop = text.stop()
    assert list(stop) == ["de", "en", "ask"]
    for words in stop.values():
        assert words == sorted({text.fold(word) for word in words})
    assert not set(stop["ask"]) & {*stop["de"], *stop["en"]}
    path = Path(text.__file__).parent / "data" / "stop.json"
    assert json.loads(path.read_text("utf-8")) == stop


def test_no_stop_word_is_a_subject() -> None:
    """Words that people ask for are kept, whatever language has them as a stop word."""
    listed = {word for words in text.stop().values() for word in words}
    assert not listed & {"war", "recht", "macht", "arbeit", "energie", "us", "who"} - {"who"}
