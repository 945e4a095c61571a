// Names of mixed scripts and misspelt ones: the file up to the cursor, and what is suggested.

import { describe, expect, it } from 'vitest';
import { locate } from '../place/place.js';
import { misspelt } from './misspelt.js';

function isWithheld(languageId: string, marked: string): boolean {
  const [before = '', suggested = '', after = ''] = marked.split(/[«»]/);
  const document = { uri: 'file:///a', path: 'a', languageId, version: 1, text: before + after };
  const context = { place: locate(document, before.length), trigger: 'manual' as const, isTypedAlong: false };
  return typeof misspelt(suggested, context) !== 'string';
}

const sum = '# Возвращает сумму двух чисел\ndef сумма(а, б):\n    return ';
const greek = 'function άθροισμα(αριθμός, άλλος) {\n  return ';

describe('withheld', () => {
  it.each([
    ['python', `${sum}«a + б»`], // A Latin a.
    ['python', `${sum}«а + b»`],
    ['python', `${sum}«сумa(а, б)»`],
    ['python', `${sum}«сума(а, б)»`],
    ['python', `${sum}«результат»`],
    ['python', `${sum}«а + б.значение»`],
    ['python', 'сумма = 1\nсу«мa + 1»'],
    ['python', 'total = 1\nprint(«tоtal)»'], // A Cyrillic о.
    ['javascript', `${greek}«αριθμός + αλλος»`],
    ['javascript', `${greek}«άλλoς;»`],
    ['markdown', '# Рецепт\n\nВзять муку, сахар и масло.\n«Смешать мyку»'],
    ['markdown', '# Рецепт\n\nВзять муку, сахар и «сaхар»'],
    ['markdown', 'Берём молоко и хлеб, «малоко»'],
    ['markdown', '# Рецепт\n\nВзять муку, сахар и «й»'],
    ['markdown', '# 買い物リスト\n\n- 牛乳\n- パン\n- «亅»'],
    ['typescript', 'const x = "«a\uFFFD";»'],
    ['python', 'имя = 1\nx = «getимяД»'],
  ])('in %s: %j', (languageId, marked) => expect(isWithheld(languageId, marked)).toBe(true));
});

describe('let pass', () => {
  it.each([
    ['python', 'x = 1\ndef сумма(а, б):\n    return «а + б + x»'],
    ['python', 'def сумма(первое, второе):\n    return «sum(x for x in второе)»'],
    ['python', `${sum}«а + б»`],
    ['python', `${sum}«sum([а, б])»`],
    ['python', `${sum}а\n\n«def разность(а, б):\n    return а - б»`],
    ['python', `${sum}а\n\n«итог = сумма(1, 2)»`],
    ['python', `${sum}а\n\nprint("«Результат:", сумма(1, 2))»`],
    ['python', 'товары = []\n«for товар in товары:\n    print(товар)»'],
    ['python', '# С этого места а и б\nimport math\n«c = a + x»'],
    ['python', 'имя = 1\n«getИмя = имя»'],
    ['python', 'имя = 1\n«имя_user = имя»'],
    ['python', 'имя2 = 1\nx = «имя2»'],
    ['typescript', 'const Δt = 1;\n«const Δx = Δt;»'],
    ['typescript', 'const t = "«Tシャツを買う";»'],
    ['typescript', '// 日本語の変数\nconst 名前 = 1;\n«const 名前リスト = [名前];»'],
    ['typescript', 'const text = «"Привет, мир";»'],
    ['typescript', 'const a = 1;\n«const b = a;»'],
    ['markdown', '# Рецепт\n\nВзять муку, сахар и «масло, и смешать с мукой»'],
    ['markdown', 'Эта книга о кошках. Я читаю «книгу о собаках.»'],
    ['markdown', '# 買い物リスト\n\n- 牛乳\n- パン\n- «卵とバター»'],
    ['markdown', 'Η Python είναι «γλώσσα προγραμματισμού.»'],
    ['java', 'String שלום = "a";\nreturn «שלום;»'],
  ])('in %s: %j', (languageId, marked) => expect(isWithheld(languageId, marked)).toBe(false));
});
