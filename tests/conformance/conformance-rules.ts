import { describe, expect, it } from 'vitest'
import type { Connector } from '#core/connectors/_kit/connector.ts'
import { findOfflineCheck } from '#core/connectors/offline-checks.ts'
import { operations, type OperationOutput } from '#core/contracts/operations.ts'
import { fieldName } from '#core/listing/fields.ts'
import type { RuleCode } from '#core/listing/rules.ts'
import type { Run } from '#tests/conformance/conformance-run.ts'
import type { Fixture } from '#tests/conformance/fixture.ts'
import { leafChanges } from '#tests/conformance/leaf-changes.ts'

/** The recorded runs by which rules that are kept for later are judged. */
export interface RuleCases {
  success: string
  unchanged: string
  /** A title in this language that keeps the rules, and one that does not. */
  title: { locale: string; kept: string; broken: string; code: RuleCode }
}

/** What rules owe: they come once for each version, hold without a line, and a part of them that is odd never throws. */
export function describeRules(
  connector: Connector,
  cases: RuleCases,
  get: (name: string) => Fixture,
  run: Run,
): void {
  const pull = (fixture: Fixture): OperationOutput<'pull-listing-rules'> => {
    const { result } = run<'pull-listing-rules'>(fixture)
    if (!result.ok) throw new Error(JSON.stringify(result.error))
    return result.value
  }
  const { ruleSet } = operations['pull-listing-rules'].input.parse(get(cases.success).input)
  const { locale, kept, broken, code } = cases.title
  const field = fieldName({ kind: 'content', locale, part: 'title' })
  const check = (rules: string, title: string) => {
    const contents = { [locale]: { title, description: '' } }
    return connector.checkOffline?.([{ ruleSet, rules }], { contents, offers: [] }, [field])
  }

  describe('rules of listings', () => {
    it('come once for each version', () => {
      const { checksum } = operations['pull-listing-rules'].input.parse(get(cases.unchanged).input)
      expect(pull(get(cases.success))).toMatchObject({ checksum, rules: expect.any(String) })
      expect(pull(get(cases.unchanged))).toEqual({ checksum, rules: null })
    })

    it('hold without a line, for screens too', () => {
      const { rules } = pull(get(cases.success))
      expect(check(rules!, kept)).toEqual([])
      expect(check(rules!, broken)).toMatchObject([{ field, code, severity: 'error' }])
      expect(findOfflineCheck(connector.manifest.id)).toBe(connector.checkOffline)
    })

    it('say nothing rather than throw where a part of them is missing', () => {
      for (const change of leafChanges(get(cases.success).exchanges)) {
        const { result } = run<'pull-listing-rules'>({ ...get(cases.success), exchanges: change.exchanges })
        if (result.ok && result.value.rules !== null)
          expect(Array.isArray(check(result.value.rules, broken)), change.label).toBe(true)
      }
      for (const text of ['', '[]', '{"properties":7}', '{"properties":{"item_name":{"$ref":"#/x"}}}'])
        expect(check(text, broken), text).toEqual([])
    })
  })
}
