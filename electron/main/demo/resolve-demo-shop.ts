import { DEMO_LOCALES } from '#main/demo/demo-catalogue.ts'
import { DEMO_MONEY_PRECISION } from '#main/demo/demo-orders.ts'

interface Shop {
  name: string
  locale: string
  currency: string
  currencies: readonly string[]
}

/** What a demo shop says of itself. */
export function shopResolvers({ name, locale, currency, currencies }: Shop) {
  return {
    activeChannel: () => ({
      id: '1',
      code: name,
      token: 'demo',
      defaultLanguageCode: locale,
      availableLanguageCodes: DEMO_LOCALES,
      defaultCurrencyCode: currency,
      availableCurrencyCodes: currencies,
      pricesIncludeTax: true,
      trackInventory: true,
    }),
    globalSettings: () => ({
      id: '1',
      availableLanguages: DEMO_LOCALES,
      trackInventory: true,
      serverConfig: { moneyStrategyPrecision: DEMO_MONEY_PRECISION },
    }),
  }
}
