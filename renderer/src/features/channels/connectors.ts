/** A field of the connect form; which words explain it is in `channels:field.<name>` and `channels:where.<connector>.<name>`. */
export interface ConnectField {
  name: 'baseUrl' | 'username' | 'password'
  secret: boolean
  type: 'url' | 'text' | 'password'
  placeholder: string
}

/** The shops one can connect to, as far as the form is concerned. */
export const CONNECTORS = [
  {
    id: 'vendure',
    title: 'Vendure',
    fields: [
      { name: 'baseUrl', secret: false, type: 'url', placeholder: 'https://shop.example.com' },
      { name: 'username', secret: false, type: 'text', placeholder: '' },
      { name: 'password', secret: true, type: 'password', placeholder: '' },
    ] satisfies ConnectField[],
  },
] as const

/** Pull intervals on offer, in minutes; 0 is by hand. */
export const INTERVALS = [0, 1, 5, 15, 60] as const

/** Handling times on offer, in days; 0 is the same day. */
export const HANDLING_DAYS = [0, 1, 2, 3, 4, 5, 7, 10, 14] as const
