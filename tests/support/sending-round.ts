import type { Issue } from '#core/shared/issue.ts'
import { LEASE_MS } from '#core/sync/outbox-machine.ts'
import { JudgedToday } from '#renderer/sync/judged-today.ts'
import { OwnWrites } from '#renderer/sync/own-writes.ts'
import { prepareRound, pushRow } from '#renderer/sync/push.ts'
import type { TestDesk } from '#tests/support/test-desk.ts'

/** One round of sending, long after the one before: the first row that may go. Returns what stood in its way. */
export async function attemptFirst(desk: TestDesk): Promise<Issue | null> {
  desk.at.now += 2 * LEASE_MS
  const deps = {
    ...desk,
    aliveSince: 0,
    breathe: () => Promise.resolve(),
    writes: new OwnWrites(),
    judged: new JudgedToday(),
  }
  const [row] = (await prepareRound(deps)).filter(({ held }) => !held)
  return row === undefined ? null : pushRow(deps, row.id)
}
