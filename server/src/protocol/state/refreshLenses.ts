import { CodeLensRefreshRequest, type Connection, type InitializeParams } from 'vscode-languageserver';

/** Asks the editor to ask for the lenses again, where it can. */
export function refreshLenses(
  connection: Connection,
  capabilities: InitializeParams['capabilities']['workspace'],
): void {
  if (capabilities?.codeLens?.refreshSupport !== true) return;
  connection.sendRequest(CodeLensRefreshRequest.type).catch(() => undefined);
}
