import 'fake-indexeddb/auto'
import { expect, it } from 'vitest'
import { openDatabase } from '#renderer/data/database.ts'
import { runRepositorySuite } from '#tests/repositories/repository.suite.ts'
import v1 from '#tests/repositories/fixtures/v1.json' with { type: 'json' }
import v2 from '#tests/repositories/fixtures/v2.json' with { type: 'json' }

runRepositorySuite({
  test: it,
  equal: (actual, expected) => expect(actual).toEqual(expected),
  openDatabase,
  v1,
  v2,
})
