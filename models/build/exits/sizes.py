"""Sizes that training and writing share."""

# The head's first rows are the most frequent tokens; so many of them make the shortlist.
SHORTLIST = 8192

# Widths of the gated networks of an exit and of the draft layer.
ADAPTER_WIDTH, DRAFT_WIDTH = 512, 768

EPSILON = 1e-6
