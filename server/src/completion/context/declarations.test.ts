import { describe, expect, it } from 'vitest';
import { openSyntax } from '../../../test/support/openSyntax.js';
import { declarationsOf } from './declarations.js';

const syntax = openSyntax();

const declared = async (languageId: string, text: string) => {
  const tree = (await syntax.parse(languageId, text))!;
  const declarations = declarationsOf(tree);
  tree.delete();
  return declarations;
};

describe('declarationsOf', () => {
  it.each([
    [
      'typescript',
      '/** Keeps orders.\n * Two lines. */\nexport class Store<T> extends Base {\n  private size = 1;\n  // a remark\n  async load(id: T): Promise<void> {\n    work();\n  }\n}\n',
      'Store',
      '// Keeps orders.\nexport class Store<T> extends Base',
      ['private size = 1', 'async load(id: T): Promise<void>'],
    ],
    [
      'typescript',
      'export interface Line {\n  net: number;\n  tax(): number;\n}\n',
      'Line',
      'export interface Line',
      ['net: number', 'tax(): number'],
    ],
    [
      'typescript',
      'export const sum = (a: number) => {\n  return a;\n};\n',
      'sum',
      'export const sum = (a: number) =>',
      [],
    ],
    ['javascript', 'function pay(order) {\n  return order;\n}\n', 'pay', 'function pay(order)', []],
    [
      'python',
      'class Store(Base):\n    """Keeps orders.\n\n    More."""\n\n    limit: int = 1\n\n    @property\n    def size(self) -> int:\n        return 1\n',
      'Store',
      '# Keeps orders.\nclass Store(Base):',
      ['limit: int = 1', 'def size(self) -> int:'],
    ],
    [
      'java',
      '/** Keeps orders. */\npublic final class Store extends Base {\n  private int size;\n  public void load(int id) {\n    work();\n  }\n}\n',
      'Store',
      '// Keeps orders.\npublic final class Store extends Base',
      ['private int size;', 'public void load(int id)'],
    ],
    [
      'csharp',
      'namespace Shop\n{\n  public class Store : Base\n  {\n    public int Size { get; set; }\n    public void Load(int id) { Work(); }\n  }\n}\n',
      'Store',
      'public class Store : Base',
      ['public int Size', 'public void Load(int id)'],
    ],
    [
      'go',
      '// Load reads an order.\nfunc (s *Store) Load(id int) error {\n\treturn nil\n}\n',
      'Load',
      '// Load reads an order.\nfunc (s *Store) Load(id int) error',
      [],
    ],
    [
      'go',
      'type Store struct {\n\tSize int\n\tName string\n}\n',
      'Store',
      'type Store struct',
      ['Size int', 'Name string'],
    ],
  ] as const)('%s: %j', async (languageId, text, name, head, members) => {
    const found = (await declared(languageId, text)).find((one) => one.name === name);
    expect(found).toMatchObject({ head, members });
  });

  it.each([
    ['typescript', 'class { ( ] }'],
    ['python', 'def def def :::'],
    ['go', ''],
    ['java', '}'.repeat(10_000)],
  ])(
    'survives broken %s',
    async (languageId, text) => {
      expect(await declared(languageId, text)).toBeDefined();
    },
    120_000,
  );

  it('is bounded, however much a file declares', async () => {
    const text = Array.from({ length: 1_000 }, (_, i) => `function f${i}() {}\n`).join('');
    expect((await declared('typescript', text)).length).toBeLessThanOrEqual(200);
  });
});
