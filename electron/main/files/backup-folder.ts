import * as nodeFs from 'node:fs/promises'
import path from 'node:path'
import {
  BACKUP_OCCASIONS,
  WORKSPACE_KINDS,
  type Backup,
  type BackupOccasion,
  type WorkspaceKind,
} from '#core/contracts/transfer.ts'

const EXTENSION = '.caravel-backup'
const NAME = new RegExp(
  `^(${WORKSPACE_KINDS.join('|')})-(\\d{13})-(${BACKUP_OCCASIONS.join('|')})\\${EXTENSION}$`,
)
const DAY = 86_400_000
const DAILY = 7
const WEEKLY = 4
const UPGRADES = 2

/** The folder of backups that main owns; its files' names say what they are. */
export interface BackupFolder {
  list(): Promise<Backup[]>
  /** Where a backup made now goes. */
  placeFor(workspace: WorkspaceKind, occasion: BackupOccasion): Promise<string>
  /** Null for a name that is not in the folder. */
  find(id: string): Promise<string | null>
  /** Removes what rotation no longer keeps; an unfinished file is removed by the next export (export-sessions.ts). */
  rotate(): Promise<void>
}

export function createBackupFolder(folder: string, now: () => number): BackupFolder {
  async function list(): Promise<Backup[]> {
    const names = await nodeFs.readdir(folder).catch(() => [])
    const read = names.map((name) => describeBackup(folder, name))
    const found = (await Promise.all(read)).filter((backup) => backup !== null)
    return found.sort((a, b) => b.createdAt - a.createdAt)
  }
  return {
    list,
    async placeFor(workspace, occasion) {
      await nodeFs.mkdir(folder, { recursive: true })
      return path.join(folder, `${workspace}-${String(now()).padStart(13, '0')}-${occasion}${EXTENSION}`)
    },
    async find(id) {
      return (await list()).some((backup) => backup.id === id) ? path.join(folder, id) : null
    },
    async rotate() {
      const all = await list()
      const kept = new Set(
        WORKSPACE_KINDS.flatMap((kind) => keptBackups(all.filter(({ workspace }) => workspace === kind))),
      )
      const gone = all.filter((backup) => !kept.has(backup)).map(({ id }) => id)
      await Promise.all(gone.map((id) => nodeFs.rm(path.join(folder, id), { force: true })))
    },
  }
}

/**
 * Of one workspace's backups, newest first: the newest of each of the last 7 days that have one, the newest of each of the last 4
 * weeks, and the last 2 from before an upgrade. Days without a backup do not count, so a desk that was off keeps as many.
 */
export function keptBackups(newestFirst: readonly Backup[]): Backup[] {
  const plain = newestFirst.filter(({ occasion }) => occasion !== 'upgrade')
  const upgrades = newestFirst.filter(({ occasion }) => occasion === 'upgrade')
  return [
    ...new Set([
      ...firstOfEach(plain, DAY, DAILY),
      ...firstOfEach(plain, 7 * DAY, WEEKLY),
      ...upgrades.slice(0, UPGRADES),
    ]),
  ]
}

function firstOfEach(newestFirst: readonly Backup[], period: number, most: number): Backup[] {
  const byPeriod = new Map<number, Backup>()
  for (const backup of newestFirst) {
    const at = Math.floor(backup.createdAt / period)
    if (!byPeriod.has(at)) byPeriod.set(at, backup)
  }
  return [...byPeriod.values()].slice(0, most)
}

async function describeBackup(folder: string, name: string): Promise<Backup | null> {
  const parts = NAME.exec(name)
  if (parts === null) return null
  const found = await nodeFs.stat(path.join(folder, name)).catch(() => null)
  if (found === null) return null
  const [, workspace, at, occasion] = parts
  return {
    id: name,
    workspace: workspace as WorkspaceKind,
    occasion: occasion as BackupOccasion,
    createdAt: Number(at),
    bytes: found.size,
  }
}
