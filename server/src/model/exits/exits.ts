// A model's exits, opened: adapters behind early layers, the shortlist of the head, the draft layer, and the controller.

import { join } from 'node:path';
import type { Embed } from '../runtime/embedding.js';
import { createController, type Controller } from './controller.js';
import { createDraftLayer, type DraftLayer } from '../draft/layer.js';
import { EXITS_FOLDER, readExitsManifest, type EstimatorManifest } from './exitsManifest.js';
import type { Manifest } from '../manifest.js';
import { sigmoid } from '../../common/sigmoid.js';
import type { LineJudge } from './estimator.js';
import type { Calibrated } from '../language.js';
import { languageOf } from './signals.js';
import { openSmallGraph, type SmallGraph } from '../runtime/session.js';
import { createShortlist, type Shortlist } from '../runtime/shortlist.js';

export interface Exits {
  /** Layers after which there is an exit, the last layer included. */
  readonly layers: readonly number[];
  readonly shortlist: Shortlist;
  readonly draftLayer: DraftLayer;
  /** How likely a line is right: the controller with its recalibration and certificate; undefined while it is not trained yet. */
  readonly estimator: (EstimatorManifest & { readonly network: Controller }) | undefined;
  /** States after an exit's layer as the last layer would give them. @param hidden [count, hidden] */
  adapt(layer: number, hidden: Float32Array, count: number): Promise<Float32Array>;
  release(): Promise<void>;
}

/**
 * Opens the exits of a model folder; undefined where it has none.
 * @throws ModelFolderError with one sentence
 */
export async function openExits(folder: string, manifest: Manifest, embed: Embed): Promise<Exits | undefined> {
  const found = await readExitsManifest(folder, manifest);
  if (found === undefined) return undefined;
  const opened: SmallGraph[] = [];
  const release = async (): Promise<void> => {
    for (const graph of opened.splice(0)) await graph.release();
  };
  const open = async (...path: string[]): Promise<SmallGraph> => {
    const graph = await openSmallGraph(join(folder, ...path));
    opened.push(graph);
    return graph;
  };
  try {
    const shortlist = createShortlist(await open(found.shortlist.file), found.shortlist.tokens);
    const adapters = new Map<number, SmallGraph>();
    for (const { layer, file } of found.exits) adapters.set(layer, await open(EXITS_FOLDER, file));
    const { estimator } = found;
    const draftLayer = createDraftLayer(await open(EXITS_FOLDER, found.draft.file), shortlist, embed);
    return {
      layers: [...found.exits.map(({ layer }) => layer), manifest.architecture.layers],
      shortlist,
      draftLayer,
      estimator: estimator && {
        ...estimator,
        network: createController(await open(EXITS_FOLDER, estimator.controller.file)),
      },
      async adapt(layer, hidden, count) {
        const dims = [1, count, hidden.length / count];
        const results = await adapters.get(layer)!.run({ hidden: { data: hidden, dims } });
        return results['hidden_out']!.data as Float32Array;
      },
      release,
    };
  } catch (error) {
    await release();
    throw error;
  }
}

/** How likely a line is right, by the controller that was trained for the model. */
export function ownController(
  layers: readonly number[],
  { network, calibration: { languages, thresholds, n } }: NonNullable<Exits['estimator']>,
): LineJudge & Required<Calibrated> {
  return {
    layers,
    thresholds,
    calibration: { lines: n, source: 'training' },
    async right(path, hidden, signals) {
      const { right } = await network.estimate(hidden, signals);
      const { slope, offset } = languages[languageOf(path)] ?? languages.at(-1)!;
      return sigmoid(slope * right + offset);
    },
  };
}
