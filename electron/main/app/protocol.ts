import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { protocol } from 'electron'
import { APP_SCHEME } from '#core/contracts/origin.ts'
import { resolveAssetPath } from '#main/app/asset-path.ts'
import { contentSecurityPolicy, makeNonce } from '#main/app/csp.ts'

/** What the build can contain; anything else is not served. */
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
  '.wasm': 'application/wasm',
  '.mp3': 'audio/mpeg',
}

const NONCE_MARK = /__CSP_NONCE__/g

/** Has to run before the app is ready. */
export function registerAppScheme(): void {
  // Standard and secure: it has an origin of its own, with IndexedDB, workers and locks. Nothing may bypass the CSP.
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ])
}

/** Serves the built pages. There is no other way in: no dev server, no file://, so the origin is the same from the first day. */
export function serveApp(root: string): void {
  protocol.handle(APP_SCHEME, (request) => answerAsset(root, request))
}

async function answerAsset(root: string, request: Request): Promise<Response> {
  const nonce = makeNonce()
  if (request.method !== 'GET' && request.method !== 'HEAD') return refusal(405, nonce)
  const file = resolveAssetPath(root, request.url)
  const type = file === null ? undefined : TYPES[path.extname(file).toLowerCase()]
  if (file === null || type === undefined) return refusal(404, nonce)
  try {
    const bytes = await readFile(file)
    const body = type.startsWith('text/html') ? bytes.toString('utf8').replace(NONCE_MARK, nonce) : bytes
    return new Response(request.method === 'HEAD' ? null : body, {
      headers: { ...headers(nonce), 'content-type': type },
    })
  } catch {
    return refusal(404, nonce)
  }
}

function refusal(status: number, nonce: string): Response {
  return new Response(null, { status, headers: headers(nonce) })
}

function headers(nonce: string): Record<string, string> {
  return {
    // Also on scripts: a worker lives under the policy its own script came with.
    'content-security-policy': contentSecurityPolicy(nonce),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'no-store',
  }
}
