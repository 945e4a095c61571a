// Finds a Chromium for the tests in the editor; on Debian, as root, installs the distribution's own.
import { existsSync } from 'node:fs';
import { isStarted, mustRun } from '../../server/scripts/runCommand.mjs';

const places = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
].filter((place) => place !== undefined && place !== '');

/** The path of a Chromium on this machine, or undefined. */
export function findBrowser() {
  return places.find((place) => existsSync(place));
}

/** Why a browser cannot be had on this machine, or undefined. */
export function browserObstacle() {
  if (findBrowser() !== undefined || mayInstallPackages()) return undefined;
  return 'no Chromium is installed (CHROMIUM_PATH may name one), and only root on Debian can be given one';
}

/** Brings a browser where there is none. Returns its path, and throws when the packages cannot be had. */
export async function installBrowser() {
  if (findBrowser() === undefined) await installPackages(['chromium', 'fonts-dejavu-core']);
  const browser = findBrowser();
  if (browser === undefined) throw new Error('The package chromium was installed, but it brought no browser.');
  return browser;
}

/** Whether Debian packages may be installed here. */
export function mayInstallPackages() {
  return process.getuid?.() === 0 && existsSync('/etc/debian_version') && existsSync('/usr/bin/apt-get');
}

let packagesInstalled = Promise.resolve();

/** Installs Debian packages, one call after the other, since apt-get locks its lists. */
export function installPackages(names) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const install = async () => {
    await mustRun('apt-get', ['update'], { env });
    await mustRun('apt-get', ['install', '-y', '--no-install-recommends', ...names], { env });
  };
  packagesInstalled = packagesInstalled.catch(() => undefined).then(install);
  return packagesInstalled;
}

if (isStarted(import.meta.url)) {
  console.log(await installBrowser());
}
