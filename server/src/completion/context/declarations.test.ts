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
    [
      'rust',
      '/// Keeps orders.\n/// And more.\n#[derive(Debug)]\npub struct Store<T> {\n    pub size: usize,\n    items: Vec<T>,\n}\n',
      'Store',
      '// Keeps orders.\npub struct Store<T>',
      ['pub size: usize', 'items: Vec<T>'],
    ],
    [
      'rust',
      'impl<T> Load for Store<T> {\n    fn load(&self, id: u32) -> Option<T> {\n        None\n    }\n}\n',
      'Store',
      'impl<T> Load for Store<T>',
      ['fn load(&self, id: u32) -> Option<T>'],
    ],
    ['rust', 'mod a {\n    pub fn sum(a: i32) -> i32 {\n        a\n    }\n}\n', 'sum', 'pub fn sum(a: i32) -> i32', []],
    [
      'c',
      '#ifndef A_H\n/* Keeps orders. */\nstruct store {\n    int size;\n    char *name;\n};\n#endif\n',
      'store',
      '// Keeps orders.\nstruct store',
      ['int size;', 'char *name;'],
    ],
    ['c', 'typedef struct {\n    int size;\n} Store;\n', 'Store', 'typedef struct', ['int size;']],
    [
      'c',
      'struct store *load(struct db *db, int id) {\n    return 0;\n}\n',
      'load',
      'struct store *load(struct db *db, int id)',
      [],
    ],
    ['c', 'Store load(int id);\n', 'load', 'Store load(int id);', []],
    ['c', '#define SIZE 12\n', 'SIZE', '#define SIZE 12', []],
    [
      'cpp',
      'namespace shop {\n// Keeps orders.\ntemplate <class T>\nclass Store : public Base {\n public:\n  int size() const;\n\n private:\n  T item_;\n};\n}\n',
      'Store',
      '// Keeps orders.\ntemplate <class T> class Store : public Base',
      ['int size() const;', 'T item_;'],
    ],
    ['cpp', 'Order Store::load(int id) const {\n  return Order();\n}\n', 'load', 'Order Store::load(int id) const', []],
    [
      'php',
      '<?php\nnamespace Shop;\n\n/** Keeps orders. */\nfinal class Store extends Base\n{\n    private int $size = 1;\n    public function load(int $id): ?Order\n    {\n        return null;\n    }\n}\n',
      'Store',
      '// Keeps orders.\nfinal class Store extends Base',
      ['private int $size = 1;', 'public function load(int $id): ?Order'],
    ],
    ['php', '<?php\nfunction sum(int $a): int\n{\n    return $a;\n}\n', 'sum', 'function sum(int $a): int', []],
    [
      'ruby',
      'module Shop\n  # Keeps orders.\n  # And more.\n  class Store < Base\n    attr_reader :size\n\n    private\n\n    def load(id, deep: true)\n      nil\n    end\n  end\nend\n',
      'Store',
      '# Keeps orders.\nclass Store < Base',
      ['attr_reader :size', 'def load(id, deep: true)'],
    ],
    ['ruby', 'def self.sum(a)\n  a\nend\n', 'sum', 'def self.sum(a)', []],
    [
      'kotlin',
      '/** Keeps orders. */\ndata class Store(val size: Int) : Base() {\n    private val name = "a"\n    fun load(id: Int): Order? {\n        return null\n    }\n}\n',
      'Store',
      '// Keeps orders.\ndata class Store(val size: Int) : Base()',
      ['private val name = "a"', 'fun load(id: Int): Order?'],
    ],
    ['kotlin', 'fun String.sum(a: Int): Int = a\n', 'sum', 'fun String.sum(a: Int): Int', []],
    [
      'lua',
      '-- Loads an order.\nfunction Store:load(id)\n  return id\nend\n',
      'load',
      '-- Loads an order.\nfunction Store:load(id)',
      [],
    ],
    ['lua', 'local Store = {}\n', 'Store', 'local Store = {}', []],
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
