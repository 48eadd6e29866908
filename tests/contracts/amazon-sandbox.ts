import type { RecordedResponse } from '#tests/conformance/fixture.ts'
import { readSpec } from './specs-folder.ts'

/** One of Amazon's own sandbox cases: what is asked, and what Amazon answers. */
export interface SandboxCase {
  operationId: string
  parameters: Record<string, unknown>
  response: Extract<RecordedResponse, { kind: 'answer' }>
}

interface Model {
  paths: Record<string, Record<string, ModelOperation>>
}

interface ModelOperation {
  operationId?: string
  responses?: Record<string, { 'x-amzn-api-sandbox'?: { static?: StaticCase[] } }>
}

interface StaticCase {
  request: { parameters: Record<string, { value?: unknown }> }
  response: unknown
}

/** The static cases of one operation, from the model of this name (`x-amzn-api-sandbox`). */
export function sandboxCases(model: string, operationId: string): SandboxCase[] {
  const { paths } = readSpec(`specs/marketplaces/amazon-sp-api/${model}.json`) as Model
  const operation = Object.values(paths)
    .flatMap((path) => Object.values(path))
    .find((each) => each.operationId === operationId)
  return Object.entries(operation?.responses ?? {}).flatMap(([status, { 'x-amzn-api-sandbox': sandbox }]) =>
    (sandbox?.static ?? []).map(({ request, response }) => ({
      operationId,
      parameters: Object.fromEntries(
        Object.entries(request.parameters).map(([name, { value }]) => [name, value]),
      ),
      response: {
        kind: 'answer',
        status: Number(status),
        headers: {},
        body: status === '204' ? '' : response,
      },
    })),
  )
}
