import { expect, it } from 'vitest'
import { NO_CHOICES } from '#core/customs/customs-choices.ts'
import {
  checkDefaults,
  fromDefaultsDraft,
  toDefaultsDraft,
} from '#renderer/features/customs/defaults-draft.ts'

const empty = toDefaultsDraft(NO_CHOICES)

it('keeps what was typed and leaves out what was not', () => {
  const draft = { ...empty, origin: 'CN', hs6: '6912.00', category: 'gift', nonDelivery: 'abandon' }
  const choices = fromDefaultsDraft(draft, { ...NO_CHOICES, handling: true })
  expect(choices).toMatchObject({
    handling: true,
    defaults: { origin: 'CN', hs6: '691200' },
    parcel: { category: 'gift', nonDelivery: 'abandon', incoterm: '' },
  })
  expect(Object.keys(choices.defaults ?? {})).toEqual(['origin', 'hs6'])
  expect(toDefaultsDraft(choices)).toEqual({ ...draft, hs6: '691200' })
  expect(fromDefaultsDraft({ ...draft, category: 'nonsense' }, choices).parcel?.category).toBe('sale')
})

it.each([
  [{}, {}],
  [{ origin: 'CHN' }, { origin: 'origin-invalid' }],
  [{ origin: 'XX' }, { origin: 'origin-invalid' }],
  [{ description: 'gift' }, { description: 'description-vague' }],
  [{ hs6: '6912' }, { hs6: 'hs-too-short' }],
  [{ category: 'other' }, { explanation: 'explanation-missing' }],
  [{ category: 'other', explanation: '修理' }, { explanation: 'explanation-not-latin' }],
])('%j: %j', (change, expected) => {
  expect(checkDefaults({ ...empty, ...change })).toEqual(expected)
})
