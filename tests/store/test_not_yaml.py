"""Files that YAML's own rules refuse: none of them is read, whatever the parser would make of it."""

from __future__ import annotations

import pytest

from qp_cli.findings import Severity
from qp_cli.store.yaml.reader import read_document

REFUSED = {
    "value after a mapping at its level": "titre:\n  texte\nsuite\n",
    "mapping inside a plain text over two lines": "un: deux\n  trois: quatre\n",
    "block header with a word": "note: |mot\n  texte\n",
    "block header with a zero": "note: |0\n  texte\n",
    "block header with two digits": "note: |12\n  texte\n",
    "content after the end of the document": "titre: un\n... suite\n",
    "tab before a key": "un:\n\tdeux: 3\n",
    "item indented otherwise": "- un\n - deux\n- trois\n   - quatre\n",
    "outdented sequence item": "liste:\n  - un\n - deux\n",
    "two anchors": "un: &a &b deux\n",
    "escape without meaning": 'un: "\\."\n',
    "escape of a quote": 'un: "l\\\'acte"\n',
    "block text less indented after deeper blank lines": "un: >\n   \n    \n  texte\n",
    "block text literal less indented after deeper blank lines": "un: |\n     \n  texte\n  suite\n",
    "document start in quoted text": 'un: "\n---\n"\n',
    "document end in quoted text": "un: '\n...\n'\n",
    "sequence on the line of a key": "un: - deux\n     - trois\n",
    "key on the line of another": "un: {deux: 3}trois: 4\n",
    "key after a flow mapping": "un: {deux: 3} trois: 4\n",
    "flow sequence never closed": "un: [deux, trois\nquatre: 5\n",
    "text at the end of a sequence": "- un\n- deux\ntexte\n",
    "quoted key over two lines": '"un\n  deux": trois\n',
    "single quoted key over two lines": "'un\n deux': trois\n",
    "missing colon": "un: 1\ndeux\ntrois: 3\n",
    "comment inside a plain text": "un: deux # note\n  trois\n",
    "comment between lines of a plain text": "un: deux\n  # note\n  trois\n",
    "top plain text cut by a comment": "un # note\ndeux\n",
    "flow sequence not indented": "un: [\ndeux,\ntrois]\n",
    "flow mapping not indented": "un: {\ndeux: 3\n}\n",
    "text at the end of a mapping": "un: 1\ndeux: 2\ntexte\n",
    "directive after a document": "un: 1\n%YAML 1.2\n---\ndeux: 2\n",
    "comment glued to a flow sequence": "un: [deux]#note\n",
    "comment glued to a flow mapping": "un: {deux: 3}#note\n",
    "mapping on the start line": "--- un: 1\n    deux: 2\n",
    "comma first": "un: [, deux]\n",
    "comma first in a mapping": "un: {, deux: 3}\n",
    "directive alone": "%YAML 1.2\n",
    "directive before the end": "%YAML 1.2\n...\n",
    "mapping after a sequence": "- un\n- deux\ntrois: 4\n",
    "flow key over two lines": "[un\n deux]: trois\n",
    "missing comma after a nested one": "un: [[deux] [trois]]\n",
    "quotes not closed": 'un: "deux\ntrois: 4\n',
    "single quotes not closed": "un: 'deux\ntrois: 4\n",
    "extra comma": "un: [deux, , trois]\n",
    "extra comma in a mapping": "un: {deux: 3, , quatre: 5}\n",
    "comment glued to a comma": "un: [deux, trois,#note\n  quatre]\n",
    "comment glued to an opening bracket": "un: [#note\n  deux]\n",
    "comment glued to an opening brace": "un: {#note\n  deux: 3}\n",
    "comment glued to double quotes": 'un: "deux"#note\n',
    "comment glued to single quotes": "un: 'deux'#note\n",
    "comment glued to quotes in a list": "un: ['deux'#note\n, trois]\n",
    "comment glued to a block sign": "un: |#note\n  deux\n",
    "comment glued to a folded sign": "un: >#note\n  deux\n",
    "anchor at a mapping on the start line": "--- &a un: 1\n",
    "implicit key before a line break": "[un\n: deux]\n",
    "key then break then value in braces": '{"un"\n:deux}\n',
    "tab between indentation and a dash": "un:\n  - deux\n\t- trois\n",
    "tab as indentation of a flow": "un: [\n\tdeux\n]\n",
    "tab after a dash": "-\t- un\n",
    "tab after a question": "?\t- un\n",
    "indentation of the second key": "un:\n  deux: 3\n   trois: 4\n",
    "indentation of the third key": "un:\n  deux: 3\n trois: 4\n",
    "outdented key": "un:\n    deux: 3\n  trois: 4\n",
    "key more indented than the first": "un: 1\n deux: 2\n",
    "plain dashes in a list": "un: [-, -]\n",
    "dash in a list": "un: [-]\n",
    "plain key over two lines": "un\n deux: trois\n",
    "anchor before an item": "un:\n&a\n- deux\n",
    "anchor before an item on its line": "&a - un\n",
    "anchor and item": "- un\n&a\n- deux\n",
    "anchor not indented": "un: &a\n!!map\n  deux: 3\n",
    "anchor on an alias": "un: &a deux\ntrois: &b *a\n",
    "anchor and alias as key": "un: &a deux\n&b *a : trois\n",
    "words on the YAML directive": "%YAML 1.2 mot\n---\nun: 1\n",
    "comment glued to a directive": "%YAML 1.2#note\n---\nun: 1\n",
    "two YAML directives": "%YAML 1.2\n%YAML 1.2\n---\nun: 1\n",
    "tag of an undeclared handle": "un: !p!deux trois\n",
    "tag with braces": "un: !mot{}tag deux\n",
    "tag with a comma": "- !!str, un\n",
    "text after quotes": 'un: "deux" trois\n',
    "text after single quotes": "un: 'deux' trois\n",
    "text after quotes on a new line": "un: 'deux'\n  trois\n",
    "quoted text continued at the margin": 'un: "deux\ntrois\n quatre"\n',
    "single quoted text continued at the margin": "un: 'deux\ntrois'\n",
    "quoted text continued less than its key": 'un:\n  deux: "trois\n quatre"\n',
    "quoted text in a list at the margin": "un:\n  - 'deux\ntrois'\n",
    "item after a flow sequence": "un:\n- [deux, trois] quatre\n",
    "item after a flow sequence, new line": "[un, deux]\ntrois\n",
    "bracket too many": "un: [deux]]\n",
    "brace too many": "un: {deux: 3}}\n",
    "bracket closed by a brace": "un: [deux}\n",
    "markers inside a list": "un: [\n--- ,\n...\n]\n",
    "item on the line of another": "- un - deux: 3\n",
    "items on one line": "- [un] - deux\n",
    "text after a block sign": "un: > mot\n  deux\n",
    "block text with deeper first blank": "un: |\n        \n    deux\n",
    "mapping in a one-line value": "un: deux: trois: quatre\n",
    "mapping in a value": "un: deux: trois\n",
    "mapping after quotes": "un: 'deux': trois\n",
    "nested mapping in quotes": 'un: "deux": "trois"\n',
    "list item more indented": "- un\n - deux: 3\n",
    "list item at a lower level": "-\n  - un\n - deux\n",
    "comment as key": "un: 1\nceci n'est pas # une clé: 2\n",
    "flow mapping without a comma": "un: {deux: 3 trois: 4}\n",
    "flow mapping without a comma over lines": "un: {deux: 3\ntrois: 4}\n",
    "adjacent value on a new line": 'un: {"deux"\n  :3}\n',
    "colon then text in braces, over lines": "{un\n: 2}\n",
    "reserved sign": "un: @deux\n",
    "reserved sign, grave": "un: `deux`\n",
    "percent": "un: %deux\n",
    "lone bracket": "un: ]\n",
    "lone brace": "un: }\n",
    "lone comma": "un: , deux\n",
    "question in braces": "un: {? deux}\n",
    "explicit key": "? un\n: deux\n",
    "empty key": ": un\n",
    "merge key": "un: {<<: {deux: 3}}\n",
    "two documents": "un: 1\n---\ndeux: 2\n",
    "byte order mark inside": "un: 1\n\ufeffdeux: 2\n",
    "control character": "un: d\x07eux\n",
    "duplicate key": "un: 1\nun: 2\n",
}
"""Each sort of text that YAML 1.2 has no reading for, or that this format does without, by what is wrong in it."""

READ = {
    "a hash inside quotes": 'un: "a,#b"\n',
    "a hash inside a word": "un: a,#b\n",
    "a comment that holds brackets": "# x [#y\nun: 1\n",
    "a comment that holds an item": "un: 1 # voir [#2], puis ,#3\n",
    "a block text that holds everything": 'un: |\n  [#note\n  "x"#y\n',
    "a folded text, then a comment": 'un: >-\n  texte "a"#b\n# c,#d\ndeux: 1\n',
    "a block text of one comment sign": "un: |-\n  #x\n",
    "items with a hash": 'un: [a, "b,#c"]\n',
    "a comment between items": "un: [a, # note\n  b]\n",
    "a comment line between items": "un: [a, b,\n  # note,#x\n  c]\n",
    "a comment at the margin between items": "un: [a, b,\n# note\n  c]\n",
    "a comment after quotes": 'un: "x" # "y"#z\n',
    "brackets in a text": "un: (voir {#a})\ndeux: a [#b\n",
    "quotes over lines": 'un: "a\n\n  b"\n',
    "quotes over lines in an item": 'un:\n  - "deux\n    trois"\n',
    "brackets over lines": "un: {a: 1,\n  b: 2}\n",
    "brackets closed at the margin": "un: [\n  a,\n  b\n]\n",
    "dashes in words": "un: [a - b, -c, d-]\n",
    "a dash in quotes": "un: ['-', \"-\"]\n",
}


@pytest.mark.parametrize("pure", [False, True], ids=["libyaml", "pure"])
@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED)
def test_what_is_no_yaml_is_an_error_and_nothing_of_it_is_read(text, pure):
    document = read_document(text.encode(), "convention.yaml", pure=pure)
    errors = [each for each in document.findings if each.severity is Severity.ERROR]
    assert errors
    assert all(each.message and each.span.line >= 1 for each in errors)


@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED)
def test_both_parsers_say_the_same(text):
    one, other = (read_document(text.encode(), "convention.yaml", pure=pure) for pure in (False, True))
    assert [(each.code, each.span) for each in one.findings] == [(each.code, each.span) for each in other.findings]


@pytest.mark.parametrize("pure", [False, True], ids=["libyaml", "pure"])
@pytest.mark.parametrize("text", READ.values(), ids=READ)
def test_what_is_yaml_is_read_without_a_word(text, pure):
    document = read_document(text.encode(), "convention.yaml", pure=pure)
    assert document.findings == ()
    assert document.root is not None


@pytest.mark.parametrize("pure", [False, True], ids=["libyaml", "pure"])
def test_an_item_that_is_read_as_a_comment_is_told(pure):
    (found,) = read_document(b"aliases: [un, #2,\n  trois]\n", "convention.yaml", pure=pure).findings
    assert (found.code, found.severity, found.span.line, found.span.column) == ("QP009", Severity.WARNING, 1, 15)
