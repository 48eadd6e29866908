/** For tests alone: nothing of the app imports it. */

interface Access {
  baseUrl: string
  username: string
  password: string
}

/** Asks a demo shop as its own staff would: signs in, and throws what it refuses. */
export async function askDemoShop(
  shop: Access,
  query: string,
  variables: object = {},
): Promise<Record<string, unknown>> {
  const { data, errors } = await askDemoShopRaw(shop, query, variables)
  if (errors !== undefined) throw new Error(JSON.stringify(errors))
  return data ?? {}
}

export interface DemoAnswer {
  data?: Record<string, unknown> | null
  errors?: { message: string; extensions?: { code?: string } }[]
}

/** With what it refuses in the answer. */
export async function askDemoShopRaw(
  shop: Access,
  query: string,
  variables: object = {},
): Promise<DemoAnswer> {
  const post = (body: object, token = '') =>
    fetch(`${shop.baseUrl}/admin-api`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify(body),
    })
  const { username, password } = shop
  const login = await post({
    query:
      'mutation ($username: String!, $password: String!) { login(username: $username, password: $password) { __typename } }',
    variables: { username, password },
  })
  const answer = await post({ query, variables }, login.headers.get('vendure-auth-token') ?? '')
  return (await answer.json()) as DemoAnswer
}
