"""A LightGBM model from trees as a score holds them: the inverse of holes/tree_arrays.py, so that LightGBM itself can say
what trees that ship give, whose training is not at hand."""

import lightgbm
import numpy as np

# How LightGBM writes which way a split goes: 1 where it asks for kinds, 2 where it asks for "at most".
KINDS, AT_MOST = 1, 2
WORD = 32


def booster_of(trees: list[dict], features: list[str]) -> lightgbm.Booster:
    """A model that gives the sum of the trees. A row has a number for each of the features, none of them missing."""
    head = {
        'version': 'v4',
        'num_class': 1,
        'num_tree_per_iteration': 1,
        'label_index': 0,
        'max_feature_idx': len(features) - 1,
        'objective': 'regression',
        'feature_names': ' '.join(features),
        'feature_infos': ' '.join(['none'] * len(features)),
    }
    parts = ['tree\n' + _lines(head)]
    parts += [_lines({'Tree': number, **_tree(tree)}) for number, tree in enumerate(trees)]
    parts += ['end of trees\n', 'parameters:\nend of parameters\n']
    return lightgbm.Booster(model_str='\n'.join(parts))


def _tree(tree: dict) -> dict[str, object]:
    boundaries, words, thresholds, decisions = [0], [], [], []
    for asked in tree['threshold']:
        if isinstance(asked, list):
            # A split at kinds has in place of a threshold the number of its set.
            thresholds.append(len(boundaries) - 1)
            decisions.append(KINDS)
            words += _bits(asked)
            boundaries.append(len(words))
        else:
            thresholds.append(asked)
            decisions.append(AT_MOST)
    nothing = [0] * len(tree['feature'])
    found: dict[str, object] = {'num_leaves': len(tree['value']), 'num_cat': len(boundaries) - 1}
    if nothing:
        found |= {
            'split_feature': tree['feature'],
            'split_gain': nothing,
            'threshold': thresholds,
            'decision_type': decisions,
            'left_child': tree['left'],
            'right_child': tree['right'],
        }
    found |= {
        'leaf_value': tree['value'],
        'leaf_weight': [0] * len(tree['value']),
        'leaf_count': [0] * len(tree['value']),
    }
    if nothing:
        found |= {'internal_value': nothing, 'internal_weight': nothing, 'internal_count': nothing}
    if words:
        found |= {'cat_boundaries': boundaries, 'cat_threshold': words}
    return {**found, 'is_linear': 0, 'shrinkage': 1}


def _bits(kinds: list[int]) -> list[int]:
    words = [0] * (max(kinds) // WORD + 1)
    for kind in kinds:
        words[kind // WORD] |= 1 << (kind % WORD)
    return words


def _lines(values: dict[str, object]) -> str:
    return ''.join(f'{name}={_text(value)}\n' for name, value in values.items())


def _text(value: object) -> str:
    if isinstance(value, list):
        return ' '.join(repr(float(each)) if isinstance(each, float | np.floating) else str(each) for each in value)
    return str(value)
