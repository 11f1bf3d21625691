"""The shipped data: all that the Convention says, clause by clause, and nothing that happened."""

from __future__ import annotations

from datetime import date

import pytest

from qp_cli.checks.registry import examine
from qp_cli.findings import Severity
from qp_cli.store.repository import read_repository
from tests.tracking.building import SHIPPED

ENGAGEMENTS = {  # by id: clause, debtors, kind, nature
    "feuille-de-route": ("art. 1", ("metropole",), "one-off", "resultat"),
    "meilleurs-efforts": ("art. 2, chapeau", ("parties",), "continuing", None),
    "etat-animation": ("art. 2, État (i)", ("etat",), "continuing", None),
    "etat-referent": ("art. 2, État (ii)", ("etat",), "one-off", "resultat"),
    "etat-cofinancement": ("art. 2, État (iii)", ("etat",), "continuing", "moyens"),
    "etat-experts": ("art. 2, État (iv)", ("etat",), "continuing", "moyens"),
    "metropole-dynamiques": ("art. 2, intercommunalité", ("metropole",), "continuing", "moyens"),
    "metropole-moyens": ("art. 2, intercommunalité", ("metropole",), "continuing", "moyens"),
    "coordonnateur-designation": ("art. 2 et 3", ("metropole",), "one-off", "resultat"),
    "gouvernance": ("art. 3", ("metropole",), "continuing", None),
    "coordonnateur-suivi": ("art. 3", ("metropole",), "continuing", None),
    "chef-de-file-appui": ("art. 2, Chef de file (i)", ("chef-de-file",), "continuing", "moyens"),
    "chef-de-file-portage": ("art. 2, Chef de file (ii)", ("chef-de-file",), "continuing", None),
    "partenaires-capitalisation": ("art. 2, partenaires", ("partenaires",), "continuing", None),
    "instruction-projets": (
        "art. 2, dernier alinéa (i)",
        ("partenaires-techniques-financiers",),
        "on-request",
        None,
    ),
    "mobilisation-moyens": (
        "art. 2, dernier alinéa (ii)",
        ("partenaires-techniques-financiers",),
        "on-request",
        None,
    ),
}
PARTIES = {  # by id: organ of, signatory
    "metropole": (None, True),
    "etat": (None, True),
    "ministere-ville": ("etat", False),
    "prefet": ("etat", False),
    "coordonnateur": ("metropole", False),
    "anct": (None, False),
    "anru": (None, False),
    "banque-des-territoires": (None, False),
    "bpifrance": (None, False),
}
GROUPS = {
    "parties": ("metropole", "etat"),
    "partenaires": ("anct", "anru", "banque-des-territoires", "bpifrance"),
    "partenaires-techniques-financiers": (
        "ministere-ville",
        "anct",
        "anru",
        "banque-des-territoires",
        "bpifrance",
    ),
}
SAID = {  # by id: words of the title, words of the note, each a word of the clause that the data once lost
    "feuille-de-route": (("Formaliser", "annexer"), ("l'État ou", "Partenaires")),
    "meilleurs-efforts": (("meilleurs efforts",), ("du texte",)),
    "etat-animation": ((), ("l'élaboration", "mise en œuvre")),
    "etat-referent": ((), ("suivre les projets", "accessible l'offre de services")),
    "etat-cofinancement": (("possible",), ("dotations et crédits disponibles", "ses partenaires")),
    "etat-experts": (("experts techniques",), ()),
    "metropole-moyens": (("Mobiliser",), ("efficace", "notamment", "Coordonnateur")),
    "coordonnateur-designation": ((), ("rattaché à la collectivité", "services")),
    "gouvernance": (("Mettre en œuvre",), ("efficace", "études de diagnostic")),
    "coordonnateur-suivi": ((), ("avancée des travaux", "notamment", "fréquence")),
    "chef-de-file-appui": (("prioriser",), ()),
    "chef-de-file-portage": (("identifiés",), ("techniques et financiers",)),
    "partenaires-capitalisation": (("Favoriser",), ("notamment", "à venir")),
    "instruction-projets": (("meilleurs délais",), ()),
    "mobilisation-moyens": (("Mobiliser", "de leur champ"), ("instances décisionnaires",)),
}
DATED = {
    "delegation-bureau": date(2020, 7, 17),
    "annonce-programme": date(2021, 1, 29),
    "labellisation": date(2021, 3, 18),
    "approbation": date(2022, 3, 10),
}
UNDATED = {"signature", "confirmation-ecrite", "avis-conseil-territoire"}
REPEATED = {"proposition-soumise", "action-approuvee"}
SITES = {
    "aix-encagnane": ("Aix-en-Provence", ("numérique",), ("tiers-lieu",)),
    "aubagne-charrel": ("Aubagne", ("entrepreneuriat", "artisanat"), ("tiers-lieu",)),
    "marseille-nord": ("Marseille", (), ()),
}


@pytest.fixture(scope="module")
def shipped():
    return read_repository(SHIPPED)


@pytest.fixture(scope="module")
def agreed(shipped):
    return shipped.convention


def test_it_loads_without_an_error_and_says_what_a_careful_reader_would_want_to_know(shipped):
    found = examine(shipped)
    assert all(each.severity is not Severity.ERROR for each in found)
    assert {each.code for each in found} == {
        "QP301",  # the roadmap's date had passed when the Bureau approved the Convention
        "QP302",  # the report's title says 2022/2024
        "QP303",  # the roadmap's date is a Saturday
        "QP304",  # article 4 has two readings
        "QP305",  # the signature has no date
        "QP306",  # no frequency for the Coordonnateur's reports
        "QP307",  # engagements of partners who do not sign
        "QP308",  # "meilleurs délais" is no number
        "QP309",  # article 2 speaks of the roadmap as annexed
    }


def test_its_three_files_are_read(shipped):
    assert set(shipped.documents) == {"convention.yaml", "sites.yaml", "journal.yaml"}


def test_every_engagement_is_there_with_its_clause(agreed):
    found = {each.id: (each.clause, each.debtors, each.kind, each.nature) for each in agreed.engagements}
    assert found == ENGAGEMENTS


@pytest.mark.parametrize("name", SAID)
def test_an_engagement_says_no_less_than_its_clause(agreed, name):
    (engagement,) = (each for each in agreed.engagements if each.id == name)
    title, note = SAID[name]
    assert [word for word in title if word not in engagement.title] == []
    assert [word for word in note if word not in (engagement.note or "")] == []


def test_no_title_says_more_than_its_clause(agreed):
    titles = [each.title for each in agreed.engagements]
    words = ("Établir", "Recueillir et partager", "Engager", "Mettre en place", "Réunir")
    assert [(word, title) for word in words for title in titles if word in title] == []


def test_best_efforts_are_the_words_of_the_text_and_no_qualification(agreed):
    """`nature` is shown as a reader's qualification, which the head of article 2 needs not."""
    (head,) = (each for each in agreed.engagements if each.id == "meilleurs-efforts")
    assert head.nature is None
    assert "qualification" not in (head.note or "")


def test_the_parties_are_shown_in_the_part_that_the_text_gives_them(agreed):
    parties = {each.id: each for each in agreed.parties}
    assert parties["etat"].represented_by.count("le cas échéant") == 1
    assert "signe pour l'État le cas échéant" in parties["prefet"].part
    assert parties["metropole"].represented_by == "sa Présidente ou son représentant"
    assert "délibération" in parties["metropole"].note
    assert "rattaché à la collectivité, dans ses services" in parties["coordonnateur"].part
    for words in (parties["anru"].part, agreed.roles[0].note):
        assert "interlocuteur unique" in words.lower()
        assert "en lien avec l'intercommunalité" in words


def test_what_starts_a_request_is_called_by_a_noun_since_screens_say_that_it_is_awaited(agreed):
    titles = {each.id: each.title for each in agreed.events if each.repeats}
    assert titles == {
        "proposition-soumise": "Soumission d'une proposition par l'intercommunalité",
        "action-approuvee": "Approbation d'une action par les instances d'un partenaire",
    }


def test_only_the_roadmap_has_a_deadline_in_the_text(agreed):
    with_due = {each.id: each.due for each in agreed.engagements if each.due}
    assert list(with_due) == ["feuille-de-route"]
    roadmap = with_due["feuille-de-route"]
    assert (str(roadmap.within), roadmap.from_, roadmap.regime) == ("P6M", "labellisation", None)
    assert not [each.id for each in agreed.engagements if each.target]


def test_the_term_is_twenty_four_months_from_the_labellisation_by_an_explicit_regime(agreed):
    term = agreed.term
    assert (str(term.due.within), term.due.from_, term.due.regime) == ("P24M", "labellisation", "quantieme")
    assert (term.clause, term.due.readings) == ("art. 4", ("duree",))


def test_the_regime_is_the_silent_texts(agreed):
    assert (agreed.regime, agreed.zone, agreed.due_soon_days) == ("quantieme", "metropole", 30)


def test_every_party_is_there_and_says_whose_organ_it_is(agreed):
    assert {each.id: (each.organ_of, each.signatory) for each in agreed.parties} == PARTIES


def test_every_party_group_role_event_and_engagement_says_where_it_is_read(agreed):
    everything = (*agreed.parties, *agreed.groups, *agreed.roles, *agreed.events, *agreed.engagements, agreed.term)
    assert [each for each in everything if not each.clause] == []


def test_the_groups_have_their_members_and_the_chef_de_file_is_anru(agreed):
    assert {each.id: each.members for each in agreed.groups} == GROUPS
    assert {each.id: (each.held_by, each.clause) for each in agreed.roles} == {"chef-de-file": (("anru",), "art. 3")}


def test_every_event_is_there_and_what_the_file_does_not_date_has_no_date(agreed):
    assert {each.id: each.date_ for each in agreed.events if each.date_} == DATED
    assert {each.id for each in agreed.events if not each.date_ and not each.repeats} == UNDATED
    assert {each.id for each in agreed.events if each.repeats} == REPEATED
    assert agreed.approval == "approbation"


def test_the_two_reported_engagements_are_national_and_wait_for_their_event(agreed):
    national = {each.id: each.trigger for each in agreed.engagements if each.scope == "national"}
    assert national == {"instruction-projets": "proposition-soumise", "mobilisation-moyens": "action-approuvee"}


def test_creditors_performer_and_support_are_given_where_the_text_names_them(agreed):
    found = {each.id: each for each in agreed.engagements}
    assert found["coordonnateur-suivi"].performer == "coordonnateur"
    assert found["feuille-de-route"].support == ("etat", "partenaires")
    assert {name for name, each in found.items() if each.creditors} == {"chef-de-file-appui", "instruction-projets"}
    assert not [name for name, each in found.items() if each.solidary or each.sites]


def test_the_reports_title_is_kept_as_its_own_word(agreed):
    assert [(each.about, each.says, each.first_year, each.last_year) for each in agreed.claims] == [
        ("terme", "2022/2024", 2022, 2024),
        ("feuille-de-route", "annexée à la convention", None, None),
        ("labellisation", "faciliter l'obtention des crédits existants", None, None),
    ]
    assert all(name in agreed.claims[2].note for name in ("Caisse des Dépôts", "ANRU", "Bpifrance", "ANCT"))


def test_every_site_is_there_with_its_provenance(shipped):
    assert {each.id: (each.commune, each.focus, each.projects) for each in shipped.sites} == SITES
    assert all(each.source for each in shipped.sites)
    north = shipped.sites[-1]
    assert [zoom.name for zoom in north.zooms] == ["Frais Vallon – La Rose", "Malpassé – Saint-Jérôme", "Cabucelle"]
    assert [word for word in ("nouvelles", "à développer") if word not in " ".join(north.zooms[2].focus)] == []
    assert [name.split()[0] for name in north.districts] == ["13e", "14e", "15e", "16e"]


def test_the_journal_is_empty(shipped):
    assert shipped.facts == ()


def test_nothing_shipped_says_that_anything_was_fulfilled_or_missed(shipped):
    values = [value for document in shipped.documents.values() for value in texts(document.root)]
    words = ("fulfilled", "exécuté", "réalisé", "accompli", "rempli", "manqué", "en retard", "annexée le")
    assert [(word, value) for value in values for word in words if word in value.lower()] == []


def texts(value):
    """Every text written in a tree."""
    if isinstance(value, dict):
        return [found for each in value.values() for found in texts(each)]
    if isinstance(value, list):
        return [found for each in value for found in texts(each)]
    return [value] if isinstance(value, str) else []
