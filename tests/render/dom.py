"""An HTML page as a tree, read strictly: every element that is opened is closed, in its order."""

from __future__ import annotations

from html.parser import HTMLParser

VOID = {"meta", "br", "input", "link", "img", "hr", "base", "source", "area", "col", "embed", "track", "wbr"}


class Node:
    """One element: its attributes, its children, and the text in it."""

    def __init__(self, tag, attrs, parent):
        self.tag, self.attrs, self.parent = tag, attrs, parent
        self.children = []

    @property
    def text(self):
        """All the text in it, runs of blanks as one."""
        return " ".join(self.raw.split())

    @property
    def raw(self):
        """All the text in it, as it stands."""
        return "".join(each if isinstance(each, str) else each.raw for each in self.children)

    def __iter__(self):
        """Every element in it, in the order of the page."""
        for each in self.children:
            if isinstance(each, Node):
                yield each
                yield from each

    def all(self, tag=None, **attrs):
        """The elements in it of that tag, with those attributes: `_` in a name stands for `-`, None for any value."""
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attrs.items()}
        return [
            node
            for node in self
            if (tag is None or node.tag == tag)
            and all(name in node.attrs and value in {None, node.attrs[name]} for name, value in wanted.items())
        ]

    def one(self, tag=None, **attrs):
        """The only one of them."""
        (found,) = self.all(tag, **attrs)
        return found


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.root = self.here = Node("", {}, None)

    def handle_starttag(self, tag, attrs):
        assert len({name for name, _ in attrs}) == len(attrs), f"an attribute twice in <{tag}>"
        node = Node(tag, dict(attrs), self.here)
        self.here.children.append(node)
        if tag not in VOID:
            self.here = node

    def handle_startendtag(self, tag, attrs):
        self.here.children.append(Node(tag, dict(attrs), self.here))

    def handle_endtag(self, tag):
        assert self.here.tag == tag, f"</{tag}> closes <{self.here.tag}>"
        self.here = self.here.parent

    def handle_data(self, data):
        self.here.children.append(data)


def parse(page):
    """The tree of a page."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    assert reader.here is reader.root, f"<{reader.here.tag}> is not closed"
    return reader.root
