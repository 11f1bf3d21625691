"""qp: the obligations of a convention, tracked from plain text."""

__version__ = "0.1.0"
