// The list of languages. One that has a tree stands in a file of its own, another with its like.

import { curly } from './others/curly.js';
import { data } from './others/data.js';
import { functional } from './others/functional.js';
import { markup } from './others/markup.js';
import { scripts } from './others/scripts.js';
import { wordy } from './others/wordy.js';
import { c } from './trees/c.js';
import { cpp } from './trees/cpp.js';
import { csharp } from './trees/csharp.js';
import { go } from './trees/go.js';
import { java } from './trees/java.js';
import { javascript } from './trees/javascript.js';
import { kotlin } from './trees/kotlin.js';
import { lua } from './trees/lua.js';
import { php } from './trees/php.js';
import { python } from './trees/python.js';
import { ruby } from './trees/ruby.js';
import { rust } from './trees/rust.js';
import { typescript } from './trees/typescript.js';
import type { Language } from './types.js';

export const languages: readonly Language[] = [
  ...[...typescript, ...javascript, python, java, csharp, go, ...c, ...cpp, rust, ...ruby, php, kotlin, lua],
  ...[...curly, ...scripts, ...functional, ...wordy, ...data, ...markup],
];
