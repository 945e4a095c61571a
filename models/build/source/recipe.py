"""How a model is cut and rounded: everything that tells one variant from another."""

from dataclasses import asdict, dataclass

METHODS = ('rtn', 'gptq')


@dataclass(frozen=True)
class Recipe:
    """Bits and blocks of the layers, of keys and values, and of the parts of the head; as it stands, that of lacuna-0.5b.

    method: 'rtn' rounds to nearest; 'gptq' calibrates on prompts (gptq.py).
    examples: prompts a language that the calibration runs on.
    head: (rows, bits, block) for each part of the vocabulary in order; the last part takes the rows that are left.
    further: (bits, block) of the part behind them, for tokens that were appended; it is rounded to nearest.
    """

    method: str = 'gptq'
    bits: int = 4
    block: int = 128
    symmetric: bool = False
    kv_bits: int = 4
    kv_block: int = 128
    examples: int = 8
    head: tuple[tuple[int, int, int], ...] = ((2048, 8, 128), (0, 4, 128))
    further: tuple[int, int] = (4, 32)

    def described(self, further: int) -> dict:
        """The recipe for model.json; `further`: how many tokens were appended."""
        fields = {
            **asdict(self),
            'head': [{'rows': rows, 'bits': bits, 'block': block} for rows, bits, block in self.head],
        }
        if self.method == 'rtn':
            del fields['examples']
        del fields['further']
        if further:
            bits, block = self.further
            fields['further'] = {'rows': further, 'bits': bits, 'block': block}
        return fields


def cut_into_segments(layers: int) -> list[tuple[int, int]]:
    """Layer ranges. Exits are worth having late only, so the first two thirds are one segment; a small model is halved."""
    if layers < 12:
        return [(0, layers // 2), (layers // 2, layers)]
    first = layers * 2 // 3
    return [(0, first)] + [(start, min(start + 2, layers)) for start in range(first, layers, 2)]
