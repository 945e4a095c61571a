// Where the bundled files and the model lie, seen from the bundled command line (dist/cli.cjs).

import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import packageJson from '../../../package.json' with { type: 'json' };

/** The version of Lacuna. */
export const version = packageJson.version;

export interface Installation {
  /** The bundled worker of the model. */
  readonly workerFile: string;
  /** The bundled worker of small graphs. */
  readonly graphWorkerFile: string;
  /** The bundled worker that makes models. */
  readonly convertWorkerFile: string;
  /** The bundled worker that reads the workspace. */
  readonly workspaceWorkerFile: string;
  /** The ranker of merges that ships with the package. */
  readonly mergeModelFolder: string;
  /** The grammars and web-tree-sitter.wasm. */
  readonly grammarFolder: string;
  /** The bundles of translations. */
  readonly wordsFolder: string;
  /** The model that ships with the package. */
  readonly modelFolder: string;
  /** What was measured of models that users may add. */
  readonly calibratedFolder: string;
  /** Small programs, to try things on and to calibrate a model on. */
  readonly programsFolder: string;
}

/** Everything lies beside the bundle, or beside the bundle's folder. */
export function findInstallation(): Installation {
  const folder = fileURLToPath(new URL('.', import.meta.url));
  return {
    workerFile: join(folder, 'worker.cjs'),
    graphWorkerFile: join(folder, 'graphs.cjs'),
    convertWorkerFile: join(folder, 'convert.cjs'),
    workspaceWorkerFile: join(folder, 'workspace.cjs'),
    mergeModelFolder: join(folder, '..', 'models', 'lacuna-merge'),
    grammarFolder: join(folder, 'grammars'),
    wordsFolder: join(folder, '..', 'l10n'),
    modelFolder: join(folder, '..', 'models', 'lacuna-0.5b'),
    calibratedFolder: join(folder, '..', 'models', 'calibrated'),
    programsFolder: join(folder, '..', 'examples'),
  };
}

/** The version of the ONNX runtime that is installed; undefined when there is none. */
export function runtimeVersion(): string | undefined {
  try {
    const read = createRequire(import.meta.url);
    return (read('onnxruntime-node/package.json') as { version: string }).version;
  } catch {
    return undefined;
  }
}
