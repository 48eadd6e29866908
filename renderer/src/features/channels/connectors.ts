/** A field of the connect form; which words explain it is in `channels:field.<name>` and `channels:where.<connector>.<name>`. */
export interface ConnectField {
  name: 'baseUrl' | 'username' | 'password' | 'clientId' | 'clientSecret' | 'accessToken'
  secret: boolean
  type: 'url' | 'text' | 'password'
  placeholder: string
}

/** One way to sign in: its fields, and in `channels:guide.<connector>.<way>` how to come by them, a line for each step. */
export interface SignInWay {
  id: 'account' | 'app' | 'token'
  fields: readonly ConnectField[]
}

export interface ConnectorForm {
  id: 'vendure' | 'shopify'
  title: string
  ways: readonly [SignInWay, ...SignInWay[]]
}

const address = (placeholder: string): ConnectField => ({
  name: 'baseUrl',
  secret: false,
  type: 'url',
  placeholder,
})
const plain = (name: ConnectField['name']): ConnectField => ({
  name,
  secret: false,
  type: 'text',
  placeholder: '',
})
const hidden = (name: ConnectField['name']): ConnectField => ({
  ...{ name, secret: true, type: 'password', placeholder: '' },
})

const vendure: ConnectorForm = {
  ...{ id: 'vendure', title: 'Vendure' },
  ways: [
    { id: 'account', fields: [address('https://shop.example.com'), plain('username'), hidden('password')] },
  ],
}

const MY_SHOP = 'https://my-shop.myshopify.com'
const shopify: ConnectorForm = {
  ...{ id: 'shopify', title: 'Shopify' },
  ways: [
    { id: 'app', fields: [address(MY_SHOP), plain('clientId'), hidden('clientSecret')] },
    { id: 'token', fields: [address(MY_SHOP), hidden('accessToken')] },
  ],
}

/** The shops one can connect to, as far as the form is concerned. */
export const CONNECTORS: readonly [ConnectorForm, ...ConnectorForm[]] = [vendure, shopify]

export function formOf(connectorId: string): ConnectorForm {
  return CONNECTORS.find(({ id }) => id === connectorId) ?? vendure
}

/** The way in which a shop was signed in to before: the one whose settings it has. */
export function wayOf({ ways }: ConnectorForm, settings: Readonly<Record<string, string>>): SignInWay {
  const open = (way: SignInWay) => way.fields.filter(({ secret }) => !secret)
  const fits = ways.filter((way) => open(way).every(({ name }) => (settings[name] ?? '') !== ''))
  return fits.sort((a, b) => open(b).length - open(a).length)[0] ?? ways[0]
}

/** Pull intervals on offer, in minutes; 0 is by hand. */
export const INTERVALS = [0, 1, 5, 15, 60] as const

/** Handling times on offer, in days; 0 is the same day. */
export const HANDLING_DAYS = [0, 1, 2, 3, 4, 5, 7, 10, 14] as const
