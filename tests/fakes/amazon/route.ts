import type { FakeAccount } from './account-state.ts'

export interface FakeRequest {
  /** Parts that the pattern caught, decoded. */
  parts: string[]
  query: URLSearchParams
  /** Parsed; undefined where there is none. */
  body: unknown
}

export interface FakeAnswer {
  status: number
  /** Undefined sends no body. */
  json?: unknown
}

/** One operation of Amazon's models, by its name there with its first letter upper case. */
export interface Route {
  name: string
  method: string
  /** Over the whole path. */
  pattern: RegExp
  /** Its usage plan: requests per second, and how many at once. */
  rate: number
  burst: number
  answer: (account: FakeAccount, request: FakeRequest) => FakeAnswer
}

export const ok = (json: unknown): FakeAnswer => ({ status: 200, json })

export function refuse(status: number, code: string, message: string, details = ''): FakeAnswer {
  return { status, json: { errors: [{ code, message, details }] } }
}

/** Lists come with commas. */
export function readList(query: URLSearchParams, name: string): string[] {
  return (query.get(name) ?? '').split(',').filter((each) => each !== '')
}
