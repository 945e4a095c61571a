// Why the ONNX runtime cannot be loaded on a machine, and what its user can do about it: data in, sentences out.

import { messageOf } from '../../common/messageOf.js';
import { words, type Words } from '../../common/words.js';

export interface RuntimeProblem {
  /** In one sentence. */
  readonly sentence: Words;
  /** What to do. */
  readonly advice: Words;
}

export interface Machine {
  readonly platform: string;
  readonly arch: string;
  /** Whether this is a Linux, such as Alpine, whose C library is not the one that the runtime is linked with. */
  readonly isMusl: boolean;
}

export function whyNotLoaded(error: unknown, { platform, arch, isMusl }: Machine): RuntimeProblem {
  const [detail = ''] = messageOf(error).split(/\r?\n/);
  const advice = words(
    'Install the package that was made for this machine, or set lacuna.server.url to a model server; merges work without.',
  );
  if (/Cannot find module 'onnxruntime-node'/.test(detail)) {
    return { sentence: words('The ONNX runtime, which runs the model, is not installed.'), advice };
  }
  if (/Cannot find module .*\.node'/.test(detail) || isMusl) {
    const machine = `${platform} ${arch}${isMusl ? ', musl' : ''}`;
    return {
      sentence: words('The ONNX runtime, which runs the model, has no library for this machine ({0}).', machine),
      advice,
    };
  }
  if (platform === 'win32' && lacksLibrary(error)) return withoutRedistributable(arch);
  const said = detail.replace(/\.$/, '');
  return { sentence: words('The ONNX runtime, which runs the model, cannot be loaded: {0}.', said), advice };
}

/**
 * Windows says in its user's language that a module was not found and which file it was loading, never which other file that
 * one lacks; so Node's code has to do. The runtime's files lie beside each other, and all else that they need comes with
 * Windows, but for the libraries of Visual C++: where they are missing or too old, loading fails so.
 */
function lacksLibrary(error: unknown): boolean {
  return error instanceof Error && (error as NodeJS.ErrnoException).code === 'ERR_DLOPEN_FAILED';
}

function withoutRedistributable(arch: string): RuntimeProblem {
  const address = `https://aka.ms/vs/17/release/vc_redist.${arch === 'arm64' ? 'arm64' : 'x64'}.exe`;
  return {
    sentence: words(
      'The ONNX runtime, which runs the model, needs the Microsoft Visual C++ Redistributable, which is missing or too old; install it ({0}).',
      address,
    ),
    advice: words('Install {0} and start the editor again; merges work without.', address),
  };
}
