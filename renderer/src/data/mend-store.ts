import Dexie, { type Table } from 'dexie'

/**
 * LevelDB appends to the torn end of its log after a full disk, then judges the log damaged and Chromium deletes the store.
 * Writing more than the log holds makes LevelDB begin a new one, past the torn place. All databases of the origin share the
 * log, so this is done in a database of its own. Measured: reference/sync-perf.md, "Crash and full disk".
 */

const SCRATCH = 'caravel-scratch'
const VALUE_BYTES = 10_000
const VALUES = 1_000
const PER_TRANSACTION = 20

/** Room that must be free before the store is mended. */
export const MEND_NEEDS_BYTES = 50 * 1024 * 1024

/** `progress` hears shares from 0 to 1. Rejects with the store's own error. */
export async function mendStore(progress: (share: number) => void): Promise<void> {
  await Dexie.delete(SCRATCH)
  const scratch = new Dexie(SCRATCH, { chromeTransactionDurability: 'strict' })
  scratch.version(1).stores({ noise: '++' })
  const noise: Table<Uint8Array, number> = scratch.table('noise')
  try {
    await scratch.open()
    for (let done = 0; done < VALUES; done += PER_TRANSACTION) {
      await noise.bulkAdd(Array.from({ length: PER_TRANSACTION }, incompressible))
      progress((done + PER_TRANSACTION) / VALUES)
    }
  } finally {
    scratch.close()
  }
  await Dexie.delete(SCRATCH)
}

function incompressible(): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(VALUE_BYTES))
}
