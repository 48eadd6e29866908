import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The folder with official contracts and data, which is not part of this repository; undefined where it is absent. */
export const specsFolder = findSpecs()

function findSpecs(): string | undefined {
  const folder = process.env.CARAVEL_SPECS
  return folder && existsSync(folder) ? folder : undefined
}

/** Said in the name of every suite that cannot run. */
export const SKIPPED = specsFolder ? '' : ' (skipped: CARAVEL_SPECS is not set)'

export function readSpec(path: string): unknown {
  return JSON.parse(readSpecText(path))
}

export function readSpecText(path: string): string {
  if (!specsFolder) throw new Error('CARAVEL_SPECS is not set')
  return readFileSync(join(specsFolder, path), 'utf8')
}
