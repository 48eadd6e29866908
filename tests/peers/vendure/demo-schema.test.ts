import {
  buildClientSchema,
  buildSchema,
  getIntrospectionQuery,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isUnionType,
  type GraphQLNamedType,
  type GraphQLSchema,
  type IntrospectionQuery,
} from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
// Relative: this folder is a package of its own, so '#main/' would not be ours.
import { DEMO_SCHEMA } from '../../../electron/main/demo/demo-schema.ts'
import { installVendurePeer, startVendurePeer, type VendurePeer } from './peer.ts'

// The demo shops serve a part of Vendure's admin API. Whatever they serve, the real one has under the same name and type.
describe('the schema of the demo shops', () => {
  let peer: VendurePeer
  let real: GraphQLSchema

  beforeAll(async () => {
    await installVendurePeer()
    peer = await startVendurePeer()
    real = buildClientSchema(await peer.admin<IntrospectionQuery>(getIntrospectionQuery()))
  }, 300_000)
  afterAll(() => peer?.stop())

  it('is a part of the schema of a real Vendure', () => {
    expect(differences(buildSchema(DEMO_SCHEMA), real)).toEqual([])
  })

  it('is found out when it invents something', () => {
    const invented = DEMO_SCHEMA.replace('sku: String!', 'sku: String').replace('  enum SortOrder {', '$& UP')
    expect(differences(buildSchema(invented), real)).toEqual([
      expect.stringContaining('SortOrder.UP'),
      expect.stringContaining('ProductVariant.sku'),
    ])
  })
})

function differences(demo: GraphQLSchema, real: GraphQLSchema): string[] {
  return Object.values(demo.getTypeMap())
    .filter(({ name }) => !name.startsWith('__'))
    .flatMap((type) => {
      const found = real.getType(type.name)
      if (found === undefined) return [`${type.name} is not there`]
      const theirs = new Set(partsOf(found))
      return partsOf(type)
        .filter((part) => !theirs.has(part))
        .map((part) => `${type.name}.${part}`)
    })
}

/** Every name in a type with what it takes and gives; what is required of an input on either side counts. */
function partsOf(type: GraphQLNamedType): string[] {
  if (isEnumType(type)) return type.getValues().map(({ name }) => name)
  if (isUnionType(type)) return type.getTypes().map(({ name }) => name)
  if (isInputObjectType(type))
    return Object.values(type.getFields()).map((one) => `${one.name}: ${String(one.type)}`)
  if (!isObjectType(type) && !isInterfaceType(type)) return []
  return Object.values(type.getFields()).flatMap((field) => [
    `${field.name}: ${String(field.type)}`,
    ...field.args.map((arg) => `${field.name}(${arg.name}: ${String(arg.type)})`),
  ])
}
