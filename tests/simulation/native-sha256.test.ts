import fc from 'fast-check'
import { it } from 'vitest'
import { sha256Text } from '#core/shared/sha256.ts'
import { sha256Text as native } from '#tests/simulation/native-sha256.ts'

it('digests as the app does, whatever the text', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => native(text) === sha256Text(text)))
})
