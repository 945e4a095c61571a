// The systems for which there is a package, and what of the ONNX runtime each one needs.
//
// The package onnxruntime-node brings more than is loaded. What is left out is named here, so that a new version with other
// files is looked at before it is shipped (packages.test.ts).
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../prepare.mjs';

const binding = 'onnxruntime_binding.node';

/** A system as VS Code names it, and the libraries that the runtime loads there. */
const libraries = {
  'linux-x64': [binding, 'libonnxruntime.so.1'],
  'linux-arm64': [binding, 'libonnxruntime.so.1'],
  'win32-x64': [binding, 'onnxruntime.dll'],
  'win32-arm64': [binding, 'onnxruntime.dll'],
  'darwin-arm64': [binding, 'libonnxruntime.1.dylib'],
};

/**
 * What is not shipped. DirectML and its two compilers serve graphics processors: onnxruntime.dll loads them only when
 * somebody asks for that provider (they stand in its delayed imports, or in none), and Lacuna asks for the processor. On
 * macOS the binding loads the name with one number; the other file holds the same bytes.
 */
export const leftOut = [
  /^DirectML\.dll$/,
  /^dxcompiler\.dll$/,
  /^dxil\.dll$/,
  /^libonnxruntime\.\d+\.\d+\.\d+\.dylib$/,
];

/** All systems for which there is a package. */
export const targets = Object.keys(libraries);

/** This system, as VS Code names it. */
export const thisPlatform = `${process.platform}-${process.arch}`;

const runtimeFolder = (target) => `onnxruntime-node/bin/napi-v6/${target.replace('-', '/')}`;

/**
 * @param {string} target
 * @returns {string[]} the native files, relative to node_modules
 * @throws where there is no package for the system, with what there is
 */
export function nativeFiles(target) {
  const names = Object.hasOwn(libraries, target) ? libraries[target] : undefined;
  if (names === undefined) {
    throw new Error(
      `There is no package for ${target}, since the ONNX runtime has no library for it; there are packages for ${targets.join(', ')}.`,
    );
  }
  return names.map((name) => `${runtimeFolder(target)}/${name}`);
}

/** What onnxruntime-node holds for a system, by name, shipped or not. */
export const offeredNames = (target) => readdirSync(join(root, 'node_modules', runtimeFolder(target)));
