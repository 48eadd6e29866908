import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'vite'
import { memoryDatabaseAlias } from '#tests/support/memory-database/alias.ts'

const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url))

/** Peers are found beside the files that use them, not beside the script. */
function keepAddress(code: string, file: string): string | null {
  return file.includes('/tests/peers/')
    ? code.replaceAll('import.meta.url', JSON.stringify(pathToFileURL(file).href))
    : null
}

/**
 * The simulation as one script, storage in memory and digests by Node: run from source, the loader's wrappers alone would cost more
 * than the storage does.
 */
export async function bundleSimulation(): Promise<{ script: string; remove: () => Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'caravel-simulation-'))
  await build({
    configFile: false,
    plugins: [{ name: 'own-addresses', transform: keepAddress }],
    logLevel: 'error',
    resolve: { alias: { ...memoryDatabaseAlias, '#core/shared/sha256.ts': here('native-sha256.ts') } },
    ssr: { noExternal: true },
    build: {
      ssr: here('simulate-thread.ts'),
      outDir: folder,
      target: 'node20',
      minify: false,
      sourcemap: 'inline',
      emptyOutDir: false,
      rolldownOptions: { output: { entryFileNames: 'simulation.mjs' } },
    },
  })
  return { script: path.join(folder, 'simulation.mjs'), remove: () => rm(folder, { recursive: true }) }
}
