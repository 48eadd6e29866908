import { expect, test } from '#tests/support/app-test.ts'
import { launchApp, type LaunchedApp } from '#tests/support/launch-app.ts'

let caravel: LaunchedApp
test.beforeAll(async () => {
  caravel = await launchApp()
})
test.afterAll(() => caravel.close())

const POLICY = [
  "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-*'; img-src 'self' blob: data:; font-src 'self'; ",
  "connect-src 'self'; worker-src 'self'; manifest-src 'none'; media-src 'none'; object-src 'none'; frame-src 'none'; ",
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
].join('')

test('the page lives under the one origin its database belongs to', async () => {
  expect(
    await caravel.page.evaluate(() => [
      location.origin,
      isSecureContext,
      typeof indexedDB,
      typeof navigator.locks,
    ]),
  ).toEqual([...['app://caravel', true, 'object', 'object']])
})

test('every answer carries exactly this policy, with a nonce of its own', async () => {
  const seen = await caravel.page.evaluate(async () => {
    const answers = await Promise.all(['/', '/', '/none.js', '/some/route'].map((path) => fetch(path)))
    return answers.map((answer) => ({ status: answer.status, headers: Object.fromEntries(answer.headers) }))
  })
  const nonces = seen.map(
    ({ headers }) => /'nonce-([A-Za-z0-9+/=]{24})'/.exec(headers['content-security-policy'] ?? '')?.[1] ?? '',
  )
  expect(seen.map(({ status }) => status)).toEqual([200, 200, 404, 200])
  expect(new Set(nonces).size).toBe(4)
  seen.forEach(({ headers }, index) => {
    expect(headers['content-security-policy']?.replace(nonces[index] ?? '', '*')).toBe(POLICY)
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    })
  })
})

test('the page knows the nonce its own policy names', async () => {
  const html = await caravel.page.evaluate(async () => {
    const answer = await fetch('/')
    return { csp: answer.headers.get('content-security-policy') ?? '', text: await answer.text() }
  })
  const nonce = /name="csp-nonce" content="([^"]+)"/.exec(html.text)?.[1] ?? 'none'
  expect(html.csp).toContain(`'nonce-${nonce}'`)
  expect(html.text).not.toContain('__CSP_NONCE__')
})

const TRAVERSALS = [
  ...[
    '/../package.json',
    '/%2e%2e/package.json',
    '/%2e%2e%2fpackage.json',
    '/..%2f..%2fpackage.json',
    '/..%5c..%5cpackage.json',
  ],
  ...[
    '/assets/..%2f..%2f..%2fpackage.json',
    '/%252e%252e%252fpackage.json',
    '/%c0%ae%c0%ae%c0%afpackage.json',
    '/....//package.json',
  ],
  ...[
    '//etc/hosts.txt',
    '/%2fetc%2fhosts.txt',
    '/file:%2f%2f%2fetc%2fhosts.txt',
    '/index.html%00.js',
    '/.%2e/main/index.json',
  ],
  ...[
    '/preload/index.cjs',
    '/../preload/index.cjs',
    '/..%2fpreload%2findex.js',
    '/..;/package.json',
    '/%2e%2e;%2fpackage.json',
  ],
]

test('no address leads out of the folder of pages', async () => {
  const bodies = await caravel.page.evaluate(async (paths) => {
    const read = async (path: string) => {
      const answer = await fetch(`app://caravel${path}`).catch(() => null)
      return answer === null ? '' : `${answer.status} ${await answer.text()}`
    }
    return Promise.all(paths.map(read))
  }, TRAVERSALS)
  for (const [index, body] of bodies.entries()) {
    // Refused, or cleaned by the browser itself into a route: then it is the page again.
    expect(body, TRAVERSALS[index]).toMatch(/^$|^404 $|^200 <!doctype html>/i)
    expect(body).not.toMatch(/devDependencies|localhost|contextBridge/)
  }
})

test('only reading is served', async () => {
  const statuses = await caravel.page.evaluate(() =>
    Promise.all(
      ['POST', 'PUT', 'DELETE'].map((method) =>
        fetch('/index.html', { method, body: 'x' }).then((answer) => answer.status),
      ),
    ),
  )
  expect(statuses).toEqual([405, 405, 405])
})

test('script that did not come from the build does not run', async () => {
  const outcome = await caravel.page.evaluate(async () => {
    const violations: string[] = []
    document.addEventListener('securitypolicyviolation', (event) => violations.push(event.effectiveDirective))
    const script = document.createElement('script')
    script.textContent = 'window.pwned = 1'
    document.body.append(script)
    const image = document.createElement('img')
    image.setAttribute('onerror', 'window.pwned = 2')
    image.src = 'app://caravel/none.png'
    document.body.append(image)
    const blob = document.createElement('script')
    blob.src = URL.createObjectURL(new Blob(['window.pwned = 3'], { type: 'text/javascript' }))
    document.body.append(blob)
    const data = document.createElement('script')
    data.src = 'data:text/javascript,window.pwned=4'
    document.body.append(data)
    // The driver's own call may use eval; a later turn is the page's.
    await new Promise((done) => setTimeout(done, 0))
    // eslint-disable-next-line @typescript-eslint/no-implied-eval -- what is tested is that it throws
    const attempts = [() => eval('1'), () => new Function('return 1')(), () => new Worker(blob.src)]
    const thrown = attempts.map((attempt) => {
      try {
        attempt()
        return 'ran'
      } catch (error) {
        return (error as Error).name
      }
    })
    await new Promise((done) => setTimeout(done, 300))
    return {
      pwned: (window as { pwned?: number }).pwned,
      thrown,
      directives: [...new Set(violations)].sort(),
    }
  })
  expect(outcome.pwned).toBeUndefined()
  expect(outcome.thrown.slice(0, 2)).toEqual(['EvalError', 'EvalError'])
  expect(outcome.directives).toEqual(
    expect.arrayContaining(['script-src-attr', 'script-src-elem', 'worker-src']),
  )
})

test('style elements need the nonce', async () => {
  const colours = await caravel.page.evaluate(() => {
    const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? ''
    const mark = document.createElement('i')
    document.body.append(mark)
    return [undefined, nonce].map((value) => {
      const style = document.createElement('style')
      if (value !== undefined) style.setAttribute('nonce', value)
      style.textContent = 'i { outline-color: rgb(1, 2, 3) }'
      document.head.append(style)
      return getComputedStyle(mark).outlineColor === 'rgb(1, 2, 3)'
    })
  })
  expect(colours).toEqual([false, true])
})

test('the page reaches no other address', async () => {
  const outcomes = await caravel.page.evaluate(() =>
    Promise.all(
      [
        'https://example.com/',
        'http://127.0.0.1:9/',
        'file:///etc/hosts',
        'data:text/plain,x',
        'app://other/',
      ].map((url) =>
        fetch(url).then(
          () => 'answered',
          () => 'refused',
        ),
      ),
    ),
  )
  expect(new Set(outcomes)).toEqual(new Set(['refused']))
})
