"""The file as text: its encoding, its characters, its spaces, its size; found while it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qp_cli.checks.subject import Subject
    from qp_cli.findings import Finding


def encoding(subject: Subject) -> Iterator[Finding]:
    """A file that is not UTF-8 text.

    ## What it does

    Reads every file as UTF-8, says at which byte it is something else, and what it looks like.

    ## Why it matters

    Read in another encoding, accents turn into other signs, and a name is no longer the same name. Nothing of the
    file can be relied upon.

    ## Example

    A file that an old editor saved as Windows-1252 or Latin-1, where `é` is the single byte E9.

    ## Write instead

    Open the file in an editor, choose “Save as” and the encoding UTF-8.
    """
    return subject.noted("QP001")


def refused_characters(subject: Subject) -> Iterator[Finding]:
    r"""A character that does not show, or that changes how the text around it reads.

    ## What it does

    Refuses control characters, invisible characters, marks that change the direction of writing, private-use
    characters and odd line ends, written as they are or as an escape in double quotes.

    ## Why it matters

    What cannot be seen cannot be reviewed: two ids that look alike are two ids, and a mark of direction can make a
    line read otherwise than it is.

    ## Example

    ```yaml
    title: "Plan\u200b d'actions"   # a space of no width
    ```

    ## Write instead

    ```yaml
    title: "Plan d'actions"
    ```
    """
    return subject.noted("QP006")


def conflict_marks(subject: Subject) -> Iterator[Finding]:
    """A mark that a merge left behind.

    ## What it does

    Looks for lines that begin with seven `<`, `=`, `>` or `|`, inside a block of text too.

    ## Why it matters

    Two versions of the same lines are both in the file, and nobody chose between them.

    ## Example

    ```yaml
     <<<<<<< HEAD
     title: Convention
     =======
     title: Convention-cadre
     >>>>>>> relecture
    ```

    (at the very start of each line)

    ## Write instead

    Keep the version you want, and delete the marks:

    ```yaml
    title: Convention-cadre
    ```
    """
    return subject.noted("QP007")


def misplaced_spaces(subject: Subject) -> Iterator[Finding]:
    """A tab, or a space that is none to YAML.

    ## What it does

    Refuses tabs everywhere, and no-break and other wide or narrow spaces where the layout needs an ordinary one:
    at the start of a line, after a dash, around a colon. Inside a text they are welcome.

    ## Why it matters

    They look like ordinary spaces and are read as letters, so that `debtors :` with a no-break space is another key.

    ## Example

    ```yaml
    title :⍽Convention   # where ⍽ is a no-break space
    ```

    ## Write instead

    ```yaml
    title: Convention
    ```
    """
    return subject.noted("QP008")


def too_large(subject: Subject) -> Iterator[Finding]:
    """A file, a line or a value that is too long to be one.

    ## What it does

    Reads files of up to 8 MB, lines and values of up to 100,000 characters.

    ## Why it matters

    Nobody reviews a line of that length. Most often a document was pasted where its title was meant.

    ## Example

    A `note` that holds the whole text of an annex.

    ## Write instead

    Keep the annex as a file of its own, and say in a few words what it is:

    ```yaml
    note: Voir l'annexe 1.
    ```
    """
    return subject.noted("QP012")
