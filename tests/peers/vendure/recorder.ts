import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { peerDir } from './peer-folder.ts'
import type { SeededOrder, SeededProduct, VendurePeer } from './peer.ts'
import type { Variables } from './peer-api.ts'

/** `token` null sends none; absent, the one of the recorded login. `search` goes behind the path. */
export type Sent = {
  query: string
  variables?: Variables
  token?: string | null
  headers?: Record<string, string>
  search?: string
}
export type RecordedBody = {
  data?: Record<string, { id?: string } | null> | null
  errors?: { message: string; extensions?: { code?: string } }[]
}

export type Recorder = {
  peer: VendurePeer
  products: SeededProduct[]
  order: (n: number) => SeededOrder
  /** Sends it, writes recorded/NAME.json, and returns the answer's body. */
  record: (name: string, sent: Sent) => Promise<RecordedBody>
}

const folder = join(peerDir, 'recorded')

export function openRecorder(peer: VendurePeer, products: SeededProduct[], orders: SeededOrder[]): Recorder {
  let token = ''
  mkdirSync(folder, { recursive: true })

  async function record(name: string, sent: Sent): Promise<RecordedBody> {
    const bearer = sent.token === undefined ? token : sent.token
    const path = `/admin-api${sent.search ?? ''}`
    const headers = { 'content-type': 'application/json', ...sent.headers }
    const asked = { query: sent.query, variables: sent.variables ?? {} }
    const response = await fetch(`${peer.baseUrl}${path}`, {
      method: 'POST',
      headers: { ...headers, ...(bearer ? { authorization: `Bearer ${bearer}` } : {}) },
      body: JSON.stringify(asked),
    })
    const body = (await response.json()) as RecordedBody
    const newToken = response.headers.get('vendure-auth-token')
    const file = {
      request: {
        path,
        headers: { ...headers, ...(bearer ? { authorization: 'Bearer <token>' } : {}) },
        body: asked,
      },
      response: {
        status: response.status,
        headers: {
          'content-type': response.headers.get('content-type'),
          ...(newToken === null ? {} : { 'vendure-auth-token': '<token>' }),
        },
        body,
      },
    }
    writeFileSync(join(folder, `${name}.json`), hideTokens(JSON.stringify(file, null, 2), bearer, newToken))
    if (name === 'login-ok') token = newToken ?? ''
    process.stdout.write(`${name.padEnd(44)} ${response.status} ${JSON.stringify(body).slice(0, 160)}\n`)
    return body
  }

  return { peer, products, record, order: (n) => orders[n] as SeededOrder }
}

function hideTokens(text: string, ...tokens: (string | null)[]): string {
  let hidden = text.replace(/"token": "[0-9a-z]{8,40}"/g, '"token": "<channel token>"')
  for (const each of tokens) if (each) hidden = hidden.replaceAll(each, '<token>')
  return `${hidden}\n`
}
