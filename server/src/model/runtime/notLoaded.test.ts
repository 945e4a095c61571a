import { describe, expect, it } from 'vitest';
import { inEnglish } from '../../common/words.js';
import { whyNotLoaded } from './notLoaded.js';

const windows = { platform: 'win32', arch: 'x64', isMusl: false };
const linux = { platform: 'linux', arch: 'x64', isMusl: false };
const binding = String.raw`\\?\C:\Users\Ada\.vscode\extensions\lacuna\dist\node_modules\onnxruntime-node\bin\napi-v6\win32\x64\onnxruntime_binding.node`;

/** As Node throws what the system's loader says. */
const loader = (said: string, code = 'ERR_DLOPEN_FAILED'): Error => Object.assign(new Error(said), { code });

const redistributable =
  /^The ONNX runtime, .* needs the Microsoft Visual C\+\+ Redistributable, .*; install it \(https:\S+\)\.$/;

describe('a runtime that cannot be loaded', () => {
  it.each([
    ['a library of Visual C++ is missing', loader(`The specified module could not be found.\r\n${binding}`)],
    ['the same, on a German Windows', loader(`Das angegebene Modul wurde nicht gefunden.\r\n${binding}`)],
    ['it is too old', loader(`A dynamic link library (DLL) initialization routine failed.\r\n${binding}`)],
    ['it lacks a function', loader(`The specified procedure could not be found.\r\n${binding}`)],
  ])('says what to install on Windows where %s', (_, error) => {
    const { sentence, advice } = whyNotLoaded(error, windows);
    expect(inEnglish(sentence)).toMatch(redistributable);
    expect(inEnglish(sentence)).toContain('vc_redist.x64.exe');
    expect(inEnglish(advice)).toContain('https://aka.ms/vs/17/release/vc_redist.x64.exe');
  });

  it('names the file for the processor', () => {
    const error = loader(`The specified module could not be found.\r\n${binding}`);
    expect(inEnglish(whyNotLoaded(error, { ...windows, arch: 'arm64' }).sentence)).toContain('vc_redist.arm64.exe');
  });

  it.each([
    [
      'another machine’s package',
      loader(
        `Cannot find module '../bin/napi-v6/win32/x64/onnxruntime_binding.node'\nRequire stack:`,
        'MODULE_NOT_FOUND',
      ),
      windows,
      'The ONNX runtime, which runs the model, has no library for this machine (win32 x64).',
    ],
    [
      'no package',
      loader("Cannot find module 'onnxruntime-node'\nRequire stack:", 'MODULE_NOT_FOUND'),
      windows,
      'The ONNX runtime, which runs the model, is not installed.',
    ],
    [
      'another C library',
      loader('Error loading shared library ld-linux-x86-64.so.2: No such file or directory'),
      { ...linux, isMusl: true },
      'The ONNX runtime, which runs the model, has no library for this machine (linux x64, musl).',
    ],
    [
      'a library that Linux lacks',
      loader('libonnxruntime.so.1: cannot open shared object file: No such file or directory'),
      linux,
      'The ONNX runtime, which runs the model, cannot be loaded: libonnxruntime.so.1: cannot open shared object file: No such file or directory.',
    ],
  ])('says so for %s', (_, error, machine, sentence) => {
    const said = whyNotLoaded(error, machine);
    expect(inEnglish(said.sentence)).toBe(sentence);
    expect(inEnglish(said.advice)).toMatch(/^Install the package/);
  });
});
