import { findManifest } from '#core/connectors/manifests.ts'
import type { ConnectionId } from '#core/shared/ids.ts'
import type { IssueCode } from '#core/shared/issue.ts'
import type { RemoteListing } from '#core/listing/listing.ts'
import {
  loadListingRules,
  saveListingRules,
  type KeptRules,
} from '#renderer/data/repos/listing-rules.repo.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import type { PullDeps, PullLead } from '#renderer/sync/sync-deps.ts'

/** Rules seldom change; a walk of the whole catalogue meets every one of them once a day. */
export const RULES_HOLD_MS = 20 * 3_600_000

/** About these rules alone: the next ones may be had. */
const OWN_FAULT: ReadonlySet<IssueCode> = new Set(['not-found', 'invalid-input', 'malformed', 'unsupported'])

/**
 * Brings the rules that a page of listings names and that are not here, or not asked for since long. What a shop does not give is not had:
 * listings go on without. Returns whether it is worth asking for more in this pull.
 */
export async function pullRules(
  deps: PullDeps,
  id: ConnectionId,
  listings: readonly RemoteListing[],
  { stopped, priority }: Pick<PullLead, 'stopped' | 'priority'>,
): Promise<boolean> {
  const { db, host, now } = deps
  const named = [...new Set(listings.flatMap(({ ruleSets = [] }) => ruleSets))]
  if (named.length === 0 || !(await canPullRules(deps, id))) return false
  const here = new Map((await loadListingRules(db, id, named)).map((kept) => [kept.ruleSet, kept]))
  for (const ruleSet of named) {
    const kept = here.get(ruleSet)
    if (kept !== undefined && now() - kept.readAt < RULES_HOLD_MS) continue
    if (stopped()) return false
    const call = { connectionId: id, ruleSet, checksum: kept?.checksum ?? null, priority: priority() }
    const answer = await host['connector.pull-listing-rules'](call)
    if (!answer.ok && OWN_FAULT.has(answer.error.code)) continue
    if (!answer.ok) return false
    const { checksum } = answer.value
    const rules = answer.value.rules ?? kept?.rules
    if (rules !== undefined) await store(deps, id, { ruleSet, checksum, rules, readAt: now() })
  }
  return true
}

async function canPullRules({ db }: PullDeps, id: ConnectionId): Promise<boolean> {
  const connection = await db.connections.get(id)
  const manifest = connection === undefined ? null : findManifest(connection.connectorId)
  return manifest?.capabilities.includes('pull-listing-rules') === true
}

/** A shop that was disconnected meanwhile leaves nothing behind. */
function store({ db }: PullDeps, id: ConnectionId, kept: KeptRules): Promise<void> {
  return inUnit(db, { stores: ['connections', 'referenceFiles'], durability: 'relaxed' }, async () => {
    if ((await db.connections.get(id)) !== undefined) await saveListingRules(db, id, kept)
  })
}
