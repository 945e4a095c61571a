// The programs that are bundled into dist/, each with the file where it begins. What they bring with them is what is shipped
// of others' work, so that the build, NOTICE and the bill of materials go by one list.

/** Of the editor's extension, the server and its threads. */
const editor = {
  extension: 'client/src/extension.ts',
  server: 'server/src/main.ts',
  worker: 'server/src/model/thread/worker.ts',
  workspace: 'server/src/workspace/worker.ts',
  convert: 'server/src/convert/thread/worker.ts',
  graphs: 'server/src/model/smallGraphs/smallGraphWorker.ts',
};

/** The command line: where it begins, the merge driver, and all commands. */
const commandLine = {
  cli: 'server/src/launch.ts',
  driver: 'server/src/driver.ts',
  commands: 'server/src/cli.ts',
};

/** Name in dist/, without its ending, to source. */
export const programs = { ...editor, ...commandLine };

/** What stays outside the bundles: the editor brings one, and the other is native. */
export const outside = ['vscode', 'onnxruntime-node'];
