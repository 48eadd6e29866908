import { describe, expect, it } from 'vitest'
import { checkExternalUrl, openExternal } from '#main/app/external-links.ts'

describe('checkExternalUrl', () => {
  it('lets plain web addresses through, as the parser wrote them', () => {
    expect(checkExternalUrl('HTTPS://Shop.Example.com/a?b=c#d')).toEqual({
      ok: true,
      value: 'https://shop.example.com/a?b=c#d',
    })
    expect(checkExternalUrl('https://例え.jp/')).toMatchObject({ ok: true })
  })

  it.each([
    ['http://example.com', 'only-https'],
    ['file:///etc/passwd', 'only-https'],
    ['javascript:alert(1)', 'only-https'],
    ['smb://host/share', 'only-https'],
    ['ms-msdt:/id', 'only-https'],
    ['https://user:pass@example.com', 'credentials-in-address'],
    ['https://good.com@evil.com', 'credentials-in-address'],
    ['https://localhost/', 'not-a-web-address'],
    ['https://127.0.0.1/', 'not-a-web-address'],
    ['https://[::1]/', 'not-a-web-address'],
    ['https://0x7f.1/', 'not-a-web-address'],
    ['https://exa\nmple.com', 'not-a-web-address'],
    [' https://example.com', 'not-a-web-address'],
    ['', 'not-a-web-address'],
  ])('refuses %j', (url, reason) => {
    expect(checkExternalUrl(url)).toEqual({
      ok: false,
      error: { code: 'invalid-input', field: 'url', reason },
    })
  })
})

describe('openExternal', () => {
  it('opens nothing that was refused', async () => {
    const opened: string[] = []
    await openExternal('file:///etc/passwd', async (url) => void opened.push(url))
    await openExternal('https://example.com/x', async (url) => void opened.push(url))
    expect(opened).toEqual(['https://example.com/x'])
  })

  it('says so when there is no browser', async () => {
    const result = await openExternal('https://example.com', () => Promise.reject(new Error('none')))
    expect(result).toMatchObject({ ok: false, error: { code: 'unsupported' } })
  })
})
