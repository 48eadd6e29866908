import { describe, expect, it } from 'vitest'
import type { HttpAnswer } from '#core/connectors/_kit/operation.ts'
import { formatBaseUrl, parseBaseUrl } from '#core/connectors/_kit/base-url.ts'
import { issueOfFailure, issueOfStatus, readRetryAfter } from '#core/connectors/_kit/http-issue.ts'
import { readGraphql } from '#core/connectors/_kit/graphql.ts'
import { checkSettings, type Manifest } from '#core/connectors/_kit/manifest.ts'
import { wireId, wireList, wireObject, wireOptional, wireText, wireTime } from '#core/connectors/_kit/wire.ts'
import { z } from '#core/contracts/zod.ts'

const answer = (status: number, headers: Record<string, string> = {}, text = ''): HttpAnswer => ({
  kind: 'answer',
  status,
  headers,
  text,
  receivedAt: Date.UTC(2026, 0, 1),
})

describe('base addresses', () => {
  it.each([
    ['https://Shop.Example.com/', 'https://shop.example.com'],
    ['https://shop.example.com:8443/vendure//', 'https://shop.example.com:8443/vendure'],
    ['http://localhost:3000', 'http://localhost:3000'],
    ['http://192.168.1.20/admin-api', 'http://192.168.1.20/admin-api'],
    ['http://[::1]:3000', 'http://[::1]:3000'],
    ['http://nas.local', 'http://nas.local'],
  ])('takes %s', (typed, form) => {
    const parsed = parseBaseUrl(typed)
    expect(parsed.ok && formatBaseUrl(parsed.value)).toBe(form)
    expect(parsed.ok && new URL(typed).hostname).toBe(parsed.ok && parsed.value.host)
  })

  it.each([
    ['http://shop.example.com', 'address-not-https'],
    ['http://172.32.0.1', 'address-not-https'],
    ['http://localhost.example.com', 'address-not-https'],
    ['http://10.0.0.1.example.com', 'address-not-https'],
    ['ftp://shop.example.com', 'address-shape'],
    ['https://user:pass@shop.example.com', 'address-shape'],
    ['https://shop.example.com@evil.example', 'address-shape'],
    ['https://shop.example.com\\@evil.example', 'address-shape'],
    ['https://shop.example.com/?a=1', 'address-shape'],
    ['https://shop.example.com/../x', 'address-shape'],
    ['shop.example.com', 'address-shape'],
    ['', 'address-shape'],
  ])('refuses %s as %s', (typed, reason) => {
    expect(parseBaseUrl(typed)).toMatchObject({ ok: false, error: { code: 'invalid-input', reason } })
  })

  it('checks settings field by field', () => {
    const settings: Manifest['settings'] = [
      { key: 'baseUrl', kind: 'url', required: true },
      { key: 'username', kind: 'text', required: true },
    ]
    expect(checkSettings({ settings } as Manifest, { baseUrl: 'nope', extra: '1' })).toMatchObject({
      error: [
        { reason: 'unknown-setting', field: 'extra' },
        { reason: 'address-shape', field: 'baseUrl' },
        { reason: 'missing', field: 'username' },
      ],
    })
  })
})

describe('HTTP to issue', () => {
  it('reads Retry-After as seconds and as a date, against the remote clock', () => {
    expect(readRetryAfter(answer(429, { 'retry-after': '120' }))).toBe(120_000)
    const date = 'Fri, 02 Jan 2026 00:00:30 GMT'
    expect(readRetryAfter(answer(429, { 'retry-after': date, date: 'Fri, 02 Jan 2026 00:00:00 GMT' }))).toBe(
      30_000,
    )
    expect(readRetryAfter(answer(429, { 'retry-after': 'Thu, 01 Jan 2026 00:01:00 GMT' }))).toBe(60_000)
    expect(readRetryAfter(answer(429, { 'retry-after': 'Thu, 01 Jan 2015 00:01:00 GMT' }))).toBe(0)
    expect(readRetryAfter(answer(429, { 'retry-after': 'soon' }))).toBeNull()
    expect(readRetryAfter(answer(429, { 'retry-after': '99999999999' }))).toBe(86_400_000)
    expect(readRetryAfter(answer(429))).toBeNull()
  })

  it('leaves the outcome of a write open unless the remote refused it', () => {
    expect(issueOfStatus(answer(502), 'write')?.code).toBe('outcome-unknown')
    expect(issueOfStatus(answer(502), 'read')?.code).toBe('remote-down')
    expect(issueOfStatus(answer(429), 'write')?.code).toBe('rate-limited')
    expect(issueOfStatus(answer(204), 'write')).toBeNull()
    const lost = { kind: 'failure', sent: 'unknown', reason: 'timeout', message: '' } as const
    expect(issueOfFailure(lost, 'write').code).toBe('outcome-unknown')
    expect(issueOfFailure(lost, 'read').code).toBe('remote-down')
    expect(issueOfFailure({ ...lost, sent: 'not-sent' }, 'write').code).toBe('remote-down')
    expect(issueOfFailure({ ...lost, reason: 'aborted' }, 'write').code).toBe('outcome-unknown')
    expect(issueOfFailure({ ...lost, reason: 'aborted' }, 'read').code).toBe('cancelled')
  })
})

describe('GraphQL', () => {
  const codes = {
    FORBIDDEN: { code: 'auth' },
    INTERNAL: { code: 'remote-down' },
    BAD: { code: 'unsupported' },
  } as const
  const read = (body: unknown, status = 200, effect: 'read' | 'write' = 'read') =>
    readGraphql(answer(status, {}, JSON.stringify(body)), { codes }, effect)
  const error = (code: string) => ({ errors: [{ message: 'no', extensions: { code } }] })

  it('fails by status, by code, and by being something else', () => {
    expect(read(error('FORBIDDEN'))).toMatchObject({ error: { code: 'auth', remoteCode: 'FORBIDDEN' } })
    expect(read(error('BAD'), 400)).toMatchObject({ error: { code: 'unsupported' } })
    expect(read(error('BAD'), 500)).toMatchObject({ error: { code: 'remote-down' } })
    expect(read(error('INTERNAL'), 200, 'write')).toMatchObject({ error: { code: 'outcome-unknown' } })
    expect(read(error('constructor'))).toMatchObject({ error: { code: 'invalid-input' } })
    expect(read('<html>')).toMatchObject({ error: { code: 'malformed' } })
    expect(read({ data: null }, 200, 'write')).toMatchObject({ error: { code: 'outcome-unknown' } })
  })

  it('uses what is there beside errors of other fields', () => {
    expect(read({ data: { orders: { items: [] }, other: null }, ...error('INTERNAL') })).toMatchObject({
      ok: true,
    })
    expect(read({ data: { orders: null }, ...error('INTERNAL') })).toMatchObject({ ok: false })
  })
})

describe('wire primitives', () => {
  const schema = wireObject({
    id: wireId(),
    note: wireText(),
    at: wireOptional(wireTime()),
    list: wireList(z.number()),
  })

  it('take absent and null for the same and let unknown keys pass', () => {
    const empty = { id: '1', note: '', at: null, list: [] }
    expect(schema.parse({ id: 1 })).toEqual(empty)
    expect(schema.parse({ id: '1', note: null, at: null, list: null, more: true })).toEqual({
      ...empty,
      more: true,
    })
  })

  it('refuse times without a zone and wrong types', () => {
    expect(schema.safeParse({ id: '1', at: '2026-01-01T00:00:00' }).success).toBe(false)
    expect(schema.safeParse({ id: '1', at: 'yesterday' }).success).toBe(false)
    expect(schema.safeParse({ id: '1', note: 5 }).success).toBe(false)
    expect(schema.parse({ id: '1', at: '2026-01-01T00:00:00.000Z' }).at).toBe(Date.UTC(2026, 0, 1))
  })
})
