import type { AdminSession } from './peer-api.ts'
import { buyerCountries } from './buyers.ts'

const countryNames: Record<string, [en: string, de: string]> = {
  DE: ['Germany', 'Deutschland'],
  FR: ['France', 'Frankreich'],
  UA: ['Ukraine', 'Ukraine'],
  JP: ['Japan', 'Japan'],
  BR: ['Brazil', 'Brasilien'],
  US: ['United States', 'Vereinigte Staaten'],
  KR: ['South Korea', 'Südkorea'],
  GR: ['Greece', 'Griechenland'],
  CN: ['China', 'China'],
  AU: ['Australia', 'Australien'],
  GB: ['United Kingdom', 'Vereinigtes Königreich'],
}

export const shopSetup = {
  languages: ['en', 'de'],
  currencies: ['EUR', 'USD'],
  defaultCurrency: 'EUR',
  taxRate: 19,
  shippingMethod: 'std',
  shippingPrice: 690,
  paymentMethod: 'dummy',
  fulfillmentHandler: 'manual-fulfillment',
} as const

/** Channel, countries, tax, shipping and payment: what a shop needs before it can sell. Does nothing when it is there. */
export async function seedShop({ run }: AdminSession): Promise<void> {
  const { shippingMethods } = await run<{ shippingMethods: { totalItems: number } }>(
    '{ shippingMethods { totalItems } }',
  )
  if (shippingMethods.totalItems > 0) return

  const countryIds = new Map<string, string>()
  for (const code of buyerCountries) {
    const [en, de] = countryNames[code] ?? [code, code]
    const { createCountry } = await run<{ createCountry: { id: string } }>(
      'mutation ($input: CreateCountryInput!) { createCountry(input: $input) { id } }',
      { input: { code, enabled: true, translations: translate({ name: en }, { name: de }) } },
    )
    countryIds.set(code, createCountry.id)
  }
  const { createZone } = await run<{ createZone: { id: string } }>(
    'mutation ($input: CreateZoneInput!) { createZone(input: $input) { id } }',
    { input: { name: 'World', memberIds: [...countryIds.values()] } },
  )
  const { createTaxCategory } = await run<{ createTaxCategory: { id: string } }>(
    'mutation { createTaxCategory(input: { name: "Standard", isDefault: true }) { id } }',
  )
  await run('mutation ($input: CreateTaxRateInput!) { createTaxRate(input: $input) { id } }', {
    input: {
      name: 'Standard',
      enabled: true,
      value: shopSetup.taxRate,
      categoryId: createTaxCategory.id,
      zoneId: createZone.id,
    },
  })
  await seedChannel({ run }, createZone.id)
  await seedMethods({ run })
}

async function seedChannel({ run }: Pick<AdminSession, 'run'>, zoneId: string): Promise<void> {
  await run(
    `mutation ($input: UpdateGlobalSettingsInput!) {
      updateGlobalSettings(input: $input) { ... on GlobalSettings { id } ... on ErrorResult { errorCode message } }
    }`,
    { input: { availableLanguages: shopSetup.languages, trackInventory: true } },
  )
  const { activeChannel } = await run<{ activeChannel: { id: string } }>('{ activeChannel { id } }')
  await run(
    `mutation ($input: UpdateChannelInput!) {
      updateChannel(input: $input) { ... on Channel { id } ... on ErrorResult { errorCode message } }
    }`,
    {
      input: {
        id: activeChannel.id,
        defaultLanguageCode: 'en',
        availableLanguageCodes: shopSetup.languages,
        defaultCurrencyCode: shopSetup.defaultCurrency,
        availableCurrencyCodes: shopSetup.currencies,
        pricesIncludeTax: true,
        defaultTaxZoneId: zoneId,
        defaultShippingZoneId: zoneId,
      },
    },
  )
}

async function seedMethods({ run }: Pick<AdminSession, 'run'>): Promise<void> {
  await run('mutation ($input: CreateShippingMethodInput!) { createShippingMethod(input: $input) { id } }', {
    input: {
      code: shopSetup.shippingMethod,
      fulfillmentHandler: shopSetup.fulfillmentHandler,
      checker: {
        code: 'default-shipping-eligibility-checker',
        arguments: [{ name: 'orderMinimum', value: '0' }],
      },
      calculator: {
        code: 'default-shipping-calculator',
        arguments: [
          { name: 'rate', value: String(shopSetup.shippingPrice) },
          { name: 'includesTax', value: 'auto' },
          { name: 'taxRate', value: String(shopSetup.taxRate) },
        ],
      },
      translations: translate(
        { name: 'Standard', description: '' },
        { name: 'Standardversand', description: '' },
      ),
    },
  })
  await run('mutation ($input: CreatePaymentMethodInput!) { createPaymentMethod(input: $input) { id } }', {
    input: {
      code: shopSetup.paymentMethod,
      enabled: true,
      handler: { code: 'dummy-payment-handler', arguments: [{ name: 'automaticSettle', value: 'true' }] },
      translations: translate({ name: 'Dummy', description: '' }, { name: 'Testzahlung', description: '' }),
    },
  })
}

/** The same fields in both of the shop's languages. */
export function translate<T extends object>(en: T, de: T): (T & { languageCode: string })[] {
  return [
    { languageCode: 'en', ...en },
    { languageCode: 'de', ...de },
  ]
}
