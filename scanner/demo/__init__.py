"""A small fictional benefits service with known barriers: the end-to-end test and the source of the docs' pictures.

`site/` holds the pages as plain files, `barriers.json` the list that the rules are measured by.
"""
