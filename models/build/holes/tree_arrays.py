"""LightGBM's trees as the few arrays that server/src/partial/score/boostedTrees.ts evaluates."""

import lightgbm


def export_trees(booster: lightgbm.Booster) -> list[dict]:
    """One dictionary a tree; numbers have as many digits as the training data can tell apart."""
    return [_export_tree(tree['tree_structure']) for tree in booster.dump_model()['tree_info']]


def _export_tree(root: dict) -> dict:
    tree: dict[str, list] = {'feature': [], 'threshold': [], 'left': [], 'right': [], 'value': []}

    def add(node: dict) -> int:
        if 'leaf_value' in node:
            tree['value'].append(_round(node['leaf_value'], 4))
            return -len(tree['value'])
        index = len(tree['feature'])
        tree['feature'].append(node['split_feature'])
        if node['decision_type'] == '==':
            tree['threshold'].append([int(category) for category in node['threshold'].split('||')])
        else:
            tree['threshold'].append(_round(node['threshold'], 5))
        tree['left'].append(0)
        tree['right'].append(0)
        tree['left'][index] = add(node['left_child'])
        tree['right'][index] = add(node['right_child'])
        return index

    add(root)
    return tree


def _round(number: float, digits: int) -> float:
    return float(f'{number:.{digits}g}')
