import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { WireAnswer, WireRequest } from '../../support/local-server.ts'
import { installPeer } from '../install-peer.ts'
import { modelFile, type AmazonModel } from './models.ts'

const dir = dirname(fileURLToPath(import.meta.url))

/** What of a request or its answer breaks the contract. */
export type ContractJudge = (request: WireRequest, answer: WireAnswer) => string[]

interface Diagnostic {
  message: string
  path?: string[]
}
type Either<T> = { _tag: 'Left'; left: unknown } | { _tag: 'Right'; right: T }
interface Operation {
  id: string
}
type Validate = (opts: { resource: Operation; element: unknown }) => Either<unknown>

/** As much of Prism's packages as is used; they bring no module that this project's compiler could read. */
interface Prism {
  getHttpOperationsFromSpec: (file: string) => Promise<Operation[]>
  route: (opts: { resources: Operation[]; input: unknown }) => Either<Operation>
  validateInput: Validate
  validateOutput: Validate
}

function loadPrism(): Prism {
  const load = createRequire(join(dir, 'package.json'))
  const { default: route } = load('@stoplight/prism-http/dist/router') as { default: Prism['route'] }
  const { validateInput, validateOutput } = load('@stoplight/prism-http/dist/validator') as Prism
  const { getHttpOperationsFromSpec } = load('@stoplight/prism-http') as Prism
  return { getHttpOperationsFromSpec, route, validateInput, validateOutput }
}

/** Prism's own judgement of these models without a server between: at once, so that it does not disturb an order of events. */
export async function loadContractJudge(models: readonly AmazonModel[]): Promise<ContractJudge> {
  await installPeer({ dir, name: 'amazon models' })
  const { getHttpOperationsFromSpec, route, validateInput, validateOutput } = loadPrism()
  const resources = (
    await Promise.all(models.map((each) => getHttpOperationsFromSpec(modelFile(each))))
  ).flat()
  return (request, answer) => {
    const { pathname, searchParams } = new URL(request.path, 'http://amazon.test')
    // Signing in and storage are in no model.
    if (pathname === '/auth/o2/token' || pathname.startsWith('/documents/')) return []
    const said = `${request.method} ${request.path}`
    const input = {
      method: request.method.toLowerCase(),
      url: { path: pathname, query: Object.fromEntries(searchParams) },
      headers: { ...request.headers, 'content-length': String(request.body.length) },
      body: request.body === '' ? null : (JSON.parse(request.body) as unknown),
    }
    const found = route({ resources, input })
    if (found._tag === 'Left') return [`${said}: ${String(found.left)}`]
    const output = {
      ...{ statusCode: answer.status, headers: answer.headers },
      body: answer.body === '' ? null : (JSON.parse(answer.body) as unknown),
    }
    return [
      ...listFaults(validateInput({ resource: found.right, element: input })),
      ...listFaults(validateOutput({ resource: found.right, element: output })),
    ].map((fault) => `${said}: ${fault}`)
  }
}

function listFaults(judged: Either<unknown>): string[] {
  if (judged._tag === 'Right') return []
  return (judged.left as Diagnostic[]).map(({ message, path = [] }) => `${path.join('.')} ${message}`)
}
