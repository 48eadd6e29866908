import {
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  OperationTypeNode,
  valueFromAST,
  type DocumentNode,
  type FieldNode,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  type SelectionSetNode,
} from 'graphql'

/**
 * What a document would cost before it is carried out, by the rules that Shopify publishes (shopify.dev, "GraphQL Admin API rate limits"): an
 * object is a point, a scalar nothing, a mutation ten, and a list as many times what is in it as it may bring. An estimate: Shopify alone knows.
 */
export function estimateCost(
  schema: GraphQLSchema,
  document: DocumentNode,
  variables: Readonly<Record<string, unknown>>,
): number {
  const [operation] = document.definitions
  if (operation?.kind !== Kind.OPERATION_DEFINITION) return 0
  const root = schema.getRootType(operation.operation)
  const base = operation.operation === OperationTypeNode.MUTATION ? 10 : 0
  return root === null || root === undefined ? base : base + costIn(root, operation.selectionSet)

  function costIn(type: GraphQLNamedType, { selections }: SelectionSetNode): number {
    return selections.reduce((sum, selection) => {
      if (selection.kind === Kind.FIELD) return sum + costOf(type, selection)
      if (selection.kind !== Kind.INLINE_FRAGMENT) return sum
      const inner = selection.typeCondition && schema.getType(selection.typeCondition.name.value)
      return sum + costIn(inner ?? type, selection.selectionSet)
    }, 0)
  }

  function costOf(parent: GraphQLNamedType, field: FieldNode): number {
    if (!(isObjectType(parent) || isInterfaceType(parent)) || field.selectionSet === undefined) return 0
    const definition = parent.getFields()[field.name.value]
    if (definition === undefined) return 0
    const type = getNamedType(definition.type)
    if (!isCompositeType(type) || type.name === 'PageInfo') return 0
    const inside = costIn(type, field.selectionSet)
    if (type.name.endsWith('Connection')) return inside * sizeOf(field)
    // The list inside of a connection is counted with the connection.
    const isCounted = isListType(bare(definition.type)) && !parent.name.endsWith('Connection')
    return (1 + inside) * (isCounted ? sizeOf(field) : 1)
  }

  function sizeOf({ arguments: given }: FieldNode): number {
    const size = given?.find(({ name }) => name.value === 'first' || name.value === 'ids')?.value
    if (size === undefined) return 1
    if (size.kind === Kind.VARIABLE) {
      const value = variables[size.name.value]
      return Array.isArray(value) ? value.length : Number(value ?? 1)
    }
    return Number(valueFromAST(size, schema.getType('Int') as never) ?? 1)
  }
}

const bare = (type: GraphQLOutputType): GraphQLOutputType => (isNonNullType(type) ? type.ofType : type)
