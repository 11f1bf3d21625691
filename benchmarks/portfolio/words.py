"""The words that made-up conventions are written with; none of the places exists."""

from __future__ import annotations

STARTS = ("Val", "Mont", "Clair", "Brume", "Roche", "Aigue", "Font", "Haute", "Belle", "Sombre", "Grand", "Noir")
ENDS = ("brume", "sablon", "fontaine", "rivière", "lande", "combe", "marais", "tilleul", "garenne", "argent", "pierre")

VERBS = (
    "Établir",
    "Remettre",
    "Présenter au comité de pilotage",
    "Mettre à jour",
    "Transmettre aux signataires",
    "Engager",
    "Financer",
    "Suivre et évaluer",
    "Publier",
    "Instruire",
)
TOPICS = (
    ("feuille-de-route", "la feuille de route territoriale"),
    ("diagnostic", "le diagnostic économique des quartiers"),
    ("plan-guide", "le plan-guide des locaux d'activités"),
    ("tiers-lieu", "le programme d'un tiers-lieu productif"),
    ("pepiniere", "la pépinière d'entreprises artisanales"),
    ("foncier", "l'inventaire du foncier économique mobilisable"),
    ("formation", "le parcours de formation aux métiers industriels"),
    ("insertion", "les clauses d'insertion des marchés de travaux"),
    ("commerce", "la stratégie de maintien des commerces de proximité"),
    ("budget", "le budget prévisionnel des actions"),
    ("comptes", "les comptes de l'opération"),
    ("indicateurs", "le tableau des indicateurs de résultat"),
    ("communication", "le plan de communication auprès des habitants"),
    ("rehabilitation", "la réhabilitation des rez-de-chaussée vacants"),
    ("accompagnement", "l'accompagnement des porteurs de projet"),
    ("cofinancement", "le cofinancement des actions éligibles"),
    ("logistique", "le schéma de logistique urbaine"),
    ("energie", "l'audit énergétique des bâtiments d'activité"),
    ("gouvernance", "le règlement de l'instance locale de pilotage"),
    ("convention-fille", "la convention particulière avec l'aménageur"),
)
DETAILS = (
    "",
    "dans les quartiers prioritaires",
    "avec les partenaires techniques et financiers",
    "et l'annexer à la Convention",
    "en lien avec le contrat de ville",
    "après avis de l'instance locale",
    "pour chaque site retenu",
    "et en rendre compte au préfet",
)
CONTINUING = (
    "Animer le réseau des partenaires",
    "Réunir les moyens nécessaires au pilotage",
    "Associer les habitants aux décisions",
    "Mobiliser les experts des services",
    "Faire figurer le logo du programme sur les supports",
    "Tenir à disposition les pièces justificatives",
)
NOTES = (
    "Le texte ne dit rien d'un report au jour ouvré ; la date retenue est la plus stricte.",
    "L'annexe citée n'est pas au dossier. À demander au secrétariat de l'instance locale de pilotage.",
    "Lecture de travail, à confirmer : l'article vise « les partenaires » sans majuscule, lus comme les opérateurs.",
    "Voir aussi la délibération ; elle reprend l'engagement presque mot pour mot, sans la date.",
    "Le compte rendu de la réunion préparatoire en fait une priorité ; la Convention ne l'écrit pas.",
    "Fictif, comme tout ce fichier.",
)
FACT_NOTES = (
    "Transmis par courriel aux signataires ; accusé de réception le lendemain.",
    "Validé en comité de pilotage, relevé de décisions au dossier.",
    "Annexé par courrier. Pièce versée au dossier partagé.",
    "Constaté lors de la revue de projet.",
    "Demande formulée par courrier du coordonnateur.",
)
RECORDERS = ("service conventions", "secrétariat de l'instance locale", "bureau de la ville", "mission d'appui")
FOCUS = ("numérique", "artisanat", "économie circulaire", "métiers de bouche", "réemploi", "formation", "logistique")

CLAUSE_PARTS = ("", ", al. 1", ", al. 2", ", al. 3", " et annexe 2", ", dernier alinéa", " (i)", " (ii)", " (iii)")
