"""Scores of Okapi BM25 by bm25s, for server/src/completion/context/relevance.ts."""

import bm25s
import numpy as np

K1, B = 1.2, 0.6
TEXTS = 24


def relevance() -> dict:
    """texts: lists of words; question: words; scores: of each text.

    Words have two letters, so that they are names without parts in TypeScript. bm25s leaves out the factor k1 + 1.
    """
    random = np.random.default_rng(5)
    letters = 'abcdefghijklmnopqrstuvwxyz'
    words = [f'q{letter}' for letter in letters]
    # Some words are much more common than others.
    shares = 1 / np.arange(1, len(words) + 1)
    shares /= shares.sum()
    texts = [random.choice(words, size=int(random.integers(1, 40)), p=shares).tolist() for _ in range(TEXTS)]
    # A word of no text tells nothing.
    question = ['qa', 'qd', 'qk', 'qt', 'qz', 'zz']
    index = bm25s.BM25(method='lucene', k1=K1, b=B, dtype='float64')
    index.index(texts, show_progress=False)
    scores = index.get_scores([word for word in question if any(word in text for text in texts)])
    return {'texts': texts, 'question': question, 'scores': [float(score) * (K1 + 1) for score in scores]}
