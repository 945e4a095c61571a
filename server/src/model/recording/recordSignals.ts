// The signals of recorded tokens (record.ts), at every exit: what the controller is trained on.

import { chooseTop, TOP_CHOICES, type Choice } from '../tokens/distribution.js';
import { float16ToFloat32, loadEmbedding } from '../runtime/embedding.js';
import { openExits } from '../exits/exits.js';
import { ModelFolderError, readManifest } from '../manifest.js';
import type { Prompt } from '../language.js';
import { tokenizePrompt } from '../tokens/prompt.js';
import { LineSignals, signalCount } from '../exits/signals.js';
import { loadTokenizer } from '../tokens/tokenizer.js';
import { words } from '../../common/words.js';

/** A token as the command `record` wrote it. */
export interface ReplayedToken {
  readonly id: number;
  readonly forced: number;
  readonly entropy: number;
  readonly top: readonly (readonly [number, number])[];
}

export interface SignalWriter {
  /** Numbers of a recorded row: states at every segment's end. */
  readonly rowLength: number;
  /**
   * @param states half-precision numbers, [tokens, segments, hidden]
   * @returns signals, [tokens, exits, signals], and the token that each exit chooses, [tokens, exits]; the last exit is
   * the last layer
   */
  signalsOf(
    prompt: Prompt,
    tokens: readonly ReplayedToken[],
    states: Uint8Array,
  ): Promise<{ readonly signals: Float32Array; readonly choices: Int32Array }>;
  release(): Promise<void>;
}

/** @throws ModelFolderError with one sentence */
export async function openSignalWriter(folder: string): Promise<SignalWriter> {
  const manifest = await readManifest(folder);
  const [tokenizer, embed] = await Promise.all([loadTokenizer(folder, manifest), loadEmbedding(folder, manifest)]);
  const exits = await openExits(folder, manifest, embed);
  if (exits === undefined) throw new ModelFolderError(words('The model folder {0} has no exits.', folder));
  const { hidden: width } = manifest.architecture;
  const segments = manifest.segments.map(({ to }) => to);
  const size = signalCount(exits.layers.length);
  const choose = async (layer: number, hidden: Float32Array): Promise<readonly Choice[]> =>
    chooseTop(await exits.shortlist.logits(await exits.adapt(layer, hidden, 1), 1), TOP_CHOICES);
  return {
    rowLength: segments.length * width,
    release: () => exits.release(),
    async signalsOf(prompt, tokens, halves) {
      const states = float16ToFloat32(halves);
      const { ids } = tokenizePrompt(tokenizer, manifest, prompt);
      const line = new LineSignals(prompt, exits.layers, [...ids]);
      const signals = new Float32Array(tokens.length * exits.layers.length * size);
      const choices = new Int32Array(tokens.length * exits.layers.length);
      for (const [row, token] of tokens.entries()) {
        let before: number | undefined;
        for (const [exit, layer] of exits.layers.entries()) {
          const at = (row * segments.length + segments.indexOf(layer)) * width;
          const isLast = layer === segments.at(-1);
          const top = isLast ? topOf(token) : await choose(layer, states.slice(at, at + width));
          const { id } = top[0]!;
          const bytes = tokenizer.bytes(id);
          const chosen = {
            top,
            bytes,
            isEnd: tokenizer.isSpecial(id),
            isForced: bytes !== '' && bytes.length <= token.forced,
            layer,
            agrees: isLast || before === undefined ? undefined : before === id,
          };
          const vector = isLast ? line.push(chosen) : line.of(chosen);
          signals.set(vector, (row * exits.layers.length + exit) * size);
          choices[row * exits.layers.length + exit] = id;
          before = id;
        }
      }
      return { signals, choices };
    },
  };
}

function topOf({ entropy, top }: ReplayedToken): readonly Choice[] {
  return top.map(([id, logProbability]) => ({ id, logProbability, entropy }));
}
