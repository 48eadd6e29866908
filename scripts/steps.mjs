// @ts-check
import { spawn } from 'node:child_process'

/**
 * Runs named commands one after the other, with a line before and the time after each.
 * Output of quiet steps is shown only when they fail.
 */

const started = Date.now()

/** @param {number} ms */
const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`

/**
 * @param {string} name
 * @param {string[]} command
 * @param {{ quiet?: boolean, env?: Record<string, string> }} [options]
 * @returns {Promise<boolean>} whether it succeeded
 */
export async function runStep(name, command, { quiet = false, env = {} } = {}) {
  const from = Date.now()
  console.log(`▸ ${name}`)
  /** @type {string[]} */
  const kept = []
  const code = await new Promise((resolve) => {
    const child = spawn(/** @type {string} */ (command[0]), command.slice(1), {
      stdio: ['ignore', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'],
      env: { ...process.env, ...env },
    })
    child.stdout?.on('data', (chunk) => kept.push(String(chunk)))
    child.stderr?.on('data', (chunk) => kept.push(String(chunk)))
    child.on('error', (error) => {
      kept.push(String(error))
      resolve(1)
    })
    child.on('close', (exit) => resolve(exit ?? 1))
  })
  if (code !== 0 && quiet) console.log(kept.join(''))
  console.log(
    `${code === 0 ? '✓' : '✗'} ${name} · ${seconds(Date.now() - from)} (${seconds(Date.now() - started)} in all)`,
  )
  return code === 0
}

/** The command of a tool of this project. @param {string} name */
export function tool(name) {
  return `node_modules/.bin/${name}`
}
