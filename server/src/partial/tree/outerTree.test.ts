// Every partial program of lines in all languages, with random probabilities, parses to the same tree outside its holes.
// LACUNA_CASES sets how many are generated; a change of the tables in placeholders.ts is tried with 10,000.

import { describe, expect, it } from 'vitest';
import { openSyntax } from '../../../test/support/openSyntax.js';
import { alignTokens, textOf } from './alignTokens.js';
import { nestedPrograms } from '../choose/chooseHoles.js';
import { costTree, rawScores } from './costTree.js';
import { fitsTree, misfittingHoles } from './outerTree.js';
import { isMember } from './membership.js';
import { seededRandom, type Random } from '../../common/random.js';
import type { Completion } from '../types.js';

/** [before, lines to complete, after]: the cursor is put at every word of every line. */
const programs: Readonly<Record<string, readonly [string, readonly string[], string]>> = {
  typescript: [
    'class A {\n  run(items: string[]): number {\n    ',
    [
      'const total = items.filter((item) => item.length > 2 && other[item] !== undefined).map(lengthOf);',
      'if (this.isReady(items[0], { deep: true, name: `a${items.length}b` })) return -1;',
      'for (const [key, value] of Object.entries(items)) this.add(key, value as number);',
      'return items.length === 0 ? 0 : this.sum(...items);',
    ],
    '\n    return 0;\n  }\n}\n',
  ],
  python: [
    'def f(items, other):\n    ',
    [
      'total = sum(len(item) for item in items if item not in other)',
      'print(f"{total}: {other[0]}", file=sys.stderr, end="\\n")',
      'return {"a": items[1:2], "b": [x * 2 for x in other], **extra}',
      'assert isinstance(items, (list, tuple)), "items"',
    ],
    '\n    return None\n',
  ],
  java: [
    'class A {\n  int f(List<String> items) {\n    ',
    [
      'final Map<String, List<Integer>> found = new HashMap<>(items.size(), 0.5f);',
      'items.stream().filter(item -> item.length() > 2).forEach(this::add);',
      'if (items.isEmpty() || other != null) throw new IllegalStateException("none: " + items);',
    ],
    '\n    return 0;\n  }\n}\n',
  ],
  csharp: [
    'class A {\n  int F(List<string> items) {\n    ',
    [
      'var found = items.Where(item => item.Length > 2).ToDictionary(item => item, item => item.Length);',
      'if (items is null || items.Count == 0) throw new ArgumentException(nameof(items), "none");',
      'return items[0].Length > 3 ? other?.Count ?? 0 : -1;',
    ],
    '\n    return 0;\n  }\n}\n',
  ],
  go: [
    'package a\n\nfunc f(items []string) (int, error) {\n\t',
    [
      'found, err := parse(items[0], map[string]int{"a": 1, "b": len(items)})',
      'return len(found), fmt.Errorf("no %s in %v: %w", name, items[1:], err)',
      'for index, item := range items { total += index * weight(item) }',
    ],
    '\n\treturn 0, nil\n}\n',
  ],
  rust: [
    'impl<T: Clone> Store<T> {\n    fn run(&mut self, items: &[String]) -> Result<usize, Error> {\n        ',
    [
      "let found: HashMap<&'static str, Vec<u32>> = items.iter().map(|item| (item.name(), vec![1, 2])).collect();",
      'if let Some(item) = items.get(0) && item.len() > 2 { return Err(Error::new("none", item.to_string())); }',
      'match self.load(items[0].as_str(), true)? { Kind::Open(count) => self.total += count as usize, _ => {} }',
      'println!("{} of {:?}", self.total, &items[1..]);',
    ],
    '\n        Ok(0)\n    }\n}\n',
  ],
  c: [
    '#include <stdio.h>\n\nint run(const struct item *items, size_t count) {\n    ',
    [
      'struct store store = {.size = count, .name = "a", .items = calloc(count, sizeof(*items))};',
      'if (items == NULL || count < 2 || !items[0].is_open) { fprintf(stderr, "none: %zu\\n", count); return -1; }',
      'for (size_t index = 0; index < count; index++) total += items[index].price * (double)weight(&items[index]);',
      'return count > 0 ? store.items[count - 1]->size : 0;',
    ],
    '\n    return 0;\n}\n',
  ],
  cpp: [
    'template <class T>\nint Store<T>::run(const std::vector<std::string>& items) {\n  ',
    [
      'auto found = std::find_if(items.begin(), items.end(), [&](const auto& item) { return item.size() > 2; });',
      'if (found == items.end()) throw std::runtime_error("none: " + std::to_string(items.size()));',
      'std::map<std::string, std::vector<int>> counts{{"a", {1, 2}}, {"b", {}}};',
      'for (const auto& [key, value] : counts) std::cout << key << ": " << value.size() << std::endl;',
      'return static_cast<int>(items.empty() ? 0 : this->total_ + items[0].length());',
    ],
    '\n  return 0;\n}\n',
  ],
  php: [
    '<?php\n\nclass Store\n{\n    public function run(array $items): int\n    {\n        ',
    [
      '$found = array_filter($items, fn (Item $item) => $item->size > 2 && isset($this->known[$item->name]));',
      'if ($items === [] || !$this->isReady($items[0], deep: true)) { throw new Failure("none of {$this->name}", 1); }',
      "foreach ($items as $key => $item) { $this->totals[$key] ??= self::weight($item, ['a' => 1, 'b' => null]); }",
      'return count($found) > 0 ? (int) $found[0]->size : static::DEFAULT;',
    ],
    '\n        return 0;\n    }\n}\n',
  ],
  ruby: [
    'class Store\n  def run(items, other: nil)\n    ',
    [
      'found = items.select { |item| item.size > 2 && !other.include?(item[:name]) }.map(&:size)',
      'raise ArgumentError, "none of #{items.size}" if items.empty? || other.nil?',
      '@totals[key] ||= { name: "a", sizes: [1, 2], deep: true, "b" => found.first }',
      'items.each_with_index { |item, index| puts "#{index}: #{item.name}" unless item.closed? }',
      'return items.first.size > 3 ? self.class.weight(*items, deep: true) : 0',
    ],
    '\n    0\n  end\nend\n',
  ],
  kotlin: [
    'class Store {\n    fun run(items: List<String>): Int {\n        ',
    [
      'val found: Map<String, List<Int>> = items.filter { it.length > 2 }.associateWith { item -> listOf(item.length) }',
      'if (items.isEmpty() || other != null) throw IllegalStateException("none of ${items.size} in $name")',
      'for ((key, value) in found) println("$key: ${value.sum()}")',
      'return items.firstOrNull()?.length ?: other!!.size(deep = true, count = items[0].length)',
      'val kind = when (items.size) { 0 -> Kind.NONE; in 1..3 -> Kind.FEW; else -> Kind.MANY }',
    ],
    '\n        return 0\n    }\n}\n',
  ],
  lua: [
    'function Store:run(items, other)\n  ',
    [
      'local found = filter(items, function(item) return item.size > 2 and not other[item.name] end)',
      'if #items == 0 or other == nil then error("none of " .. tostring(#items), 2) end',
      'self.totals[key] = { name = "a", sizes = { 1, 2 }, ["b"] = found[1].size }',
      'for index, item in ipairs(items) do print(index, item:label(true)) end',
      'return #found > 0 and found[1]:weight(items) or -1',
    ],
    '\n  return 0\nend\n',
  ],
  typescriptreact: [
    'const View = () => {\n  return (\n    ',
    ['<Row key={item.id} onClick={() => open(item)} title="row">{item.name}</Row>'],
    '\n  );\n};\n',
  ],
};

const syntax = openSyntax();

const CASES = Number(process.env['LACUNA_CASES'] ?? 600);

describe('partial programs', () => {
  it(
    'parse to the same tree outside their holes, and stand for the completion itself',
    { timeout: 20_000 + 60 * CASES },
    async () => {
      const random = seededRandom(7);
      const places = placesOf();
      let withHoles = 0;
      for (let number = 0; number < CASES; number++) {
        const completion = withTokens(places[random.below(places.length)]!, random);
        const tree = (await syntax.parse(completion.languageId, textOf(completion)))!;
        const aligned = alignTokens(completion, tree);
        const costs = costTree(aligned, rawScores(aligned));
        const holes = 1 + random.below(4);
        const budgets = [8, 4, 2, 1, 0.3];
        const chosen = await nestedPrograms(costs, { holes, runs: true, cuts: true }, budgets, (program) =>
          misfittingHoles(completion, tree, program, syntax),
        );
        for (const program of new Set(chosen)) {
          if (program.holes.length > 0 && !program.isEverything) withHoles++;
          // Of every hole it is asked here, of tokens too.
          const within = program.holes.filter(({ isRest }) => !isRest);
          expect(await fitsTree(completion, tree, within, syntax), completion.text).toBe(true);
          const author = { text: completion.text, tree, offset: completion.prefix.length };
          expect(
            isMember(completion.text, program, author),
            JSON.stringify([completion.text, program.holes.map((h) => h.range)]),
          ).toBe(true);
        }
        tree.delete();
      }
      expect(withHoles).toBeGreaterThan(CASES / 4);
    },
  );
});

it('a piece of a text that another piece touches is parsed again: they may become one', async () => {
  const [prefix, , suffix] = programs['kotlin']!;
  const completion = withTokens({ languageId: 'kotlin', prefix, text: 'println("$name: a")', suffix }, seededRandom(1));
  const tree = (await syntax.parse('kotlin', textOf(completion)))!;
  const aligned = alignTokens(completion, tree);
  const pending = [costTree(aligned, rawScores(aligned))];
  for (let parent = pending.pop(); parent !== undefined; parent = pending.pop()) {
    const first = parent.children.findIndex(({ range }) => completion.text.slice(range.start, range.end) === '$');
    pending.push(...parent.children);
    if (first === -1) continue;
    const hole = { parent, first, last: first, range: parent.children[first]!.range, isRest: false };
    const program = { holes: [hole], kept: 0, cost: 0, isEverything: false };
    expect(await misfittingHoles(completion, tree, program, syntax)).toEqual([hole]);
  }
  tree.delete();
  expect.assertions(1);
});

function placesOf(): readonly Omit<Completion, 'tokens'>[] {
  return Object.entries(programs).flatMap(([languageId, [before, lines, after]]) =>
    lines.flatMap((line) =>
      [0, ...[...line.matchAll(/\b\w/g)].map(({ index }) => index)].map((cut) => ({
        languageId,
        prefix: before + line.slice(0, cut),
        text: line.slice(cut),
        suffix: after,
      })),
    ),
  );
}

/** Words and signs as tokens, some of them unlikely. */
function withTokens(place: Omit<Completion, 'tokens'>, random: Random): Completion {
  const tokens = [...place.text.matchAll(/\s*\w+|\s*[^\w\s]{1,2}/g)].map(({ index, 0: word }) => ({
    start: index,
    end: index + word.length,
    logProbability: -(random.share() ** 4) * 6,
    entropy: random.share(),
  }));
  return {
    ...place,
    tokens: [...tokens, { start: place.text.length, end: place.text.length, logProbability: -0.1, entropy: 0 }],
  };
}
