import { expect, it } from 'vitest';
import { modelStores } from './modelStores.js';

it.each<[NodeJS.Platform, Record<string, string>, string, object]>([
  [
    'linux',
    {},
    '/home/a',
    {
      ollama: ['/home/a/.ollama/models', '/usr/share/ollama/.ollama/models', '/var/lib/ollama/.ollama/models'],
      lmStudio: ['/home/a/.lmstudio', '/home/a/.cache/lm-studio'],
      llama: ['/home/a/.cache/llama.cpp'],
      huggingFace: ['/home/a/.cache/huggingface/hub'],
    },
  ],
  [
    'darwin',
    {},
    '/Users/a',
    {
      ollama: ['/Users/a/.ollama/models'],
      lmStudio: ['/Users/a/.lmstudio', '/Users/a/.cache/lm-studio'],
      llama: ['/Users/a/Library/Caches/llama.cpp'],
      huggingFace: ['/Users/a/.cache/huggingface/hub'],
    },
  ],
  [
    'win32',
    { LOCALAPPDATA: 'C:\\Users\\a\\AppData\\Local' },
    'C:\\Users\\a',
    {
      ollama: ['C:\\Users\\a\\.ollama\\models'],
      lmStudio: ['C:\\Users\\a\\.lmstudio', 'C:\\Users\\a\\.cache\\lm-studio'],
      llama: ['C:\\Users\\a\\AppData\\Local\\llama.cpp'],
      huggingFace: ['C:\\Users\\a\\.cache\\huggingface\\hub'],
    },
  ],
])('knows where programs keep models on %s', (platform, env, home, stores) => {
  expect(modelStores({ platform, env, home })).toEqual(stores);
});

it('heeds the variables that move them, unless they are empty', () => {
  const at = (env: Record<string, string>) => modelStores({ platform: 'linux', env, home: '/home/a' });
  expect(at({ OLLAMA_MODELS: '/big/ollama' }).ollama).toEqual(['/big/ollama']);
  expect(at({ LLAMA_CACHE: '/big/llama', XDG_CACHE_HOME: '/big/cache' }).llama).toEqual([
    '/big/llama',
    '/big/cache/llama.cpp',
  ]);
  expect(at({ XDG_CACHE_HOME: '/big/cache' }).huggingFace).toEqual(['/big/cache/huggingface/hub']);
  expect(at({ HF_HOME: '/big/hf', XDG_CACHE_HOME: '/big/cache' }).huggingFace).toEqual(['/big/hf/hub']);
  expect(at({ HUGGINGFACE_HUB_CACHE: '/big/old', HF_HOME: '/big/hf' }).huggingFace).toEqual(['/big/old']);
  expect(at({ HF_HUB_CACHE: '/big/new', HUGGINGFACE_HUB_CACHE: '/big/old' }).huggingFace).toEqual(['/big/new']);
  expect(at({ HF_HUB_CACHE: '', OLLAMA_MODELS: '' })).toEqual(at({}));
});
