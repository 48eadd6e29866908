import { diffRules, type RuleDiff } from '#core/customs/rules/diff-rules.ts'
import { MOST_RULE_FILE_BYTES, readRuleFile, type RejectedRule } from '#core/customs/rules/read-rule-file.ts'
import type { RuleSet } from '#core/customs/rules/rule.ts'
import { sha256Text } from '#core/shared/sha256.ts'
import { issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import { addActivity } from '#renderer/data/repos/activity.repo.ts'
import { beginJudging } from '#renderer/data/repos/judging.repo.ts'
import { loadRuleFile, saveRuleFile } from '#renderer/data/repos/reference-files.repo.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import { rulesInForce } from '#renderer/platform/rule-tables.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'
import { judgeOpenOrders } from '#renderer/usecases/judge-open-orders.ts'

/** A rule file that was chosen, looked at and not yet taken. */
export interface OfferedRules {
  name: string
  text: string
  sha256: string
  set: RuleSet
  rejected: readonly RejectedRule[]
  /** Against what holds now. */
  diff: RuleDiff
}

type RulesContext = Pick<UseCaseContext<never>, 'db' | 'newId' | 'now' | 'rules'>

/**
 * What a file would change; changes nothing. Issues: `malformed` rules-too-large, rules-unreadable, rules-version, rules-empty.
 */
export async function offerRules(
  { db }: Pick<RulesContext, 'db'>,
  { name, text }: { name: string; text: string },
): Promise<Result<OfferedRules>> {
  if (text.length > MOST_RULE_FILE_BYTES) return err(issue('malformed', { reason: 'rules-too-large' }))
  const read = readRuleFile(text)
  if (!read.ok) return read
  const { set, rejected } = read.value
  if (set.rules.length === 0) return err(issue('malformed', { reason: 'rules-empty' }))
  const now = rulesInForce((await loadRuleFile(db))?.text)
  return ok({ name, text, sha256: sha256Text(text), set, rejected, diff: diffRules(now.set, set) })
}

/** Lets a file that a person has looked at hold from now on; every open order is judged anew. */
export async function takeRules(
  ctx: RulesContext,
  { name, text, sha256 }: OfferedRules,
): Promise<Result<null>> {
  const { db, now } = ctx
  await change(ctx, 'rules-taken', { name, sha256 }, () =>
    saveRuleFile(db, { name, text, sha256, importedAt: now() }),
  )
  return ok(null)
}

/** Goes back to the rules that come with the app. */
export async function takeBuiltInRules(ctx: RulesContext): Promise<Result<null>> {
  await change(ctx, 'rules-built-in', {}, () => saveRuleFile(ctx.db, null))
  return ok(null)
}

async function change(
  ctx: RulesContext,
  what: string,
  values: Record<string, string>,
  write: () => Promise<void>,
): Promise<void> {
  const { db, newId, now } = ctx
  const judging = newId<'judging'>()
  const stores = ['referenceFiles', 'activity', 'settings'] as const
  const text = await inUnit(db, { stores, durability: 'strict' }, async () => {
    await write()
    await beginJudging(db, { id: judging, sku: null })
    await addActivity(db, newId, [
      { entityKey: 'desk', connectionId: '', label: '', at: now(), what, values, by: 'here' },
    ])
    return (await loadRuleFile(db))?.text
  })
  // Not when the watch gets round to it: the orders are judged now.
  ctx.rules.destinations = rulesInForce(text).set
  await judgeOpenOrders(ctx, judging)
}
