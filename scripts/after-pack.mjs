// @ts-check
import { rm } from 'node:fs/promises'
import path from 'node:path'

/**
 * What belongs to development must not travel. electron-builder tidies a downloaded Electron by itself, but copies a given
 * folder (`electronDist`) as it is.
 * @param {import('electron-builder').AfterPackContext} context
 */
export default async function afterPack({ appOutDir, packager }) {
  const unwanted = [path.join(packager.getResourcesDir(appOutDir), 'default_app.asar')]
  if (packager.platform.nodeName !== 'darwin')
    unwanted.push(path.join(appOutDir, 'version'), path.join(appOutDir, 'caravel-stamp.json'))
  await Promise.all(unwanted.map((file) => rm(file, { force: true })))
}
