"""Values against the schema: of the wrong kind, form or size; found while the files are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qp_cli.checks.subject import Subject
    from qp_cli.findings import Finding


def wrong_kinds(subject: Subject) -> Iterator[Finding]:
    """A text where a list is expected, a number where a text is, and the like.

    ## What it does

    Says what is expected there. Nothing is converted: `1` is no text and `yes` is not `true`.

    ## Why it matters

    A value that is silently converted is one that nobody wrote.

    ## Example

    ```yaml
    debtors: ville
    ```

    ## Write instead

    ```yaml
    debtors: [ville]
    ```
    """
    return subject.noted("QP103")


def unknown_choices(subject: Subject) -> Iterator[Finding]:
    """A word that is not one of those that can stand there.

    ## What it does

    Lists the words, and names the nearest.

    ## Why it matters

    `kind`, `nature`, `regime` and `zone` decide how dates and states are computed.

    ## Example

    ```yaml
    kind: ponctuel
    ```

    ## Write instead

    ```yaml
    kind: one-off
    ```
    """
    return subject.noted("QP104")


def wrong_forms(subject: Subject) -> Iterator[Finding]:
    """A text that does not have the form, or the length, that it needs.

    ## What it does

    Looks at ids (lower-case letters without accents, figures, single hyphens), web addresses, fingerprints and
    codes, at texts without a word in them, and at lists with too little in them.

    ## Why it matters

    Ids are typed, cited in the journal and written into file names: they have to survive all three.

    ## Example

    ```yaml
    - {id: Feuille_de_route, title: Établir la feuille de route, debtors: [ville], kind: one-off}
    ```

    ## Write instead

    ```yaml
    - {id: feuille-de-route, title: Établir la feuille de route, debtors: [ville], kind: one-off}
    ```
    """
    return subject.noted("QP105")


def wrong_dates(subject: Subject) -> Iterator[Finding]:
    """A date that is not written YYYY-MM-DD.

    ## What it does

    Says how the same day is written, where it can be told.

    ## Why it matters

    `03/04/2022` is 3 April here and 4 March elsewhere.

    ## Example

    ```yaml
    due: {on: 31/12/2021}
    ```

    ## Write instead

    ```yaml
    due: {on: 2021-12-31}
    ```
    """
    return subject.noted("QP106")


def unreadable_periods(subject: Subject) -> Iterator[Finding]:
    """A period, or a rule of recurrence, that cannot be read.

    ## What it does

    Reads periods as `P6M`, `P1Y2M10D`, `P3W`, `10 jours ouvrés` or `5 jours ouvrables`, and rules by RFC 5545.

    ## Why it matters

    A period read wrongly moves every date that is counted with it.

    ## Example

    ```yaml
    due: {within: 6 mois, from: depart}
    ```

    ## Write instead

    ```yaml
    due: {within: P6M, from: depart}
    ```
    """
    return subject.noted("QP107")


def out_of_bounds(subject: Subject) -> Iterator[Finding]:
    """A number or a day below or above what makes sense there.

    ## What it does

    Looks at every day of the convention and of the journal, which is one from 1905 to 2100, at the years that claims
    give and at the days that count as soon.

    ## Why it matters

    Dates are computed from 1905 to 2100: public holidays are known for those years. `qp record` takes no other day
    either.

    ## Example

    ```yaml
    - {id: f-1, kind: fulfilled, engagement: plan, on: 0221-10-01}
    ```

    ## Write instead

    ```yaml
    - {id: f-1, kind: fulfilled, engagement: plan, on: 2021-10-01}
    ```
    """
    return subject.noted("QP110")
