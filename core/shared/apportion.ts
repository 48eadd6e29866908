/**
 * Shares of a whole number by whole-number weights ≥ 0 with a sum above zero; they add up to it exactly. What does not divide goes out
 * one by one: by largest remainder, ties to the earlier share.
 */
export function apportion(whole: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((total, weight) => total + BigInt(weight), 0n)
  // BigInt because whole × weight easily leaves the safe integers.
  const size = BigInt(Math.abs(whole))
  const shares = weights.map((weight) => (size * BigInt(weight)) / sum)
  const remainders = weights.map((weight, i) => ({ i, rest: (size * BigInt(weight)) % sum }))
  let left = size - shares.reduce((total, share) => total + share, 0n)
  remainders.sort((a, b) => (a.rest === b.rest ? a.i - b.i : a.rest > b.rest ? -1 : 1))
  for (const { i } of remainders) {
    if (left === 0n) break
    shares[i] = (shares[i] ?? 0n) + 1n
    left -= 1n
  }
  const sign = whole < 0 ? -1 : 1
  return shares.map((share) => sign * Number(share))
}
