import { expect, it } from 'vitest'
import { vaultQuestion } from '#renderer/app/vault-question.ts'

it('asks for the keyring where only the keyring helps, else for the passphrase', () => {
  expect(vaultQuestion({ backend: 'system', state: 'ready' })).toBeNull()
  expect(vaultQuestion({ backend: 'system', state: 'locked' })).toBe('keyring')
  expect(vaultQuestion({ backend: 'passphrase', state: 'locked' })).toBe('locked')
  expect(vaultQuestion({ backend: 'passphrase', state: 'new' })).toBe('new')
})
