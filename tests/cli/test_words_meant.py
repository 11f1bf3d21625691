"""A word typed for a command or an option leads to the one that is meant; where none is near, none is suggested."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qp_cli.app.recording import FACT_KINDS
from qp_cli.cli.parser import COMMANDS, make_command, parameters
from qp_cli.cli.words_meant import COMMAND_WORDS, OPTION_WORDS, commands_meant, options_meant
from qp_cli.names import key
from qp_cli.render.language import Language

DOCS = Path(__file__).parents[2] / "docs" / "fr"
OPTIONS = {
    each: [flag for one in parameters(make_command(each)) for flag in one.opts if flag[0] == "-"] for each in COMMANDS
}
EVERY = list(dict.fromkeys(flag for flags in OPTIONS.values() for flag in flags))
TRY = "Essayez\u00a0: "


@pytest.mark.parametrize(
    ("typed", "commands"),
    [
        ("annuler", "qp record annulation"),
        ("corriger", "qp record annulation, qp check --fix"),
        ("rappel", "qp remind"),
        ("tableau", "qp deadlines, qp export xlsx"),
        ("aide", "qp help"),
        ("en retard", "qp overdue"),
        ("ÉCHÉANCE", "qp deadlines"),
        ("avenant", "qp record avenant"),
        ("mise en demeure", "qp record mise-en-demeure"),
        ("mettre en demeure bilan", "qp record mise-en-demeure"),
        ("deadline", "qp deadlines"),
        ("deadlnies", "qp deadlines"),
        ("verifer", "qp check"),
        ("import", "qp record --from"),
        ("explain QP405", "qp check --explain"),
        ("correction", "qp record annulation"),
        ("help mise en demeure", "qp record mise-en-demeure"),
        ("help annuler", "qp record annulation"),
    ],
)
def test_a_word_typed_for_a_command_leads_to_it(qp, typed, commands):
    refused = qp(*typed.split(), "--lang", "fr")
    assert (refused.code, refused.out) == (2, "")
    assert refused.err.rstrip("\n").partition(TRY)[2] == commands


@pytest.mark.parametrize(
    ("typed", "options"),
    [
        ("deadlines --le", "--as-of DATE"),
        ("deadlines --au", "--as-of DATE"),
        ("record --le", "--on DATE"),
        ("record --preuve", "--proof FICHIER|URL"),
        ("record --partie", "--by PARTIE"),
        ("record --party", "--by PARTIE"),
        ("record --délai", "--cure PÉRIODE, --extend PÉRIODE, --notice PÉRIODE"),
        ("deadlines --délai", "--within DURÉE"),
        ("deadlines --jusqu'au", "--within DURÉE"),
        ("deadlines --until", "--within DURÉE"),
        ("export --d'ici", "--within DURÉE"),
        ("log --jusqu'au", "--until DATE"),
        ("log --dès", "--since DATE"),
        ("deadlines --partie", "--party PARTIE"),
        ("deadlines --etat", "--state ÉTAT"),
        ("deadlines --stat", "--state ÉTAT"),
        ("deadlines --tous", "--all"),
        ("deadlines --csv", "--format csv"),
        ("deadlines --excel", "qp export xlsx"),
        ("export --excel", "qp export xlsx"),
        ("export --format", "qp export ics|xlsx|csv|md|json"),
        ("remind --envoyer", "--send"),
        ("check --corriger", "--fix"),
        ("--le", "--as-of DATE"),
    ],
)
def test_a_word_typed_for_an_option_leads_to_it(qp, typed, options):
    refused = qp(*typed.split(), "x", "--lang", "fr")
    assert (refused.code, refused.out) == (2, "")
    assert refused.err.rstrip("\n").partition(TRY)[2] == options


def test_a_format_that_is_made_by_a_command_of_its_own_leads_to_it(qp):
    refused = qp("deadlines", "--format", "excel", "--lang", "fr")
    assert refused.err.rstrip("\n").endswith("essayez\u00a0: qp export xlsx")
    assert "qp" not in qp("deadlines", "--format", "rien", "--lang", "fr").err.removeprefix("qp: ")


@pytest.mark.parametrize(
    ("typed", "goes_with"),
    [("deadlines --dès", "--since va avec\u00a0: log."), ("status --preuve", "--proof va avec\u00a0: record.")],
)
def test_what_another_command_takes_is_told_with_the_command(qp, typed, goes_with):
    assert qp(*typed.split(), "x", "--lang", "fr").err.rstrip("\n").endswith(goes_with)
    assert (
        qp("--preuve", "x", "--lang", "fr").err
        == "qp: «\u00a0--proof\u00a0» se place après la commande\u00a0: record.\n"
    )


@pytest.mark.parametrize("typed", ["--xyz", "--nosuch", "-z", "--laine", "--date-x-y-z", "--pas", "--sot"])
def test_nothing_is_suggested_where_nothing_is_near_and_the_page_of_all_is_given(qp, typed):
    said = qp("deadlines", typed, "--lang", "fr").err
    assert (
        said
        == f"qp: Aucune option ne se nomme «\u00a0{typed}\u00a0». Celles qu'il y a\u00a0: qp help deadlines --all\n"
    )
    assert qp("help", "deadlines", "--all").code == 0


@pytest.mark.parametrize("typed", ["zzz", "xyzzy", "pain", "abc"])
def test_of_a_word_that_is_near_to_no_command_all_are_given(qp, typed):
    assert qp(typed, "--lang", "fr").err.endswith(f"Noms connus\u00a0: {', '.join(COMMANDS)}.\n")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_of_every_command_is_found_by_its_words(command):
    own = OPTIONS[command]
    for option in own:
        if option.startswith("--"):
            words = OPTION_WORDS[option]
            assert words or option == "--lang"
            for word in words:
                assert f"--{word}" in own or option in options_meant(f"--{word}", own), word
    for word in (word for words in OPTION_WORDS.values() for word in words):
        assert {each.partition(" ")[0] for each in options_meant(word, own)} <= set(own)


def test_the_table_names_what_there_is():
    assert {each.partition(" ")[0] for each in OPTION_WORDS} <= {*EVERY, "--version"}
    for each in COMMAND_WORDS:
        first, _, rest = each.partition(" ")
        assert first in {*COMMANDS, "help", "--version"}
        assert not rest or rest in {*FACT_KINDS, "xlsx", "ics", "csv", "--fix", "--from", "--explain"}
    for each, words in COMMAND_WORDS.items():
        for word in words:
            assert each in commands_meant(word.split(), COMMANDS, FACT_KINDS) or word in COMMANDS


@pytest.mark.parametrize(
    ("page", "heading", "word", "leads"),
    [
        ("guides/avenant.md", "Un avenant est signé", "avenant", "record amended"),
        ("guides/avenant.md", "Une erreur", "erreur", "record voided"),
        ("guides/messagerie.md", "Dans l'agenda et la messagerie", "agenda", "export ics"),
        ("guides/messagerie.md", "Dans l'agenda et la messagerie", "messagerie", "remind"),
        ("guides/messagerie.md", "Un calendrier à importer", "calendrier", "export ics"),
        ("guides/messagerie.md", "Des rappels par courriel", "rappels", "remind"),
        ("guides/messagerie.md", "Des rappels par courriel", "courriel", "remind"),
        ("guides/messagerie.md", "Voir, puis écrire soi-même", "voir", "show"),
        (
            "guides/mise-en-demeure.md",
            "Une échéance est passée : mettre en demeure",
            "mettre en demeure",
            "record notified",
        ),
        ("guides/mise-en-demeure.md", "Une échéance est passée : mettre en demeure", "échéance", "deadlines"),
        ("guides/mise-en-demeure.md", "La mise en demeure", "mise en demeure", "record notified"),
        ("guides/mise-en-demeure.md", "Ce qui est dépassé", "dépassé", "overdue"),
        ("guides/portefeuille.md", "Vérifier, emporter", "vérifier", "check"),
        ("guides/suspension.md", "Suspendre", "suspendre", "record suspended"),
        ("guides/suspension.md", "Reprendre", "reprendre", "record resumed"),
        ("guides/tableur.md", "Dans un tableur", "tableur", "export xlsx"),
        ("guides/tableur.md", "Un classeur", "classeur", "export xlsx"),
        ("guides/tableur.md", "Un tableau dans un document", "tableau", "export xlsx"),
        ("guides/tableur.md", "Corriger, puis enregistrer", "corriger", "record voided"),
        ("guides/tableur.md", "Corriger, puis enregistrer", "enregistrer", "record"),
        ("format.md", "Une résiliation", "résiliation", "record terminated"),
        ("format.md", "Une preuve donnée ensuite : `proof`", "preuve", "record proof"),
        ("format.md", "Renonciation du créancier : `waived`", "renonciation", "record waived"),
        ("format.md", "Suspension et reprise : `suspended`, `resumed`", "reprise", "record resumed"),
        ("format.md", "Une prolongation : `extend`", "prolongation", "record amended"),
        ("format.md", "Le journal : tous les faits", "journal", "log"),
        ("format.md", "Le journal : tous les faits", "faits", "record"),
        ("format.md", "Où : les sites", "lieux", "sites"),
        ("reference.md", "Les commandes", "commandes", "help"),
    ],
)
def test_a_word_of_a_heading_of_the_guides_leads_to_the_command_that_it_is_about(page, heading, word, leads):
    headings = re.findall(r"^#+ (.*)$", (DOCS / page).read_text("utf-8").replace("\u00a0", " "), re.MULTILINE)
    assert heading in headings
    assert word in heading.casefold() or heading == "Où : les sites"
    assert leads in commands_meant(word.split(), COMMANDS, FACT_KINDS)


@pytest.mark.parametrize("command", [each for each in COMMANDS if each != "record"])
def test_the_words_of_values_in_the_french_help_lead_to_an_option_that_takes_one(command):
    """`--by PARTIE` is found by `--partie`, `--state ÉTAT` by `--état`."""
    french = Language("fr")
    for each in make_command(command).params:
        word = french.plain(each.metavar or "")
        if each.opts[0].startswith("--") and word in {"PARTIE", "SITE", "ÉTAT", "TITRE", "FICHIER", "DOSSIER"}:
            assert options_meant(f"--{word.casefold()}", OPTIONS[command]), word


@given(st.text("abcdefghijklmnopqrstuvwxyz-", min_size=1, max_size=12))
def test_whatever_is_suggested_was_meant_or_misspelt(typed):
    from difflib import SequenceMatcher

    for option in options_meant(typed, EVERY):
        words = [key(word) for word in (option, option.lstrip("-"), *OPTION_WORDS.get(option, ()))]
        assert any(SequenceMatcher(None, word, key(typed.lstrip("-"))).ratio() >= 0.8 for word in words)
