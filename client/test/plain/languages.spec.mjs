// Languages beside those that the other cases type in: what their trees and strings say decides where a suggestion ends.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from '../window.mjs';

for (const [language, name, typed, wanted] of [
  ['Rust', 'numbers.rs', 'pub const FI', /^VE: u32 = 5;$/],
  ['Ruby', 'numbers.rb', 'FI', /^VE = NAMES\[5\]$/],
]) {
  test(`a line of ${language} is completed and reaches the disk`, async ({ editor, workspace, picture }) => {
    const file = join(workspace, name);
    const before = await readFile(file, 'utf8');
    await editor.openFile(name);
    await editor.untilStatus(/ready/i);
    await editor.goToEnd();
    await editor.type(typed);
    const ghost = await editor.untilGhost(wanted);
    await picture(language.toLowerCase());
    await editor.page.keyboard.press('Tab');
    await editor.untilNoGhost();
    await editor.save();
    assert.equal(await readFile(file, 'utf8'), `${before}${typed}${ghost}`);
  });
}
