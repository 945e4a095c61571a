// Where the models lie that a user has added, and which of them is used where nobody names another: a folder of the user's
// own, outside of the package, so that an update keeps it and the editor and the command line share it.

import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import * as z from 'zod';
import { diskErrorWords } from '../../common/diskError.js';
import { InputError } from '../../common/inputError.js';
import { replaceFile } from '../../common/replaceFile.js';
import { folderIn, homeFolder } from '../../common/userFolder.js';
import { words, type Words } from '../../common/words.js';
import { unfinishedFolder } from '../../convert/index.js';
import { readRecalibration } from '../../model/index.js';
import { hasOwnController } from '../calibrateModel.js';
import { findInstallation } from '../installation.js';

/** The environment variable that names another folder. */
const VARIABLE = 'LACUNA_MODELS';

/** By the customs of the system. */
export function modelsFolder(): string {
  const { env, platform } = process;
  const own = env[VARIABLE];
  if (own !== undefined && own !== '') return own;
  if (platform === 'darwin') return join(homeFolder(), 'Library', 'Application Support', 'lacuna', 'models');
  if (platform === 'win32') return join(folderIn('LOCALAPPDATA') ?? join(homeFolder(), 'AppData', 'Local'), 'lacuna', 'models');
  return join(folderIn('XDG_DATA_HOME') ?? join(homeFolder(), '.local', 'share'), 'lacuna', 'models');
}

export interface InstalledModel {
  readonly name: string;
  readonly folder: string;
  /** Whether it came with the package. */
  readonly ships: boolean;
  readonly bytes: number;
  readonly family: string;
  /** Of the files that a token is computed with. */
  readonly layers: number;
  readonly vocabulary: number;
  /** What the file was called that it was made from; undefined where that is not told. */
  readonly source: string | undefined;
  /** Whether its probabilities are calibrated: it has a controller of its own, or was measured on this machine. */
  readonly calibrated: boolean;
}

const manifestSchema = z.object({
  source: z.object({ file: z.string() }).partial(),
  architecture: z.object({ family: z.string(), layers: z.number(), vocabulary: z.number() }),
  files: z.record(z.string(), z.object({ bytes: z.number() })),
});

/** The model that ships first, then those that were added, by name. */
export async function installedModels(): Promise<readonly InstalledModel[]> {
  const shipped = findInstallation().modelFolder;
  const names = await readdir(modelsFolder()).catch(() => [] as string[]);
  const folders = [
    { folder: shipped, ships: true },
    ...names
      .filter((name) => !name.startsWith('.'))
      .sort()
      .map((name) => ({ folder: join(modelsFolder(), name), ships: false })),
  ];
  const found = await Promise.all(folders.map(({ folder, ships }) => describe(folder, ships)));
  return found.filter((model) => model !== undefined);
}

async function describe(folder: string, ships: boolean): Promise<InstalledModel | undefined> {
  try {
    const manifest = manifestSchema.parse(JSON.parse(await readFile(join(folder, 'model.json'), 'utf8')));
    const { family, layers, vocabulary } = manifest.architecture;
    const bytes = Object.values(manifest.files).reduce((sum, file) => sum + file.bytes, 0);
    const calibrated = hasOwnController(folder) || (await readRecalibration(folder)) !== undefined;
    const { file: source } = manifest.source;
    return { name: basename(folder), folder, ships, bytes, family, layers, vocabulary, source, calibrated };
  } catch {
    return undefined;
  }
}

/**
 * The folder of a model by its name, or by the folder itself; where nothing is named, of the one that was chosen for such
 * cases, or the one that ships.
 */
export function folderOfModel(named: string | undefined): string {
  const { modelFolder } = findInstallation();
  if (named === undefined || named === '') return chosenFolder() ?? modelFolder;
  if (existsSync(join(named, 'model.json'))) return named;
  if (named === basename(modelFolder)) return modelFolder;
  return isName(named) && existsSync(join(modelsFolder(), named)) ? join(modelsFolder(), named) : named;
}

/** The file with the name of the chosen model. */
const CHOICE = '.chosen';

function chosenFolder(): string | undefined {
  const folder = join(modelsFolder(), choice() ?? '');
  return existsSync(join(folder, 'model.json')) ? folder : undefined;
}

/** The name of the chosen model, which may be gone; undefined where none was chosen. */
function choice(): string | undefined {
  try {
    const name = readFileSync(join(modelsFolder(), CHOICE), 'utf8').trim();
    return isName(name) ? name : undefined;
  } catch {
    return undefined;
  }
}

/** Says, where nothing is named, that the model that was chosen for such cases is gone and which takes its place. */
export function goneChoice(named: string | undefined): Words | undefined {
  const name = choice();
  if ((named ?? '') !== '' || name === undefined || chosenFolder() !== undefined) return undefined;
  return words(
    'The chosen model {0} is gone, and {1} is used in its place; lacuna model use chooses another.',
    name,
    basename(findInstallation().modelFolder),
  );
}

/** @throws InputError where there is no such model */
export async function chooseModel(name: string): Promise<void> {
  await requireModel(name);
  const shipped = basename(findInstallation().modelFolder);
  const file = join(modelsFolder(), CHOICE);
  await inModelsFolder(() => (name === shipped ? rm(file, { force: true }) : replaceFile(file, `${name}\n`)));
}

/** @throws InputError where there is no such model, or it is no user's to remove */
export async function removeModel(name: string): Promise<void> {
  const unfinished = isName(name) ? unfinishedFolder(modelsFolder(), name) : '';
  const isUnfinished = unfinished !== '' && (await stat(unfinished).catch(() => undefined)) !== undefined;
  if (isUnfinished) await inModelsFolder(() => rm(unfinished, { recursive: true, force: true }));
  // By its folder: what is damaged is in no list, and still in the way of another of its name.
  const entries = await readdir(modelsFolder(), { withFileTypes: true }).catch(() => []);
  const added = entries.find((entry) => entry.name === name && !entry.isFile());
  if (added === undefined || name.startsWith('.')) {
    if (isUnfinished) return;
    if ((await installedModels()).some((one) => one.name === name))
      throw new InputError(words('The model {0} came with Lacuna and stays.', name));
    throw noSuchModel(name);
  }
  await inModelsFolder(async () => {
    if (choice() === name) await rm(join(modelsFolder(), CHOICE), { force: true });
    await rm(join(modelsFolder(), name), { recursive: true });
  });
}

/** @throws InputError with one sentence where the disk refuses the work */
async function inModelsFolder(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const said = diskErrorWords(error, modelsFolder());
    throw said === undefined ? error : new InputError(said);
  }
}

async function requireModel(name: string): Promise<void> {
  if (!(await installedModels()).some((model) => model.name === name)) throw noSuchModel(name);
}

function noSuchModel(name: string): InputError {
  return new InputError(words('There is no model named {0}; lacuna model list shows those that there are.', name));
}

/** What Windows calls a device by, whatever ending follows. */
const DEVICE = /^(con|prn|aux|nul|(com|lpt)\d)(\.|$)/i;

/** Whether a text can be the name of a model: it is the name of a folder, on every system. */
export function isName(text: string): boolean {
  return /^[a-zA-Z0-9][\w.-]{0,63}$/.test(text) && !text.endsWith('.') && !DEVICE.test(text);
}

/** The folder, made where it is missing. */
export async function madeModelsFolder(): Promise<string> {
  const folder = modelsFolder();
  await inModelsFolder(async () => void (await mkdir(folder, { recursive: true })));
  return folder;
}
