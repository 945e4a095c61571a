"""Tiny random GGUF files of each family that `lacuna model add` reads, with the logits that numpy computes of them, and blocks
of each quantisation with the numbers that gguf-py makes of them.

usage: python -m models.build.golden.gguf_models server/test/fixtures/gguf

The forward pass is written anew from the families' descriptions, in float64, and shares nothing with the conversion.
"""

import argparse
import base64
import json
from pathlib import Path
from typing import Any

import gguf
import numpy as np

from ..source.tiny import byte_characters

SEED, LAYERS, HIDDEN, FEED_FORWARD = 11, 2, 64, 96
PROMPT = [40, 72, 105, 200, 7, 91, 33, 64]
BLOCKS = 3

# What differs: type of the matrices, tensors, and fields of the header.
FAMILIES: dict[str, dict[str, Any]] = {
    'llama': {'type': 'Q8_0', 'head_dim': 16, 'heads': 4, 'kv_heads': 2, 'tied': False, 'linear': 2.0},
    'qwen3': {'type': 'F16', 'head_dim': 32, 'heads': 4, 'kv_heads': 2, 'tied': True, 'norms': True},
    'granite': {'type': 'BF16', 'head_dim': 16, 'heads': 4, 'kv_heads': 2, 'tied': True},
    'starcoder2': {'type': 'Q5_1', 'head_dim': 16, 'heads': 4, 'kv_heads': 2, 'tied': True, 'biases': True},
    'qwen2': {'type': 'Q4_0', 'head_dim': 16, 'heads': 4, 'kv_heads': 1, 'tied': True, 'qkv_biases': True},
}
GRANITE = {'embedding_scale': 6.0, 'residual_scale': 0.5, 'logit_scale': 4.0, 'attention.scale': 0.125}
SPECIALS = {
    'llama': ('<｜end▁of▁sentence｜>', '<｜fim▁begin｜>', '<｜fim▁hole｜>', '<｜fim▁end｜>'),
    'starcoder2': ('<|endoftext|>', '<fim_prefix>', '<fim_middle>', '<fim_suffix>'),
    'granite': ('<|endoftext|>', '<fim_prefix>', '<fim_middle>', '<fim_suffix>'),
    'qwen2': ('<|endoftext|>', '<|fim_prefix|>', '<|fim_middle|>', '<|fim_suffix|>'),
    'qwen3': ('<|endoftext|>', '<|fim_prefix|>', '<|fim_middle|>', '<|fim_suffix|>'),
}
PRE = {'llama': 'deepseek-coder', 'granite': 'refact', 'starcoder2': 'starcoder', 'qwen2': 'qwen2', 'qwen3': 'qwen2'}


def write_family(folder: Path, family: str) -> dict[str, Any]:
    """Writes one file; returns the prompt and its logits at the last position."""
    what = FAMILIES[family]
    random = np.random.default_rng(SEED)
    tokens = [*byte_characters(), *SPECIALS[family]]
    weights = _weights(random, family, what, len(tokens))
    writer = gguf.GGUFWriter(str(folder / f'{family}.gguf'), family)
    writer.add_name(family)
    writer.add_block_count(LAYERS)
    writer.add_context_length(2048)
    writer.add_embedding_length(HIDDEN)
    writer.add_feed_forward_length(FEED_FORWARD)
    writer.add_head_count(what['heads'])
    writer.add_head_count_kv(what['kv_heads'])
    writer.add_key_length(what['head_dim'])
    writer.add_value_length(what['head_dim'])
    writer.add_rope_freq_base(10000.0)
    if family == 'starcoder2':
        writer.add_layer_norm_eps(1e-5)
    else:
        writer.add_layer_norm_rms_eps(1e-6)
    if 'linear' in what:
        writer.add_rope_scaling_type(gguf.RopeScalingType.LINEAR)
        writer.add_rope_scaling_factor(what['linear'])
    if family == 'granite':
        for key, value in GRANITE.items():
            writer.add_float32(f'granite.{key}', value)
    writer.add_tokenizer_model('gpt2')
    writer.add_tokenizer_pre(PRE[family])
    writer.add_token_list(tokens)
    writer.add_token_types([1] * 256 + [3] * len(SPECIALS[family]))
    writer.add_token_merges(['Ġ Ġ'])
    kept: dict[str, np.ndarray] = {}
    for name, values in weights.items():
        kind = gguf.GGMLQuantizationType[what['type']] if values.ndim == 2 else gguf.GGMLQuantizationType.F32
        data = gguf.quantize(values, kind)
        kept[name] = gguf.dequantize(data, kind).astype(np.float64)
        writer.add_tensor(name, data, raw_dtype=kind)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    logits = _logits(family, what, kept)
    return {'prompt': PROMPT, 'logits': [round(float(value), 5) for value in logits]}


def _weights(random: np.random.Generator, family: str, what: dict, tokens: int) -> dict[str, np.ndarray]:
    def matrix(rows: int, columns: int) -> np.ndarray:
        return (random.standard_normal((rows, columns)) / np.sqrt(columns)).astype(np.float32)

    def vector(size: int, middle: float) -> np.ndarray:
        return (middle + 0.2 * random.standard_normal(size)).astype(np.float32)

    queries, keys = what['heads'] * what['head_dim'], what['kv_heads'] * what['head_dim']
    found = {'token_embd.weight': matrix(tokens, HIDDEN), 'output_norm.weight': vector(HIDDEN, 1)}
    if not what['tied']:
        found['output.weight'] = matrix(tokens, HIDDEN)
    if 'biases' in what:
        found['output_norm.bias'] = vector(HIDDEN, 0)
    for layer in range(LAYERS):
        at = f'blk.{layer}.'
        shapes = {
            'attn_q': (queries, HIDDEN),
            'attn_k': (keys, HIDDEN),
            'attn_v': (keys, HIDDEN),
            'attn_output': (HIDDEN, queries),
            'ffn_up': (FEED_FORWARD, HIDDEN),
            'ffn_down': (HIDDEN, FEED_FORWARD),
        }
        if family != 'starcoder2':
            shapes['ffn_gate'] = (FEED_FORWARD, HIDDEN)
        for name, shape in shapes.items():
            found[f'{at}{name}.weight'] = matrix(*shape)
            if 'biases' in what or ('qkv_biases' in what and name in ('attn_q', 'attn_k', 'attn_v')):
                found[f'{at}{name}.bias'] = vector(shape[0], 0)
        for name in ('attn_norm', 'ffn_norm'):
            found[f'{at}{name}.weight'] = vector(HIDDEN, 1)
            if 'biases' in what:
                found[f'{at}{name}.bias'] = vector(HIDDEN, 0)
        if 'norms' in what:
            for side in ('q', 'k'):
                found[f'{at}attn_{side}_norm.weight'] = vector(what['head_dim'], 1)
    return found


def _logits(family: str, what: dict, weights: dict[str, np.ndarray]) -> np.ndarray:
    granite = GRANITE if family == 'granite' else {}
    head_dim, heads, kv_heads = what['head_dim'], what['heads'], what['kv_heads']

    def linear(values: np.ndarray, name: str) -> np.ndarray:
        return values @ weights[f'{name}.weight'].T + weights.get(f'{name}.bias', 0)

    def normal(values: np.ndarray, name: str) -> np.ndarray:
        gain = weights[f'{name}.weight']
        if family == 'starcoder2':
            centred = values - values.mean(-1, keepdims=True)
            return centred / np.sqrt((centred**2).mean(-1, keepdims=True) + 1e-5) * gain + weights[f'{name}.bias']
        return values / np.sqrt((values**2).mean(-1, keepdims=True) + 1e-6) * gain

    def rotated(values: np.ndarray) -> np.ndarray:
        """values: [positions, heads, head_dim]."""
        half = head_dim // 2
        turns = np.arange(len(values))[:, None] / what.get('linear', 1.0) / 10000.0 ** (np.arange(half) / half)
        cos, sin = np.cos(turns)[:, None], np.sin(turns)[:, None]
        out = np.empty_like(values)
        if family in ('llama', 'granite'):
            first, second = values[..., 0::2], values[..., 1::2]
            out[..., 0::2], out[..., 1::2] = first * cos - second * sin, first * sin + second * cos
        else:
            first, second = values[..., :half], values[..., half:]
            out[..., :half], out[..., half:] = first * cos - second * sin, first * sin + second * cos
        return out

    hidden = weights['token_embd.weight'][PROMPT] * granite.get('embedding_scale', 1.0)
    count = len(PROMPT)
    for layer in range(LAYERS):
        at = f'blk.{layer}.'
        normalised = normal(hidden, f'{at}attn_norm')
        q = linear(normalised, f'{at}attn_q').reshape(count, heads, head_dim)
        k = linear(normalised, f'{at}attn_k').reshape(count, kv_heads, head_dim)
        v = linear(normalised, f'{at}attn_v').reshape(count, kv_heads, head_dim)
        if 'norms' in what:
            q, k = normal(q, f'{at}attn_q_norm'), normal(k, f'{at}attn_k_norm')
        q, k = rotated(q), np.repeat(rotated(k), heads // kv_heads, 1)
        v = np.repeat(v, heads // kv_heads, 1)
        scores = np.einsum('ihd,jhd->hij', q, k) * granite.get('attention.scale', 1 / np.sqrt(head_dim))
        scores = np.where(np.tri(count, dtype=bool), scores, -np.inf)
        shares = np.exp(scores - scores.max(-1, keepdims=True))
        shares /= shares.sum(-1, keepdims=True)
        attended = np.einsum('hij,jhd->ihd', shares, v).reshape(count, -1)
        hidden = hidden + linear(attended, f'{at}attn_output') * granite.get('residual_scale', 1.0)
        normalised = normal(hidden, f'{at}ffn_norm')
        up = linear(normalised, f'{at}ffn_up')
        if family == 'starcoder2':
            product = 0.5 * up * (1 + np.tanh(np.sqrt(2 / np.pi) * (up + 0.044715 * up**3)))
        else:
            gate = linear(normalised, f'{at}ffn_gate')
            product = gate / (1 + np.exp(-gate)) * up
        hidden = hidden + linear(product, f'{at}ffn_down') * granite.get('residual_scale', 1.0)
    head = weights.get('output.weight', weights['token_embd.weight'])
    return normal(hidden[-1:], 'output_norm')[0] @ head.T / granite.get('logit_scale', 1.0)


def blocks() -> dict[str, Any]:
    """Random blocks of each type, with scales of a usual size, and their numbers as float32."""
    random = np.random.default_rng(SEED)
    scales = {
        **dict.fromkeys(('Q8_0', 'Q4_0', 'Q5_0'), (0,)),
        **dict.fromkeys(('Q4_1', 'Q5_1', 'Q4_K', 'Q5_K'), (0, 2)),
        'Q2_K': (80, 82),
        'Q3_K': (108,),
        'Q6_K': (208,),
    }
    found = {}
    for name in ('F16', 'BF16', *scales):
        kind = gguf.GGMLQuantizationType[name]
        size = gguf.GGML_QUANT_SIZES[kind][1]
        data = random.integers(0, 256, (1, BLOCKS * size), np.uint8)
        if name in ('F16', 'BF16'):
            data = gguf.quantize(random.standard_normal((1, 32)).astype(np.float32), kind).view(np.uint8)
        for place in scales.get(name, ()):
            for block in range(BLOCKS):
                scale = np.float16(random.standard_normal() / 100).tobytes()
                data[0, block * size + place : block * size + place + 2] = np.frombuffer(scale, np.uint8)
        numbers = gguf.dequantize(data.view(np.float16) if name == 'F16' else data, kind).astype(np.float32)
        found[name] = {
            'bytes': base64.b64encode(data.tobytes()).decode(),
            'numbers': base64.b64encode(numbers.tobytes()).decode(),
        }
    return found


def main() -> None:
    """Writes the files of all families, logits.json and blocks.json."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('out', type=Path)
    out = parser.parse_args().out
    logits = {family: write_family(out, family) for family in FAMILIES}
    (out / 'logits.json').write_text(json.dumps(logits, indent=1) + '\n', encoding='utf-8')
    (out / 'blocks.json').write_text(json.dumps(blocks(), indent=1) + '\n', encoding='utf-8')


if __name__ == '__main__':
    main()
