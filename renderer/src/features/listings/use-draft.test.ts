import { expect, test } from 'vitest'
import type { Issue } from '#core/shared/issue.ts'
import { useDraft } from '#renderer/features/listings/use-draft.ts'

/** A field whose store answers when the test says so. */
function slowField() {
  const kept: string[] = ['12']
  const answers: ((issue: Issue | null) => void)[] = []
  const draft = useDraft(
    () => kept.at(-1) ?? '',
    (text) =>
      new Promise((resolve) =>
        answers.push((issue) => {
          if (issue === null) kept.push(text)
          resolve(issue)
        }),
      ),
  )
  const asked = () => expect.poll(() => answers.length).toBeGreaterThan(0)
  const answer = async (issue: Issue | null = null) => {
    await asked()
    answers.shift()?.(issue)
  }
  return { draft, kept, asked, answer }
}

test('what is typed while an earlier text is being kept is kept after it', async () => {
  const { draft, kept, asked, answer } = slowField()
  draft.type('13')
  const first = draft.commit()
  await asked()
  draft.type('14')
  const second = draft.commit()
  await answer()
  expect(await first).toBe(false)
  expect(draft.text.value).toBe('14')
  await answer()
  expect(await second).toBe(true)
  expect(kept).toEqual(['12', '13', '14'])
})

test('a refused text stays with its reason until it is typed over', async () => {
  const { draft, kept, answer } = slowField()
  draft.type('many')
  const done = draft.commit()
  await answer({ code: 'invalid-input', field: 'stock' })
  expect(await done).toBe(false)
  expect([draft.text.value, draft.issue.value?.code]).toEqual(['many', 'invalid-input'])
  draft.type('15')
  expect(draft.issue.value).toBeNull()
  const again = draft.commit()
  await answer()
  expect(await again).toBe(true)
  expect(kept).toEqual(['12', '15'])
})

test('kept once, however often it is asked', async () => {
  const { draft, kept, answer } = slowField()
  draft.type('13')
  const both = Promise.all([draft.commit(), draft.commit()])
  await answer()
  expect(await both).toEqual([true, true])
  expect(kept).toEqual(['12', '13'])
})
