import { GraphQLError } from 'graphql'

/** The refusals of a Vendure, in its words. */

/** One of an operation's own results. */
export function refusal(typename: string, errorCode: string, message = `errorResult.${errorCode}`) {
  return { __typename: typename, errorCode, message }
}

export function notFound(entity: string, id: string): GraphQLError {
  return new GraphQLError(`No ${entity} with the id "${id}" could be found`, {
    extensions: { code: 'ENTITY_NOT_FOUND' },
  })
}

export function badInput(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'USER_INPUT_ERROR' } })
}
