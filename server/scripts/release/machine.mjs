// For which machine a native file was built, by its first bytes.

const elf = new Map([
  [0x3e, 'linux-x64'],
  [0xb7, 'linux-arm64'],
]);
const portable = new Map([
  [0x8664, 'win32-x64'],
  [0xaa64, 'win32-arm64'],
]);
const mach = new Map([
  [0x01000007, 'darwin-x64'],
  [0x0100000c, 'darwin-arm64'],
]);

/**
 * @param {Buffer} bytes the beginning of the file, a kilobyte at least
 * @returns {string | undefined} the system as VS Code names it, or undefined for a machine that is not known
 */
export function machineOf(bytes) {
  if (bytes.length < 64) return undefined;
  if (bytes.readUInt32BE(0) === 0x7f454c46) return elf.get(bytes.readUInt16LE(18));
  if (bytes.readUInt32LE(0) === 0xfeedfacf) return mach.get(bytes.readUInt32LE(4));
  if (bytes.toString('latin1', 0, 2) !== 'MZ') return undefined;
  const header = bytes.readUInt32LE(60);
  if (header + 6 > bytes.length || bytes.toString('latin1', header, header + 4) !== 'PE\0\0') return undefined;
  return portable.get(bytes.readUInt16LE(header + 4));
}
