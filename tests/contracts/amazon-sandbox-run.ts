import { expect } from 'vitest'
import { amazon } from '#core/connectors/amazon/index.ts'
import { operations, type OperationName } from '#core/contracts/operations.ts'
import type { Settings } from '#core/connectors/_kit/operation.ts'
import { replay, type Exchange, type ReplayedRun } from '#tests/conformance/fixture.ts'
import { sandboxCases, type SandboxCase } from './amazon-sandbox.ts'
import { specsFolder } from './specs-folder.ts'

/** Runs an operation over sandbox answers, each under the name of its request. */
export function runSandbox<N extends OperationName>(
  operation: N,
  input: unknown,
  cases: readonly SandboxCase[],
  settings: Settings,
): ReplayedRun<N>['result'] {
  const exchanges = cases.map(({ operationId, response }): Exchange => ({
    name: operationId.replace(/^./, (letter) => letter.toUpperCase()),
    response,
  }))
  const context = { settings, now: Date.UTC(2026, 10, 22) }
  const { result } = replay(amazon, operation, input, exchanges, context)
  if (result.ok) expect(operations[operation].output.safeParse(result.value).error).toBeUndefined()
  return result
}

/** None where the specs are not there. */
export function casesOf(model: string, operationId: string): SandboxCase[] {
  return specsFolder === undefined ? [] : sandboxCases(model, operationId)
}
