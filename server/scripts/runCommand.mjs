// Runs a command to its end and keeps what it printed, so that a caller can show it when the command fails.
// Only Node's own modules are used here: these scripts run before anything is installed.
import { spawn } from 'node:child_process';

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

/** The npm that started this script, or the one in the path: [command, first arguments]. */
export function npmCommand() {
  const script = process.env.npm_execpath;
  return script?.endsWith('.js') ? [process.execPath, [script]] : ['npm', []];
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
