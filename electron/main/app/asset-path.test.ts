import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { resolveAssetPath } from '#main/app/asset-path.ts'

const root = path.resolve('/srv/caravel/out/renderer')
const at = (address: string) => resolveAssetPath(root, address)

describe('resolveAssetPath', () => {
  it('finds the page, its assets, and the page again for a route', () => {
    expect(at('app://caravel/')).toBe(path.join(root, 'index.html'))
    expect(at('app://caravel/index.html?x=1#/orders')).toBe(path.join(root, 'index.html'))
    expect(at('app://caravel/assets/index-Bq_3x.js')).toBe(path.join(root, 'assets', 'index-Bq_3x.js'))
    expect(at('app://caravel/orders/to_ship')).toBe(path.join(root, 'index.html'))
  })

  it.each([
    'app://caravel/../package.json',
    'app://caravel/%2e%2e/package.json',
    'app://caravel/%2e%2e%2fpackage.json',
    'app://caravel/assets/..%2f..%2fpackage.json',
    'app://caravel/assets/%2e%2e%5c%2e%2e%5cpackage.json',
    'app://caravel/..%252f..%252fpackage.json',
    'app://caravel/%c0%ae%c0%ae/package.json',
    'app://caravel/%uff0e%uff0e/package.json',
    'app://caravel//etc/passwd.txt',
    'app://caravel/C:/windows/win.ini',
    'app://caravel/index.html::$DATA',
    'app://caravel/index.html%00.js',
    'app://caravel/.env',
    'app://caravel/assets/.git/config.txt',
    'app://other/index.html',
    'app://caravel@other/index.html',
    'app://user:pass@caravel/index.html',
    'app://caravel:1/index.html',
    'file:///etc/passwd',
    'https://caravel/index.html',
    'not an address',
  ])('never leaves the folder: %s', (address) => {
    const file = at(address)
    if (file === null) return
    expect(file.startsWith(root + path.sep)).toBe(true)
  })

  it.each([
    'app://other/',
    'app://u:p@caravel/',
    'app://caravel/%2e%2e%2fx.js',
    'app://caravel/a%5cb.js',
    'app://caravel/%00.js',
  ])('refuses %s', (address) => {
    expect(at(address)).toBeNull()
  })
})
