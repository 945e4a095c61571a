// Tells the server where names are defined, from what the editor's other extensions know. They may be slow, so what they say
// later than at once is kept for the next time.

import { LRUCache } from 'lru-cache';
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import {
  definitionsRequest,
  type DefinitionsParams,
  type DefinitionsResult,
} from '../../../server/src/protocol/messages.js';
import { openDocument } from '../editor/openDocument.js';

/** Milliseconds that the server is kept waiting. */
const patienceMs = 30;

/** Names that are remembered, and for how many milliseconds: definitions move when code is written. */
const mostNames = 500;
const lifeMs = 60_000;

/** That nothing is known of a name is soon asked anew: a language server that has just started knows nothing yet. */
const unknownLifeMs = 3_000;

interface Definition {
  readonly uri: vscode.Uri;
  readonly line: number;
}

export function answerDefinitions(client: LanguageClient): vscode.Disposable {
  const known = new LRUCache<string, Promise<Definition | undefined>>({ max: mostNames, ttl: lifeMs });

  const find = (document: vscode.TextDocument, name: string, position: vscode.Position) => {
    const key = `${document.uri.toString()} ${name}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const found = definitionElsewhere(document, position).catch(() => undefined);
    known.set(key, found);
    void found.then((definition) => {
      if (definition === undefined && known.get(key) === found) known.set(key, found, { ttl: unknownLifeMs });
    });
    return found;
  };

  return client.onRequest(
    definitionsRequest,
    async ({ textDocument, names }: DefinitionsParams): Promise<DefinitionsResult> => {
      const document = openDocument(client.protocol2CodeConverter.asUri(textDocument.uri).toString());
      if (document === undefined) return { definitions: [] };
      const late = new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), patienceMs));
      const found = await Promise.all(
        names.map(async ({ name, position }) => {
          const place = client.protocol2CodeConverter.asPosition(position);
          const word = document.getWordRangeAtPosition(place);
          // The document may have changed since the server saw it.
          if (word === undefined || document.getText(word) !== name) return [];
          const definition = await Promise.race([find(document, name, place), late]);
          if (definition === undefined) return [];
          return [{ name, uri: client.code2ProtocolConverter.asUri(definition.uri), line: definition.line }];
        }),
      );
      return { definitions: found.flat() };
    },
  );
}

/** The definition in another file: of the name, or, where that is defined in this one, of its type. */
async function definitionElsewhere(
  { uri }: vscode.TextDocument,
  position: vscode.Position,
): Promise<Definition | undefined> {
  for (const command of ['vscode.executeDefinitionProvider', 'vscode.executeTypeDefinitionProvider']) {
    const places = await vscode.commands.executeCommand<readonly (vscode.Location | vscode.LocationLink)[]>(
      command,
      uri,
      position,
    );
    const other = places.map(toDefinition).find((place) => place.uri.toString() !== uri.toString());
    if (other !== undefined) return other;
  }
  return undefined;
}

function toDefinition(place: vscode.Location | vscode.LocationLink): Definition {
  return 'targetUri' in place
    ? { uri: place.targetUri, line: place.targetRange.start.line }
    : { uri: place.uri, line: place.range.start.line };
}
