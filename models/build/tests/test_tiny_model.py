"""The tiny model of the tests, made again by the commands of models/README.md: the same bytes as those that are kept."""

import re
import runpy
import shlex
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
KEPT = ROOT / 'server/test/fixtures/tiny-model'


def commands() -> list[list[str]]:
    """Modules with their arguments, as the README has them."""
    text = (ROOT / 'models/README.md').read_text(encoding='utf-8').replace('\\\n', ' ')
    block = next(block for block in re.findall(r'```\n(.*?)```', text, re.S) if 'source.tiny ' in block)
    return [shlex.split(line.removeprefix('python -m ')) for line in block.strip().split('\n')]


def test_it_is_made_again_byte_for_byte(tmp_path, monkeypatch):
    made = {'server/test/fixtures/tiny-model': tmp_path / 'model', 'tiny.gguf': tmp_path / 'tiny.gguf'}
    made |= {'server/test/fixtures/tokenizer-golden.json.gz': tmp_path / 'golden.gz'}
    made |= {'models/lacuna-0.5b': ROOT / 'models/lacuna-0.5b'}
    for module, *arguments in commands():
        monkeypatch.setattr(sys, 'argv', [module, *(str(made.get(word, word)) for word in arguments)])
        monkeypatch.delitem(sys.modules, module, raising=False)
        runpy.run_module(module, run_name='__main__')

    def files(folder: Path) -> dict[str, bytes]:
        return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob('*') if file.is_file()}

    kept, again = files(KEPT), files(tmp_path / 'model')
    assert sorted(again) == sorted(kept)
    assert [name for name in kept if again[name] != kept[name]] == []
    lines = ROOT / 'server/test/fixtures/tokenizer-golden.json.gz'
    assert (tmp_path / 'golden.gz').read_bytes() == lines.read_bytes()
