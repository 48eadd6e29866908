import { expect, it } from 'vitest'
import { simulate } from '#tests/simulation/simulate.ts'

// Stories that failed once, each with what went wrong. Only in memory, where a seed always tells the same story.

it.each([
  [881, 'the clock was set back by minutes: what a person asked for waited until the clock came there again'],
  [1133, 'the clock was set back twice: a shop was left alone, although its pause was long over'],
])('seed %i: %s', async (seed) => {
  expect((await simulate(seed)).breaches).toEqual([])
})
