"""Makes a tiny random model of the Qwen2 family as a GGUF file, always the same, to test conversion and loading with.

usage: python -m models.build.source.tiny OUT.gguf

4 layers, hidden 64, 4 heads of 16 sharing 2 key/value heads, byte-level BPE of 256 bytes, some merges and the specials.
It predicts nothing sensible; it has every part that a real model has.
"""

import argparse
import itertools
from pathlib import Path

import gguf
import numpy as np

LAYERS, HIDDEN, HEADS, KV_HEADS, FEED_FORWARD, SEED = 4, 64, 4, 2, 160, 7
SPECIALS = (
    '<|endoftext|>',
    '<|im_start|>',
    '<|im_end|>',
    '<|fim_prefix|>',
    '<|fim_middle|>',
    '<|fim_suffix|>',
    '<|fim_pad|>',
    '<|repo_name|>',
    '<|file_sep|>',
)

# Words whose merges the tokenizer learns, left to right; Ġ and Ċ are how byte-level BPE writes space and line end.
WORDS = (
    'ĠĠĠĠ',
    'ĊĊ',
    'Ġreturn',
    'Ġ=',
    'Ġif',
    'function',
    'const',
    'def',
    'class',
    'Ġself',
    '();',
    '):Ċ',
    'Ġ{Ċ',
    'value',
    'Ġvalue',
)


def write_tiny_gguf(file: Path) -> None:
    """Writes the model to `file`, replacing it."""
    writer = gguf.GGUFWriter(str(file), 'qwen2')
    writer.add_name('tiny')
    writer.add_block_count(LAYERS)
    writer.add_context_length(512)
    writer.add_embedding_length(HIDDEN)
    writer.add_feed_forward_length(FEED_FORWARD)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(KV_HEADS)
    writer.add_rope_freq_base(10000.0)
    writer.add_layer_norm_rms_eps(1e-6)
    tokens, types, merges = _vocabulary()
    writer.add_tokenizer_model('gpt2')
    writer.add_tokenizer_pre('qwen2')
    writer.add_token_list(tokens)
    writer.add_token_types(types)
    writer.add_token_merges(merges)
    for name, values in _weights(len(tokens)).items():
        writer.add_tensor(name, values)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def _vocabulary() -> tuple[list[str], list[int], list[str]]:
    tokens, merges = list(byte_characters()), []
    for word in WORDS:
        for end in range(2, len(word) + 1):
            if word[:end] not in tokens:
                tokens.append(word[:end])
                merges.append(f'{word[: end - 1]} {word[end - 1]}')
    kinds = [gguf.TokenType.NORMAL] * len(tokens) + [gguf.TokenType.CONTROL] * len(SPECIALS)
    return [*tokens, *SPECIALS], [int(kind) for kind in kinds], merges


def byte_characters() -> list[str]:
    """The printable stand-ins of GPT-2 for the 256 bytes."""
    printable = {*range(33, 127), *range(161, 173), *range(174, 256)}
    spare = itertools.count(256)
    return [chr(byte) if byte in printable else chr(next(spare)) for byte in range(256)]


def _weights(tokens: int) -> dict[str, np.ndarray]:
    random = np.random.default_rng(SEED)
    kv = HIDDEN // HEADS * KV_HEADS

    def matrix(rows: int, columns: int) -> np.ndarray:
        return (random.standard_normal((rows, columns)) / np.sqrt(columns)).astype(np.float32)

    def vector(size: int, middle: float) -> np.ndarray:
        return (middle + 0.1 * random.standard_normal(size)).astype(np.float32)

    weights = {'token_embd.weight': matrix(tokens, HIDDEN), 'output_norm.weight': vector(HIDDEN, 1)}
    for layer in range(LAYERS):
        shapes = {
            'attn_q': (HIDDEN, HIDDEN),
            'attn_k': (kv, HIDDEN),
            'attn_v': (kv, HIDDEN),
            'attn_output': (HIDDEN, HIDDEN),
            'ffn_gate': (FEED_FORWARD, HIDDEN),
            'ffn_up': (FEED_FORWARD, HIDDEN),
            'ffn_down': (HIDDEN, FEED_FORWARD),
        }
        weights |= {f'blk.{layer}.{name}.weight': matrix(*shape) for name, shape in shapes.items()}
        weights |= {f'blk.{layer}.{name}.bias': vector(shapes[name][0], 0) for name in ('attn_q', 'attn_k', 'attn_v')}
        weights |= {f'blk.{layer}.{name}.weight': vector(HIDDEN, 1) for name in ('attn_norm', 'ffn_norm')}
    return weights


def main() -> None:
    """Writes the file that the command names."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('out', type=Path)
    write_tiny_gguf(parser.parse_args().out)


if __name__ == '__main__':
    main()
