import { describe, expect, it } from 'vitest';
import type { InitializeParams } from 'vscode-languageserver';
import { helloOf } from './helloOf.js';

const hello = (said: object): InitializeParams => helloOf(said as InitializeParams);

describe('what a client says when it starts', () => {
  it.each<[string, unknown, object]>([
    ['is taken as it is', { lacunaClient: true, trusted: false, gitPath: ['/a'] }, { lacunaClient: true, trusted: false, gitPath: ['/a'] }], // prettier-ignore
    ['may name one git', { gitPath: '/usr/bin/git' }, { gitPath: ['/usr/bin/git'] }],
    ['may leave fields open', { trusted: null, storage: null, settings: null }, {}],
    ['loses what is of another type', { gitPath: 5, storage: {}, lacunaClient: 'yes', paused: 1 }, {}],
    ['does not say that a workspace is trusted by anything else than yes', { trusted: 'no' }, { trusted: false }],
    ['keeps settings of any kind, which are read with care later', { settings: 7 }, { settings: 7 }],
    ['may be nothing', undefined, {}],
    ['may be no object', 'hello', {}],
    ['may be a list', [1], {}],
  ])('%s', (_name, initializationOptions, expected) =>
    expect(hello({ capabilities: {}, initializationOptions }).initializationOptions).toEqual(expected),
  );

  it('may lack what the protocol asks for', () => {
    expect(hello({ locale: 5 })).toEqual({ capabilities: {}, workspaceFolders: null, initializationOptions: {} });
  });

  it('loses folders that are none', () => {
    const uri = 'file:///a';
    const said = [{ uri, name: 'a' }, {}, null, { uri: 5 }, { uri }, 'b'];
    expect(hello({ workspaceFolders: said }).workspaceFolders).toEqual([
      { uri, name: 'a' },
      { uri, name: '' },
    ]);
    expect(hello({ workspaceFolders: 'file:///a' }).workspaceFolders).toBeNull();
  });
});
