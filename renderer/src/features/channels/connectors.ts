type FieldName =
  | 'baseUrl'
  | 'username'
  | 'password'
  | 'clientId'
  | 'clientSecret'
  | 'accessToken'
  | 'region'
  | 'refreshToken'
  | 'marketplaces'
  | 'sellerId'
  | 'gatewayUrl'
  | 'tokenUrl'

/** A field of the connect form; its label is `channels:field.<name>`. */
export interface ConnectField {
  name: FieldName
  secret: boolean
  /** `markets`: chosen from those of the account, once it was tested. */
  type: 'url' | 'text' | 'password' | 'markets'
  placeholder: string
  /** The words that say where its value is found, below `where`. */
  where: 'vendure.baseUrl' | 'shopify.baseUrl' | `fields.${Exclude<FieldName, 'baseUrl'>}`
  /** May stay empty. */
  optional?: true
  /** One of these, each a setting's value behind a point. */
  choices?: readonly Choice[]
}

export type Choice = 'region.eu' | 'region.na' | 'region.fe'

/** One way to sign in. */
export interface SignInWay {
  id: 'account' | 'app' | 'token'
  fields: readonly ConnectField[]
  /** The words on how to come by its fields, below `guide`, a line for each step. */
  guide?: 'shopify.app' | 'shopify.token' | 'amazon.app'
}

export interface ConnectorForm {
  id: 'vendure' | 'shopify' | 'amazon'
  title: string
  /** A shop of one's own, or a marketplace with many sellers. */
  kind: 'shop' | 'marketplace'
  ways: readonly [SignInWay, ...SignInWay[]]
}

type Named = Exclude<FieldName, 'baseUrl'>

const shopAddress = (where: ConnectField['where'], placeholder: string): ConnectField => ({
  ...{ name: 'baseUrl', secret: false, type: 'url', placeholder, where },
})
const address = (name: Named, placeholder: string): ConnectField => ({
  ...{ name, secret: false, type: 'url', placeholder, where: `fields.${name}` },
})
const plain = (name: Named, placeholder = ''): ConnectField => ({
  ...{ name, secret: false, type: 'text', placeholder, where: `fields.${name}` },
})
const hidden = (name: Named): ConnectField => ({
  ...{ name, secret: true, type: 'password', placeholder: '', where: `fields.${name}` },
})
const optional = (field: ConnectField): ConnectField => ({ ...field, optional: true })

const vendure: ConnectorForm = {
  ...{ id: 'vendure', title: 'Vendure', kind: 'shop' },
  ways: [
    {
      id: 'account',
      fields: [
        shopAddress('vendure.baseUrl', 'https://shop.example.com'),
        plain('username'),
        hidden('password'),
      ],
    },
  ],
}

const MY_SHOP = shopAddress('shopify.baseUrl', 'https://my-shop.myshopify.com')
const shopify: ConnectorForm = {
  ...{ id: 'shopify', title: 'Shopify', kind: 'shop' },
  ways: [
    { id: 'app', guide: 'shopify.app', fields: [MY_SHOP, plain('clientId'), hidden('clientSecret')] },
    { id: 'token', guide: 'shopify.token', fields: [MY_SHOP, hidden('accessToken')] },
  ],
}

const amazon: ConnectorForm = {
  ...{ id: 'amazon', title: 'Amazon', kind: 'marketplace' },
  ways: [
    {
      ...{ id: 'app', guide: 'amazon.app' },
      fields: [
        { ...plain('region'), choices: ['region.eu', 'region.na', 'region.fe'] },
        ...[
          plain('clientId', 'amzn1.application-oa2-client…'),
          hidden('clientSecret'),
          hidden('refreshToken'),
        ],
        ...[optional({ ...plain('marketplaces'), type: 'markets' }), optional(plain('sellerId'))],
        optional(address('gatewayUrl', 'https://gateway.example.com')),
        optional(address('tokenUrl', 'https://gateway.example.com/token')),
      ],
    },
  ],
}

/** The shops one can connect to, as far as the form is concerned. */
export const CONNECTORS: readonly [ConnectorForm, ...ConnectorForm[]] = [vendure, shopify, amazon]

export function formOf(connectorId: string): ConnectorForm {
  return CONNECTORS.find(({ id }) => id === connectorId) ?? vendure
}

/** The way in which a shop was signed in to before: the one whose settings it has. */
export function wayOf({ ways }: ConnectorForm, settings: Readonly<Record<string, string>>): SignInWay {
  const open = (way: SignInWay) =>
    way.fields.filter(({ secret, optional: isFree }) => !secret && isFree !== true)
  const fits = ways.filter((way) => open(way).every(({ name }) => (settings[name] ?? '') !== ''))
  return fits.sort((a, b) => open(b).length - open(a).length)[0] ?? ways[0]
}

/** Pull intervals on offer, in minutes; 0 is by hand. */
export const INTERVALS = [0, 1, 5, 15, 60] as const

/** Handling times on offer, in days; 0 is the same day. */
export const HANDLING_DAYS = [0, 1, 2, 3, 4, 5, 7, 10, 14] as const
