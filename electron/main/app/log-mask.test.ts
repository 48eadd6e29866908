import { describe, expect, it } from 'vitest'
import { maskBody, maskText } from '#core/shared/mask.ts'
import { maskFields } from '#main/app/log-mask.ts'

describe('maskText', () => {
  it.each([
    ['buyer ana.garcía@example.co.uk wrote', 'ana'],
    ['call +34 600 123 456 now', '600'],
    ['call (020) 7946-0958', '7946'],
    ['Authorization: Bearer abc.def-ghi', 'abc.def'],
    ['GET https://user:hunter2@shop.example/admin', 'hunter2'],
    ['GET https://shop.example/a?access_token=xyz', 'xyz'],
    ['{"password":"hunter2","x":1}', 'hunter2'],
    ['api_key=hunter2&x=1', 'hunter2'],
    ['signature f3a91b7c2d4e5f60718293a4b5c6d7e8', 'f3a91b'],
    ['ENOENT /home/maria/labels/a.pdf', 'maria'],
    ['ENOENT C:\\Users\\maria\\labels', 'maria'],
  ])('takes private parts out of %j', (line, secret) => {
    expect(maskText(line)).not.toContain(secret)
  })

  it('leaves what helps to find a fault', () => {
    const line = 'connector.pull-orders failed after 1200 ms: remote-down 503'
    expect(maskText(line)).toBe(line)
  })
})

describe('maskFields', () => {
  it('drops values by their field, keeps numbers and flags', () => {
    const masked = maskFields({
      buyerName: 'Ana',
      line1: 'Calle Mayor 1',
      accessToken: 'x',
      ms: 12,
      ok: true,
      channel: 'app.info',
      gone: undefined,
    })
    expect(masked).toEqual({
      buyerName: '***',
      line1: '***',
      accessToken: '***',
      ms: 12,
      ok: true,
      channel: 'app.info',
    })
  })
})

it('a foreign body keeps its form and loses what is about people', () => {
  const body = maskBody({
    id: '7',
    customer: { emailAddress: 'a@b.de', lastName: 'Muster', phoneNumber: 49301234567 },
    shippingAddress: { streetLine1: 'Hauptstr. 1', countryCode: 'DE' },
    lines: [{ quantity: 2, unitPrice: null, remark: 'call +49 30 1234567 or a@b.de' }],
  })
  expect(body).toEqual({
    id: '7',
    customer: { emailAddress: '*** (6)', lastName: '*** (6)', phoneNumber: '***' },
    shippingAddress: { streetLine1: '*** (11)', countryCode: '*** (2)' },
    lines: [{ quantity: 2, unitPrice: null, remark: 'call *** or ***@***' }],
  })
})
