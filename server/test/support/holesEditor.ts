// An editor with holes and real syntax trees, whose document is a function without a body. It lives as long as its test.

import { afterEach } from 'vitest';
import type { HoleKnowledge } from '../../src/completion/index.js';
import { madeUpKnowledge } from './holeKnowledge.js';
import { openSyntax } from './openSyntax.js';
import { TestEditor, type TestEditorOptions } from './TestEditor.js';

export const uri = 'file:///work/src/cart.ts';
export const before = 'function sum(a: number[]) {\n  ';
export const after = '\n}\n';

const syntax = openSyntax();

let editor: TestEditor;
afterEach(async () => {
  await editor.shutDown();
  editor.connection.dispose();
});

/** @param text of the document */
export async function openHolesEditor(
  options: TestEditorOptions,
  knowledge: HoleKnowledge = madeUpKnowledge,
  text = before + after,
): Promise<TestEditor> {
  editor = await TestEditor.open({
    syntax,
    holes: { knowledge: () => knowledge, calibrate: () => Promise.reject(new Error('No line was added.')) },
    ...options,
  });
  await editor.openDocument(uri, 'typescript', text);
  return editor;
}
