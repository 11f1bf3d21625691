"""The words that people type for a command or an option, in French and English, and what each of them leads to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.choices import SPOKEN, all_chosen
from qp_cli.names import SHOWN, key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

COMMAND_WORDS: Mapping[str, tuple[str, ...]] = {
    "status": ("état", "statut", "bilan", "situation", "tableau de bord", "synthèse", "résumé", "dashboard"),
    "deadlines": ("échéances", "échéancier", "délais", "liste", "tableau", "obligations", "engagements", "list"),
    "overdue": ("retard", "en retard", "dépassé", "échéance dépassée", "late"),
    "timeline": ("frise", "chronologie"),
    "show": ("montrer", "afficher", "voir", "détail", "consulter"),
    "parties": ("partenaires", "signataires", "débiteurs"),
    "sites": ("lieux", "quartiers"),
    "record": ("enregistrer", "consigner", "noter", "saisir", "ajouter", "faits", "add"),
    "record --from": ("import", "importer", "importation"),
    "record voided": (
        *("annuler", "corriger", "correction", "supprimer", "effacer", "erreur", "cancel", "undo", "delete"),
    ),
    "record fulfilled": ("exécuter", "livrer"),
    "record waived": ("renoncer",),
    "record suspended": ("suspendre", "suspend"),
    "record resumed": ("reprendre", "resume"),
    "record notified": ("mettre en demeure",),
    "record amended": ("prolonger", "prolongation", "modifier", "amend"),
    "record denounced": ("dénoncer",),
    "record terminated": ("résilier", "terminate"),
    "record occurred": ("signer", "sign"),
    "log": ("journal", "historique", "history"),
    "diff": ("différences", "comparer", "changements", "compare"),
    "report": ("rapport", "page", "fiche", "imprimer", "print"),
    "export": ("exporter",),
    "export xlsx": ("excel", "classeur", "tableur", "tableau", "suivi", "spreadsheet"),
    "export ics": ("calendrier", "agenda", "outlook", "calendar"),
    "export csv": ("csv",),
    "remind": ("rappels", "rappeler", "relance", "relancer", "courriel", "mail", "messagerie", "email"),
    "calc": ("calculer", "calcul", "compter", "compute"),
    "check": ("vérifier", "contrôler", "valider", "vérification", "validate"),
    "check --fix": ("corriger", "réparer", "repair"),
    "check --explain": ("expliquer", "explication", "explique", "explain"),
    "rules": ("règles",),
    "schema": ("schéma",),
    "init": ("créer", "initialiser", "nouveau", "commencer", "create", "new"),
    "help": ("aide", "commandes", "manuel", "man"),
    "--version": ("version",),
}
"""What a command is looked for by, besides its name; a word of several leads to each."""
OPTION_WORDS: Mapping[str, tuple[str, ...]] = {
    "--party": ("partie", "partenaire", "signataire", "débiteur", "qui", "par", "pour", "by", "who", "debtor"),
    "--site": ("lieu", "quartier", "commune", "où", "place"),
    "--state": ("état", "statut", "situation", "status"),
    "--within": (
        *("jusqu'au", "jusqu'à", "d'ici", "d'ici au", "d'ici à", "dans", "sous", "avant", "délai", "horizon"),
        *("prochains jours", "until", "before", "to", "to date", "next"),
    ),
    "--data": ("dossier", "dépôt", "données", "répertoire", "folder", "dir", "directory", "repository", "repo"),
    "--group-by": ("grouper", "regrouper", "grouper par", "regrouper par", "group", "by"),
    "--as-of": ("le", "au", "date", "jour", "en date du", "à la date du", "arrêté au", "on", "at", "day"),
    "--known-at": ("connu au", "connu le", "révision", "version du", "known", "revision", "commit"),
    "--lang": ("langue", "language", "locale"),
    "--format": ("forme", "sortie", "form", "type"),
    "--format json": ("json",),
    "--format csv": ("csv",),
    "--format md": ("md", "markdown"),
    "--output": ("sortie", "fichier", "vers", "enregistrer sous", "out", "file"),
    "--fail-on": ("échouer", "échouer si", "échec", "fail", "fail if"),
    "--newly": ("nouveau", "nouvellement", "récent", "new"),
    "--no-cache": ("sans cache", "cache"),
    "--all": ("tout", "tous", "toutes", "complet", "everything"),
    "--engagement": ("obligation",),
    "--kind": ("genre", "type", "nature", "fait"),
    "--since": ("dès", "depuis", "à partir du", "à compter du", "début", "après", "from", "after", "start"),
    "--until": ("jusqu'au", "jusqu'à", "avant", "fin", "to", "before", "end", "au"),
    "--summary": ("résumé", "synthèse", "sommaire", "court", "short"),
    "--contacts": ("coordonnées", "adresses"),
    "--open": ("ouvrir", "navigateur", "browser"),
    "--excel-fr": ("excel français", "pour excel"),
    "--on": ("le", "date", "jour", "en date du", "depuis", "dès", "à compter du", "day", "at", "since"),
    "--by": ("par", "partie", "débiteur", "auteur", "party", "debtor", "who performed"),
    "--to": ("à", "destinataire", "à qui", "pour", "recipient"),
    "--occurrence": ("échéance du", "numéro", "fois", "number"),
    "--cure": ("délai imparti", "délai", "remède", "remédier", "period"),
    "--part": ("fraction", "quote-part", "pourcentage", "share"),
    "--partly": ("partiel", "partiellement", "en partie", "partial"),
    "--title": ("titre", "intitulé", "nom", "libellé", "name"),
    "--signed": ("signé", "signé le", "signature"),
    "--effect": ("effet", "prise d'effet", "date d'effet", "effective"),
    "--extend": ("prolonger", "prolongation", "proroger", "prorogation", "délai", "extension"),
    "--due-on": (
        "échéance",
        "nouvelle date",
        "date limite",
        "nouvelle échéance",
        "jusqu'au",
        "due",
        "deadline",
        "until",
    ),
    "--end": ("fin", "terminer", "mettre fin", "cesser"),
    "--term": ("terme", "durée"),
    "--notice": ("préavis", "délai", "period"),
    "--proof": ("preuve", "justificatif", "pièce", "pièce jointe", "pièce justificative", "attachment", "evidence"),
    "--copy-proof": ("copier", "copier la preuve", "copy"),
    "--note": ("remarque", "commentaire", "observation", "comment", "remark", "message"),
    "--from": ("fichier", "importer", "import", "suivi", "feuille", "file"),
    "--who": ("auteur", "saisi par", "qui", "author", "user"),
    "--ask": ("demander", "questions", "interactif", "interactive"),
    "--dry-run": ("essai", "essayer", "simuler", "simulation", "à blanc", "sans écrire", "test", "preview"),
    "--send": ("envoyer", "envoi", "expédier"),
    "--yes": ("oui", "sans demander"),
    "--regime": ("régime",),
    "--zone": ("territoire", "région", "area"),
    "--backwards": ("à rebours", "rebours", "en arrière", "back"),
    "--against": ("contre", "comparer à", "base", "compare"),
    "--select": ("choisir", "sélectionner", "seulement", "only"),
    "--ignore": ("ignorer", "sauf", "exclure", "except"),
    "--strict": ("sévère", "avertissements", "warnings"),
    "--explain": ("expliquer", "explication", "explique"),
    "--fix": ("corriger", "réparer", "correction", "repair"),
    "--template": ("modèle", "gabarit", "model"),
    "--id": ("identifiant", "identifier"),
    "--territory": ("territoire",),
    "--origin": ("origine", "point de départ", "départ", "à compter de", "depuis", "from", "start"),
    "--event": ("événement",),
    "--term-clause": ("clause du terme", "article du terme", "article", "clause"),
    "--epci": ("intercommunalité", "métropole", "agglomération"),
    "--prefet": ("préfet", "préfète", "préfecture"),
    "--chef-de-file": ("chef de file", "pilote"),
    "--qp-source": ("source", "installation", "dépôt de qp"),
    "--plain": ("brut", "nu", "raw"),
    "--update": ("mettre à jour", "mise à jour", "upgrade"),
    "--convention": ("conventions", "agreement"),
    "--version": ("numéro de version",),
    "--help": ("aide",),
}
"""What an option is looked for by, besides its name; a word of several leads to those that the command takes."""
_COMMANDS_INSTEAD: Mapping[str, tuple[str, ...]] = {
    "qp export xlsx": ("excel", "xlsx", "classeur", "tableur", "spreadsheet"),
    "qp export ics": ("calendrier", "agenda", "ics", "outlook", "calendar"),
    "qp export csv": ("csv",),
    "qp export json": ("json",),
    "qp export md": ("md", "markdown"),
    "qp report": ("html", "page", "rapport", "fiche", "imprimer", "print"),
    "qp remind": ("courriel", "mail", "email", "rappel"),
}
"""What is a command of its own, and typed as if it were an option of another."""
_FORMATS_OF = {"export": "qp export ics|xlsx|csv|md|json"}
"""How a command is typed whose format is no option."""
_ALIKE = 0.82
"""How much two texts have in common where one is the other misspelt: 1 is all."""


def commands_meant(words: Sequence[str], commands: Iterable[str], kinds: Iterable[str]) -> list[str]:
    """What the first words of a command line mean, as it is typed after `qp`; nothing where no word is near.

    Args:
        words: what was typed, the first of which is no command.
        commands: the commands.
        kinds: the kinds of fact, which are recorded.
    """
    recorded = {f"record {kind}": (kind, *SPOKEN.get(kind, ())) for kind in kinds}
    known = dict.fromkeys((*COMMAND_WORDS, *commands, *recorded))
    spoken = {each: (*COMMAND_WORDS.get(each, ()), *recorded.get(each, ())) for each in known}
    for length in (3, 2, 1):
        if found := all_chosen(" ".join(words[:length]), spoken, spoken):
            return found
    return _misspelt(words[0], spoken)


def options_meant(name: str, options: Iterable[str]) -> list[str]:
    """The options, with their values where these are said, that a word means; nothing where no word is near.

    Args:
        name: what was typed, with its hyphens or without.
        options: those that there are, with their hyphens.
    """
    known = [each for each in options if each.startswith("--")]
    ours = [each for each in OPTION_WORDS if each.partition(" ")[0] in known]
    spoken = {each: (each.lstrip("-"), *OPTION_WORDS.get(each, ())) for each in dict.fromkeys((*ours, *known))}
    return all_chosen(name.lstrip("-"), spoken, spoken) or _misspelt(name.lstrip("-"), spoken)


def commands_instead(name: str, command: str) -> list[str]:
    """The commands, as they are typed, that do what an option is typed for; nothing where none does.

    Args:
        name: what was typed, with its hyphens or without.
        command: the command that was given it.
    """
    found = all_chosen(name.lstrip("-"), _COMMANDS_INSTEAD, _COMMANDS_INSTEAD)
    if not found and command in _FORMATS_OF and all_chosen(name.lstrip("-"), ("format",), {"format": ("forme",)}):
        return [_FORMATS_OF[command]]
    return found


def _misspelt(text: str, spoken: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Those whose name, or a word of theirs, was typed with a slip or two."""
    from difflib import get_close_matches

    leads: dict[str, list[str]] = {}
    for each, words in spoken.items():
        for word in (each, *words):
            leads.setdefault(key(word), []).append(each)
    near = get_close_matches(key(text[:SHOWN]), leads, n=1, cutoff=_ALIKE)
    return list(dict.fromkeys(each for word in near for each in leads[word]))
