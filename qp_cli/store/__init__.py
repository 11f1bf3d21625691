"""From files to values: strict YAML with the place of every value; find, load, write."""
