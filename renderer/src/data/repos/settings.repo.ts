import type { CaravelDatabase } from '#renderer/data/database.ts'
import { NO_ADDRESS } from '#core/address/address.ts'
import { NO_CHOICES } from '#core/customs/customs-choices.ts'
import { DEFAULT_NO_SCAN_DAYS } from '#core/order/clock.ts'
import { INITIAL_CONNECTIVITY, type Connectivity } from '#core/sync/connectivity.ts'
import type {
  BackupTrouble,
  DeskSettings,
  OfflineDesk,
  RatesState,
  RecentSearch,
} from '#renderer/data/setting-records.ts'

/** A desk nobody has set up yet. */
export const FRESH_DESK: DeskSettings = {
  sender: { ...NO_ADDRESS },
  signer: '',
  locale: 'system',
  theme: 'system',
  density: 'normal',
  labelTarget: { driver: 'file' },
  papers: {
    target: { driver: 'file' },
    language: 'en',
    letters: 'as-given',
    media: {
      ...{ label: 'label-100x150', cn22: '105x74', cn23: 'a5-landscape', invoice: 'a4' },
      ...{ 'packing-slip': 'a4', 'pick-list': 'a4', 'hand-over': 'a4' },
    },
  },
  homeCurrency: 'EUR',
  workspace: 'none',
  railCollapsed: false,
  keepInTray: false,
  retentionDays: 0,
  noScanDays: DEFAULT_NO_SCAN_DAYS,
  deskId: '',
  deskName: '',
  customs: NO_CHOICES,
}

/** The desk's settings; fields that an earlier version did not have come from the fresh desk. */
export async function loadDesk(db: CaravelDatabase): Promise<DeskSettings> {
  const row = await db.settings.get('desk')
  return row?.key === 'desk' ? { ...FRESH_DESK, ...row.value } : FRESH_DESK
}

export async function saveDesk(db: CaravelDatabase, value: DeskSettings): Promise<void> {
  await db.settings.put({ key: 'desk', value })
}

/** What the last calls came to; derived by the engine, shown by every window. */
export async function loadConnectivity(db: CaravelDatabase): Promise<Connectivity> {
  const row = await db.settings.get('connectivity')
  if (row?.key !== 'connectivity') return INITIAL_CONNECTIVITY
  // Before it had a moment, an entry was a bare id; the next call tells anew.
  const unreachable = row.value.unreachable.filter((each) => typeof each === 'object')
  return { ...row.value, unreachable }
}

export async function saveConnectivity(db: CaravelDatabase, value: Connectivity): Promise<void> {
  await db.settings.put({ key: 'connectivity', value })
}

/** Null while backups come about. */
export async function loadBackupTrouble(db: CaravelDatabase): Promise<BackupTrouble | null> {
  const row = await db.settings.get('backup')
  return row?.key === 'backup' ? row.value : null
}

export async function saveBackupTrouble(db: CaravelDatabase, value: BackupTrouble | null): Promise<void> {
  if (value === null) await db.settings.delete('backup')
  else await db.settings.put({ key: 'backup', value })
}

/** Null while the desk is not prepared for work without a line. */
export async function loadOffline(db: CaravelDatabase): Promise<OfflineDesk | null> {
  const row = await db.settings.get('offline')
  return row?.key === 'offline' ? row.value : null
}

export async function saveOffline(db: CaravelDatabase, value: OfflineDesk | null): Promise<void> {
  if (value === null) await db.settings.delete('offline')
  else await db.settings.put({ key: 'offline', value })
}

/** Null before the first attempt. */
export async function loadRatesState(db: CaravelDatabase): Promise<RatesState | null> {
  const row = await db.settings.get('rates')
  return row?.key === 'rates' ? row.value : null
}

export async function saveRatesState(db: CaravelDatabase, value: RatesState): Promise<void> {
  await db.settings.put({ key: 'rates', value })
}

/** The last first. */
export async function loadSearches(db: CaravelDatabase): Promise<RecentSearch[]> {
  const row = await db.settings.get('searches')
  return row?.key === 'searches' ? row.value : []
}

export async function saveSearches(db: CaravelDatabase, value: RecentSearch[]): Promise<void> {
  if (value.length === 0) await db.settings.delete('searches')
  else await db.settings.put({ key: 'searches', value })
}
