import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { checkLocales } from '../../scripts/check-locales.ts'

const root = path.resolve(import.meta.dirname, '../..')
const ENGLISH = 'locales/en/app.json'
const CHINESE = 'locales/zh-CN/app.json'
const COMPONENT = 'src/app/FirstRun.vue'

describe('the locale check', () => {
  let base: string
  const check = () => checkLocales({ locales: path.join(base, 'locales'), sources: [path.join(base, 'src')] })

  beforeEach(() => {
    base = mkdtempSync(path.join(tmpdir(), 'caravel-locales-'))
    cpSync(path.join(root, 'locales'), path.join(base, 'locales'), { recursive: true })
    cpSync(path.join(root, 'renderer/src'), path.join(base, 'src'), { recursive: true })
  })
  afterEach(() => rmSync(base, { recursive: true, force: true }))

  function change(file: string, from: string | RegExp, to: string): void {
    const target = path.join(base, file)
    const before = readFileSync(target, 'utf8')
    const after = before.replace(from, to)
    expect(after).not.toBe(before)
    writeFileSync(target, after)
  }

  it('finds nothing wrong as things are', () => {
    expect(check()).toEqual([])
  })

  it('finds reasons without a text, however the code says them', () => {
    const folder = path.join(base, 'reasons')
    mkdirSync(folder)
    writeFileSync(
      path.join(folder, 'a.ts'),
      `const refuse = (reason: string) => ({ reason })
       type OddReason = 'odd-type' | 'hs-missing'
       refuse('odd-call')
       refuse(now ? 'odd-branch' : 'missing')
       issue('auth', { reason: 'odd-literal', remoteMessage: 'not-a-reason' })
       quarantine({ reason: 'a sentence for people' })`,
    )
    const locales = path.join(base, 'locales')
    const found = checkLocales({ locales, sources: [path.join(base, 'src')], reasons: [folder] })
    expect(found.map((line) => line.split(' ').at(-1)).sort()).toEqual([
      'odd-branch',
      'odd-call',
      'odd-literal',
      'odd-type',
    ])
  })

  it.each([
    ['a key that a language lacks', CHINESE, /"cancel": "取消",/, '', 'zh-CN: missing app:action.cancel'],
    [
      'a key that only the other language has',
      CHINESE,
      '"cancel": "取消"',
      '"cancel": "取消", "extra": "多余"',
      'zh-CN: app:action.extra is not in the source',
    ],
    ['an empty text', CHINESE, '"cancel": "取消"', '"cancel": " "', 'zh-CN: app:action.cancel is empty'],
    [
      'a key that the code wants and nobody has',
      COMPONENT,
      'app:first-run.title',
      'app:first-run.heading',
      'app:first-run.heading is not in the source texts',
    ],
    [
      'a key that nobody uses',
      COMPONENT,
      "t('app:first-run.title')",
      "''",
      'en: app:first-run.title is not used',
    ],
    [
      'a placeholder that differs',
      CHINESE,
      '{{since}} 起离线',
      '起离线',
      'zh-CN: placeholders of app:pill.offline differ: {since} and {}',
    ],
    [
      'a plural form that is missing',
      ENGLISH,
      /"waiting_one": "[^"]*",/,
      '',
      'en: app:pill.waiting lacks the form one',
    ],
    [
      'words in a template',
      COMPONENT,
      "{{ t('app:first-run.about') }}",
      'Welcome aboard',
      'raw text “Welcome aboard”',
    ],
    [
      'words in an attribute',
      COMPONENT,
      ':label="t(\'app:first-run.connect\')"',
      'label="Connect"',
      'raw text “Connect”',
    ],
    [
      'words in a bound attribute',
      COMPONENT,
      ':label="t(\'app:first-run.connect\')"',
      ':label="\'Connect\'"',
      'raw text “Connect”',
    ],
  ])('finds %s', (_what, file, from, to, problem) => {
    change(file, from, to)
    expect(check().join('\n')).toContain(problem)
  })
})
