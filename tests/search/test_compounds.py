"""German compounds are taken apart into known words, and what is none is left alone."""

from pathlib import Path

import pytest

from expert_search import compounds, text
from expert_search.compounds import Splitter

# From many fields; no word of them is known from a site's subjects.
COMPOUNDS = """
Mietrecht=Miete+Recht Mietrechtsreform=Miete+Recht+Reform Arbeitsrecht=Arbeit+Recht Verfassungsgericht=Verfassung+Gericht
Datenschutzbeauftragte=Daten+Schutz+Beauftragte Erbschaftsteuer=Erbschaft+Steuer Urheberrecht=Urheber+Recht Kartellamt=Kartell+Amt
Verwaltungsgericht=Verwaltung+Gericht Asylverfahren=Asyl+Verfahren Wettbewerbsrecht=Wettbewerb+Recht Völkerrecht=Völker+Recht
Verbraucherschutz=Verbraucher+Schutz Patentanwältin=Patent+Anwältin Strafprozess=Straf+Prozess Rechtsstaat=Recht+Staat
Energiewende=Energie+Wende Wasserstoffspeicher=Wasserstoff+Speicher Stromnetz=Strom+Netz Windkraftanlage=Wind+Kraft+Anlage
Erdgasleitung=Erd+Gas+Leitung Emissionshandel=Emission+Handel Klimaschutzgesetz=Klima+Schutz+Gesetz Wärmepumpen=Wärme+Pumpe
Waermepumpe=Wärme+Pumpe Ölheizungen=Öl+Heizung Treibhausgas=Treibhaus+Gas Ladeinfrastruktur=Lade+Infrastruktur
Krankenversicherung=Kranken+Versicherung Krankenhausreform=Krankenhaus+Reform Pflegekräfte=Pflege+Kraft Impfpflicht=Impf+Pflicht
Krebsforschung=Krebs+Forschung Arzneimittelmangel=Arzneimittel+Mangel Notaufnahme=Not+Aufnahme Gesundheitspolitik=Gesundheit+Politik
Zahnmedizin=Zahn+Medizin Infektionskrankheiten=Infektion+Krankheit Organspende=Organ+Spende
Cybersicherheit=Cyber+Sicherheit Netzwerktechnik=Netzwerk+Technik Spracherkennung=Sprache+Erkennung Onlinehandel=Online+Handel
Softwareentwicklung=Software+Entwicklung Quantencomputer=Quanten+Computer Halbleiterindustrie=Halbleiter+Industrie
Glasfaserausbau=Glasfaser+Ausbau Rechenzentrum=Rechen+Zentrum Datensicherheit=Daten+Sicherheit
Elektroauto=Elektro+Auto Verkehrswende=Verkehr+Wende Fahrradverkehr=Fahrrad+Verkehr Nahverkehr=Nah+Verkehr
Luftfahrtindustrie=Luft+Fahrt+Industrie Güterverkehr=Güter+Verkehr Schienennetz=Schienen+Netz Antriebstechnik=Antrieb+Technik
Rentenreform=Rente+Reform Kindergeld=Kinder+Geld Altersvorsorge=Alter+Vorsorge Bürgergeld=Bürger+Geld Jugendhilfe=Jugend+Hilfe
Sozialpolitik=Sozial+Politik Mindestlohn=Mindest+Lohn Kinderarmut=Kinder+Armut Familienpolitik=Familie+Politik
Fachkräftemangel=Fach+Kräfte+Mangel Chancengleichheit=Chancen+Gleichheit Tarifvertrag=Tarif+Vertrag
Wohnungsbau=Wohnung+Bau Altbausanierung=Altbau+Sanierung Brandschutz=Brand+Schutz Städtebau=Städte+Bau Holzbau=Holz+Bau
Wärmedämmung=Wärme+Dämmung Brückenbau=Brücke+Bau Hochwasserschutz=Hochwasser+Schutz Stadtplanung=Stadt+Planung Baukosten=Bau+Kosten
Bankenaufsicht=Bank+Aufsicht Geldpolitik=Geld+Politik Lieferkettengesetz=Liefer+Kette+Gesetz Außenhandel=Außen+Handel
Friedensforschung=Friedens+Forschung Wahlforscherin=Wahl+Forscherin Meeresbiologie=Meeres+Biologie Hochschulpolitik=Hochschule+Politik
"""

# Whatever else their letters spell.
WHOLE = """
Gesellschaft Wissenschaft Verantwortung Information Unternehmen Regierung Universität Entwicklung Beratung Sicherheit Gesundheit
Demokratie Energie Technologie Interview Politiker Forscherinnen Expertinnen Studierende Österreich Frankreich Hannover Hamburg
Vorstellung Ausstellung Herstellung Beispiel Aufgabe Vorteil Nachteil Gegenteil Erfahrung Erfolg erfolgreich Bereich Ergebnis
Entscheidung Bedeutung Bewegung Beziehung Veränderung Verbindung Verhältnis Verein Vereinbarung Gemeinschaft Mannschaft Eigenschaft
Botschaft Landschaft Wirtschaft Herausforderung Untersuchung Unterstützung Voraussetzung Zusammenhang Zusammenarbeit Organisation
Situation Generation Kommunikation Integration Nachhaltigkeit Gerechtigkeit Möglichkeit Persönlichkeit Öffentlichkeit Freiheit
Krankheit Kindheit Menschheit Lehrerinnen Sportlern Künstlern Wissenschaftlerin Material Kapital Personal Agentur Präsident Professorin
Autorin Philosophie Psychologie Ökologie Strategie Theorie Industrie Maschine Fahrer Mieter Steuerung Förderung Lieferung Wohnung
Heizung Bauern Steuern Länder Städte Häuser Verkehr Vertrag Gesetzgebung akkurat kommentieren gastieren rechtlich wirtschaftlich
politisch technisch eigentlich wahrscheinlich Hochzeit Bürger Messer Rechtsextremismus leistest arbeitest zugemessen
"""


def keys(words: list[str]) -> list[str]:
    """The terms of the index for words."""
    return [text.key(word, "de") for word in words]


@pytest.mark.parametrize("pair", COMPOUNDS.split())
def test_compounds_are_taken_apart(pair: str) -> None:
    """The parts of a compound are found by the words that they are."""
    compound, parts = pair.split("=")
    splitter = Splitter(())
    found = splitter.parts(text.fold(compound))
    assert set(keys(parts.split("+"))) <= set(keys(list(found)))


@pytest.mark.parametrize("word", WHOLE.split())
def test_other_words_stay_whole(word: str) -> None:
    """Better no split than a wrong one."""
    lexicon = [
        "antwort",
        "formation",
        "nehmen",
        "wissen",
        "stellung",
        "teil",
        "spiel",
        "folg",
        "haft",
        "heit",
        "schaft",
        "innen",
    ]
    assert Splitter(lexicon).parts(text.fold(word)) == ()


def test_words_of_the_subjects_are_known() -> None:
    """What the site's subjects are called makes new parts; a compound within a compound is a part, and so are its parts."""
    assert Splitter(()).parts("fledermausschutz") == ()
    splitter = Splitter(["fledermaus", "klimaschutz", "burgschaft"])
    assert splitter.parts("fledermausschutz") == ("fledermaus", "schutz")
    assert splitter.parts("klimaschutzgesetz") == ("klimaschutz", "gesetz", "klima", "schutz")
    assert splitter.parts("klimaschutz") == ("klima", "schutz")
    assert splitter.parts("burgschaftsrecht") == ("burgschaft", "recht")


def test_order_of_the_lexicon_does_not_matter() -> None:
    """The same words give the same parts."""
    words = ["schule", "schuler", "schulen", "druck", "drucker", "zeugnis", "erzeugnis"]
    one, other = Splitter(words), Splitter(reversed(words))
    for word in ("schulreform", "druckerzeugnis", "landschulen", "schulerzeitung"):
        assert one.parts(word) == other.parts(word)


@pytest.mark.parametrize("word", ["", "a", "recht", "rechtrecht" * 9, "ελληνικά", "co2steuer", "2026", "x" * 40])
def test_any_word(word: str) -> None:
    """Nothing makes it fail."""
    Splitter(["recht"]).parts(word)


def test_heads_are_folded_and_unique() -> None:
    """The shipped list holds each word once, as words are compared."""
    lines = (Path(compounds.__file__).parent / "data" / "heads.txt").read_text("utf-8").splitlines()
    words = [word.removesuffix("-") for line in lines if not line.startswith("#") for word in line.split()]
    assert words == [text.fold(word) for word in words]
    assert all(word.isascii() and word.isalpha() for word in words)
    marked = [word for line in lines if not line.startswith("#") for word in line.split()]
    assert len(marked) == len(set(marked))
