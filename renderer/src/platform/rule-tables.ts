import destinationRules from '../../../resources/destination-rules.json' with { type: 'json' }
import { readRuleFile, readRules, type ReadRules } from '#core/customs/rules/read-rule-file.ts'

/** The destination rules that hold on this desk. */
export interface RulesInForce extends ReadRules {
  /** `brought`: from a file that a person brought. `unreadable`: there is one and it says nothing; ours hold. */
  from: 'built-in' | 'brought' | 'unreadable'
}

const builtIn = readRules(destinationRules)
let last: { text: string; rules: RulesInForce } | null = null

/** Those that come with this build. They are part of it, so that it does not start without them. */
export function builtInRules(): RulesInForce {
  if (!builtIn.ok) throw new Error('the destination rules of this build are not readable')
  return { ...builtIn.value, from: 'built-in' }
}

/** Those of a file that was brought, else ours. A text is read once. */
export function rulesInForce(text: string | undefined): RulesInForce {
  if (text === undefined) return builtInRules()
  if (last?.text === text) return last.rules
  const read = readRuleFile(text)
  const rules: RulesInForce = read.ok
    ? { ...read.value, from: 'brought' }
    : { ...builtInRules(), from: 'unreadable' }
  last = { text, rules }
  return rules
}
