import type { DocumentSnapshot } from '../../common/document.js';
import { locate, type Place } from '../place/place.js';
import type { Filter } from './filter.js';
import { secretsOf } from './secretValue.js';

/** A made-up or remembered key is of no use and may be somebody's; one that the file holds is not to be spread in it. */
export const secrets: Filter = (text, { place }) => {
  const isConfiguration = isConfigurationFile(place);
  const written = place.prefix + text;
  const lines = written.split('\n');
  const from = lines.length - text.split('\n').length;
  for (let index = from; index < lines.length; index++) {
    const line = lines[index]!;
    const typed = index === from ? place.linePrefix.length : 0;
    const above = lines[index - 1] ?? '';
    const elsewhere = `${lines.slice(0, index).join('\n')}\n${place.suffix}`;
    const found = secretsOf({ text: line, above, isConfiguration, elsewhere });
    if (found.some(({ end }) => end > typed)) return { dropped: 'looksSecret' };
  }
  return text;
};

/** The same for who has no place: whether a text at an offset of a document would look like a secret. */
export function looksSecretAt(document: DocumentSnapshot, offset: number, text: string): boolean {
  const context = { place: locate(document, offset), trigger: 'manual', isTypedAlong: false } as const;
  return typeof secrets(text, context) !== 'string';
}

const configurations = new Set(
  'yaml dockercompose properties dotenv env ini dockerfile shellscript makefile conf toml terraform hcl helm'.split(
    ' ',
  ),
);

const configurationNames =
  /(?:^|[\\/])(?:\.env(?:\..*)?|[^\\/]*\.(?:env|ya?ml|properties|ini|cfg|conf|cnf|toml|sh|tf)|\.[a-z]+rc|(?:Dockerfile|Containerfile)(?:\..*)?|.*\.Dockerfile)$/i;

/** Whether values stand in the file without quotes. */
function isConfigurationFile({ document: { languageId, path } }: Place): boolean {
  return configurations.has(languageId) || configurationNames.test(path);
}
