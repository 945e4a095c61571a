// A merge and a rebase that stop at ten files of eight kinds: seven with lines in conflict that have several likely answers,
// one with two conflicts, one that theirs deleted, and one that is no text.
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const lines = (...all) => `${all.join('\n')}\n`;

/** The versions of each file; null where a side has none. */
export const tenFiles = {
  'package.json': {
    base: lines(
      '{',
      '  "name": "shop",',
      '  "version": "1.2.0",',
      '  "dependencies": {',
      '    "left": "1.0.0"',
      '  }',
      '}',
    ),
    ours: lines(
      '{',
      '  "name": "shop",',
      '  "version": "1.3.0",',
      '  "dependencies": {',
      '    "left": "1.0.0"',
      '  }',
      '}',
    ),
    theirs: lines(
      '{',
      '  "name": "shop",',
      '  "version": "1.2.1",',
      '  "dependencies": {',
      '    "left": "1.0.0"',
      '  }',
      '}',
    ),
  },
  'config/app.yaml': {
    base: lines('server:', '  port: 80', '  host: localhost'),
    ours: lines('server:', '  port: 8080', '  host: localhost'),
    theirs: lines('server:', '  port: 443', '  host: localhost'),
  },
  'Cargo.toml': {
    base: lines('[package]', 'name = "shop"', '', '[dependencies]', 'serde = "1.0"'),
    ours: lines('[package]', 'name = "shop"', '', '[dependencies]', 'serde = "1.0"', 'rand = "0.8"'),
    theirs: lines('[package]', 'name = "shop"', '', '[dependencies]', 'serde = "1.0"', 'time = "0.3"'),
  },
  'pom.xml': {
    base: lines('<project>', '  <version>1.0</version>', '</project>'),
    ours: lines('<project>', '  <version>1.1</version>', '</project>'),
    theirs: lines('<project>', '  <version>2.0</version>', '</project>'),
  },
  'CHANGES.md': {
    base: lines('# Changes', '', '- First.'),
    ours: lines('# Changes', '', '- Sums are right.', '- First.'),
    theirs: lines('# Changes', '', '- Orders have numbers.', '- First.'),
  },
  'src/basket.ts': {
    base: lines(
      'let sum = 0;',
      'for (const item of items) sum += item.price;',
      'print(sum);',
      '',
      '',
      'const empty = [];',
    ),
    ours: lines(
      'let sum = 0;',
      'for (const item of items) sum += item.price * item.count;',
      'print(sum);',
      '',
      '',
      'const empty: Item[] = [];',
    ),
    theirs: lines(
      'let sum = 0;',
      'for (const each of items) sum += each.price;',
      'print(sum);',
      '',
      '',
      'const empty = none;',
    ),
  },
  'src/measure.py': {
    base: lines('def mean(values):', '    return sum(values)'),
    ours: lines('def mean(values):', '    return sum(values) / len(values)'),
    theirs: lines('def mean(values):', '    """The average."""', '    return sum(values)'),
  },
  'src/Orders.java': {
    base: lines('class Orders {', '  private int open;', '}'),
    ours: lines('class Orders {', '  private int open;', '  private int closed;', '}'),
    theirs: lines('class Orders {', '  private int open;', '  private int last;', '}'),
  },
  'src/legacy.ts': {
    base: lines('export const old = 1;'),
    ours: lines('export const old = 2;'),
    theirs: null,
  },
  'logo.bin': {
    base: Buffer.from([0, 1, 2, 255]),
    ours: Buffer.from([0, 1, 3, 255]),
    theirs: Buffer.from([0, 1, 4, 255]),
  },
};

/**
 * Lays a repository that has stopped at these files.
 * @param {string} folder which is there and empty
 * @param {'merge' | 'rebase'} how
 */
export function layTenFiles(folder, how = 'merge') {
  const git = (...parameters) =>
    execFileSync('git', ['-c', 'user.name=Test', '-c', 'user.email=test@example.org', ...parameters], {
      cwd: folder,
      stdio: 'pipe',
    });
  const commit = (side, subject) => {
    for (const [name, versions] of Object.entries(tenFiles)) {
      const file = join(folder, name);
      mkdirSync(dirname(file), { recursive: true });
      if (versions[side] === null) rmSync(file);
      else writeFileSync(file, versions[side]);
    }
    git('add', '--all');
    git('commit', '--quiet', '--message', subject);
  };
  git('init', '--quiet', '--initial-branch=main');
  git('config', 'core.autocrlf', 'false');
  commit('base', 'The shop');
  git('checkout', '--quiet', '-b', 'feature');
  commit('theirs', 'Number the orders');
  git('checkout', '--quiet', 'main');
  commit('ours', 'Count what is bought');
  try {
    if (how === 'rebase') git('checkout', '--quiet', 'feature');
    git(how, how === 'rebase' ? 'main' : 'feature');
  } catch {
    return;
  }
  throw new Error(`git ${how} did not stop.`);
}
