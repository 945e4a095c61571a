// What the doctor says of the models of this machine: what each would cost in time, and which one is the right one here.

import { asIs, decimal, words } from '../../common/words.js';
import type { ExaminationLine } from '../examine.js';
import { installedModels } from './modelsFolder.js';
import { expectedMs, keepSpeed, recommended } from './speed.js';

/**
 * Keeps what was measured, for whoever lists models.
 * @param folder of the model that was measured
 */
export async function compareModels(
  folder: string,
  speed: { readonly msPerToken: number; readonly promptTokensPerSecond: number },
): Promise<readonly ExaminationLine[]> {
  const models = await installedModels();
  const bytes = models.find((model) => model.folder === folder)?.bytes;
  if (bytes === undefined) return [];
  const measured = { bytes, ...speed };
  await keepSpeed(measured);
  if (models.length < 2) return [];
  const best = recommended(models, measured);
  const costs = models.map((model): ExaminationLine => {
    const seconds = decimal(expectedMs(model.bytes, measured) / 1000, 1);
    return { name: asIs(model.name), value: words('about {0} s to ghost text', seconds), ok: true };
  });
  const advice = best === undefined ? [] : [{ name: words('recommended'), value: asIs(best.name), ok: true }];
  return [...costs, ...advice];
}
