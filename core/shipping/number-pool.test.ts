import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PoolId } from '#core/shared/ids.ts'
import { importRange, importRangeText, type NumberRange } from '#core/shipping/import-range.ts'
import { allocateNumber, countRemaining, isLow, openPool } from '#core/shipping/number-pool.ts'
import { formatS10, makeS10 } from '#core/shipping/s10.ts'

const range: NumberRange = { indicator: 'LZ', country: 'CN', from: 47312482, to: 47312491 }
const facts = { id: 'p' as PoolId, service: 'Tracked', lowWater: 3, createdAt: 1 }
const first = makeS10('LZ', range.from, 'CN')
const last = makeS10('LZ', range.to, 'CN')
const reasonOf = (result: { ok: boolean; error?: unknown }): unknown => {
  const { reason, field } = (result.error ?? {}) as { reason?: string; field?: string }
  return [reason, field]
}

describe('importRange', () => {
  it('takes complete numbers or serials', () => {
    expect(importRange({ from: first, to: last }, [])).toEqual({ ok: true, value: range })
    expect(importRange({ from: '47312482', to: '47312491', indicator: 'lz', country: 'cn' }, [])).toEqual({
      ok: true,
      value: range,
    })
    expect(
      importRange({ from: formatS10(first), to: '47312491', indicator: 'LZ', country: 'CN' }, []),
    ).toEqual({ ok: true, value: range })
  })

  it.each([
    [{ from: 'LZ473124828CN', to: last }, 's10-check-digit', 'from'],
    [{ from: first, to: 'LZ47312491CN' }, 's10-length', 'to'],
    [{ from: first, to: makeS10('LY', 47312491, 'CN') }, 'ends-differ', 'to'],
    [{ from: first, to: makeS10('LZ', 47312491, 'HK') }, 'ends-differ', 'to'],
    [{ from: first, to: last, country: 'HK' }, 'ends-differ', 'from'],
    [{ from: last, to: first }, 'range-reversed', 'to'],
    [{ from: '4731248', to: last }, 'serial-length', 'from'],
    [{ from: '47312482', to: '47312491' }, 'indicator-missing', 'indicator'],
    [{ from: '47312482', to: '47312491', indicator: 'L' }, 'indicator-invalid', 'indicator'],
    [{ from: '47312482', to: '47312491', indicator: 'SA', country: 'CN' }, 's10-reserved', 'indicator'],
    [{ from: '47312482', to: '47312491', indicator: 'LZ' }, 'country-missing', 'country'],
  ])('refuses %j: %s', (draft, reason, field) => {
    expect(reasonOf(importRange(draft, []))).toEqual([reason, field])
  })

  it.each([
    [47312000, 47312481, false],
    [47312000, 47312482, true],
    [47312485, 47312486, true],
    [47312491, 47312500, true],
    [47312492, 47312500, false],
  ])('%i to %i overlaps a pool we have: %s', (from, to, overlap) => {
    const used = { ...openPool(range, facts), next: range.to + 1 }
    const got = importRange({ from: makeS10('LZ', from, 'CN'), to: makeS10('LZ', to, 'CN') }, [used])
    expect(got.ok).toBe(!overlap)
    if (!got.ok) expect(got.error).toMatchObject({ code: 'conflict', reason: 'range-overlap' })
    expect(importRange({ from: makeS10('LY', from, 'CN'), to: makeS10('LY', to, 'CN') }, [used]).ok).toBe(
      true,
    )
  })

  it('reads pasted texts and whole lists', () => {
    const list = Array.from({ length: 10 }, (_, i) => makeS10('LZ', range.from + i, 'CN'))
    const texts = [
      `${first}-${last}`,
      `${first} – ${last}`,
      `from ${formatS10(first)} to ${formatS10(last)}`,
      `${first}\n${last}`,
      list.toReversed().join('\r\n'),
      [...list, first].join(';'),
    ]
    for (const text of texts)
      expect([text, importRangeText(text, [])]).toEqual([text, { ok: true, value: range }])
    const preset = { indicator: 'LZ', country: 'CN' }
    expect(importRangeText('47312482 - 47312491', [], preset)).toEqual({ ok: true, value: range })
    expect(importRangeText(first, [])).toMatchObject({
      ok: true,
      value: { from: range.from, to: range.from },
    })
    expect(reasonOf(importRangeText(list.toSpliced(4, 1).join('\n'), []))).toEqual(['range-gaps', 'text'])
    expect(reasonOf(importRangeText(list.toSpliced(4, 1, 'LZ473124828CN').join('\n'), []))).toEqual([
      's10-check-digit',
      'numbers.4',
    ])
    expect(reasonOf(importRangeText(' \n', []))).toEqual(['text-empty', 'text'])
    expect(reasonOf(importRangeText('a'.repeat(2_000_001), []))).toEqual(['text-too-long', 'text'])
    expect(reasonOf(importRangeText(list.join('\n'), [range]))).toEqual(['range-overlap', 'from'])
  })

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        importRange({ from: a, to: b }, [])
        importRangeText(a + b, [])
      }),
    )
  })
})

describe('allocateNumber', () => {
  it('gives every number of the range once, in order, then says it is empty', () => {
    let pool = openPool(range, facts)
    const given: string[] = []
    const low: boolean[] = []
    for (let got = allocateNumber(pool); got.ok; got = allocateNumber(pool)) {
      given.push(got.value.number)
      pool = got.value.pool
      low.push(isLow(pool))
    }
    expect([given[0], given.at(-1), new Set(given).size]).toEqual([first, last, 10])
    expect(low.indexOf(true)).toBe(6)
    expect(countRemaining(pool)).toBe(0)
    expect(allocateNumber(pool)).toMatchObject({ ok: false, error: { reason: 'pool-empty' } })
  })
  it('leaves the pool it was given as it was', () => {
    const pool = Object.freeze(openPool(range, facts))
    expect(allocateNumber(pool)).toEqual(allocateNumber(pool))
  })
  it('gives nothing from a damaged pool, and the last serial there is', () => {
    expect(allocateNumber({ ...openPool(range, facts), next: 5 }).ok).toBe(false)
    const end = openPool({ ...range, from: 99_999_999, to: 99_999_999 }, facts)
    const got = allocateNumber(end)
    expect(got.ok && allocateNumber(got.value.pool).ok).toBe(false)
  })
})
