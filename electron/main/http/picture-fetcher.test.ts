import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, it } from 'vitest'
import { PICTURE_MOST_BYTES } from '#core/listing/picture.ts'
import { findDemoPicture } from '#main/demo/demo-pictures.ts'
import { createPictureFetcher } from '#main/http/picture-fetcher.ts'

const never = new AbortController().signal
const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
}

const png = findDemoPicture('/assets/preview/MUG__preview.png') as Buffer

describe('fetching a picture', () => {
  it('takes the bytes as they are, whatever the server calls them', async () => {
    const url = await serve((_request, response) => {
      response.setHeader('content-type', 'text/html').end(png)
    })
    const fetched = await createPictureFetcher()(url, never)
    expect(fetched).toEqual({ ok: true, value: { mime: 'image/png', bytes: new Uint8Array(png) } })
  })

  it.each<[string, RequestListener, object]>([
    [
      'an SVG that calls itself a PNG',
      (_, response) => response.setHeader('content-type', 'image/png').end('<svg onload="alert(1)"/>'),
      { code: 'malformed', reason: 'no-picture' },
    ],
    [
      'more than may come',
      (_, response) => response.end(Buffer.concat([png, Buffer.alloc(PICTURE_MOST_BYTES)])),
      { code: 'malformed', reason: 'no-picture' },
    ],
    [
      'what unfolds to more than may come',
      (_, response) =>
        response.setHeader('content-encoding', 'gzip').end(gzipSync(Buffer.alloc(40 * PICTURE_MOST_BYTES))),
      { code: 'malformed', reason: 'no-picture' },
    ],
    ['nothing there', (_, response) => response.writeHead(404).end(png), { code: 'not-found' }],
    ['a server in trouble', (_, response) => response.writeHead(503).end(), { code: 'remote-down' }],
    ['a line that is cut', (request) => request.socket.destroy(), { code: 'remote-down' }],
    [
      'an answer that never ends',
      (_, response) => response.write(png.subarray(0, 20)),
      { code: 'remote-down' },
    ],
  ])('refuses %s', async (_what, listener, error) => {
    const fetched = await createPictureFetcher({ timeoutMs: 300 })(await serve(listener), never)
    expect(fetched).toMatchObject({ ok: false, error })
  })

  it('follows no redirect', async () => {
    let asked = 0
    const other = await serve((_request, response) => {
      asked++
      response.end(png)
    })
    const url = await serve((_request, response) => response.writeHead(302, { location: other }).end())
    expect(await createPictureFetcher()(url, never)).toMatchObject({ error: { code: 'not-found' } })
    expect(asked).toBe(0)
  })

  it('stops when nobody waits any more', async () => {
    const stop = new AbortController()
    const url = await serve(() => stop.abort())
    expect(await createPictureFetcher()(url, stop.signal)).toMatchObject({ error: { code: 'cancelled' } })
    expect(await createPictureFetcher()(url, stop.signal)).toMatchObject({ error: { code: 'cancelled' } })
  })
})
