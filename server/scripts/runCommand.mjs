// Runs a command to its end and keeps what it printed, so that a caller can show it when the command fails.
// Only Node's own modules are used here: these scripts run before anything is installed.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, show?: boolean }} [options] `show` lets the output through as it comes.
 * @returns {Promise<{ code: number, output: string }>} The exit status (127 when the command is not there) and the
 *   standard output and error together; the output is empty where it was shown.
 */
export function runCommand(command, args, { cwd, env = process.env, show = false } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env, stdio: show ? 'inherit' : ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const keep = (chunk) => (output += chunk);
    child.stdout?.setEncoding('utf8').on('data', keep);
    child.stderr?.setEncoding('utf8').on('data', keep);
    child.on('error', (error) => resolve({ code: 127, output: `${output}${error.message}\n` }));
    child.on('close', (code, signal) =>
      resolve({ code: code ?? 1, output: signal ? `${output}(${signal})\n` : output }),
    );
  });
}

/** As runCommand, but a status other than 0 becomes an error that shows the end of the output. */
export async function mustRun(command, args, options) {
  const { code, output } = await runCommand(command, args, options);
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with status ${code}\n${output.slice(-4000)}`);
  return output;
}

/**
 * The npm that started this script, the one that came with this Node, or the one in the path: [command, first arguments].
 * On Windows the one in the path is a script (npm.cmd), which no process can be started from without a shell.
 * @param {{ npm_execpath?: string }} [environment]
 * @param {string} [node] the program
 * @param {(file: string) => boolean} [exists]
 * @param {Pick<typeof path, 'dirname' | 'join'>} [paths] as the system writes them
 * @returns {[string, string[]]}
 */
export function npmCommand(
  { npm_execpath: started } = process.env,
  node = process.execPath,
  exists = existsSync,
  { dirname, join } = path,
) {
  const beside = join(dirname(node), 'node_modules/npm/bin/npm-cli.js');
  const script = [started, beside].find((file) => file !== undefined && /npm-cli\.js$/.test(file) && exists(file));
  return script === undefined ? ['npm', []] : [node, [script]];
}

/**
 * Whether a module is the program that Node was started with, rather than imported.
 * @param {string} url import.meta.url of the module
 */
export function isStarted(url) {
  return process.argv[1] !== undefined && url === pathToFileURL(path.resolve(process.argv[1])).href;
}

/** Runs npm in a folder. A download may fail by chance, so it gets three tries. */
export async function npm(args, options) {
  const [command, first] = npmCommand();
  for (let tries = 3; ; tries -= 1) {
    try {
      return await mustRun(command, [...first, ...args], options);
    } catch (error) {
      if (tries === 1) throw error;
    }
  }
}
