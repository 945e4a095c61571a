// The models of this machine and what they would cost, for whoever chooses one.

import { foundModels, type FoundModel } from './foundModels.js';
import { installedModels, type InstalledModel } from './modelsFolder.js';
import { expectedMs, keptSpeed } from './speed.js';

type Cost = { readonly ghostTextMs: number | undefined };

export interface ListedModels {
  readonly models: readonly (InstalledModel & Cost & { readonly used: boolean })[];
  readonly found: readonly (FoundModel & Cost)[];
}

/** @param folder of the model that is used */
export async function listModels(folder: string): Promise<ListedModels> {
  const speed = await keptSpeed();
  const cost = (bytes: number | undefined): number | undefined =>
    speed === undefined || bytes === undefined ? undefined : expectedMs(bytes, speed);
  const [installed, found] = await Promise.all([installedModels(), foundModels()]);
  return {
    models: installed.map((model) => ({
      ...model,
      used: model.folder === folder,
      ghostTextMs: cost(model.bytes),
    })),
    found: found.map((file) => ({ ...file, ghostTextMs: cost(file.weights) })),
  };
}
