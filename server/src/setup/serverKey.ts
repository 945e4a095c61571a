// The key of a model server. It comes in the environment, since arguments can be seen by other users and settings are
// synchronised and committed; our own client takes it from the editor's secret storage.

export const serverKeyVariable = 'LACUNA_SERVER_KEY';

/** Takes the key out of the environment, so that no program that we start inherits it. */
export function takeServerKey(): string | undefined {
  const key = process.env[serverKeyVariable];
  delete process.env[serverKeyVariable];
  return key === undefined || key === '' ? undefined : key;
}
