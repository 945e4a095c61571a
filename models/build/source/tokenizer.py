"""Makes the Hugging Face tokenizer of a (pruned) byte-level BPE vocabulary.

Qwen's own tokenizer normalises text to NFC first. Ours does not: an editor must get back exactly the characters that it sent.
"""

from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, pre_tokenizers

from .read import Vocabulary

# How Qwen2 splits text before merging: words with one leading mark, single digits, runs of marks, line ends, blanks.
SPLIT = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)


def make_tokenizer(vocabulary: Vocabulary, kept: list[int]) -> Tokenizer:
    """The tokenizer whose id n is the token kept[n] of the full vocabulary.

    A merge stays when its two parts and its result stay; text that lost a merge is only split further.
    """
    specials = set(vocabulary.specials())
    ids = {vocabulary.tokens[old]: new for new, old in enumerate(kept)}
    ordinary = {vocabulary.tokens[old] for old in kept if old not in specials}
    merges = [(a, b) for a, b in vocabulary.merges if a in ordinary and b in ordinary and a + b in ordinary]
    tokenizer = Tokenizer(models.BPE(vocab=ids, merges=merges))
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(SPLIT), 'isolated'),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_special_tokens(
        [AddedToken(vocabulary.tokens[old], normalized=False, special=True) for old in kept if old in specials]
    )
    return tokenizer
