"""Conventions, sites and journals made at random from a seed, of every kind of engagement and of fact."""

from __future__ import annotations

import random
from datetime import date, timedelta

FIRST, LAST = date(2021, 1, 1), date(2024, 12, 31)
PARTIES = ("p0", "p1", "p2", "organ", "suborgan")
NAMES = (*PARTIES, "group", "role")
PERIODS = ("P1M", "P6M", "P1Y", "P45D", "10 jours ouvrés")
LABELS = {"p0": "Ville", "p1": "État", "p2": "Agence", "organ": "Service", "suborgan": "Bureau"}


class Maker:
    """What one seed makes."""

    def __init__(self, seed):
        self.random = random.Random(seed)  # noqa: S311 - a convention, no secret
        self.ends = random.Random(f"ends {seed}")  # noqa: S311 - its own, so that what came before stays as it was
        self.as_of = self.day()

    def day(self):
        """Any day of four years."""
        return FIRST + timedelta(days=self.random.randrange((LAST - FIRST).days))

    def convention(self):
        """A convention that qp reads."""
        term = {"due": {"within": self.random.choice(("P1Y", "P24M")), "from": "dated"}, "clause": "art. 9"}
        if self.ends.random() < 0.3:
            term["renewal"] = {"every": "P1Y", "notice": "P2M"}
        number = self.random.randint(2, 7)
        return {
            "format": "qp/1",
            "id": "hasard",
            "title": "Convention au hasard",
            **({"term": term} if self.random.random() < 0.8 else {}),
            "parties": [
                {"id": name, "name": LABELS[name], **({"organ_of": above} if above else {})}
                for name, above in zip(PARTIES, ("", "", "", "p0", "organ"), strict=True)
            ],
            "groups": [{"id": "group", "name": "Groupe", "members": ["p0", "p1", "organ"]}],
            "roles": [{"id": "role", "name": "Rôle", "held_by": ["p2", "suborgan"]}],
            "events": [
                {"id": "dated", "title": "Un jour connu", "date": self.day()},
                {"id": "awaited", "title": "Un jour attendu"},
                {"id": "asked", "title": "Une demande", "repeats": True},
            ],
            "engagements": [self.engagement(f"e{place}") for place in range(number)],
        }

    def due(self):
        """A due date of a one-off."""
        pick = self.random.choice
        simple = (
            {"on": self.day()},
            {"within": pick(PERIODS), "from": pick(("dated", "awaited"))},
            {"at_the_latest": pick(PERIODS), "before": self.day()},
            {"at_least": pick(PERIODS), "before": "awaited"},
        )
        if self.random.random() < 0.2:
            return {pick(("earliest_of", "latest_of")): self.random.sample(simple, 2)}
        return pick(simple)

    def engagement(self, name):
        """An engagement of any kind."""
        kind = self.random.choice(("one-off", "continuing", "recurring", "on-request", "option"))
        made = {
            "id": name,
            "title": f"Tenir {name}",
            "clause": f"art. {name[1:]}",
            "kind": kind,
            "debtors": self.random.sample(NAMES, self.random.randint(1, 2)),
            "solidary": self.random.random() < 0.3,
            "sites": self.random.sample(("nord", "sud"), self.random.randint(0, 2)),
            "scope": self.random.choice(("convention", "national")),
        }
        if kind == "recurring":
            every = {"every": self.random.choice(("P6M", "P1Y")), "from": "dated", "until": date(2024, 6, 30)}
            made["due"] = every if self.random.random() < 0.5 else {"within": "P2M", "from": every}
        elif kind == "on-request":
            made["trigger"] = "asked"
            wording = self.random.choice(("due", "target", ""))
            made |= {wording: {"within": self.random.choice(PERIODS)}} if wording else {}
        elif self.random.random() < 0.6:
            made["due"] = self.due()
        return made

    def journal(self, convention):
        """Facts about it."""
        owed = {each["id"]: each for each in convention["engagements"]}
        facts = []
        for number in range(self.random.randint(0, 12)):
            kinds = ("fulfilled", "waived", "suspended", "resumed", "notified", "breached", "triggered", "occurred")
            kind = self.random.choice((*kinds, "fulfilled", "occurred", "amended", "voided"))
            fact = {"id": f"f-{number}", "kind": kind, "on": self.day()}
            if kind == "occurred":
                fact["event"] = self.random.choice(("awaited", "asked"))
            elif kind == "amended":
                target = self.random.choice(sorted(owed))
                fact |= {"title": "Avenant", "changes": [self.change(target, number)]}
            elif kind == "voided":
                if not facts:
                    continue
                fact["fact"] = self.random.choice(facts)["id"]
            else:
                names = [name for name, each in owed.items() if kind != "triggered" or each["kind"] == "on-request"]
                if not names:
                    continue
                fact["engagement"] = self.random.choice(names)
                if kind == "notified":
                    fact["cure"] = "P1M"
                elif kind == "fulfilled":
                    fact |= self.random.choice(({}, {}, {"part": "1/2"}, {"part": "60 %"}, {"partly": True}))
            facts.append(fact)
        return [*facts, *self.proofs(facts), *self.endings()]

    def proofs(self, facts):
        """What shows one of them, given later, in a journal out of three."""
        if facts and not len(facts) % 3:
            proof = {"url": "https://example.org/proof"}
            yield {"id": "f-proof", "kind": "proof", "fact": facts[-1]["id"], "on": LAST, "proof": proof}

    def endings(self):
        """What ends the whole: now and then a denunciation, a termination."""
        for kind, more in (("denounced", {"by": "p0"}), ("terminated", {"notice": "P3M"})):
            if self.ends.random() < 0.15:
                day = FIRST + timedelta(days=self.ends.randrange((LAST - FIRST).days))
                yield {"id": f"f-{kind}", "kind": kind, "on": day, **more}

    def change(self, target, number):
        """What an avenant changes."""
        added = {"id": f"a{number}", "title": "Ajouté", "debtors": ["p1"], "kind": "one-off", "due": {"on": self.day()}}
        return self.random.choice(
            (
                {"change": "end", "target": target},
                {"change": "debtors", "target": target, "debtors": ["p1", "role"]},
                {"change": "add", "engagement": added},
                {"change": "due", "target": "terme", "due": {"on": self.day()}},
            )
        )


SITES = [{"id": name, "name": name.title(), "commune": "Bourg"} for name in ("nord", "sud")]
