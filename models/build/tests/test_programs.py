"""Each program starts as models/README.md says, and tells its options."""

import runpy
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
PROGRAMS = [
    f'models.build.{file.parent.name}.{file.stem}'
    for file in sorted(ROOT.glob('models/build/*/*.py'))
    if file.parent.name != 'tests' and "__name__ == '__main__'" in file.read_text(encoding='utf-8')
]


@pytest.mark.parametrize('program', PROGRAMS)
def test_it_tells_its_options(program, monkeypatch, capsys):
    monkeypatch.setattr(sys, 'argv', [program, '--help'])
    # A module that a test before this one has imported is run once more all the same.
    monkeypatch.delitem(sys.modules, program, raising=False)
    with pytest.raises(SystemExit) as ended:
        runpy.run_module(program, run_name='__main__')
    assert ended.value.code == 0
    assert 'usage:' in capsys.readouterr().out


DOCUMENTS = [
    ROOT / 'models/README.md',
    ROOT / 'CONTRIBUTING.md',
    ROOT / 'docs/results.md',
    *sorted((ROOT / 'docs/experiments').glob('2*.md')),
]


@pytest.mark.parametrize('document', DOCUMENTS, ids=lambda document: document.stem)
def test_the_programs_that_a_document_names_are_there(document):
    words = document.read_text(encoding='utf-8').replace('`', ' ').split()
    named = {word.rstrip('.,') for word in words if word.startswith('models.build.') and 'ROOM' not in word}
    assert named <= set(PROGRAMS)


def test_the_readme_names_every_program():
    readme = (ROOT / 'models/README.md').read_text(encoding='utf-8')
    assert [program for program in PROGRAMS if program not in readme] == []
