"""Names and titles inside a sentence: the article that French puts before a party, a title after a colon."""

from __future__ import annotations

import pytest

from qp_cli.model.convention import Convention
from qp_cli.model.reading import read
from qp_cli.render.language import Language
from qp_cli.render.naming import called, in_sentence, titles_of
from qp_cli.tracking.people import Directory
from tests.conftest import small_convention

ENGLISH, FRENCH = Language("en"), Language("fr")


def declared(**more):
    return read(Convention, small_convention(**{"engagements": [], **more}))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("État", "l'État"),
        ("Métropole AMP", "la Métropole AMP"),
        ("Banque des Territoires", "la Banque des Territoires"),
        ("Ministère de la Ville", "le Ministère de la Ville"),
        ("Agence du port", "l'Agence du port"),
        ("La Région", "la Région"),
        ("L'État", "l'État"),
        ("Bpifrance", "Bpifrance"),
        ("ANRU", "ANRU"),
        ("Villeurbanne", "Villeurbanne"),
    ],
)
def test_french_puts_an_article_before_a_party_where_it_has_one(name, expected):
    directory = Directory.of(declared(parties=[{"id": "ville", "name": name}]))
    assert called("ville", directory, FRENCH) == expected
    assert called("ville", directory, ENGLISH) == name


def test_an_alias_with_an_article_is_what_a_sentence_calls_a_party():
    party = {"id": "ville", "name": "Agence nationale", "short": "ANRU", "aliases": ["agence", "l'ANRU"]}
    assert called("ville", Directory.of(declared(parties=[party])), FRENCH) == "l'ANRU"


def test_a_group_and_a_role_are_called_too_and_an_unknown_name_is_itself():
    convention = declared(groups=[{"id": "tous", "name": "Les partenaires", "members": ["ville"]}])
    assert called("tous", Directory.of(convention), FRENCH) == "les partenaires"
    assert called("region", Directory.of(convention), FRENCH) == "region"


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Soumission d'une proposition", "soumission d'une proposition"),
        ("Signature de la Convention", "signature de la Convention"),
        ("L'intercommunalité confirme", "l'intercommunalité confirme"),
        ("L'État désigne", "l'État désigne"),
        ("Le Bureau approuve", "le Bureau approuve"),
        ("Remettre le bilan", "remettre le bilan"),
        ("Approval by the Board", "approval by the Board"),
        ("État des lieux", "état des lieux"),
        ("ANRU informée", "ANRU informée"),
        ("Marseille signe", "Marseille signe"),
        ("déjà ainsi", "déjà ainsi"),
        ("Signature", "signature"),
        ("RGPD", "RGPD"),
        ("", ""),
    ],
)
def test_a_title_goes_on_a_sentence_where_it_begins_with_a_common_noun(title, expected):
    assert in_sentence(title) == expected


def test_titles_are_those_of_events_engagements_and_the_term_and_a_name_without_one_is_itself():
    told = titles_of(
        declared(
            events=[{"id": "signature", "title": "Signature de la Convention"}],
            term={"title": "Terme de la Convention", "due": {"within": "P24M", "from": "signature"}},
            engagements=[{"id": "bilan", "title": "Remettre le bilan", "debtors": ["ville"], "kind": "continuing"}],
        )
    )
    assert [told(name) for name in ("signature", "terme", "bilan", "autre")] == [
        "Signature de la Convention",
        "Terme de la Convention",
        "Remettre le bilan",
        "autre",
    ]
