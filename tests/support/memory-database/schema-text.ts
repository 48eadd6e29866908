/** One index of a store, in the words of Dexie's notation: `&` unique, `*` one entry per element, `[a+b]` compound. */
export interface IndexForm {
  name: string
  keyPath: string | string[]
  src: string
  unique: boolean
  multi: boolean
  compound: boolean
}

export interface StoreForm {
  name: string
  primKey: IndexForm
  indexes: IndexForm[]
}

/** Declarations by store; null removes a store. */
export type Declarations = Record<string, string | null>

/** Reads one declaration, as `id, &sku, [a+b]`; the first is the primary key. */
export function readForm(name: string, text: string): StoreForm {
  const key = `${name}: ${text}`
  const form = known.get(key) ?? parseForm(name, text)
  known.set(key, form)
  return form
}

/** The same few texts are read for every database. */
const known = new Map<string, StoreForm>()

function parseForm(name: string, text: string): StoreForm {
  const [primKey, ...indexes] = text.split(',').map((each) => readIndex(each.trim()))
  if (primKey === undefined || primKey.name === '' || primKey.src.includes('++'))
    throw new Error(`${name}: only stores with keys inside their records are known here`)
  return { name, primKey, indexes }
}

function readIndex(src: string): IndexForm {
  const name = src.replace(/^[&*]+/, '')
  const compound = name.startsWith('[')
  const keyPath = compound ? name.slice(1, -1).split('+') : name
  return { name, keyPath, src, unique: src.includes('&'), multi: src.includes('*'), compound }
}

/** What a layout consists of once these declarations came on top of it. */
export function declareOnTop(
  before: ReadonlyMap<string, StoreForm>,
  added: Declarations,
): Map<string, StoreForm> {
  const after = new Map(before)
  for (const [name, text] of Object.entries(added)) {
    if (text === null) after.delete(name)
    else after.set(name, readForm(name, text))
  }
  return after
}
