/** A GraphQL answer as it came over the wire. */
export type ApiAnswer = {
  status: number
  /** Value of the `vendure-auth-token` header: sent when a session began. */
  authToken: string | null
  body: { data?: Record<string, unknown> | null; errors?: ApiError[] }
}

export type ApiError = { message: string; path?: (string | number)[]; extensions?: { code?: string } }

export type Variables = Record<string, unknown>

/** The peer refused something a test's preparation needed; shows what was asked and what came back. */
export class PeerApiError extends Error {
  override name = 'PeerApiError'
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(`${code}: ${message}`)
  }
}

export async function postGraphql(
  url: string,
  query: string,
  variables: Variables = {},
  token?: string | null,
): Promise<ApiAnswer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token ? { authorization: `Bearer ${token}` } : {}),
    },
    body: JSON.stringify({ query, variables }),
  })
  const text = await response.text()
  try {
    const body = JSON.parse(text) as ApiAnswer['body']
    return { status: response.status, authToken: response.headers.get('vendure-auth-token'), body }
  } catch {
    throw new PeerApiError(`HTTP_${response.status}`, text.slice(0, 500))
  }
}

/** The data of an answer; throws on GraphQL errors and on ErrorResult members of unions, wherever a root field has one. */
export function unwrap(answer: ApiAnswer, query: string): unknown {
  const error = answer.body.errors?.[0]
  if (error)
    throw new PeerApiError(
      error.extensions?.code ?? 'GRAPHQL',
      `${error.message}\nin ${query.trim().slice(0, 300)}`,
    )
  for (const value of Object.values(answer.body.data ?? {})) {
    if (isErrorResult(value))
      throw new PeerApiError(value.errorCode, `${value.message}\nin ${query.trim().slice(0, 300)}`)
  }
  return answer.body.data
}

function isErrorResult(value: unknown): value is { errorCode: string; message: string } {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof (value as { errorCode?: unknown }).errorCode === 'string'
  )
}

export type AdminSession = {
  /** Data, or a thrown PeerApiError. Logs in when needed, once more when the session is gone. */
  run: <T>(query: string, variables?: Variables) => Promise<T>
  /** The answer as it came, errors included; `token` null sends none. */
  raw: (query: string, variables?: Variables, token?: string | null) => Promise<ApiAnswer>
  login: (password?: string) => Promise<string>
}

export const loginMutation = `mutation Login($username: String!, $password: String!) {
  login(username: $username, password: $password) { ... on CurrentUser { id } ... on ErrorResult { errorCode message } }
}`

export function openAdminSession(url: string, username: string, password: string): AdminSession {
  let token: string | null = null

  async function login(usePassword = password): Promise<string> {
    const answer = await postGraphql(url, loginMutation, { username, password: usePassword })
    unwrap(answer, loginMutation)
    if (answer.authToken === null)
      throw new PeerApiError('NO_TOKEN', 'login answered without vendure-auth-token')
    return answer.authToken
  }

  return {
    login,
    raw: (query, variables, useToken) =>
      postGraphql(url, query, variables, useToken === undefined ? token : useToken),
    async run<T>(query: string, variables?: Variables): Promise<T> {
      token ??= await login()
      let answer = await postGraphql(url, query, variables, token)
      if (answer.body.errors?.[0]?.extensions?.code === 'FORBIDDEN') {
        token = await login()
        answer = await postGraphql(url, query, variables, token)
      }
      return unwrap(answer, query) as T
    },
  }
}
