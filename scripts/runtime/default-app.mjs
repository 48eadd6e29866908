// @ts-check
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'

const PACKAGE_JSON = `${JSON.stringify({ name: 'electron', productName: 'Electron', main: 'main.js' })}\n`

/**
 * Electron runs `resources/default_app.asar` when it is started with a folder. This one does what the app needs of the
 * original and no more. A failure goes to the terminal and ends the process: the original's error box would wait for a
 * click that never comes where there is no screen.
 */
const MAIN_JS = `'use strict';
const path = require('node:path');
const { app } = require('electron');

function fail(message) {
  console.error(message);
  process.exit(1);
}

const required = [];
let folder;
for (let i = 1; i < process.argv.length && folder === undefined; i += 1) {
  const argument = process.argv[i];
  if (argument === '-r' || argument === '--require') required.push(process.argv[(i += 1)]);
  else if (!argument.startsWith('-')) folder = path.resolve(argument);
}
if (folder === undefined) fail('Usage: electron [options] <app folder> [arguments]');

Object.defineProperty(process, 'defaultApp', { configurable: false, enumerable: true, value: true });
try {
  for (const file of required) require(path.resolve(file));
  const manifest = require(path.join(folder, 'package.json'));
  app.setAppPath(folder);
  app.setName(manifest.productName || manifest.name);
  if (manifest.version) app.setVersion(manifest.version);
  require(path.join(folder, manifest.main || 'index.js'));
} catch (error) {
  fail('Cannot start the app in ' + folder + '\\n' + (error && error.stack ? error.stack : error));
}
`

/**
 * The files of our own `default_app.asar`.
 * @returns {Record<string, string>} file name → content
 */
export function defaultAppFiles() {
  return { 'package.json': PACKAGE_JSON, 'main.js': MAIN_JS }
}

/**
 * Writes `default_app.asar` into a `resources` folder, in one piece.
 * @param {string} resourcesPath
 * @returns {Promise<void>}
 */
export async function writeDefaultApp(resourcesPath) {
  const createPackage = await loadCreatePackage()
  await mkdir(resourcesPath, { recursive: true })
  const work = await mkdtemp(path.join(resourcesPath, '..', '.default-app-'))
  try {
    const source = path.join(work, 'source')
    await mkdir(source)
    for (const [name, text] of Object.entries(defaultAppFiles()))
      await writeFile(path.join(source, name), text)
    await createPackage(source, path.join(work, 'default_app.asar'))
    await rename(path.join(work, 'default_app.asar'), path.join(resourcesPath, 'default_app.asar'))
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

/** @returns {Promise<typeof import('@electron/asar').createPackage>} */
async function loadCreatePackage() {
  try {
    // Version 3 is CommonJS, version 4 an ES module.
    const asar = await import('@electron/asar')
    return asar.createPackage ?? /** @type {any} */ (asar).default.createPackage
  } catch {
    throw new Error('The package @electron/asar is missing. Run `npm ci` in the project folder first.')
  }
}
