// The folders in which other programs keep their models, by the customs of each system and by the variables that move them.

import { posix, win32 } from 'node:path';

export interface UserSystem {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
}

export interface ModelStores {
  /** Each with manifests and blobs. */
  readonly ollama: readonly string[];
  /** LM Studio's own folders, in which its settings and, mostly, its models lie. */
  readonly lmStudio: readonly string[];
  readonly llama: readonly string[];
  readonly huggingFace: readonly string[];
}

/** A variable that is empty counts as none. */
export function modelStores({ platform, env, home }: UserSystem): ModelStores {
  const paths = platform === 'win32' ? win32 : posix;
  const join = (...parts: string[]): string => paths.join(...parts);
  const named = (...names: string[]): string | undefined => names.map((name) => env[name]).find((value) => value);
  const cache = named('XDG_CACHE_HOME') ?? join(home, '.cache');
  const ollama = named('OLLAMA_MODELS');
  const llama = named('LLAMA_CACHE');
  const llamaCache =
    platform === 'darwin'
      ? join(home, 'Library', 'Caches')
      : platform === 'win32'
        ? (named('LOCALAPPDATA') ?? join(home, 'AppData', 'Local'))
        : cache;
  return {
    // The service of Linux has a home of its own.
    ollama:
      ollama === undefined
        ? [
            join(home, '.ollama', 'models'),
            ...(platform === 'linux' ? ['/usr/share/ollama/.ollama/models', '/var/lib/ollama/.ollama/models'] : []),
          ]
        : [ollama],
    lmStudio: [join(home, '.lmstudio'), join(home, '.cache', 'lm-studio')],
    llama: [...(llama === undefined ? [] : [llama]), join(llamaCache, 'llama.cpp')],
    huggingFace: [
      named('HF_HUB_CACHE', 'HUGGINGFACE_HUB_CACHE') ??
        join(named('HF_HOME') ?? join(cache, 'huggingface'), 'hub'),
    ],
  };
}
