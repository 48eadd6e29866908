import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it } from 'vitest'
import type { OperationInput, OperationOutput } from '#core/contracts/operations.ts'
import type { RemoteListing } from '#core/listing/listing.ts'
import { issue, type IssueCode } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import { loadListingRules } from '#renderer/data/repos/listing-rules.repo.ts'
import { JudgedToday } from '#renderer/sync/judged-today.ts'
import { OwnWrites } from '#renderer/sync/own-writes.ts'
import { pullRules, RULES_HOLD_MS } from '#renderer/sync/pull-rules.ts'
import type { PullDeps } from '#renderer/sync/sync-deps.ts'
import { disconnectShop } from '#renderer/usecases/disconnect-shop.ts'
import { openTestDesk, SHOP, START, type TestDesk } from '#tests/support/test-desk.ts'

type Asked = OperationInput<'pull-listing-rules'>
type Answer = Result<OperationOutput<'pull-listing-rules'>>

let desk: TestDesk
let asked: Asked[]
let refused: Map<string, IssueCode>
let versions: Map<string, string>

/** A marketplace with a version of each of its rules. */
function answer({ ruleSet, checksum }: Asked): Promise<Answer> {
  asked.push({ ruleSet, checksum })
  const code = refused.get(ruleSet)
  if (code !== undefined) return Promise.resolve(err(issue(code)))
  const version = versions.get(ruleSet) ?? 'v1'
  return Promise.resolve(ok({ checksum: version, rules: version === checksum ? null : `rules ${version}` }))
}

beforeEach(async () => {
  ;[asked, refused, versions] = [[], new Map(), new Map()]
  desk = await openTestDesk({
    'connector.pull-listing-rules': answer,
    'connections.remove': () => Promise.resolve(ok({})),
  })
  await desk.db.connections.update(SHOP, { connectorId: 'amazon' })
})

const listing = (...ruleSets: string[]): RemoteListing => ({
  ...{ remoteId: 'MUG', status: 'active', rawStatus: '', updatedAt: START, mainLocale: 'de-DE' },
  ...{ contents: {}, offers: [], pictureUrl: '' },
  ...(ruleSets.length === 0 ? {} : { ruleSets }),
})
const pull = (listings: RemoteListing[], stopped = () => false) => {
  const deps = { ...desk, writes: new OwnWrites(), judged: new JudgedToday() } as unknown as PullDeps
  return pullRules(deps, SHOP, listings, { stopped, priority: () => 'background' })
}
const names = () => asked.map(({ ruleSet }) => ruleSet)
const kept = (...ruleSets: string[]) => loadListingRules(desk.db, SHOP, ruleSets)

describe('rules of listings', () => {
  it('are brought once for each kind, and asked for again when they are a day old', async () => {
    await pull([listing('DE:CUP', 'GB:CUP'), listing('DE:CUP'), listing()])
    expect(names()).toEqual(['DE:CUP', 'GB:CUP'])
    await pull([listing('DE:CUP', 'DE:BOX')])
    expect(names()).toEqual(['DE:CUP', 'GB:CUP', 'DE:BOX'])
    desk.at.now += RULES_HOLD_MS
    versions.set('GB:CUP', 'v2')
    asked.length = 0
    await pull([listing('DE:CUP', 'GB:CUP')])
    expect(asked.map(({ checksum }) => checksum)).toEqual(['v1', 'v1'])
    expect(await kept('DE:CUP', 'GB:CUP')).toEqual([
      { ruleSet: 'DE:CUP', checksum: 'v1', rules: 'rules v1', readAt: desk.at.now },
      { ruleSet: 'GB:CUP', checksum: 'v2', rules: 'rules v2', readAt: desk.at.now },
    ])
  })

  it('that are not there stop no others; a shop that gives none is asked no more', async () => {
    refused.set('DE:GONE', 'not-found')
    expect(await pull([listing('DE:GONE', 'DE:CUP')])).toBe(true)
    expect(await kept('DE:GONE', 'DE:CUP')).toHaveLength(1)
    refused.set('DE:BOX', 'rate-limited')
    expect(await pull([listing('DE:BOX', 'DE:LAMP')])).toBe(false)
    expect(names()).not.toContain('DE:LAMP')
  })

  it('are not asked for at shops that have none, nor when the desk stops', async () => {
    expect(await pull([listing('DE:CUP')], () => true)).toBe(false)
    await desk.db.connections.update(SHOP, { connectorId: 'shopify' })
    expect(await pull([listing('DE:CUP')])).toBe(false)
    expect(asked).toEqual([])
  })

  it('that cannot be read any more are brought anew', async () => {
    await pull([listing('DE:CUP')])
    const [row] = await desk.db.referenceFiles.toArray()
    await desk.db.referenceFiles.put({ ...row!, text: '{"ruleSet":' })
    expect(await kept('DE:CUP')).toEqual([])
    await pull([listing('DE:CUP')])
    expect(asked).toEqual([
      { ruleSet: 'DE:CUP', checksum: null },
      { ruleSet: 'DE:CUP', checksum: null },
    ])
    expect(await kept('DE:CUP')).toHaveLength(1)
  })

  it('go with the data of their shop, and no other’s', async () => {
    await pull([listing('DE:CUP')])
    const [row] = await desk.db.referenceFiles.toArray()
    await desk.db.referenceFiles.put({ ...row!, id: 'listing-rules:another:DE:CUP' })
    expect(await disconnectShop(desk, { connectionId: SHOP, keepData: true })).toMatchObject({ ok: true })
    expect(await desk.db.referenceFiles.count()).toBe(2)
    expect(await disconnectShop(desk, { connectionId: SHOP })).toMatchObject({ ok: true })
    expect((await desk.db.referenceFiles.toArray()).map(({ id }) => id)).toEqual([
      'listing-rules:another:DE:CUP',
    ])
  })
})
