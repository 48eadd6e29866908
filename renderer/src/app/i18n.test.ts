import { describe, expect, it } from 'vitest'
import { createI18n, languageFor } from '#renderer/app/i18n.ts'

describe('the language', () => {
  it('follows the choice, else the system', () => {
    expect(languageFor('en', 'zh-CN')).toBe('en')
    expect(languageFor('system', 'zh-Hans-CN')).toBe('zh-CN')
    expect(languageFor('system', 'de-DE')).toBe('en')
  })

  it('has the plural forms of each language and does not escape', async () => {
    const english = await createI18n('en')
    expect(english.t('app:pill.waiting', { count: 1 })).toBe('1 change waiting')
    expect(english.t('app:pill.waiting', { count: 12 })).toBe('12 changes waiting')
    expect(english.t('app:pill.sign-in', { name: 'Smith & Sons <b>' })).toContain('Smith & Sons <b>')
    const chinese = await createI18n('zh-CN')
    expect(chinese.t('app:pill.waiting', { count: 1 })).toBe('1 项更改待发送')
  })
})
