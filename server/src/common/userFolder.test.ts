import { isAbsolute } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { folderIn, homeFolder } from './userFolder.js';

afterEach(() => vi.unstubAllEnvs());

describe.skipIf(process.platform === 'win32')('the folders of a user', () => {
  it.each(['', 'here', './here', '..'])('are no places below the working folder: %j', (value) => {
    vi.stubEnv('HOME', value);
    vi.stubEnv('XDG_DATA_HOME', value);
    expect(isAbsolute(homeFolder())).toBe(true);
    expect(folderIn('XDG_DATA_HOME')).toBeUndefined();
  });

  it('are those that are named in full', () => {
    vi.stubEnv('HOME', '/home/a');
    vi.stubEnv('XDG_DATA_HOME', '/data');
    expect([homeFolder(), folderIn('XDG_DATA_HOME')]).toEqual(['/home/a', '/data']);
  });
});
