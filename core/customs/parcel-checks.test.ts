import { describe, expect, it } from 'vitest'
import { ourChecks, ourRules } from '#tests/support/destination-rules.ts'

const isAddress = (url: string) => url !== '' && new URL(url).protocol === 'https:'

describe('what is said of goods and forms', () => {
  const { sources, forms, goods } = ourChecks()

  it('can be looked up, row by row, at an address that was checked', () => {
    for (const { source } of [...forms, ...goods]) {
      const { url = '', title = '', checkedOn = '' } = sources[source] ?? {}
      expect([source, isAddress(url), title !== '', /^\d{4}-\d\d-\d\d$/.test(checkedOn)]).toEqual([
        ...[source, true, true, true],
      ])
    }
  })
})

describe('what destinations ask and charge', () => {
  it('can be looked up, rule by rule, and was checked on a day', () => {
    const { rules, sources } = ourRules()
    const without = rules.filter(
      ({ sources: named }) => !named.some((id) => isAddress(sources[id]?.url ?? '')),
    )
    expect(without.map(({ id }) => id)).toEqual([])
    expect(rules.filter(({ checkedAt }) => !/^\d{4}-\d\d-\d\d$/.test(checkedAt))).toEqual([])
  })

  it('of product safety names the office or the law itself first', () => {
    const { rules, sources } = ourRules()
    const hosts = ['eu-gpsr', 'eu-usb-c', 'us-children', 'us-radio', 'au-button-cells', 'jp-power-banks'].map(
      (id) => {
        const [first = ''] = rules.find((rule) => rule.id === id)?.sources ?? []
        return new URL(sources[first]?.url ?? 'about:blank').host
      },
    )
    expect(hosts).toEqual([
      ...['eur-lex.europa.eu', 'eur-lex.europa.eu', 'www.cpsc.gov', 'www.fcc.gov'],
      ...['www.productsafety.gov.au', 'www.meti.go.jp'],
    ])
  })
})
