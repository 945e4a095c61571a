"""The paper's integer linear program (Khakhar, Mell and Bastani 2023), solved by HiGHS, beside the tree program of
server/src/partial, whose answers for the same trees lie in server/test/fixtures/holes (see integerProgram.test.ts)."""

import itertools
import json
from pathlib import Path

import highspy
import pytest

TREES = Path(__file__).parents[3] / 'server/test/fixtures/holes/trees.json'
ROWS = json.loads(TREES.read_text(encoding='utf-8'))


def most_kept(row: dict, budgets: list[int]) -> int:
    """Nodes kept over all budgets together: x[t][i] says whether node i is kept at budget t, h[t][i] whether it is a hole."""
    solver = highspy.Highs()
    solver.silent()
    nodes = row['nodes']
    kept = [[solver.addBinary() for _ in nodes] for _ in budgets]
    for x, budget in zip(kept, budgets, strict=True):
        holes = []
        for child, node in enumerate(nodes):
            if node['parent'] is None:
                continue
            parent = x[node['parent']]
            solver.addConstr(x[child] <= parent)
            if node['isRemovable']:
                hole = solver.addBinary()
                solver.addConstr(hole >= parent - x[child])
                holes.append(hole)
            else:
                solver.addConstr(x[child] >= parent)
        if holes:
            solver.addConstr(sum(holes) <= row['holes'])
        solver.addConstr(sum(node['cost'] * each for node, each in zip(nodes, x, strict=True)) <= budget)
    # A tighter budget never restores a node.
    for looser, tighter in itertools.pairwise(kept):
        for before, after in zip(looser, tighter, strict=True):
            solver.addConstr(after <= before)
    solver.maximize(sum(each for x in kept for each in x))
    return round(solver.getObjectiveValue())


@pytest.mark.parametrize('index', range(len(ROWS)))
def test_the_tree_program_keeps_as_much_as_the_integer_program(index: int) -> None:
    row = ROWS[index]
    assert [most_kept(row, [budget]) for budget in row['budgets']] == row['best']


def test_nested_programs_lose_little_against_the_joint_optimum() -> None:
    joint = [most_kept(row, row['budgets']) for row in ROWS]
    ours = [sum(row['nested']) for row in ROWS]
    assert all(mine <= best for mine, best in zip(ours, joint, strict=True))
    lost = 1 - sum(ours) / sum(joint)
    alike = sum(a == b for a, b in zip(ours, joint, strict=True))
    print(f'lost {100 * lost:.2f} % of the nodes; {alike} of {len(ROWS)} trees alike')
    assert lost < 0.03
